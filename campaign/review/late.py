"""What a file says that came too late: the words, or their source, were changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from campaign.ledger import verdicts
from campaign.ledger.queue import Line
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.unit import blank, unit_key
from campaign.model.verdict import Verdict
from campaign.review.decision import Decision
from campaign.review.grounds import said_before


def suggested(decision: Decision, line: Line, on: date) -> tuple[Event, ...]:
    """The text that somebody typed into a file, as a suggestion, and the comment beside it.

    Nothing for a page, which shows both texts to whoever is typing; nothing for a text that stood there before.
    """
    forms, remark = decision.forms or (), decision.comment or decision.reason
    old = digest(*forms) in (decision.seen, line.text_hash)
    if old or not decision.place or len(forms) != len(line.unit.forms) or all(map(blank, forms)):
        return ()
    unit = replace(line.unit, forms=forms)
    said = [verdicts.event(unit, Verdict.SUGGEST, decision.by, on)]
    if remark:
        said.append(verdicts.event(unit, Verdict.COMMENT, decision.by, on, remark))
    return tuple(one for one in said if not said_before(line.events, one))


def successor(lines: Mapping[str, Line], key: str) -> Line | None:
    """The sentence that this one became when its source was changed; None where it is gone."""
    return next((line for line in lines.values() if line.unit.previous and unit_key(*line.unit.previous) == key), None)
