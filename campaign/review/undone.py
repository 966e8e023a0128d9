"""What a revocation undid, sentence by sentence, and which releases had relied on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from campaign.ledger import releases
from campaign.ledger.releases import Release
from campaign.model.event import Event
from campaign.model.subject import ITEM
from campaign.project import Project
from campaign.review.snapshot import Sheet


@dataclass(frozen=True, slots=True)
class Undone:
    """The events that count no longer, and the released files that showed what they approved, path by path."""

    events: tuple[Event, ...] = ()
    releases: tuple[Release, ...] = ()


def undone(project: Project, sheet: Sheet, before: Collection[str]) -> Undone:
    """What counts no longer in a language; `before` are the ids of what had been ended already.

    A release relied on an event when it shows its sentence, or is its item, and the ledger held the event when the
    release was made.

    Raises:
        CampaignError: the history of releases cannot be read.
    """
    ended = sheet.standing.ended
    events = tuple(event for event in sheet.ledger.events if event.id in ended and event.id not in before)
    past = releases.read(project.history, project.name(project.history))
    found = {}
    for relied in past.relied:
        held = sheet.ledger.book.below(relied.heads.get(sheet.locale, ()))
        known = [event for event in events if event.id in held]
        keys = {event.unit_key for event in known}
        for release in past.releases:
            item = f"{ITEM}{release.country}/{release.audience}/{release.channel}"
            if (
                release.on == relied.on
                and sheet.locale in release.tongues
                and not keys.isdisjoint((*release.units, item))
            ):
                found[release.path, release.sha256] = release
    return Undone(events, tuple(found.values()))
