"""The pages around the work: who you are, the languages, the queue of a language, its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from campaign.ledger.queue import Line
from campaign.model.state import STATE_ORDER, State
from campaign.model.trust import ROLES
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.people import LONGEST, pasted
from campaign.review.snapshot import Sheet, blinded, blinded_item
from campaign.webapp import current, interface
from campaign.webapp.pieces import samples

pages = Blueprint("pages", __name__)

#: Sentences on one page of the queue.
SHOWN = 40


@pages.get("/")
def entry() -> str:
    """The languages, each with how far it is."""
    review = current.review()
    rows = [(locale, counted(review.desk.states(locale))) for locale in current.locales()]
    return render_template("entry.html", rows=rows)


@pages.get("/here")
def here() -> Response:
    """Whether the program answers this browser, and which run of it: pages ask while somebody types."""
    return Response(current.run(), mimetype="text/plain")


@pages.post("/you")
def you() -> Response:
    """Remember who is at the page, and what they want to see, in this browser."""
    name, role = pasted(request.form.get("name", "")), request.form.get("role", "")
    if "name" in request.form:
        if role not in ROLES or len(name) > LONGEST:
            abort(422)
        session["name"], session["role"] = name, role
    if "second" in request.form:
        second = request.form["second"]
        session["second"] = second if second in current.beside() else ""
    interface.choose(request.form.get("interface"))
    return redirect(_own(request.form.get("back", "")), 303)


def _own(address: str) -> str:
    """An address of ours to go back to: never one that leads elsewhere."""
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if plain else url_for("pages.entry")


@pages.get("/<locale>/")
def language(locale: str) -> str:
    """One language: its audiences, and each of their items."""
    sheet = current.sheet(locale)
    audiences = []
    for name, audience in {**sheet.campaign.audiences, **sheet.campaign.forms}.items():
        items = [item for item in sheet.items if item.job.audience == name]
        keys = dict.fromkeys(key for item in items for key in item.keys)
        lines = [sheet.lines[key] for key in keys if key in sheet.lines]
        audiences.append(
            (audience, counted(line.state for line in lines), [(item, sheet.state_of(item)) for item in items])
        )
    return render_template(
        "language.html", sheet=sheet, audiences=audiences, total=counted(line.state for line in sheet.lines.values())
    )


def counted(states: Iterable[State]) -> list[tuple[State, int, int]]:
    """How many sentences are in each state, best first: (state, number, percent)."""
    counts = Counter(states)
    total = counts.total() or 1
    return [(state, counts[state], round(100 * counts[state] / total)) for state in reversed(STATE_ORDER)]


@pages.get("/<locale>/queue")
def queue(locale: str) -> str:
    """The sentences of a language, most risky first, narrowed as asked."""
    sheet = current.sheet(locale)
    lines = narrowed(sheet, current.filters())
    last = max(1, -(-len(lines) // SHOWN))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    codes = sorted({finding.code for line in sheet.lines.values() for finding in line.findings})
    return render_template(
        "queue.html",
        sheet=sheet,
        lines=lines[(number - 1) * SHOWN : number * SHOWN],
        total=len(lines),
        number=number,
        last=last,
        codes=codes,
        states=STATE_ORDER,
        known=samples(sheet),
    )


def number_of(place: int) -> int:
    """The page of the queue that shows the sentence at this place (from 0)."""
    return max(0, place) // SHOWN + 1


def narrowed(sheet: Sheet, filters: dict[str, str]) -> list[Line]:
    """The lines in the order of work that pass the filters; an unknown filter value passes nothing."""
    found, me = list(sheet.queue), current.person().name
    if state := filters.get("state"):
        found = [line for line in found if _is(line, state, me)]
    if audience := filters.get("audience"):
        keys = {key for item in sheet.items if item.job.audience == audience for key in item.keys}
        found = [line for line in found if line.key in keys]
    if words := filters.get("words", "").casefold():
        found = [line for line in found if words in _words(line.unit).casefold()]
    if code := filters.get("finding"):
        found = [line for line in found if any(finding.code == code for finding in line.findings)]
    return found


def _is(line: Line, state: str, me: str) -> bool:
    return (
        line.state == state
        or (state == "open" and line.state is not State.SIGNED and not line.signed_by(me))
        or (state == "asked" and line.asks)
        or (state == "second" and line.waits)
    )


def _words(unit: Unit) -> str:
    return "\n".join((unit.source, unit.plural, *unit.forms))


@pages.get("/<locale>/log")
def log(locale: str) -> str:
    """Everything the ledger says, newest first."""
    sheet = current.sheet(locale)
    me = current.person().name
    unseen = [*(blinded(sheet, line, me) for line in sheet.lines.values())]
    hidden = {e.id for each in (*unseen, *(blinded_item(sheet, item, me) for item in sheet.items)) for e in each}
    said = [e for e in sheet.ledger.events if e.verdict is not Verdict.SEAL and e.id not in hidden]
    return render_template("log.html", sheet=sheet, events=said[:-500:-1], count=len(said))
