"""create_app: puts the pages, the gate before them and the translated interface together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from flask import Flask

from campaign import languages
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.review.assist import Aids, aids_of
from campaign.review.preview import Previews
from campaign.review.session import Desk
from campaign.webapp import errors, gate, interface, items, last, letters, pages, threads, units, voice
from campaign.webapp.alone import Alone
from campaign.webapp.coming import Coming
from campaign.webapp.context import Entrance, Review

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: The largest form that is taken, in bytes: a text of 40 000 characters in any script.
LARGEST = 200_000


def create_app(
    project: Project,
    *,
    token: str | None = None,
    hosts: Collection[str] = ("127.0.0.1", "localhost"),
    entrance: Entrance | None = None,
    locales: Collection[str] = (),
    read_only: bool = False,
    aids: Aids | None = None,
    patience: float = 0.0,
    today: Callable[[], date] = date.today,
) -> Flask:
    """The web application of a workspace.

    token      opens the page once, in one browser, as `?token=`; app.extensions["tokens"].give() makes others
    hosts      what the Host header may say, with the port where there is one
    entrance   who comes in and as whom; one person at this machine when left out
    locales    the languages that may be opened; all of the campaign's when left out
    read_only  refuse every change
    patience   how long a page waits for its previews, in seconds; else they come after it
    aids       what helps beside the text; what the workspace and this machine have when left out

    Raises:
        CampaignError: the workspace cannot be read, or it has no such language.
    """
    desk = Desk(project)
    known = desk.campaign.languages
    for tag in locales:
        if tag not in known:
            languages.get(tag)
            raise CampaignError.single(
                f"{tag!r} is no language of this campaign", todo=f"use one of {', '.join(known)}"
            )
    chosen = tuple(tag for tag in known if not locales or tag in locales)
    app = Flask(__name__)
    app.config.update(
        HOSTS=frozenset(hosts),
        SESSION_COOKIE_HTTPONLY=True,
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST,
        MAX_FORM_PARTS=200,
        SEND_FILE_MAX_AGE_DEFAULT=0,
    )
    door = entrance or Alone(token or "")
    desk.shelf.most = door.looks
    previews = Previews(desk)
    app.extensions["review"] = Review(
        desk, previews, Coming(previews, patience), aids or aids_of(desk), chosen, read_only, today, door
    )
    app.wsgi_app = _steady(app.wsgi_app, desk)  # type: ignore[assignment,method-assign]
    app.extensions["takes"] = voice.set_up()
    interface.set_up(app)
    door.set_up(app)
    gate.set_up(app)
    errors.set_up(app)
    for room in (pages.pages, units.pages, items.pages, threads.pages, letters.pages, last.pages, voice.pages):
        app.register_blueprint(room)
    return app


def _steady(answer: WSGIApplication, desk: Desk) -> WSGIApplication:
    """Each answer looks for changed settings once."""

    def answered(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with desk.steady():
            return answer(environ, start)

    return answered
