"""Signing: one person approves the exact words of an item's units in one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from campaign.catalogue import store
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError, Problem
from campaign.model import Campaign, Signature, Unit
from campaign.project import Project
from campaign.review import ledger


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
) -> int:
    """Approve these units as they are now; the number of signatures written.

    The fuzzy mark is taken away first and the ledger is written last: until both are done the words stay a draft.

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
    if not reviewer.strip():
        problems.append(Problem("--name", "is empty", "a signature needs a name or a pseudonym"))
    for option, text in (("--name", reviewer), ("--comment", comment)):
        if store.UNSTORABLE.search(text):
            problems.append(Problem(option, "holds a NUL or a lone surrogate", "type it again"))
    book = project.ledger(locale)
    try:
        ledger.read(book, project.name(book))
    except CampaignError as error:  # found now, before the catalogue is touched
        problems += error.problems
    if problems:
        raise CampaignError(problems)
    if locale != campaign.source_language:
        path = project.catalogue(locale)
        store.edit(
            path,
            project.name(path),
            locale,
            {unit.key: Edit(unit.forms, fuzzy=False) for unit in units},
            seen={unit.key: unit.text_hash for unit in units},
        )
    events = [
        Signature(
            unit.key, unit.source_hash, unit.text_hash, reviewer.strip(), role, on.isoformat(), ledger.SIGN, comment
        )
        for unit in units
    ]
    ledger.append(book, project.name(book), events)
    return len(events)
