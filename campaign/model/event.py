"""One verdict of one person, as a ledger keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, make_dataclass
from typing import cast

from campaign.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Event:
    """One verdict of one person on the exact words of one unit. Dates are ISO 8601 (YYYY-MM-DD).

    `rule` is the code of the rule that a waiver lets pass; `reason` is why something was waived, rejected or lapsed, or
    the answer to an objection; `comment` is a remark beside any verdict.
    `source` is (context, source, plural source) and `forms` the text: the words behind the two hashes, for whoever
    reads the history later. Events of an earlier version have none, and so have events about a whole item. The words
    of a suggestion are those that are suggested.
    `facts` are (item, how it was: a text of `model/cover`) of items that show the unit; the ledger writes what is new.
    The `text_hash` of an event about a whole item is such a text too.

    `re` are the ids of the events that it answers, takes back or ends. A revocation of everything that a person said
    from a day on names them as `whose` and the day as `since`. A seal is about no unit: `sig` is the ssh signature of
    the events that it names. `whose` of an assignment is who shall look at the events in `re`; `at` is the point of a
    picture of which something is said (`model/spot`). The ledger gives an event its `id` and writes what its author had
    before their eyes as `prev`; an event that is in no ledger yet has neither.
    """

    unit_key: str
    source_hash: str
    text_hash: str
    reviewer: str
    role: str
    on: str
    verdict: Verdict
    comment: str = ""
    rule: str = ""
    reason: str = ""
    source: tuple[str, ...] = field(default=(), compare=False)
    forms: tuple[str, ...] = field(default=(), compare=False)
    facts: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    re: tuple[str, ...] = field(default=(), compare=False)
    whose: str = ""
    since: str = ""
    sig: str = ""
    at: str = ""
    id: str = field(default="", compare=False)
    prev: tuple[str, ...] = field(default=(), compare=False)

    @property
    def remark(self) -> str:
        """What the person said, for a list of events: rule, reason and comment, as far as there are any."""
        reason = ": ".join(filter(None, (self.rule, self.reason)))
        return "\n".join(filter(None, (reason, self.comment)))


def _close(event: object) -> None:
    event.__class__ = Event


#: An event while it is filled in. A frozen class fills one field after the other by a call: five times slower.
_Open = make_dataclass(
    "_Open", [(each.name, each.type) for each in fields(Event)], slots=True, namespace={"__post_init__": _close}
)

#: An event from the values of all its fields in their order: what `Event` makes of them, for very many of them.
#: Raises TypeError where there are fewer values than fields, or more.
event_of = cast("Callable[..., Event]", _Open)
