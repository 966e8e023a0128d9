"""The entrance of a page for one person at this machine: its first address, who they say they are, every language."""

from __future__ import annotations

import secrets
import time

from flask import Flask, Response, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from campaign.ledger.verdicts import Person
from campaign.webapp.first import IDLE, Tokens
from campaign.webapp.gate import refuse

#: What a browser gets that came in from the file on the disk: it goes on by itself.
_IN = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Review</title>'
    '<meta http-equiv="refresh" content="0;url=/"></head><body><p><a href="/">Review</a></p></body></html>'
)

#: How often it is written down that a browser was used, in seconds.
SEEN = 60.0


class Alone:
    """One browser, by a token in its first address; the person types their own name."""

    harmless = frozenset({"pages.you", "units.attempt"})
    looks = 24

    def __init__(self, token: str = "") -> None:
        #: The first addresses that nobody used yet.
        self.tokens = Tokens()
        if token:
            self.tokens.give(token)

    def set_up(self, app: Flask) -> None:
        """A key and cookies of this run alone."""
        app.config.update(
            SECRET_KEY=secrets.token_bytes(32),
            SESSION_COOKIE_NAME="campaign-review",
            SESSION_COOKIE_SAMESITE="Strict",
        )
        app.extensions["tokens"] = self.tokens

    def origin(self) -> str:
        """The host that was asked for; that it is ours, the gate has seen."""
        return f"http://{request.host}"

    def welcomes(self) -> bool:
        """Only with a right first address, which the file on the disk holds."""
        first = request.method == "GET" and request.path == "/"
        return first and self.tokens.known(request.args.get("token", ""))

    def admit(self, site: str | None) -> AnyResponse | None:
        """By a token once, then by the cookie of this run."""
        if _asleep():
            session.clear()
        if request.method == "GET" and request.path == "/" and "token" in request.args:
            if self.tokens.take(request.args["token"]):
                session.clear()
                session["browser"] = secrets.token_hex(16)
            elif not session.get("browser"):
                refuse(403, "wrong token, or one that was used or is too old")
            session["seen"] = time.time()
            # A browser that a file sent here does not show its strict cookie to a redirect; to a page of ours it does.
            return redirect("/", 303) if site in (None, "none", "same-origin") else Response(_IN, mimetype="text/html")
        if not session.get("browser"):
            refuse(403, "no token")
        # A page that asks by itself is nobody at the browser. Seldom: of two answers that both bring a cookie the later
        # one wins, and the other may have brought what a form said.
        if request.endpoint not in ("pages.here", "units.coming") and time.time() - session["seen"] > SEEN:
            session["seen"] = time.time()
        return None

    def person(self) -> Person:
        """What they typed about themselves."""
        return Person(str(session.get("name", "")), str(session.get("role", "")))

    def opens(self, locales: tuple[str, ...]) -> tuple[str, ...]:
        """All of them."""
        return locales

    def beside(self, locales: tuple[str, ...]) -> tuple[str, ...]:
        """All of them."""
        return locales


def _asleep() -> bool:
    """Whether this browser asked for nothing for so long that somebody else may sit at it."""
    return bool(session.get("browser")) and time.time() - session.get("seen", 0.0) > IDLE
