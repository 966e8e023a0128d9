"""What a file says that came too late: the words were changed meanwhile, and who sent it does not see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from campaign.ledger import verdicts
from campaign.ledger.queue import Line
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.unit import blank
from campaign.model.verdict import Verdict
from campaign.review.decision import Decision
from campaign.review.grounds import said_before


def suggested(decision: Decision, line: Line, on: date) -> tuple[Event, ...]:
    """The text that somebody typed into a file, as a suggestion, and the comment beside it.

    Nothing for a page, which shows both texts to whoever is typing; nothing for a text that stood in the file before.
    """
    forms, remark = decision.forms or (), decision.comment or decision.reason
    typed = len(forms) == len(line.unit.forms) and not any(map(blank, forms)) and digest(*forms) != decision.seen
    if not (decision.place and typed):
        return ()
    unit = replace(line.unit, forms=forms)
    said = [verdicts.event(unit, Verdict.SUGGEST, decision.by, on)]
    if remark:
        said.append(verdicts.event(unit, Verdict.COMMENT, decision.by, on, remark))
    return tuple(one for one in said if not said_before(line.events, one))
