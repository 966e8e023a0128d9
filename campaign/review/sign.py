"""Signing: one person approves the exact words of an item's units in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.catalogue.store import Edit
from campaign.catalogue.warm import WarmCatalogue
from campaign.errors import CampaignError, Problem
from campaign.ledger import ledger, verdicts
from campaign.ledger.ledger import Ledger
from campaign.model.campaign import Campaign
from campaign.model.event import Event
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project


@dataclass(frozen=True, slots=True)
class Signed:
    """What one act of signing added to the ledger: approvals of sentences, and of items as a whole."""

    units: int
    items: int


def sign(
    project: Project,
    campaign: Campaign,
    locale: str,
    units: Iterable[Unit],
    *,
    reviewer: str,
    role: str,
    on: date,
    comment: str = "",
    also: Sequence[Event] = (),
    catalogue: WarmCatalogue | None = None,
    known: Ledger | None = None,
    shown: Mapping[str, tuple[tuple[str, str], ...]] | None = None,
) -> Signed:
    """Approve these units as they are now. What the same person approved already, with the same facts, adds nothing.

    `also` are events of the same act (the item that was signed off), written in the same step; `catalogue` and `known`
    are the open file and the ledger of whoever has read them; `shown` are, by unit, the facts of the items that show
    it, which the approval keeps. The fuzzy mark is taken away first and the ledger is written last: until both are
    done the words stay a draft.

    Raises:
        CampaignError: a unit has no text, the role may not sign, the ledger is broken, or the text changed meanwhile;
            nothing is signed and no file is changed.
    """
    units = tuple(units)
    problems = [
        Problem(f"{locale}: {unit.source[:60]!r}", "has no text to sign", "translate it first")
        for unit in units
        if not unit.translated
    ]
    if role not in campaign.roles:
        problems.append(
            Problem("--role", f"{role!r} may not sign in this campaign", f"use one of {', '.join(campaign.roles)}")
        )
    problems += verdicts.faults(reviewer, comment)
    book, before = project.ledger(locale), Ledger()
    try:
        before = ledger.read(book, project.name(book), known)
    except CampaignError as error:  # found now, before the catalogue is touched
        problems += error.problems
    if problems:
        raise CampaignError(problems)
    by = verdicts.Person(reviewer.strip(), role)
    told = shown or {}
    approvals = {unit: verdicts.event(unit, Verdict.SIGN, by, on, comment, told.get(unit.key, ())) for unit in units}
    news = set(before.news([*approvals.values(), *also], campaign.roles))
    # Somebody marked it fuzzy after the approval: a new look at the same words.
    units = tuple(unit for unit in units if unit.fuzzy or approvals[unit] in news)
    touched = {item for unit in units for item, _ in told.get(unit.key, ())}
    items = [event for event in also if event in news or event.unit_key in touched]
    if not units and not items:
        return Signed(0, 0)
    if units and locale != campaign.source_language:
        path = project.catalogue(locale)
        (catalogue or WarmCatalogue(path, project.name(path), locale)).edit(
            {unit.key: Edit(unit.forms, fuzzy=False) for unit in units},
            seen={unit.key: unit.text_hash for unit in units},
        )
    ledger.append(book, project.name(book), [*(approvals[unit] for unit in units), *items], before)
    return Signed(len(units), len(items))
