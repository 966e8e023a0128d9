"""What was said is taken back by who said it, or ended by whoever coordinates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from campaign.ledger.standing import REVOCABLE, people, standing
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.verdict import Verdict
from campaign.review.decision import Decision, Refusal, Why
from campaign.review.grounds import general, refusal
from campaign.review.snapshot import Sheet

#: What nobody takes back.
FINAL = (Verdict.WITHDRAW, Verdict.REVOKE, Verdict.LAPSE)


def refused(sheet: Sheet, decision: Decision, on: date) -> Iterator[Refusal]:
    """Why something cannot be taken back or ended."""
    yield from general(sheet, decision, on)
    revoking = decision.verdict is Verdict.REVOKE
    if revoking and decision.by.name not in sheet.trust.coordinators:
        todo = (
            "let one of [review] coordinators in campaign.toml do it; what one said oneself: campaign review withdraw"
        )
        yield refusal(Why.NAME, f"{decision.by.name} does not coordinate this campaign", todo, "--name")
    if decision.whose and not _day(decision.day):
        yield refusal(Why.FORM, f"{decision.day!r} is no day", "write it like 2026-11-30", "--since")
    for own in decision.re:
        event = sheet.ledger.by_id.get(own)
        if event is None:
            yield refusal(Why.STALE, f"the ledger has no event {own[:12]}", "look at: campaign review log", "EVENT")
        elif event.id in sheet.standing.ended:
            yield refusal(Why.STALE, f"{own[:12]} counts no longer: it was ended before", "nothing is to do", "EVENT")
        elif decision.verdict is Verdict.WITHDRAW and event.reviewer != decision.by.name:
            what = f"{own[:12]} was said by {event.reviewer}, not by {decision.by.name}"
            yield refusal(Why.NAME, what, "only exactly the same name takes it back", "--name")
        elif event.verdict not in REVOCABLE if revoking else event.verdict in FINAL:
            ends = "revoked" if revoking else "taken back"
            what = f"{own[:12]} ({event.verdict}) cannot be {ends}"
            yield refusal(Why.RULE, what, "an objection is answered, or taken back by who made it", "EVENT")


def _day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def ending(sheet: Sheet, decision: Decision, on: date) -> tuple[Event, ...]:
    """The events that take back or end what a decision names: one for each, so that each sentence's history has it."""
    who = (decision.by.name, decision.by.role, on.isoformat(), decision.verdict)
    if decision.whose:
        return (Event("", "", "", *who, reason=decision.reason, whose=decision.whose, since=decision.day),)
    known = [sheet.ledger.by_id[own] for own in decision.re]
    return tuple(
        Event(old.unit_key, old.source_hash, old.text_hash, *who, reason=decision.reason, re=(old.id,)) for old in known
    )


def objections_again(sheet: Sheet, event: Event) -> tuple[Decision, ...]:
    """The objections that somebody took back by just this signature, said again: they stand once it is taken back.

    Which are those, the ledger does not say: what the same person took back of the same words right before it.
    """
    by, about = Person(event.reviewer, event.role), (event.unit_key, event.source_hash, event.text_hash, event.on)
    before = [sheet.ledger.by_id[own] for own in event.prev if own in sheet.ledger.by_id]
    back = [
        each
        for each in before
        if each.verdict is Verdict.WITHDRAW
        and (each.unit_key, each.source_hash, each.text_hash, each.on) == about
        and each.reviewer == event.reviewer
    ]
    if event.verdict is not Verdict.SIGN or event.unit_key not in sheet.lines:
        return ()
    objected = (sheet.ledger.by_id[own] for each in back for own in each.re)
    return tuple(
        Decision(event.unit_key, Verdict.REJECT, by, event.text_hash, sheet.ledger.head, reason=each.reason)
        for each in objected
        if each.verdict is Verdict.REJECT
    )


def good_again(sheet: Sheet, events: Sequence[Event]) -> tuple[str, ...]:
    """The sentences that an objection had marked as drafts and whose signatures count again without it."""
    trust = sheet.trust
    signed = standing((*sheet.ledger.events, *events), trust).signed
    keys = dict.fromkeys(event.unit_key for event in events if event.unit_key in sheet.lines)
    lines = (sheet.lines[key] for key in keys)
    enough = sheet.campaign.needed(sheet.locale)
    return tuple(
        line.key
        for line in lines
        if line.unit.fuzzy and len(people(signed.get((line.source_hash, line.text_hash), ()), trust)) >= enough
    )
