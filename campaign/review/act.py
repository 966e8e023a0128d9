"""One act: the texts and events that decisions bring, written all or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from campaign.catalogue.store import Edit
from campaign.errors import CampaignError
from campaign.ledger import verdicts
from campaign.model.event import Event
from campaign.model.subject import ITEM
from campaign.project import locked, write_atomic
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet


@dataclass(slots=True)
class Act:
    """What will be written: texts by key, the texts that they replace, events, signatures on sentences and on items."""

    edits: dict[str, Edit] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    signed: dict[str, Event] = field(default_factory=dict)
    items: list[Event] = field(default_factory=list)

    def finish(self, known: set[Event]) -> None:
        """Leave out the items that the ledger knows to be signed off, unless a sentence of theirs is signed now."""
        touched = {item for event in self.signed.values() for item, _ in event.facts}
        self.items = [event for event in self.items if event not in known or event.unit_key in touched]

    def everything(self) -> Iterator[Event]:
        """The events in the order of the ledger: what was said, sentences, items as a whole."""
        yield from self.events
        yield from self.signed.values()
        yield from self.items

    def write(self, desk: Desk, sheet: Sheet, since: str) -> None:
        """Write the texts, then the ledger: until both are done, words stay a draft. Hold the desk's lock.

        `since` is the head of the ledger that everybody who decided had before their eyes.

        Raises:
            CampaignError: a text was changed meanwhile, or a file cannot be read or written; nothing is changed then.
        """
        catalogue, path = desk.catalogue(sheet.locale), desk.project.catalogue(sheet.locale)
        edits = self.edits if catalogue else {}  # the texts of the source language are the templates
        before = path.read_bytes() if edits else b""
        if catalogue and edits:
            catalogue.edit(edits, seen={key: self.seen[key] for key in edits})
        events = tuple(self.everything())
        try:
            if events:
                verdicts.record(desk.project, sheet.locale, events, sheet.ledger, since)
        except CampaignError:
            if edits:
                with locked(path, desk.project.name(path)):
                    write_atomic(path, before)
            raise


def is_item(event: Event) -> bool:
    """Whether an event is about an item as a whole."""
    return event.unit_key.startswith(ITEM)
