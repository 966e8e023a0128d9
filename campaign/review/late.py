"""What a file says that was not taken: it came too late, or may not be so. What somebody typed is kept all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from campaign.ledger import verdicts
from campaign.ledger.queue import Line
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.unit import blank, unit_key
from campaign.model.verdict import Verdict
from campaign.people import plain
from campaign.review.decision import Decision, Refusal, Why
from campaign.review.grounds import general
from campaign.review.snapshot import Sheet


def beside(sheet: Sheet, decision: Decision, line: Line, refused: Sequence[Refusal], on: date) -> tuple[Event, ...]:
    """The text that somebody typed into a file, as a suggestion, and what they said beside it, as a remark.

    Nothing for a page, which shows what was refused to whoever is typing, nothing where nobody may say it (no name,
    too long), nothing that the person said before. What a memory holds is kept only where it came too late.
    """
    if not decision.place or (decision.origin and all(each.why is not Why.STALE for each in refused)):
        return ()
    forms, remark = decision.forms or (), decision.comment or decision.reason
    old = digest(*forms) in (decision.seen, line.text_hash) if forms else True
    fits = len(forms) == len(line.unit.forms) and not all(map(blank, forms))
    unit = replace(line.unit, forms=forms) if fits and not old else line.unit
    said = [verdicts.event(unit, Verdict.SUGGEST, decision.by, on)] if unit is not line.unit else []
    if remark:
        said.append(verdicts.event(unit, Verdict.COMMENT, decision.by, on, remark))
    speaks = replace(decision, verdict=Verdict.COMMENT, comment=remark or "-", reason="")
    if not said or any(general(sheet, speaks, on)):
        return ()
    mine = [event for event in line.events if plain(event.reviewer) == plain(decision.by.name)]
    return tuple(one for one in said if not any(_again(event, one) for event in mine))


def _again(old: Event, new: Event) -> bool:
    """Whether somebody said before what is said now: these words, or this remark."""
    if new.verdict is Verdict.COMMENT:
        return new.comment in (old.comment, old.reason)
    return old.verdict in (Verdict.SUGGEST, Verdict.CHANGE) and (old.source_hash, old.text_hash) == (
        new.source_hash,
        new.text_hash,
    )


def successor(lines: Mapping[str, Line], key: str) -> Line | None:
    """The sentence that this one became when its source was changed; None where it is gone."""
    return next((line for line in lines.values() if line.unit.previous and unit_key(*line.unit.previous) == key), None)
