"""Events as a ledger: each written behind the ones that its author had seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from campaign.ledger import events as said_in
from campaign.ledger import ledger
from campaign.ledger.ledger import Ledger
from campaign.model.event import Event


def line(event: Event, prev: Iterable[str] = ()) -> tuple[str, bytes]:
    """The id and the line (with its end) of an event whose author had seen these."""
    own, data = said_in.written(event, event.facts, event.on, prev)
    return own, data + b"\n"


def chained(*events: Event) -> Ledger:
    """Each event behind the one before; "#0" in `re` stands for the id of the first."""
    ids: list[str] = []
    data = b""
    for event in events:
        named = tuple(ids[int(each[1:])] if each.startswith("#") else each for each in event.re)
        own, written = line(replace(event, re=named), ids[-1:])
        ids.append(own)
        data += written
    return ledger.of(data)
