"""What people say of an item as a whole: why it cannot be signed, the signature on it, and everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from campaign.ledger import verdicts
from campaign.ledger.standing import Dispute
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.spot import spot
from campaign.model.subject import ITEM
from campaign.model.verdict import Verdict
from campaign.review.decision import Decision, Refusal, Why
from campaign.review.grounds import answered, objected, refusal
from campaign.review.preview import Previews
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.workspace.facts import ItemView

#: What can be said of an item beside a signature.
REMARKS = (Verdict.REJECT, Verdict.UNSURE, Verdict.COMMENT)


def dispute(sheet: Sheet, item: str) -> Dispute:
    """What was said against an item as a whole and not taken back; `item` is its name in the ledger."""
    return sheet.standing.dispute((digest(item), ""))


def unsignable(desk: Desk, sheet: Sheet, item: ItemView, decision: Decision) -> Iterator[Refusal]:
    """Why an item cannot be signed: objections to it that nobody answered, and what cannot be shown cannot be seen."""
    yield from objected(sheet, decision, dispute(sheet, item.job.item), item.job.name)
    for problem in Previews(desk).look(sheet, item.job, final=True).problems:
        what = f"not signed: it cannot be shown whole: {problem.what}"
        yield refusal(Why.LOOK, what, problem.todo or "mend it, then look again", f"{item.job.name}: {problem.where}")


def covered(sheet: Sheet, decisions: Iterable[Decision]) -> frozenset[str]:
    """The names of the items that these decisions sign as a whole, with those that are the same in other countries."""
    named = {each.key for each in decisions if each.verdict is Verdict.SIGN and each.key.startswith(ITEM)}
    items = [item for item in sheet.items if item.job.item in named] if named else []
    return frozenset(each.job.item for item in items for each in (item, *sheet.twins(item)))


def signed(sheet: Sheet, item: ItemView, decision: Decision, on: date) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """What the person takes back by signing; the signature on an item as it is, and on each that is the same in another
    country.
    """
    back, said = list[Event](), list[Event]()
    for each in (item, *sheet.twins(item)):
        name = each.job.item
        mine, named, reason = answered(sheet, decision, dispute(sheet, name), ())
        if mine:
            why = decision.reason or decision.comment
            back.append(_event(each, Verdict.WITHDRAW, decision, on, reason=why, re=mine))
        said.append(
            verdicts.sign_off(name, each.facts, decision.by, on, decision.comment, reason=reason, re=named),
        )
    return tuple(back), tuple(said)


def remark(item: ItemView, decision: Decision, on: date) -> Event:
    """What somebody says of an item beside a signature, at a point of its picture where they name one."""
    return _event(
        item, decision.verdict, decision, on, comment=decision.comment, reason=decision.reason, at=decision.at
    )


def pointless(decision: Decision) -> Iterator[Refusal]:
    """Whether the point that a decision names is one."""
    if decision.at and not spot(decision.at):
        yield refusal(Why.FORM, f"{decision.at[:40]!r} is no point of a picture", "point at the picture again", "--at")


def _event(
    item: ItemView,
    verdict: Verdict,
    decision: Decision,
    on: date,
    *,
    comment: str = "",
    reason: str = "",
    re: tuple[str, ...] = (),
    at: str = "",
) -> Event:
    name, by = item.job.item, decision.by
    who = (by.name, by.role, on.isoformat(), verdict, comment)
    return Event(name, digest(name), item.facts, *who, reason=reason, re=re, at=at)
