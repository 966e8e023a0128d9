"""What a request works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from flask import Flask
from werkzeug.wrappers import Response

from campaign.ledger.verdicts import Person
from campaign.review.assist import Aids
from campaign.review.preview import Previews
from campaign.review.session import Desk
from campaign.webapp.coming import Coming


class Entrance(Protocol):
    """Who comes in, by which way, as whom, and what they may open."""

    #: The forms that write nothing into the workspace: good on a page that is for looking only.
    harmless: frozenset[str]
    #: How many looks at items are kept: every browser goes back and forth between a few, and fetches their pictures.
    looks: int

    def set_up(self, app: Flask) -> None:
        """Prepare an application for it, before any page is asked for."""

    def origin(self) -> str:
        """The address of the page as a browser says it in `Origin`, for this request."""

    def welcomes(self) -> bool:
        """Whether a page elsewhere may lead a person here, with this request."""

    def admit(self, site: str | None) -> Response | None:
        """Let this request pass (None), or answer it; refuses who may not come in. `site` is its Sec-Fetch-Site."""

    def person(self) -> Person:
        """Who asks; nobody's name where nobody said it."""

    def opens(self, locales: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the languages of the page that this person may open and answer in."""

    def beside(self, locales: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the languages of the campaign that this person may see beside their own."""


@dataclass(frozen=True, slots=True)
class Review:
    """What the routes work with: the desk, the previews, now or later, the aids, the languages, and today."""

    desk: Desk
    previews: Previews
    coming: Coming
    aids: Aids
    locales: tuple[str, ...]
    read_only: bool
    today: Callable[[], date]
    entrance: Entrance
