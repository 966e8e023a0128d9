"""The entrance of a shared desk: the person is the one who was invited, in their languages and their role alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, abort, g, redirect, request, session, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from campaign.errors import CampaignError
from campaign.ledger.verdicts import Person
from campaign.webapp import current
from campaign.webapp.desk import invitations, sign_ins
from campaign.webapp.desk.address import Address
from campaign.webapp.desk.invitations import Browser, Guests, Invitation
from campaign.webapp.desk.limits import PERSON, STRANGER, WRONG, Meter, Rate, source
from campaign.webapp.desk.presence import Presence
from campaign.webapp.desk.register import Register
from campaign.webapp.gate import refuse

log = logging.getLogger("campaign.review")

#: What somebody may ask for who is not in yet.
OPEN = frozenset({"door.look", "door.come_in", "static"})
#: No link of ours is longer.
LONGEST = 100
#: What pages ask by themselves: nobody is at the browser for it.
ASKS = frozenset({"pages.here", "door.here", "units.coming"})
#: The pages at which somebody sits at a sentence.
SEATS = frozenset({"units.show", "units.answer", "units.attempt", "door.here"})


class Door:
    """Who comes in by an invitation, in this process: the register on the disk, presence and limits in memory."""

    harmless = frozenset({"pages.you", "units.attempt", "door.come_in", "door.out"})
    #: About half a megabyte each.
    looks = 240

    def __init__(
        self, address: Address, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.address, self.folder, self.clock = address, folder, clock
        self.register = Register(folder)
        self.presence = Presence()
        self.people, self.strangers, self.wrong = Meter(PERSON), Meter(STRANGER), Meter(WRONG)
        self._told = Meter(Rate(1, 1 / 60))

    def set_up(self, app: Flask) -> None:
        """Cookies that outlive the program, for this address alone; limits first of all; the pages of the door."""
        from campaign.webapp.desk.pages import pages

        guests = self.register.change(lambda guests: invitations.at(guests, self.address.origin))
        app.config.update(
            HOSTS=frozenset({self.address.host}),
            SECRET_KEY=bytes.fromhex(guests.key),
            SESSION_COOKIE_NAME="__Host-campaign-review",
            SESSION_COOKIE_SECURE=True,
            # Not strict: who follows a link from a message to a sentence is in. Only forms of ours change something.
            SESSION_COOKIE_SAMESITE="Lax",
            PERMANENT_SESSION_LIFETIME=invitations.IDLE,
        )
        app.extensions["door"] = self
        app.before_request(self._measure)
        app.after_request(_headers)
        app.context_processor(self._values)
        app.register_blueprint(pages)

    # What the gate asks

    def origin(self) -> str:
        """The public address, whatever the request says about itself."""
        return self.address.origin

    def welcomes(self) -> bool:
        """A message or a web mail may lead to every page; looking changes nothing."""
        return request.method == "GET"

    def admit(self, site: str | None) -> AnyResponse | None:
        """By the cookie of an invitation that holds. Nobody says who they are."""
        if request.endpoint == "door.come_in" and not session.get("browser"):
            # Nothing is used by a browser that could not stay in.
            return redirect(url_for("door.look", link=request.form.get("link", "")[:LONGEST] or "-", cookies="no"), 303)
        if request.endpoint in OPEN:
            return None
        found = self.guest()
        if found is None:
            refuse(403, "not invited, or not any more")
            return None
        browser, invitation = found
        if request.method == "POST" and request.endpoint == "pages.you" and "name" in request.form:
            refuse(403, "a name that was typed")
        now = self.clock()
        if request.endpoint not in ASKS and now - datetime.fromisoformat(browser.seen) > invitations.SEEN:
            self.change(lambda guests: invitations.seen(guests, browser, now=now))
        if request.endpoint in SEATS and request.view_args and request.view_args["locale"] in current.locales():
            self.presence.sit(browser.secret, invitation.name, **request.view_args)
        return None

    def person(self) -> Person:
        """The one who was invited."""
        found = self.guest()
        return Person(found[1].name, found[1].role) if found else Person("", "")

    def opens(self, locales: tuple[str, ...]) -> tuple[str, ...]:
        """Those that the invitation names."""
        found = self.guest()
        return tuple(tag for tag in locales if tag in found[1].languages) if found else ()

    def beside(self, locales: tuple[str, ...]) -> tuple[str, ...]:
        """Those that the invitation names."""
        return self.opens(locales)

    # What the pages of the door ask

    def guest(self) -> tuple[Browser, Invitation] | None:
        """Who sits at the browser that asks, looked up once a request."""
        if "guest" not in g:
            cookie = session.get("browser", "") if session.permanent else ""
            g.guest = self.guests().person(str(cookie), self.clock(), current.review().today())
        found: tuple[Browser, Invitation] | None = g.guest
        return found

    def guests(self) -> Guests:
        """Everybody; where the register cannot be read, nobody comes in and the log says why."""
        try:
            return self.register.guests()
        except CampaignError as error:
            log.error("%s", error)
            g.guest = None
            return abort(500)

    def change(self, step: Callable[[Guests], Guests]) -> None:
        """Change the register; where it cannot be written, nothing goes on and the log says why."""
        try:
            self.register.change(step)
        except CampaignError as error:
            log.error("%s", error)
            abort(500)

    def note(self, what: str, invitation: Invitation) -> None:
        """Write down who came in, went out, or was turned away."""
        at, network = invitations.moment(self.clock()), sign_ins.network(request.remote_addr or "")
        try:
            sign_ins.note(self.folder, sign_ins.SignIn(at, what, invitation.id, invitation.name, network))
        except CampaignError as error:
            log.error("%s", error)
            abort(500)

    def _measure(self) -> Response | None:
        """Refuse what is too much, before anything is looked at."""
        found = self.guest()
        name = found[0].secret if found else source(request.remote_addr or "")
        wait = (self.people if found else self.strangers).take(name)
        if not wait:
            return None
        if not self._told.take(name):
            log.warning("refused %r: too much at once", found[1].id if found else name)
        headers = {"Retry-After": str(int(wait) + 1)}
        if found:
            raise TooManyRequests(retry_after=int(wait) + 1)
        return Response("Too many requests.\n", 429, headers, mimetype="text/plain")

    def _values(self) -> dict[str, object]:
        found = self.guest()
        return {
            "shared": True,
            "guest": found[1] if found else None,
            "others": lambda locale, key: self.presence.others(found[1].name, locale, key) if found else (),
        }


def door() -> Door:
    """The door of the application that answers."""
    from flask import current_app

    found: Door = current_app.extensions["door"]
    return found


def _headers(response: Response) -> Response:
    if request.endpoint == "door.look":
        # The address is a key: no other request may name it, and a proxy's log would keep it.
        response.headers["Referrer-Policy"] = "strict-origin"
    response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
