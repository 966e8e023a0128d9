"""`review withdraw` and `review revoke`: which events they name, as decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from campaign.errors import CampaignError, Problem
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.verdict import Verdict
from campaign.people import tidy
from campaign.project import Project
from campaign.review.decide import decide
from campaign.review.decision import Decision
from campaign.review.seal import readable, seal_taken_back, taken_back
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was written, and how many withdrawals and revocations were sealed with an ssh key."""

    events: tuple[Event, ...]
    sealed: int = 0


#: The shortest beginning of an id that names an event.
SHORTEST = 8


def take_back(
    project: Project,
    locale: str,
    what: Sequence[str],
    *,
    name: str,
    role: str,
    reason: str,
    on: date,
    key: Path | None = None,
) -> TakenBack:
    """Take back what one said oneself; `what` are beginnings of ids. Without any: all of one's open objections.

    `key` is the file of an ssh key that seals this and whatever the person took back before.

    Raises:
        CampaignError: every reason why one of them cannot be taken back; nothing is written then. Or the key does not
            sign; what was taken back stays then, without a seal.
    """
    readable(key)
    desk = Desk(project)
    sheet = _sheet(desk, locale)
    by = Person(tidy(name), role)
    mine = tuple(e.id for line in sheet.lines.values() for e in line.objections if e.reviewer == by.name)
    named = _named(sheet, what) if what else mine
    if not named and not (key and taken_back(sheet, by)):
        raise CampaignError.single(f"{name} has no open objection in {locale}", where="--name", todo="name an EVENT")
    made = Decision("", Verdict.WITHDRAW, by, "", sheet.ledger.head, reason=reason, re=named)
    return _done(desk, sheet, made, on, key)


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
    key: Path | None = None,
) -> TakenBack:
    """End what others signed, waived or withdrew: some events, or all that `whose` said on or after the day `since`.

    `key` seals it as in `take_back`.

    Raises:
        CampaignError: as `take_back` does.
    """
    readable(key)
    desk = Desk(project)
    sheet = _sheet(desk, locale)
    made = Decision(
        "", Verdict.REVOKE, Person(name, role), "", sheet.ledger.head, reason=reason, whose=whose, day=since
    )
    return _done(desk, sheet, made if whose else replace(made, re=_named(sheet, what)), on, key)


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


def _done(desk: Desk, sheet: Sheet, decision: Decision, on: date, key: Path | None) -> TakenBack:
    """Do it, and seal it; with a key, what the same person did before is only sealed."""
    events: tuple[Event, ...] = ()
    if key:
        before = {own for event in taken_back(sheet, decision.by) for own in event.re}
        decision = replace(decision, re=tuple(own for own in decision.re if own not in before))
    if decision.re or decision.whose:
        (outcome,) = decide(desk, sheet.locale, [decision], on)
        if outcome.refused:
            raise CampaignError(dict.fromkeys(refusal.problem for refusal in outcome.refused))
        events = outcome.events
    return TakenBack(events, seal_taken_back(desk, sheet.locale, decision.by, key, on))
