"""`review withdraw` and `review revoke`: which events they name, as decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from campaign.errors import CampaignError, Problem
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.verdict import Verdict
from campaign.people import tidy
from campaign.project import Project
from campaign.review.decide import decide
from campaign.review.decision import Decision
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet

#: The shortest beginning of an id that names an event.
SHORTEST = 8


def take_back(
    project: Project, locale: str, what: Sequence[str], *, name: str, role: str, reason: str, on: date
) -> tuple[Event, ...]:
    """Take back what one said oneself; `what` are beginnings of ids. Without any: all of one's open objections.

    Raises:
        CampaignError: every reason why one of them cannot be taken back; nothing is written then.
    """
    desk = Desk(project)
    sheet = _sheet(desk, locale)
    by = Person(tidy(name), role)
    mine = tuple(e.id for line in sheet.lines.values() for e in line.objections if e.reviewer == by.name)
    named = _named(sheet, what) if what else mine
    if not named:
        raise CampaignError.single(f"{name} has no open objection in {locale}", where="--name", todo="name an EVENT")
    return _done(desk, sheet, Decision("", Verdict.WITHDRAW, by, "", sheet.ledger.head, reason=reason, re=named), on)


def revoke(
    project: Project,
    locale: str,
    what: Sequence[str],
    *,
    whose: str,
    since: str,
    name: str,
    role: str,
    reason: str,
    on: date,
) -> tuple[Event, ...]:
    """End what others signed, waived or withdrew: some events, or all that `whose` said on or after the day `since`.

    Raises:
        CampaignError: every reason why not; nothing is written then.
    """
    desk = Desk(project)
    sheet = _sheet(desk, locale)
    made = Decision(
        "", Verdict.REVOKE, Person(name, role), "", sheet.ledger.head, reason=reason, whose=whose, day=since
    )
    return _done(desk, sheet, made if whose else replace(made, re=_named(sheet, what)), on)


def _sheet(desk: Desk, locale: str) -> Sheet:
    tags = desk.campaign.languages
    if locale not in tags:
        raise CampaignError(Problem("LANG", f"{locale} is not in campaign.toml", f"use one of {', '.join(tags)}"))
    return desk.sheet(locale)


def _named(sheet: Sheet, what: Sequence[str]) -> tuple[str, ...]:
    """The ids that begin so."""
    found: list[str] = []
    for beginning in what:
        likely = [own for own in sheet.ledger.by_id if own.startswith(beginning.casefold())]
        if len(beginning) < SHORTEST or len(likely) != 1:
            how = "no event" if not likely else f"{len(likely)} events"
            todo = f"give at least {SHORTEST} digits of its id, as campaign review log shows it"
            raise CampaignError.single(f"{how} of {sheet.locale} begins so", where=repr(beginning), todo=todo)
        found += likely
    return tuple(dict.fromkeys(found))


def _done(desk: Desk, sheet: Sheet, decision: Decision, on: date) -> tuple[Event, ...]:
    (outcome,) = decide(desk, sheet.locale, [decision], on)
    if outcome.refused:
        raise CampaignError(dict.fromkeys(refusal.problem for refusal in outcome.refused))
    return outcome.events
