"""What was handed over: every pack of a release goes into the history, so that a recall finds it and names the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from campaign.checks.rules import finding
from campaign.editions.publish import released
from campaign.ledger import releases, witness
from campaign.ledger.releases import PRINTER, Delivery, History, Release, Relied
from campaign.manifest import Entry
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.state import State
from campaign.press.job import File, Order
from campaign.project import Project
from campaign.workspace import records
from campaign.workspace.loader import Workspace

_OTHER = say("%(list)s has other hashes for it: it was changed after it was packed, or lines are missing there")
_NEVER = say("%(list)s has no line of this pack: lines are missing there, or something else made it; pack again")


class Handover:
    """The packs of one run, written into the history before anybody can take them away.

    A damaged history stops the run before anything is made: what cannot be remembered is not handed over.
    """

    def __init__(self, project: Project, on: date, locales: Iterable[str]) -> None:
        """Raises CampaignError when the history cannot be read; `locales` are the languages of what is handed over."""
        self._path, self._name, self._on = project.history, project.name(project.history), on
        past = releases.read(self._path, self._name)
        books = records.ledgers(project, sorted(set(locales)))
        self._relied = Relied(on.isoformat(), {locale: book.heads for locale, book in books.items() if book.heads})
        self._last = past.out()
        self._packs = {*past.packs}
        self._events: list[Release | Delivery] = []

    @property
    def comment(self) -> bytes:
        """What each ZIP says outside of the workspace: on which heads of the ledgers it relied."""
        return witness.comment(self._relied.heads)

    def pack(self, path: Path, receiver: str, files: Iterable[str]) -> None:
        """A ZIP for a receiver; `files` are the hashes of what is in it. The same pack of the same day counts once."""
        event = Delivery(self._on.isoformat(), path.name, receiver, tuple(sorted(set(files))))
        if event not in self._packs:
            self._events.append(event)

    def press_files(self, entries: Iterable[Entry], space: Workspace) -> None:
        """Press files as released files: no edition holds them, and their numbers must be found all the same."""
        contacts = {contact.id: contact for contact in space.campaign.contacts}
        for entry in entries:
            release = released(entry, contacts, self._on, space.units)
            last = self._last.get(release.path)
            if last is None or replace(release, on=last.on, texts=last.texts or release.texts) != replace(
                last, texts=last.texts or release.texts
            ):
                self._events.append(release)

    def remember(self) -> None:
        """Add everything to the history, synced to the disk. Raises CampaignError when it cannot be written."""
        relied = [self._relied] if self._events and self._relied.heads else []
        releases.append(self._path, self._name, [*relied, *self._events])
        self._events.clear()


def leaves(order: Order, file: File, units: Sequence[str], content: str, media_type: str = "application/pdf") -> Entry:
    """A file of a job as an edition would list it; `units` are the keys of the sentences that it shows, all signed."""
    return Entry(
        path=file.name,
        media_type=media_type,
        size=len(file.data),
        sha256=file.sha256,
        audience=order.audience,
        locale=order.tag,
        country=order.country,
        channel=PRINTER,
        format=order.layout.id,
        state=State.SIGNED.value,
        units=tuple(units),
        states={State.SIGNED.value: len(units)},
        fallbacks=(),
        batch=order.batch,
        content=content,
        contacts=order.contacts,
        locales=order.locales,
    )


def unlike(history: str, past: History, name: str, pack: str, members: Mapping[str, str]) -> Iterator[Finding]:
    """What a pack that lies there holds and no pack of the history with its file name `pack` held.

    `members` are the hashes of its files by their name in it; `name` is the pack and `history` the history as people
    read them.
    """
    handed = [{*event.files} for event in past.packs if event.pack == pack]
    if any({*members.values()} <= files for files in handed):
        return
    known = frozenset[str]().union(*handed)
    others = sorted(member for member, sha256 in members.items() if sha256 not in known)
    said = _OTHER if handed else _NEVER
    for where in [f"{name}: {member}" for member in others] if handed and others else [name]:
        yield finding("file-changed", "", where, said.given(list=history))


def hashes(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The hash of each file."""
    return tuple(sha256(data).hexdigest() for data in files.values())
