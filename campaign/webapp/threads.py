"""Objections, questions and remarks on the page: threads with replies, who shall look, points of pictures."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from campaign.model.artefact import Artefact
from campaign.model.spot import EDGE, Spot, spot
from campaign.model.subject import ITEM
from campaign.model.verdict import Verdict
from campaign.review.decide import decide
from campaign.review.decision import Decision
from campaign.review.snapshot import Sheet
from campaign.review.threads import Thread, named, open_threads, threads
from campaign.review.waiting import nobody, readers, waiting
from campaign.webapp import current
from campaign.webapp.interface import gettext, refused
from campaign.webapp.items import ask
from campaign.webapp.last import remember

pages = Blueprint("threads", __name__)

#: How wide a picture is drawn to point at, in CSS pixels: it fits a telephone, and the browser tells where it was
#: touched in these pixels.
WIDTH = 300
#: What the buttons below a thread mean.
BUTTONS = {"reply": Verdict.COMMENT, "assign": Verdict.ASSIGN, "withdraw": Verdict.WITHDRAW}
#: What can be said of an item as a whole beside a signature.
REMARKS = {"reject": Verdict.REJECT, "unsure": Verdict.UNSURE, "comment": Verdict.COMMENT}


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture to point at: its file, and its size as it is drawn, in CSS pixels."""

    file: Artefact
    width: int
    height: int

    def mark(self, point: Spot) -> tuple[float, float]:
        """Where a point lies on it, in CSS pixels."""
        return point.x * self.width / EDGE, point.y * self.height / EDGE


def plate(file: Artefact) -> Plate:
    """A PNG picture as it is drawn to point at (PNG, section 11.2.2: width and height stand in IHDR)."""
    width, height = struct.unpack(">II", file.data[16:24])
    return Plate(file, WIDTH, max(1, round(WIDTH * height / max(1, width))))


@pages.get("/open")
def everything() -> str:
    """Everything that somebody must still answer, in the languages that may be opened."""
    review = current.review()
    sheets = [review.desk.sheet(locale) for locale in current.locales()]
    return render_template("open.html", rows=[(sheet, open_threads(sheet)) for sheet in sheets])


@pages.get("/waiting")
def who() -> str:
    """Who waits for whom: for the person at the page, and per language who reads it until when."""
    review, me, today = current.review(), current.person(), current.review().today()
    campaign = review.desk.campaign
    rows = []
    for locale in current.locales():
        sheet = review.desk.sheet(locale)
        mine = waiting(sheet, me.name) if me.name else None
        rows.append((sheet, mine, readers(campaign, locale, today), nobody(campaign, locale, today)))
    return render_template("waiting.html", rows=rows)


@pages.post("/<locale>/thread/<own>")
def answer(locale: str, own: str) -> AnyResponse | tuple[str, int]:
    """Reply to what somebody said, ask somebody to look at it, or take back what one said oneself."""
    review, sheet = current.review(), current.sheet(locale)
    event, verdict = sheet.ledger.by_id.get(own), BUTTONS.get(request.form.get("answer", ""))
    if event is None or verdict is None:
        abort(404 if event is None else 400)
    typed, since = request.form.get("reason", ""), request.form.get("since", "")
    comment, reason = ("", typed) if verdict is Verdict.WITHDRAW else (typed, "")
    said = Decision("", verdict, current.person(), "", since, comment=comment, reason=reason, re=(own,))
    said = replace(said, whose=request.form.get("whose", "")) if verdict is Verdict.ASSIGN else said
    outcome = decide(review.desk, locale, [said], review.today())[0]
    if not outcome.done:
        return render_template("open.html", rows=[(sheet, threads(sheet, event.unit_key))], note=refused(outcome)), 422
    flash(gettext("Written down."))
    flash(request.form["once"], "taken")
    return redirect(place(sheet, event.unit_key), 303)


@pages.post("/<locale>/item/<country>/<audience>/<channel>/say")
def say(locale: str, country: str, audience: str, channel: str) -> AnyResponse | tuple[str, int]:
    """Object to an item as a whole, ask or remark something, about a point of its picture where one is named."""
    review, sheet = current.review(), current.sheet(locale)
    item, verdict = current.item(sheet, country, audience, channel), REMARKS.get(request.form.get("answer", ""))
    if verdict is None:
        abort(400)
    typed, at = request.form.get("reason", ""), request.form.get("at", "")
    comment, reason = ("", typed) if verdict is Verdict.REJECT else (typed, "")
    since, by = request.form.get("since", ""), current.person()
    said = Decision(item.job.item, verdict, by, "", since, comment=comment, reason=reason, at=at)
    outcome = decide(review.desk, locale, [said], review.today())[0]
    if not outcome.done:
        return render_template("point.html", sheet=sheet, item=item, at=spot(at), note=refused(outcome)), 422
    flash(gettext("Written down."))
    flash(request.form["once"], "taken")
    remember(sheet, (item.job.item,), "items.show", country=country, audience=audience, channel=channel)
    return redirect(place(sheet, item.job.item), 303)


@pages.get("/<locale>/item/<country>/<audience>/<channel>/point")
def point(locale: str, country: str, audience: str, channel: str) -> str:
    """The pictures of an item to point at, with the points of which something was said; or the form for one of them."""
    sheet = current.sheet(locale)
    item = current.item(sheet, country, audience, channel)
    coming = ask(sheet, item)
    plates = [plate(file) for look in coming.looks for file in look.artefacts if file.media_type == "image/png"]
    at = next((found for each in plates if (found := _touched(each))), None)
    said = threads(sheet, item.job.item)
    return render_template("point.html", sheet=sheet, item=item, plates=plates, at=at, threads=said, coming=coming)


def _touched(plate: Plate) -> Spot | None:
    """Where a picture was touched: the browser sends the point in pixels, the keyboard sends 0,0, the upper corner."""
    x, y = (request.args.get(f"{plate.file.path}.{axis}", -1, type=int) for axis in "xy")
    if not (0 <= x <= plate.width and 0 <= y <= plate.height):
        return None
    return spot(f"{plate.file.path} {round(EDGE * x / plate.width)},{round(EDGE * y / plate.height)}")


def place(sheet: Sheet, key: str) -> str:
    """The page of a sentence or an item, by its name in the ledger."""
    if key.startswith(ITEM):
        country, audience, channel = key.removeprefix(ITEM).split("/")
        return url_for("items.show", locale=sheet.locale, country=country, audience=audience, channel=channel)
    if key in sheet.lines:
        return url_for("units.show", locale=sheet.locale, key=key)
    return url_for("pages.language", locale=sheet.locale)


def threads_of(sheet: Sheet, key: str) -> tuple[Thread, ...]:
    """The threads of a sentence or an item, for the templates."""
    return threads(sheet, key)


pages.app_template_global("threads_of")(threads_of)
pages.app_template_global("named")(named)
pages.app_template_global("place")(place)
