"""Waive a finding: on one sentence, or on a whole message of an audience."""

from __future__ import annotations

from datetime import date

from campaign.checks import RULES, check_message
from campaign.errors import CampaignError, Problem
from campaign.ledger import ledger
from campaign.ledger.waivers import waiver
from campaign.model.finding import Finding
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.workspace import loader
from campaign.workspace.findings import item_words, unit_findings
from campaign.workspace.loader import Workspace
from campaign.workspace.usage import places

#: Fewer letters of a sentence find too many of them.
_FEWEST_LETTERS = 8


def waive(project: Project, locale: str, what: str, code: str, *, name: str, role: str, reason: str, on: date) -> str:
    """Write into a language's ledger that a rule is waived for `what`; the sentence or the audience that it stands for.

    `what` is an audience, a unit's key or how its source begins.

    Raises:
        CampaignError: no such rule, a rule that nobody may waive, no such finding, no name, reason or role.
    """
    space = loader.load(project)
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
