"""Guests of a shared desk without a browser, for the tests of this folder."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from visitor import TODAY, Visitor, make_app

from campaign.project import Project
from campaign.webapp.desk import invitations, listen
from campaign.webapp.desk.address import Address
from campaign.webapp.desk.door import Door
from campaign.webapp.desk.invitations import Guests
from campaign.webapp.desk.limits import PERSON, STRANGER, WRONG, Meter
from campaign.webapp.desk.presence import Presence
from campaign.webapp.desk.register import LOG, Register

HOST = "review.example.org"
URL = f"https://{HOST}"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


class Guest(Visitor):
    """A browser at a shared desk, whose requests come through a proxy with TLS."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.headers = {"Host": HOST, "Origin": URL, "Sec-Fetch-Site": "same-origin"}

    def get(self, path: str, **headers: str) -> Any:
        """Open a page."""
        return self.http.get(path, headers={"Host": HOST, **headers}, base_url=URL)

    def post(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        """Send a form as our own page would."""
        return self.http.post(path, data=data, headers={**self.headers, **headers}, base_url=URL)

    def come_in(self, link: str) -> Any:
        """Open a link, and press the button of the page that it shows."""
        return self.post("/in", self.hidden(link, 'action="/in"'))


@contextlib.contextmanager
def listening(app: Callable[..., object], proxy: str = "", **more: object) -> Iterator[int]:
    """An application on the server of a shared desk, until the block ends; gives the port."""
    server = listen.server(app, "127.0.0.1", 0, proxy, **more)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield int(server.effective_port)

    def end(now: float) -> None:
        raise SystemExit

    server.maintenance, server.next_channel_cleanup = end, 0
    server.pull_trigger()
    thread.join(10)
    server.close()


@dataclass
class House:
    """A shared desk: its application, its clock, and the private folder."""

    project: Project
    folder: Path
    clock: Clock = field(default_factory=Clock)
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start the program, as after a stop."""
        self.serve(Door(Address(HOST), self.folder, self.clock))

    def serve(self, door: Door) -> None:
        """Have another door."""
        self.door = door
        self.app = make_app(self.project, entrance=door, **self.options)

    def forget(self) -> None:
        """Nobody is invited, nobody was counted, and it is noon again."""
        self.clock.now = NOON
        self.register.change(lambda guests: replace(guests, invitations=(), browsers=()))
        (self.folder / LOG).unlink(missing_ok=True)
        self.door.presence = Presence()
        self.door.wrong, self.door.people, self.door.strangers = Meter(WRONG), Meter(PERSON), Meter(STRANGER)

    @property
    def register(self) -> Register:
        """The register on the disk, as another program sees it."""
        return Register(self.folder)

    def invite(
        self, name: str = "Amina", *languages: str, role: str = "mediator", until: date = date(2026, 12, 31)
    ) -> str:
        """The path of a new link."""
        links = []

        def step(guests: Guests) -> Guests:
            after, _, secret = invitations.invite(
                guests, name, role, languages or ("ar",), until, known=("ar", "de"), now=self.clock(), on=TODAY
            )
            links.append(f"/in/{secret}")
            return after

        self.register.change(step)
        return links[0]

    def revoke(self, *names: str) -> None:
        """Take the invitations of people back."""
        ids = [each.id for each in self.register.guests().invitations if each.name in names]
        self.register.change(lambda guests: invitations.revoke(guests, ids, now=self.clock())[0])

    def guest(self, name: str = "Amina", *languages: str, **more: Any) -> Guest:
        """Somebody who was invited and came in."""
        guest = Guest(self.app)
        assert guest.come_in(self.invite(name, *languages, **more)).status_code == 303
        return guest
