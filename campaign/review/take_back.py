"""`review withdraw`, `revoke`, `reply` and `assign`: which events they name, as decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from campaign.errors import CampaignError, Problem
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.verdict import Verdict
from campaign.people import tidy
from campaign.project import Project
from campaign.review import undo
from campaign.review.decide import decide
from campaign.review.decision import Decision
from campaign.review.seal import readable, seal_taken_back, taken_back
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.review.threads import open_threads
from campaign.review.undone import Undone, undone


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was written, how many withdrawals and revocations an ssh key sealed, and what a revocation undid."""

    events: tuple[Event, ...]
    sealed: int = 0
    undone: Undone = field(default_factory=Undone)


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
    last: bool = False,
    key: Path | None = None,
) -> TakenBack:
    """Take back what one said oneself; `what` are beginnings of ids. Without any: all of one's open objections, or what
    one said last (`last`).

    `key` is the file of an ssh key that seals this and whatever the person took back before.

    Raises:
        CampaignError: every reason why one of them cannot be taken back; nothing is written then. Or the key does not
            sign; what was taken back stays then, without a seal.
    """
    readable(key)
    desk = Desk(project)
    sheet = _sheet(desk, locale)
    by = Person(tidy(name), role)
    mine = [event for event in sheet.ledger.events if event.reviewer == by.name]
    if last:
        ended = sheet.standing.ended
        mine = [e for e in mine if e.verdict not in (*undo.FINAL, Verdict.SEAL) and e.id not in ended][-1:]
    else:
        open_ = {thread.about.id for thread in open_threads(sheet) if thread.about.verdict is Verdict.REJECT}
        mine = [event for event in mine if event.id in open_]
    named = _named(sheet, what) if what else tuple(event.id for event in mine)
    if not named and not (key and taken_back(sheet, by)):
        lacks = "said nothing that could be taken back" if last else "has no open objection"
        raise CampaignError.single(f"{name} {lacks} in {locale}", where="--name", todo="name an EVENT")
    made = Decision("", Verdict.WITHDRAW, by, "", sheet.ledger.head, reason=reason, re=named)
    again = [each for event in mine for each in undo.objections_again(sheet, event)] if last else []
    return _done(desk, sheet, made, on, key, again)


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
    done = _done(desk, sheet, made if whose else replace(made, re=_named(sheet, what)), on, key)
    return replace(done, undone=undone(project, desk.sheet(locale), sheet.standing.ended))


def reply(
    project: Project,
    locale: str,
    what: Sequence[str],
    *,
    name: str,
    role: str,
    comment: str,
    on: date,
    to: str = "",
) -> tuple[Event, ...]:
    """Reply to what somebody said, or say who shall look at it (`to`); `what` are beginnings of ids.

    Raises:
        CampaignError: every reason why not; nothing is written then.
    """
    desk = Desk(project)
    sheet = _sheet(desk, locale)
    verdict = Verdict.ASSIGN if to else Verdict.COMMENT
    said = Decision("", verdict, Person(name, role), "", sheet.ledger.head, comment=comment, whose=to)
    return _decided(desk, sheet, [replace(said, re=_named(sheet, what))], on)


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


def _done(
    desk: Desk, sheet: Sheet, decision: Decision, on: date, key: Path | None, again: Sequence[Decision] = ()
) -> TakenBack:
    """Do it, and seal it; with a key, what the same person did before is only sealed."""
    events: tuple[Event, ...] = ()
    if key:
        before = {own for event in taken_back(sheet, decision.by) for own in event.re}
        decision = replace(decision, re=tuple(own for own in decision.re if own not in before))
    if decision.re or decision.whose:
        events = _decided(desk, sheet, [decision, *again], on)
    return TakenBack(events, seal_taken_back(desk, sheet.locale, decision.by, key, on))


def _decided(desk: Desk, sheet: Sheet, decisions: Sequence[Decision], on: date) -> tuple[Event, ...]:
    outcomes = decide(desk, sheet.locale, decisions, on, whole=True)
    if refused := [refusal.problem for outcome in outcomes for refusal in outcome.refused]:
        raise CampaignError(dict.fromkeys(refused))
    return tuple(event for outcome in outcomes for event in outcome.events)
