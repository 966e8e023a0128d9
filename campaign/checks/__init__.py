"""Checks: what is wrong with a text, a contact or an item, as findings that quote their rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from campaign.checks.claims import unbacked_claims, unlisted
from campaign.checks.clipped import clipped_finding
from campaign.checks.contacts import contact_findings
from campaign.checks.facts import Facts
from campaign.checks.glyphs import missing_glyphs
from campaign.checks.markup import foreign_markup
from campaign.checks.placeholders import changed_placeholders
from campaign.checks.plurals import missing_forms
from campaign.checks.rules import RULES, Rule, finding
from campaign.checks.script import foreign_letters
from campaign.checks.signatures import unsigned_findings
from campaign.model import Finding, Unit

__all__ = [
    "CHECKS",
    "RULES",
    "Rule",
    "check_unit",
    "clipped_finding",
    "contact_findings",
    "finding",
    "run",
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
    }
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
) -> list[Finding]:
    """The findings about one translation; an empty text has none, and no text makes this raise.

    context, plural   msgctxt and msgid_plural of the message
    forms             every plural form in gettext order; they stand in for `text`
    where             the place that findings name
    names             words that any language may write as they are, such as the names of contacts
    fonts             the workspace's folder of extra fonts
    compiled          the text comes from the records of the contacts, so its claims are backed
    source_language   tag of the language that the source is written in

    A locale outside the registry gets a warning that names the likely ones, and only the checks that need no language.
    """
    unit = Unit(locale, context, source, plural, forms or (text,), where=where)
    return check_unit(unit, names=names, fonts=fonts, compiled=compiled, source_language=source_language)


def check_unit(
    unit: Unit,
    *,
    names: Collection[str] = (),
    fonts: Path | None = None,
    compiled: bool | None = None,
    source_language: str = "en",
) -> list[Finding]:
    """The findings about a unit, check by check; none while nothing is translated.

    `compiled` None reads off the unit's places whether its claims are backed; see `run` for the other arguments.
    """
    if not any(form.strip() for form in unit.forms):
        return []
    facts = Facts.of(unit, names, fonts, source_language, compiled)
    return [found for check in CHECKS.values() for found in check(unit, facts)]
