"""Recording on the page: consent, one stretch at a time, listened to as it was processed, kept; digits written down."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from campaign import languages
from campaign import voice as room
from campaign.channels.voice import Voice as Channel
from campaign.editions import voices
from campaign.editions.listening import reads
from campaign.errors import CampaignError
from campaign.review.snapshot import Sheet
from campaign.voice import recordings
from campaign.voice.recordings import USES, Recordings, Voice
from campaign.voice.script import DIGITS, Script
from campaign.voice.taken import Taken
from campaign.webapp import current
from campaign.webapp.interface import gettext

pages = Blueprint("voice", __name__, static_folder=room.BROWSER, static_url_path="/sound")

#: How many recordings wait to be kept or thrown away, over all people.
_WAITING = 24


class Takes:
    """Recordings that were processed and not kept yet, each by a word that only its page knows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[str, Taken]] = OrderedDict()

    def hold(self, name: str, taken: Taken) -> str:
        """Hold a recording of a person; its word."""
        word = secrets.token_hex(16)
        with self._lock:
            self._held[word] = name, taken
            while len(self._held) > _WAITING:
                self._held.popitem(last=False)
        return word

    def get(self, word: str, name: str) -> Taken | None:
        """The recording behind a word, for the person who made it."""
        with self._lock:
            owner, taken = self._held.get(word, ("", None))
            return taken if owner == name else None


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch to read: what is read, and the digit that it says."""

    key: str
    words: str
    digit: str = ""


def set_up() -> Takes:
    """What the application holds for this room."""
    return Takes()


@pages.get("/<locale>/voice/<country>/<audience>")
def show(locale: str, country: str, audience: str) -> str:
    """The next stretch that this person has not read, or the one that was asked for."""
    return _page(locale, country, audience)


def _page(locale: str, country: str, audience: str, note: str = "") -> str:
    sheet = current.sheet(locale)
    script, voice = _script(sheet, country, audience), _mine(sheet)
    lines = lines_of(script)
    missing = set(voice.missing(script.keys))
    asked = request.args.get("line", "")
    line = next((line for line in lines if line.key == asked), None)
    line = line or next((line for line in lines if line.key in missing), None)
    word, me = request.args.get("take", ""), current.person().name
    taken = _takes().get(word, me)
    if taken:
        line = next((line for line in lines if line.key == taken.take.key), line)
    heard = [] if not taken else [_said(name) for name in taken.take.findings]
    others = [known for known in Recordings(current.review().desk.project).voices(locale) if not reads(known, me)]
    return render_template(
        "voice.html",
        sheet=sheet,
        country=country,
        audience=audience,
        language=languages.get(locale),
        voice=voice,
        agreed=voice.consent is not None and voice.consent.holds(current.review().today()),
        uses=USES,
        line=line,
        lines=lines,
        missing=missing,
        take=word if taken else "",
        heard=heard,
        to_hear=[known for known in others if known.digits(script)],
        note=note,
    )


@pages.post("/<locale>/voice/<country>/<audience>/consent")
def consent(locale: str, country: str, audience: str) -> AnyResponse:
    """The person agrees that their voice is used, or takes that back."""
    sheet, me = current.sheet(locale), current.person().name
    _script(sheet, country, audience)
    voice, review = _mine(sheet), current.review()
    if "withdraw" in request.form:
        voices.withdraw(review.desk.project, locale, voice.name, review.today())
    else:
        try:
            until = date.fromisoformat(request.form.get("until", ""))
        except ValueError:
            abort(422)
        uses = tuple(use for use in USES if use in request.form.getlist("use"))
        if uses:
            voices.agree(review.desk.project, locale, voice.name, me, review.today(), until, uses, "")
    return redirect(url_for("voice.show", locale=locale, country=country, audience=audience), 303)


@pages.post("/<locale>/voice/<country>/<audience>/take")
def take(locale: str, country: str, audience: str) -> AnyResponse | tuple[str, int]:
    """Process a recording: what the person hears next is what would be kept."""
    from campaign.voice import taking

    sheet, line = _line(locale, country, audience)
    voice = _agreed(sheet)
    sent = request.files.get("recording")
    try:
        data, name = (sent.read() if sent else b""), gettext("Recording")
        taken = taking.take_in(data, name, voice, line.key, line.words, current.person().name, line.digit)
    except CampaignError as error:
        return _page(locale, country, audience, "; ".join(problem.what for problem in error.problems)), 422
    word = _takes().hold(current.person().name, taken)
    return redirect(url_for("voice.show", locale=locale, country=country, audience=audience, take=word), 303)


@pages.post("/<locale>/voice/<country>/<audience>/keep")
def keep(locale: str, country: str, audience: str) -> AnyResponse:
    """Keep a recording that was listened to."""
    sheet, line = _line(locale, country, audience)
    voice, taken = _agreed(sheet), _takes().get(request.form.get("take", ""), current.person().name)
    if taken is None or taken.take.key != line.key:
        abort(409)
    recordings.keep(current.review().desk.project, voice, taken.take, taken.flac)
    flash(gettext("Kept."))
    return redirect(url_for("voice.show", locale=locale, country=country, audience=audience), 303)


@pages.post("/<locale>/voice/<country>/<audience>/digits")
def digits(locale: str, country: str, audience: str) -> AnyResponse | tuple[str, int]:
    """A second person writes down what they hear of a voice's digits."""
    sheet, review = current.sheet(locale), current.review()
    _script(sheet, country, audience)
    name, by = recordings.named(request.form.get("voice", "")), current.person().name
    try:
        voices.dictated(review.desk.project, locale, name, by, request.form.get("digits", "")[:40], review.today())
    except CampaignError:
        wrong = gettext("That is not what was played. Listen again; if you hear it so, the digits must be read again.")
        return _page(locale, country, audience, wrong), 422
    flash(gettext("Every digit is right. Thank you."))
    return redirect(url_for("voice.show", locale=locale, country=country, audience=audience), 303)


@pages.get("/<locale>/voice/heard/<word>")
def heard(locale: str, word: str) -> Response:
    """A recording that waits, as it would be kept."""
    current.sheet(locale)
    taken = _takes().get(word, current.person().name)
    return Response(taken.flac, mimetype="audio/flac") if taken else abort(404)


@pages.get("/<locale>/voice/digits/<name>")
def played(locale: str, name: str) -> Response:
    """The digits of a voice, for whoever writes them down."""
    current.sheet(locale)
    data = voices.dictation_sound(current.review().desk.project, locale, recordings.named(name))
    return Response(data, mimetype="audio/ogg")


def lines_of(script: Script) -> tuple[Line, ...]:
    """Everything that is read for a message: its stretches, then the eleven digits."""
    signs = zip(DIGITS, script.digits, strict=True)
    return (*(Line(w.key, w.words) for w in script.words), *(Line(w.key, w.words, sign) for sign, w in signs))


def _takes() -> Takes:
    held: Takes = current_app.extensions["takes"]
    return held


def _script(sheet: Sheet, country: str, audience: str) -> Script:
    """What is read; 404 where the campaign has no such message."""
    current.item(sheet, country, audience, "voice")
    room.needs_extra()
    desk = current.review().desk
    with desk.lock:
        bench = desk.bench()
        message = bench.renderer.message(audience, sheet.locale, country, sheet.texts)
        channel = bench.channels["voice"]
    assert isinstance(channel, Channel)  # noqa: S101 - the list of channels says so
    return channel.script(message)


def _mine(sheet: Sheet) -> Voice:
    """The voice of the person at the page."""
    return voices.own(current.review().desk.project, sheet.locale, current.person().name)


def _agreed(sheet: Sheet) -> Voice:
    """The voice of a person who agreed; nobody is recorded before."""
    voice = _mine(sheet)
    if voice.consent is None or not voice.consent.holds(current.review().today()):
        abort(422)
    return voice


def _line(locale: str, country: str, audience: str) -> tuple[Sheet, Line]:
    """The stretch that a form is about; 409 when its words were changed meanwhile."""
    sheet, key = current.sheet(locale), request.form.get("line", "")
    line = next((line for line in lines_of(_script(sheet, country, audience)) if line.key == key), None)
    return sheet, line or abort(409)


def _said(name: str) -> str:
    """What is wrong with a recording, in the interface's language."""
    from campaign.spoken import findings
    from campaign.voice.faults import FAULTS
    from campaign.webapp.interface import tag

    return findings.detail(FAULTS[name], tag()) or str(FAULTS[name])
