"""What was handed over: every pack of a release goes into the history, so that a recall finds it and names the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from campaign.ledger import releases
from campaign.ledger.releases import Delivery, Release
from campaign.model.campaign import Campaign
from campaign.press.job import Order, PrintJob
from campaign.project import Project

#: The channel under which press files stand in the history.
PRINTER = "printer"


class Handover:
    """The packs of one run, written into the history before anybody can take them away.

    A damaged history stops the run before anything is made: what cannot be remembered is not handed over.
    """

    def __init__(self, project: Project, on: date) -> None:
        """Raises CampaignError when the history cannot be read."""
        self._path, self._name, self._on = project.history, project.name(project.history), on.isoformat()
        past = releases.read(self._path, self._name)
        self._releases = {(r.batch, r.path, r.sha256) for r in past.releases}
        self._packs = {*past.packs}
        self._events: list[Release | Delivery] = []

    def pack(self, path: Path, receiver: str, files: Iterable[str]) -> None:
        """A ZIP for a receiver; `files` are the hashes of what is in it. The same pack of the same day counts once."""
        event = Delivery(self._on, path.name, receiver, tuple(sorted(set(files))))
        if event not in self._packs:
            self._events.append(event)

    def press_file(self, job: PrintJob, campaign: Campaign, units: Sequence[str]) -> None:
        """A press file as a released file: no edition holds it, and its numbers must be found all the same."""
        order, file = job.order, job.files[0]
        if (order.batch, file.name, file.sha256) not in self._releases:
            self._events.append(
                Release(
                    self._on,
                    order.batch,
                    file.name,
                    file.sha256,
                    order.audience,
                    order.locale,
                    order.country,
                    PRINTER,
                    order.layout.id,
                    _numbers(order, campaign),
                    tuple(units),
                )
            )

    def remember(self) -> None:
        """Add everything to the history, synced to the disk. Raises CampaignError when it cannot be written."""
        releases.append(self._path, self._name, self._events)
        self._events.clear()


def hashes(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The hash of each file."""
    return tuple(sha256(data).hexdigest() for data in files.values())


def _numbers(order: Order, campaign: Campaign) -> dict[str, str]:
    return {contact.id: contact.number for contact in campaign.contacts if contact.id in order.contacts}
