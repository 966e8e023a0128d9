"""Replies to what somebody said, and who shall look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from campaign.model.event import Event
from campaign.model.verdict import ASKING, Verdict
from campaign.people import name_fault, tidy
from campaign.review.decision import Decision, Refusal, Why
from campaign.review.grounds import general, refusal
from campaign.review.snapshot import Sheet

#: To what one can reply.
_SPOKEN = ASKING | {Verdict.COMMENT, Verdict.SUGGEST}


def is_reply(decision: Decision) -> bool:
    """Whether a decision is about what somebody said, and not about words."""
    return decision.verdict is Verdict.ASSIGN or (decision.verdict is Verdict.COMMENT and bool(decision.re))


def replied(sheet: Sheet, decision: Decision, on: date) -> tuple[tuple[Refusal, ...], tuple[Event, ...]]:
    """Why a reply or an assignment cannot be kept; the events that it is, unless the ledger has them."""
    refused = tuple(_refused(sheet, decision, on))
    return refused, () if refused else _said(sheet, decision, on)


def _refused(sheet: Sheet, decision: Decision, on: date) -> Iterator[Refusal]:
    yield from general(sheet, decision, on)
    if decision.verdict is Verdict.ASSIGN and (fault := name_fault(tidy(decision.whose))):
        yield refusal(Why.FORM, fault, "name who shall look at it", "--to")
    for own in decision.re or ("",):
        event = sheet.ledger.by_id.get(own)
        if event is None or event.verdict not in _SPOKEN:
            what = f"the ledger of {sheet.locale} has nothing {own[:12]!r} that one could reply to"
            yield refusal(Why.STALE, what, "look at: campaign review open", "EVENT")
        elif decision.verdict is Verdict.ASSIGN and event.verdict not in ASKING:
            yield refusal(Why.RULE, f"{own[:12]} asks for nothing", "assign an objection or a question", "EVENT")


def _said(sheet: Sheet, decision: Decision, on: date) -> tuple[Event, ...]:
    """The replies or assignments: each about the words that the first event was about, so that they stay together."""
    found = []
    for own in decision.re:
        old = sheet.ledger.by_id[own]
        event = Event(
            old.unit_key,
            old.source_hash,
            old.text_hash,
            decision.by.name,
            decision.by.role,
            on.isoformat(),
            decision.verdict,
            decision.comment,
            source=old.source,
            forms=old.forms,
            re=(own,),
        )
        event = replace(event, whose=tidy(decision.whose)) if decision.verdict is Verdict.ASSIGN else event
        if not any(_same(known, event) for known in sheet.ledger.events):
            found.append(event)
    return tuple(found)


def _same(known: Event, event: Event) -> bool:
    """Whether a reply was given before, or somebody was asked before: the last word of this person about it."""
    return known.re == event.re and replace(known, on=event.on) == event
