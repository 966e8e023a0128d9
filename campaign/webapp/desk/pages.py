"""The pages of the door: come in by a link, go out, see who else is at a sentence."""

from __future__ import annotations

import secrets

from flask import Blueprint, g, redirect, render_template, request, session
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from campaign.spoken import SPOKEN
from campaign.webapp import current
from campaign.webapp.desk import invitations
from campaign.webapp.desk.door import LONGEST, door
from campaign.webapp.desk.invitations import Guests, Invitation
from campaign.webapp.desk.limits import source
from campaign.webapp.gate import log

pages = Blueprint("door", __name__)


@pages.get("/in/<link>")
def look(link: str) -> str | tuple[str, int] | Response:
    """Say who is invited, and offer to come in. Looking uses nothing: messengers look at every link that they carry."""
    invitation = door().guests().linked(link[:LONGEST])
    if invitation is None or not _opens(invitation):
        if door().guest():
            return redirect("/", 303)  # the link is in their messages, and they came in by it before
        return _turned_away(invitation)
    _speak(invitation)
    session.setdefault("browser", secrets.token_hex(16))
    return render_template("desk/door.html", invitation=invitation, link=link, no_cookies="cookies" in request.args)


@pages.post("/in")
def come_in() -> str | tuple[str, int] | Response:
    """Use a link: once, for this browser."""
    now, on, link = door().clock(), current.review().today(), request.form.get("link", "")[:LONGEST]
    came: list[tuple[Invitation, str]] = []

    def step(guests: Guests) -> Guests:
        found = invitations.enter(guests, link, now=now, on=on)
        if found is None:
            return guests
        entered, invitation, cookie = found
        came.append((invitation, cookie))
        before = door().guest()
        return invitations.leave(entered, before[0]) if before else entered

    door().change(step)
    if not came:
        return _turned_away(door().guests().linked(link))
    invitation, cookie = came[0]
    _speak(invitation)
    kept = session.get("interface")
    # A new value for the browser: whoever knew the old one has nothing.
    session.clear()
    session.permanent, session["browser"] = True, cookie
    if kept:
        session["interface"] = kept
    door().note("in", invitation)
    return redirect("/", 303)


@pages.post("/out")
def out() -> str:
    """Go out at this browser."""
    found = door().guest()
    if found:
        browser, invitation = found
        door().change(lambda guests: invitations.leave(guests, browser))
        door().presence.rise(browser.secret)
        door().note("out", invitation)
    session.clear()
    g.guest = None
    return render_template("desk/door.html", invitation=None, link="", gone=True)


@pages.get("/here/<locale>/<key>")
def here(locale: str, key: str) -> str:
    """Who else is at a sentence, and whether it still has the words that this person sees."""
    line = current.line(current.sheet(locale), key)
    changed = request.args.get("seen", line.text_hash) != line.text_hash
    return render_template(
        "desk/others.html", names=door().presence.others(current.person().name, locale, key), changed=changed
    )


def _opens(invitation: Invitation) -> bool:
    return not invitation.used and invitation.holds(current.review().today())


def _turned_away(invitation: Invitation | None) -> tuple[str, int]:
    """The same words for every link that opens nothing; the log says more, and the sign-ins for one of ours."""
    if wait := door().wrong.take(source(request.remote_addr or "")):
        raise TooManyRequests(retry_after=int(wait) + 1)
    if invitation is None:
        log.warning("refused a link that is none of ours")
    else:
        why = "revoked" if invitation.revoked else "used before" if invitation.used else "ended"
        log.warning("refused a link: invitation %s, %s", invitation.id, why)
        door().note(f"refused: {why}", invitation)
    return render_template("desk/door.html", invitation=None, link=""), 403


def _speak(invitation: Invitation) -> None:
    """The door speaks the language that was chosen, else the one that the person is invited for, if the program can."""
    if (chosen := request.args.get("interface")) in SPOKEN:
        session["interface"] = chosen
    known = [tag.partition("-")[0] for tag in invitation.languages]
    if session.get("interface") not in SPOKEN and known[0] in SPOKEN:
        session["interface"] = known[0]
    g.pop("interface", None)
