"""The sign-off page of an item, and the files of previews: a signature covers exactly what the page shows."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from campaign import languages
from campaign.review import answers
from campaign.review.item_notes import item_findings
from campaign.review.preview import file_name
from campaign.review.snapshot import Sheet
from campaign.webapp import current
from campaign.webapp.interface import gettext
from campaign.webapp.units import marked
from campaign.workspace.facts import ItemView

pages = Blueprint("items", __name__)

#: What a browser may show of a preview, each behind a policy that lets it do nothing.
SHOWN = ("image/png", "application/pdf", "text/html")


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
    if not by.name:
        return _page(sheet, item, gettext("Say who you are first, at the top of this page.")), 422
    if by.role not in sheet.campaign.roles:
        return _page(sheet, item, gettext("Your role may correct and comment, but not sign.")), 422
    if request.form.get("seen", "") != answers.shown(sheet, item):
        return _page(sheet, item, gettext("Something on this page was changed meanwhile. Look again, then sign.")), 409
    if "read" not in request.form:
        return _page(sheet, item, gettext("Tick the box to say that you read all of it.")), 422
    comment = request.form.get("reason", "")
    outcome = answers.sign_off(review.desk, item, request.form["seen"], by, review.today(), comment)
    if not outcome.done:
        return _page(sheet, item, gettext("Not signed: correct the sentences with an error first.")), 422
    flash(gettext("Signed. Thank you."))
    return redirect(url_for("items.show", locale=locale, country=country, audience=audience, channel=channel), 303)


def _page(sheet: Sheet, item: ItemView, note: str = "") -> str:
    review = current.review()
    look = review.previews.look(sheet, item.job, final=True)
    lines = [sheet.lines[key] for key in item.keys if key in sheet.lines]
    return render_template(
        "item.html",
        sheet=sheet,
        item=item,
        language=languages.get(sheet.locale),
        lines=lines,
        missing=len(item.keys) - len(lines),
        state=sheet.state_of(item),
        looks=[look],
        whole=item_findings(review.desk, sheet, item, look, review.today()),
        seen=answers.shown(sheet, item),
        note=note,
        needed=sheet.campaign.needed(sheet.locale),
        signed_by=sorted(sheet.texts.seen.sign_offs.get(item.job.item, {}).get(item.facts, ())),
    )


@pages.get("/<locale>/look/<country>/<audience>/<channel>/<name>")
def picture(locale: str, country: str, audience: str, channel: str, name: str) -> Response:
    """One file of a look that a page has just shown, by the hash in its address; 404 when it is no longer kept."""
    sheet = current.sheet(locale)
    current.item(sheet, country, audience, channel)
    found = current.review().previews.file(request.args.get("file", ""))
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
