"""What a request is about: who reads, which language, which sentence; everything from allow-lists, else 404."""

from __future__ import annotations

import hashlib
from typing import cast

from flask import abort, current_app, request

from campaign.ledger.queue import Line
from campaign.ledger.verdicts import Person
from campaign.model.job import Job
from campaign.review.snapshot import Sheet
from campaign.webapp.context import Review
from campaign.workspace.facts import ItemView

#: What a queue can be narrowed by; everything else in an address is ignored.
FILTERS = ("state", "audience", "finding", "words")


def review() -> Review:
    """The application's desk and settings."""
    return cast(Review, current_app.extensions["review"])


def run() -> str:
    """A name of this run of the program: another one has other forms."""
    return hashlib.sha256(b"run" + current_app.config["SECRET_KEY"]).hexdigest()[:12]


def workspace() -> str:
    """A name of the workspace, for what a browser keeps about it."""
    return hashlib.sha256(str(review().desk.project.root.resolve()).encode()).hexdigest()[:12]


def sheet(locale: str) -> Sheet:
    """The language, if it may be opened."""
    if locale not in locales():
        abort(404)
    return review().desk.sheet(locale)


def locales() -> tuple[str, ...]:
    """The languages that this person may open and answer in."""
    return review().entrance.opens(review().locales)


def beside() -> tuple[str, ...]:
    """The languages that this person may see beside their own."""
    return review().entrance.beside(review().desk.known.languages)


def line(found: Sheet, key: str) -> Line:
    """The sentence, if the language has it."""
    if key not in found.lines:
        abort(404)
    return found.lines[key]


def item(found: Sheet, country: str, audience: str, channel: str) -> ItemView:
    """The item, if the language has it."""
    job = Job(country, found.locale, audience, channel)
    known = next((known for known in found.items if known.job == job), None)
    return known or abort(404)


def person() -> Person:
    """Who is at the page."""
    return review().entrance.person()


def filters() -> dict[str, str]:
    """How the queue is narrowed at present, for links that keep it so."""
    return {name: value for name in FILTERS if (value := request.args.get(name, "")[:60])}
