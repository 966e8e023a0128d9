"""The sign-off page of an item, and the files of previews: a signature covers exactly what the page shows."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from campaign import languages
from campaign.model.verdict import Verdict
from campaign.review.decide import decide
from campaign.review.decision import Decision, Why
from campaign.review.item_notes import item_findings
from campaign.review.look import file_name
from campaign.review.preview import Wish
from campaign.review.snapshot import Sheet, blinded_item, shown
from campaign.review.whole import dispute
from campaign.webapp import current
from campaign.webapp.coming import Answer, Asked
from campaign.webapp.interface import gettext, refused
from campaign.webapp.last import remember
from campaign.webapp.units import marked
from campaign.workspace.facts import ItemView

pages = Blueprint("items", __name__)

#: What a browser may show of a preview, each behind a policy that lets it do nothing.
SHOWN = ("image/png", "application/pdf", "text/html", "audio/ogg")


@pages.get("/<locale>/item/<country>/<audience>/<channel>")
def show(locale: str, country: str, audience: str, channel: str) -> str:
    """The item as it will be, and its sentences."""
    sheet = current.sheet(locale)
    return _page(sheet, current.item(sheet, country, audience, channel))


@pages.post("/<locale>/item/<country>/<audience>/<channel>")
def sign(locale: str, country: str, audience: str, channel: str) -> AnyResponse | tuple[str, int]:
    """Sign the item as the page showed it."""
    review, sheet = current.review(), current.sheet(locale)
    item, by = current.item(sheet, country, audience, channel), current.person()
    decision = _decision(sheet, item)
    review.previews.look(sheet, item.job, final=True)  # as the page showed it; nobody else waits while it is made
    if by.name and request.form.get("seen") == shown(sheet, item) and "read" not in request.form:
        return _page(sheet, item, gettext("Tick the box to say that you read all of it.")), 422
    outcome = decide(review.desk, locale, [decision], review.today())[0]
    if not outcome.done:
        note = (
            gettext("Not signed: correct the sentences with an error first.") if outcome.findings else refused(outcome)
        )
        stale = outcome.has(Why.STALE) and not outcome.has(Why.NAME) and not outcome.has(Why.ROLE)
        return _page(current.sheet(locale), item, note), 409 if stale else 422
    flash(gettext("Signed. Thank you."))
    flash(request.form["once"], "taken")
    names = (each.job.item for each in (item, *sheet.twins(item)))
    remember(sheet, (*item.keys, *names), "items.show", country=country, audience=audience, channel=channel)
    return redirect(url_for("items.show", locale=locale, country=country, audience=audience, channel=channel), 303)


def _decision(sheet: Sheet, item: ItemView) -> Decision:
    """The form of the page as a decision: what is typed answers those who object, else it is a comment."""
    typed, lines = request.form.get("reason", ""), [sheet.lines[key] for key in item.keys if key in sheet.lines]
    against = (*(event for line in lines for event in line.objections), *dispute(sheet, item.job.item).objections)
    standing = [event.reviewer for event in against]
    return Decision(
        item.job.item,
        Verdict.SIGN,
        current.person(),
        request.form.get("seen", ""),
        request.form.get("since", ""),
        comment="" if standing else typed,
        reason=typed if standing else "",
        answers=tuple(dict.fromkeys(standing)),
    )


def _page(sheet: Sheet, item: ItemView, note: str = "") -> str:
    review = current.review()
    coming = ask(sheet, item)
    look = next(iter(coming.looks), None)
    lines = [sheet.lines[key] for key in item.keys if key in sheet.lines]
    return render_template(
        "item.html",
        sheet=sheet,
        item=item,
        language=languages.get(sheet.locale),
        lines=lines,
        missing=len(item.keys) - len(lines),
        state=sheet.state_of(item),
        coming=coming,
        look=look,
        whole=item_findings(review.desk, sheet, item, look, review.today()) if look else (),
        seen=shown(sheet, item),
        note=note,
        objections={line.key: line.objections for line in lines},
        needed=sheet.campaign.needed(sheet.locale),
        twins=(twins := sheet.twins(item)),
        others=_elsewhere(sheet, item, twins),
        signed_by=_signed_by(sheet, item),
    )


def _signed_by(sheet: Sheet, item: ItemView) -> list[str]:
    """Who signed the item as a whole; in a blind second reading nobody, until the reader did too."""
    if blinded_item(sheet, item, current.person().name):
        return []
    return sorted(sheet.texts.seen.people(item.job.item, item.cover))


def ask(sheet: Sheet, item: ItemView) -> Answer:
    """The final look of an item, if it is there; else it comes."""
    asked = Asked(session["browser"], sheet, (Wish(sheet, item.job, final=True),))
    return current.review().coming.ask(asked)


def _elsewhere(sheet: Sheet, item: ItemView, twins: Sequence[ItemView]) -> list[str]:
    """The countries where the item is another one."""
    same = {item.job.country, *(twin.job.country for twin in twins)}
    return [country for country in sheet.campaign.countries if country not in same]


@pages.get("/<locale>/look/<country>/<audience>/<channel>/<name>")
def picture(locale: str, country: str, audience: str, channel: str, name: str) -> Response:
    """One file of a look that a page has just shown, by the hash in its address; 404 when it is no longer kept."""
    sheet = current.sheet(locale)
    current.item(sheet, country, audience, channel)
    found = current.review().desk.shelf.file(request.args.get("file", ""))
    if found is None or found.path != name or found.media_type not in SHOWN:
        abort(404)
    policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    return Response(
        found.data,
        mimetype=found.media_type,
        headers={
            "Content-Security-Policy": policy,
            "X-Frame-Options": "SAMEORIGIN",
            # Whoever keeps a picture of a look all the same has a file that says what it is.
            "Content-Disposition": f'inline; filename="not-released-{found.path}"',
        },
    )


pages.app_template_global("marked")(marked)
pages.app_template_global("file_name")(file_name)
