"""The page on which an office fills in a form: one browser on this computer, nothing kept when the program ends."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import Flask, Response, abort, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import make_server

from campaign.catalogue import date_words
from campaign.errors import CampaignError, Problem
from campaign.forms.fill import Asked, checked, fill, form_of
from campaign.forms.filled import Desk, Filled
from campaign.forms.unsaid import unsaid
from campaign.forms.values import Fault
from campaign.model.form import Words
from campaign.spoken import SPOKEN
from campaign.webapp import gate, interface, letters
from campaign.webapp.alone import Alone
from campaign.webapp.app import LARGEST
from campaign.webapp.serve import ADDRESS, Quiet

#: How the fields of the first person and of the second are called in the page's form, and what stands before the name
#: of the one beside a date, for a calendar that is typed by hand.
_FIRST, _AGAIN, _BY_HAND = "first-", "again-", "nepali-"


@dataclass(slots=True)
class Office:
    """What the gate asks for, and the last form that was made: it is in memory alone, until the next one."""

    desk: Desk
    asked: Asked
    today: Callable[[], date]
    entrance: Alone = field(default_factory=Alone)
    read_only: bool = False
    made: Filled | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of one step shows: fields as they were typed, what is wrong, what to look at, what is in the way.

    `step` is "first", "again" or "done"; `program` is said where the program itself failed.
    """

    step: str
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    refused: tuple[Problem, ...] = ()
    program: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A text of the form on the page, and the language that it is in."""

    text: str
    locale: str


def create_app(
    desk: Desk, asked: Asked, *, hosts: Collection[str] = (), today: Callable[[], date] = date.today
) -> Flask:
    """The web application of one form; app.extensions["tokens"].give() makes a first address, which opens one browser;
    `hosts` is what the Host header may say.

    Raises:
        CampaignError: the campaign has no such form, language or country, or its template is broken.
    """
    form = form_of(desk, asked)
    desk.template(form)
    app = Flask(__name__)
    app.config.update(
        HOSTS=frozenset(hosts), MAX_CONTENT_LENGTH=LARGEST, MAX_FORM_MEMORY_SIZE=LARGEST, MAX_FORM_PARTS=200
    )
    office, project = Office(desk, asked, today), desk.space.project
    app.extensions["review"] = office
    interface.speak(app)
    office.entrance.set_up(app)
    gate.set_up(app)
    app.register_error_handler(HTTPException, _turned_away)
    app.add_url_rule("/", "start", lambda: _start(office))
    app.add_url_rule("/", "next", lambda: _next(office), methods=["POST"])
    app.add_url_rule("/file/<name>", "file", lambda name: _file(office, name))
    tags = (*desk.space.campaign.languages, *SPOKEN)  # the page names every language that it speaks
    app.add_url_rule("/letters.css", "letters.style", lambda: letters.style_of(project, tags))
    app.add_url_rule("/letters/<name>.ttf", "letters.letters", lambda name: letters.letters_of(project, name))
    return app


def _turned_away(error: HTTPException) -> tuple[str, int]:
    """A refusal in plain words; nothing of what was sent is said again."""
    code = error.code or 500
    return render_template("form_refused.html", code=code), code


def _start(office: Office) -> str:
    """An empty form; the one that was made before is forgotten."""
    office.made = None
    return _shown(office, Page("first"))


def _shown(office: Office, page: Page) -> str:
    """The page of one step: the values, the second person's, or the finished files."""
    campaign, form = office.desk.space.campaign, form_of(office.desk, office.asked)
    template = office.desk.template(form)
    lines = template.of("fields")
    by_hand = any(date_words.of(locale).calendar == "nepali" for locale in office.asked.locales)
    return render_template(
        "form_page.html",
        form=form,
        page=page,
        asked=office.asked,
        title=_told(office, next(words for line in template.of("title") for words in line.every)),
        labels={line.slot: _told(office, line.words) for line in lines if line.words},
        options={
            line.slot: {name: _told(office, words) for name, words in line.choices.items()}
            for line in lines
            if line.choices
        },
        contacts=[each for each in campaign.contacts if each.number and each.serves(office.asked.country)],
        by_hand=by_hand,
        made=office.made if page.step == "done" else None,
    )


def _told(office: Office, words: Words) -> Told:
    """A text of the form for whoever fills it in: in the language of the page, where the campaign has it there."""
    tag, space = interface.tag(), office.desk.space
    unit = space.texts[tag].units.get(words.key) if tag in space.texts else None
    return Told(unit.text, tag) if unit and unit.translated else Told(words.source, space.campaign.source_language)


def _typed(prefix: str) -> dict[str, object]:
    """What stands in the fields of one person, by slot."""
    found: dict[str, object] = {}
    for name, value in request.form.items():
        if name.startswith(prefix) and value:
            other = request.form.get(_BY_HAND + name)
            found[name.removeprefix(prefix)] = {"date": value, "nepali": other} if other else value
    return found


def _next(office: Office) -> str:
    """What the first person typed, or the second; the files once both agree and the gate is open."""
    step = request.form.get("step", "")
    step = step if step in ("first", "again") or (step == "done" and office.made) else "first"
    kept = {name: value for name, value in request.form.items() if name.removeprefix(_BY_HAND).startswith(_FIRST)}
    if interface.choose(request.form.get("interface")):
        return _shown(office, Page(step, {**request.form}))
    if "back" in request.form:
        return _shown(office, Page("first", kept))
    try:
        with unsaid():
            return _shown(office, _judged(office, step, kept))
    except CampaignError as error:
        return _shown(office, Page("first", kept, refused=error.problems, program=True))


def _judged(office: Office, step: str, kept: Mapping[str, str]) -> Page:
    """What comes after a step: the same one with what is wrong, or the next."""
    first = _typed(_FIRST)
    if step == "first":
        # What the second person will type is taken as typed: the values are judged, not whether they agree.
        found = checked(office.desk, office.asked, first, first, office.today())
        after = "again" if form_of(office.desk, office.asked).twice else "done"
    else:
        found, after = checked(office.desk, office.asked, first, _typed(_AGAIN), office.today()), "done"
    if found.problems:
        return Page(step, kept, found.faults, found.notes, found.strange)
    if after == "again":
        return Page("again", kept, notes=found.notes)
    try:
        office.made = fill(office.desk, office.asked, found.values, office.today())
    except CampaignError as error:
        return Page("first", kept, refused=error.problems)
    return Page("done", notes=found.notes)


def _file(office: Office, name: str) -> Response:
    """A sheet of the last form, straight to the browser, which may not keep it."""
    made = office.made
    size = name.removesuffix(".pdf")
    if made is None or size not in made.sheets:
        abort(404)
    named = f'inline; filename="{made.own_id}-{size}.pdf"'
    policy = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
    headers = {"Content-Disposition": named, "Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return Response(made.sheets[size], mimetype="application/pdf", headers=headers)


def serve(desk: Desk, asked: Asked, *, ready: Callable[[str], None]) -> None:
    """Serve the page until interrupted, at a free port of this computer; `ready` gets its first address.

    Raises:
        CampaignError: as `create_app`.
    """
    app = create_app(desk, asked)
    server = make_server(ADDRESS, 0, app, threaded=False, request_handler=Quiet)
    app.config["HOSTS"] = frozenset({f"{ADDRESS}:{server.port}", f"localhost:{server.port}"})
    app.config["SESSION_COOKIE_NAME"] = f"campaign-form-{secrets.token_hex(4)}"
    with server:
        ready(f"http://{ADDRESS}:{server.port}/?token={app.extensions['tokens'].give()}")
        server.serve_forever()
