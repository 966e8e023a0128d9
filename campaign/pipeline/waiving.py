"""Waive a finding: on one sentence, or on a whole message of an audience."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from campaign.catalogue import glossary
from campaign.checks import RULES, Place, check_message, check_unit
from campaign.errors import CampaignError, Problem
from campaign.model.digest import digest
from campaign.model.finding import Finding
from campaign.model.message import Message
from campaign.model.subject import MESSAGE
from campaign.model.unit import Unit
from campaign.pipeline import workspace
from campaign.pipeline.places import places
from campaign.pipeline.terms import agreed
from campaign.pipeline.workspace import Workspace
from campaign.project import Project
from campaign.render.blocks import BLOCKS
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts
from campaign.review import ledger
from campaign.review.waivers import waiver

#: Fewer letters of a sentence find too many of them.
_FEWEST_LETTERS = 8


def waive(project: Project, locale: str, what: str, code: str, *, name: str, role: str, reason: str, on: date) -> str:
    """Write into a language's ledger that a rule is waived for `what`; the sentence or the audience that it stands for.

    `what` is an audience, a unit's key or how its source begins.

    Raises:
        CampaignError: no such rule, a rule that nobody may waive, no such finding, no name, reason or role.
    """
    space = workspace.load(project)
    problems = [
        *_code_problems(code),
        *(Problem(option, "is empty", todo) for option, text, todo in _words(name, reason) if not text.strip()),
    ]
    if locale not in space.texts:
        problems.append(Problem("LANG", f"{locale} is not in campaign.toml", f"use one of {', '.join(space.texts)}"))
    if role not in space.campaign.roles:
        problems.append(
            Problem("--role", f"{role!r} is no role of this campaign", f"use {', '.join(space.campaign.roles)}")
        )
    if problems:
        raise CampaignError(problems)
    key, hashes, shown, found = _target(space, locale, what)
    if code not in {finding.code for finding in found}:
        others = ", ".join(sorted({finding.code for finding in found})) or "none"
        raise CampaignError.single(
            f"has no finding of the rule {code} (its findings: {others})", where=shown, todo="run campaign check"
        )
    event = waiver(key, *hashes, code, name=name.strip(), role=role, on=on.isoformat(), reason=reason.strip())
    book = project.ledger(locale)
    ledger.append(book, project.name(book), [event])
    return shown


def item_words(audience: str, message: Message, texts: Texts) -> tuple[str, str, str]:
    """What a waiver on a message covers: key, hash of its sources, hash of its words; the contacts are left out."""
    keys = dict.fromkeys(used.key for block in BLOCKS for used in message.units.get(block, ()))
    known = [texts.units[key] for key in keys if key in texts.units]
    sources, words = digest(*(unit.source_hash for unit in known)), digest(*(unit.text_hash for unit in known))
    return f"{MESSAGE}{audience}", sources, words


def message_findings(space: Workspace, message: Message) -> Iterator[Finding]:
    """The findings about a message that nobody waived; those without a language are waived in the source language."""
    campaign = space.campaign
    for found in check_message(message, campaign.audiences[message.audience], campaign.source_language):
        texts = space.texts[found.locale or campaign.source_language]
        if not waived(space, found, message, texts):
            yield found


def waived(space: Workspace, found: Finding, message: Message, texts: Texts) -> bool:
    """Whether a finding about a message is waived for the words that the message has in a language now."""
    codes = space.waivers[texts.locale].codes(*item_words(message.audience, message, texts))
    return found.code in codes and RULES[found.code].waivable


def unit_findings(space: Workspace, locale: str, known: Mapping[str, Place]) -> Iterator[tuple[Unit, list[Finding]]]:
    """Each unit of a language with its findings that nobody waived; `known` are the places of the units."""
    names, elsewhere = sorted({contact.name for contact in space.campaign.contacts}), Place()
    terms = agreed(glossary.load(space.project, locale, space.campaign.source_language))
    for unit in space.texts[locale].units.values():
        codes = space.waivers[locale].codes(unit.key, unit.source_hash, unit.text_hash)
        yield (
            unit,
            check_unit(
                unit,
                names=names,
                fonts=space.project.assets / "fonts",
                source_language=space.campaign.source_language,
                waived=codes,
                place=known.get(unit.key, elsewhere),
                terms=terms,
            ),
        )


def _target(space: Workspace, locale: str, what: str) -> tuple[str, tuple[str, str], str, list[Finding]]:
    """Key, hashes, name and findings of what a person named."""
    campaign, texts = space.campaign, space.texts[locale]
    if what in campaign.audiences:
        renderer, found = Renderer(space.project, campaign), list[Finding]()
        message = None
        for country in campaign.countries:
            message = renderer.message(what, locale, country, texts)
            found += check_message(message, campaign.audiences[what], campaign.source_language)
        assert message is not None  # noqa: S101 - a campaign has a country
        key, *hashes = item_words(what, message, texts)
        mine = [f for f in found if f.locale == locale or (not f.locale and locale == campaign.source_language)]
        return key, (hashes[0], hashes[1]), what, mine
    wanted = " ".join(what.split()).casefold()
    likely = [
        (unit, found)
        for unit, found in unit_findings(space, locale, places(space))
        if unit.key == what or (len(wanted) >= _FEWEST_LETTERS and unit.source.casefold().startswith(wanted))
    ]
    exact = [pair for pair in likely if wanted in (pair[0].key, pair[0].source.casefold())]
    units = exact or likely
    if len(units) != 1:
        how = f"{len(units)} sentences of {locale} begin so" if units else f"no sentence of {locale} begins so"
        todo = "give an audience, a unit's key, or more of the beginning of the source's sentence"
        raise CampaignError.single(how, where=repr(what), todo=todo)
    unit, found = units[0]
    return unit.key, (unit.source_hash, unit.text_hash), unit.source, found


def _code_problems(code: str) -> list[Problem]:
    if code not in RULES:
        return [Problem("CODE", f"no rule {code!r}", f"use one of {', '.join(c for c in RULES if RULES[c].waivable)}")]
    if not RULES[code].waivable:
        return [Problem("CODE", f"nobody may waive the rule {code}", "mend what it finds")]
    return []


def _words(name: str, reason: str) -> tuple[tuple[str, str, str], ...]:
    return ("--name", name, "a waiver needs a name or a pseudonym"), ("--reason", reason, "a waiver needs a reason")
