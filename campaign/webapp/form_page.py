"""The page on which an office fills in a form: one browser on this computer, nothing kept when the program ends."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from flask import Flask, Response, abort, render_template, request
from werkzeug.serving import make_server

from campaign.errors import CampaignError, Problem
from campaign.forms.fill import Asked, checked, fill, form_of
from campaign.forms.filled import Desk, Filled
from campaign.forms.unsaid import unsaid
from campaign.forms.values import Checked
from campaign.webapp import gate
from campaign.webapp.alone import Alone
from campaign.webapp.app import LARGEST
from campaign.webapp.serve import ADDRESS, Quiet

#: How the fields of the first person and of the second are called in the page's form.
_FIRST, _AGAIN = "first-", "again-"


@dataclass(slots=True)
class Office:
    """What the gate asks for, and the last form that was made: it is in memory alone, until the next one."""

    desk: Desk
    asked: Asked
    today: Callable[[], date]
    entrance: Alone = field(default_factory=Alone)
    read_only: bool = False
    made: Filled | None = None


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
    office = Office(desk, asked, today)
    app.extensions["review"] = office
    office.entrance.set_up(app)
    gate.set_up(app)
    app.add_url_rule("/", "start", lambda: _page(office, "first"))
    app.add_url_rule("/", "next", lambda: _next(office), methods=["POST"])
    app.add_url_rule("/file/<name>", "file", lambda name: _file(office, name))
    return app


def _page(
    office: Office,
    step: str,
    typed: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
    warnings: tuple[str, ...] = (),
) -> str:
    """The page of one step: the values, the second person's, or the finished files."""
    form, template = form_of(office.desk, office.asked), office.desk.template(form_of(office.desk, office.asked))
    labels = {line.slot: line.words.source if line.words else line.slot for line in template.of("fields")}
    options = {
        line.slot: {name: words.source for name, words in line.choices.items()}
        for line in template.of("fields")
        if line.choices
    }
    contacts = [each for each in office.desk.space.campaign.contacts if each.country == office.asked.country]
    return render_template(
        "form_page.html",
        form=form,
        step=step,
        asked=office.asked,
        labels=labels,
        options=options,
        contacts=contacts,
        typed=typed or {},
        problems=problems,
        warnings=warnings,
        made=office.made if step == "done" else None,
    )


def _next(office: Office) -> str:
    """What the first person typed, or the second; the files once both agree and the gate is open."""
    first = {name.removeprefix(_FIRST): value for name, value in request.form.items() if name.startswith(_FIRST)}
    again = {name.removeprefix(_AGAIN): value for name, value in request.form.items() if name.startswith(_AGAIN)}
    twice = form_of(office.desk, office.asked).twice
    with suppress(CampaignError), unsaid():
        typed = {name: value for name, value in first.items() if value}
        if request.form.get("step") == "first":
            # What the second person will type is taken as typed: the values are judged, not whether they agree.
            found = checked(office.desk, office.asked, typed, typed, office.today())
            step = "first" if found.problems else "again" if twice else "done"
        else:
            found = checked(office.desk, office.asked, typed, again, office.today())
            step = "again" if found.problems else "done"
        if step == "done":
            return _made(office, found, first)
        return _page(office, step, first, found.problems, found.warnings)
    return _page(office, "first", first, (Problem(office.asked.form, "a fault of the program", "start anew"),))


def _made(office: Office, found: Checked, first: Mapping[str, str]) -> str:
    try:
        with unsaid():
            office.made = fill(office.desk, office.asked, found.values, office.today())
    except CampaignError as error:
        return _page(office, "first", first, error.problems)
    return _page(office, "done", warnings=found.warnings)


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
