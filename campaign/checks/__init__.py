"""Checks: what is wrong with a text, a contact or an item, as findings that quote their rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from campaign.checks.claims import unbacked_claims, unlisted
from campaign.checks.clipped import clipped_finding
from campaign.checks.conditions import conditions_of_papers
from campaign.checks.contacts import contact_findings
from campaign.checks.coverage import unchecked
from campaign.checks.facts import Facts, Place, Term
from campaign.checks.false_friends import false_friends
from campaign.checks.figures import changed_contacts, changed_numbers
from campaign.checks.glyphs import missing_glyphs
from campaign.checks.imperative import lost_imperative
from campaign.checks.lists import (
    adult_words,
    harmful_motifs,
    one_gender,
    stigmatising_words,
    unkeepable_promises,
)
from campaign.checks.markup import foreign_markup
from campaign.checks.message import check_message
from campaign.checks.modality import changed_modality
from campaign.checks.negation import changed_negation
from campaign.checks.own_marks import foreign_marks
from campaign.checks.person import changed_person
from campaign.checks.placeholders import changed_placeholders
from campaign.checks.plain import hard_sentences, only_forbidding, unsourced_figures
from campaign.checks.plurals import missing_forms
from campaign.checks.preview import endangering_preview
from campaign.checks.register import other_register
from campaign.checks.rule import Rule
from campaign.checks.rules import RULES, finding
from campaign.checks.script import foreign_letters
from campaign.checks.signatures import unsigned_findings
from campaign.checks.terms import unapproved_terms
from campaign.checks.typography import changed_punctuation, doubled_words
from campaign.model.finding import Finding
from campaign.model.unit import Unit

__all__ = [
    "CHECKS",
    "RULES",
    "SOURCE_CHECKS",
    "Place",
    "Rule",
    "Term",
    "check_message",
    "check_unit",
    "clipped_finding",
    "contact_findings",
    "finding",
    "run",
    "unchecked",
    "unlisted",
    "unsigned_findings",
]

#: The checks of a unit by the rule that they keep, in the order of their findings.
CHECKS: Mapping[str, Callable[[Unit, Facts], Iterator[Finding]]] = MappingProxyType(
    {
        "plural-form": missing_forms,
        "placeholder": changed_placeholders,
        "markup": foreign_markup,
        "script": foreign_letters,
        "claim-unbacked": unbacked_claims,
        "glyph": missing_glyphs,
        "contact-changed": changed_contacts,
        "number": changed_numbers,
        "promise": unkeepable_promises,
        "status-condition": conditions_of_papers,
        "image": harmful_motifs,
        "child-contact": adult_words,
        "register": other_register,
        "stigma": stigmatising_words,
        "negation": changed_negation,
        "modality": changed_modality,
        "imperative": lost_imperative,
        "person": changed_person,
        "false-friend": false_friends,
        "term": unapproved_terms,
        "gender": one_gender,
        "preview": endangering_preview,
        "repetition": doubled_words,
        "punctuation": changed_punctuation,
        "own-marks": foreign_marks,
    }
)

#: The checks of the words that mediators translate from, made once, in the source language.
SOURCE_CHECKS: Mapping[str, Callable[[Unit, Facts], Iterator[Finding]]] = MappingProxyType(
    {"plain": hard_sentences, "instruct": only_forbidding, "statistic": unsourced_figures}
)


def run(
    source: str,
    text: str,
    locale: str,
    *,
    context: str = "",
    plural: str = "",
    forms: tuple[str, ...] = (),
    where: str = "",
    names: Collection[str] = (),
    fonts: Path | None = None,
    compiled: bool = False,
    source_language: str = "en",
    block: str = "",
    child: bool = False,
    women: bool = False,
    terms: Collection[Term] = (),
) -> list[Finding]:
    """The findings about one translation; an empty text has none, and no text makes this raise.

    context, plural   msgctxt and msgid_plural of the message
    forms             every plural form in gettext order; they stand in for `text`
    where             the place that findings name
    names             words that any language may write as they are, such as the names of contacts
    fonts             the workspace's folder of extra fonts
    compiled          the text comes from the records of the contacts, so its claims are backed
    source_language   tag of the language that the source is written in
    block             the block of the message in which readers meet the text: sms, easy, alt, steps …
    child             children read it
    women             only women read it
    terms             the terms of the language's glossary

    Long sentences, idioms and figures without a source are found in the source language only. `unchecked` says which
    rules nobody can check in a language yet. A locale outside the registry gets a warning that
    names the likely ones, and only the checks that need no language.
    """
    unit = Unit(locale, context, source, plural, forms or (text,), where=where)
    return check_unit(
        unit,
        names=names,
        fonts=fonts,
        compiled=compiled,
        source_language=source_language,
        place=Place(block, child, women),
        terms=terms,
    )


def check_unit(
    unit: Unit,
    *,
    names: Collection[str] = (),
    fonts: Path | None = None,
    compiled: bool | None = None,
    source_language: str = "en",
    place: Place = Place(),  # noqa: B008 - frozen
    terms: Collection[Term] = (),
    waived: Collection[str] = (),
    only: Collection[str] = (),
) -> list[Finding]:
    """The findings about a unit, check by check; none while nothing is translated.

    `place` is where readers meet the unit, `terms` are its language's glossary, `waived` the codes of the rules that a
    named person waived for exactly these words, `only` those of the rules to keep (all when empty). `compiled` None
    reads off the unit's places whether its claims are backed; see `run` for the other arguments.
    """
    if not any(form.strip() for form in unit.forms):
        return []
    facts = Facts.of(unit, names, fonts, source_language, compiled, place, terms)
    checks = {**CHECKS, **SOURCE_CHECKS} if facts.is_source(unit.locale) else CHECKS
    return [
        found
        for code, check in checks.items()
        if not (code in waived and RULES[code].waivable) and (not only or code in only)
        for found in check(unit, facts)
    ]
