"""The gate before every page: our own host, our own pages, no forged and no replayed forms; its entrance says who."""

from __future__ import annotations

import hmac
import logging
import secrets
import threading

from flask import Flask, Response, abort, current_app, g, request, session
from werkzeug.wrappers import Response as AnyResponse

from campaign.webapp import current

log = logging.getLogger("campaign.review")

HEADERS = {
    # No inline script or style, nothing from elsewhere, no frame around us. Previews bring a stricter policy.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; media-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: it would make browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
}

#: The forms that carry a recording, and may be so large, in bytes: a minute of 16 bit at 48 kHz is 5.8 MB.
MORE = {"voice.take": 8_200_000}

#: How many forms of one run are remembered as sent, the latest; a form is 16 random bytes.
REMEMBERED = 100_000


class Sent:
    """The forms that were sent in this run: each counts once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: dict[str, None] = {}

    def take(self, number: str) -> bool:
        """Whether this form is sent for the first time; of two threads that ask at once, one alone hears yes."""
        with self._lock:
            if number in self._numbers:
                return False
            self._numbers[number] = None
            if len(self._numbers) > REMEMBERED:
                del self._numbers[next(iter(self._numbers))]
            return True


def set_up(app: Flask) -> None:
    """Put the gate before every request of an application."""
    app.extensions["sent"] = Sent()
    app.before_request(_check)
    app.after_request(_headers)
    app.jinja_env.globals["once"] = once


def once() -> str:
    """A value for one form: good in this run, in this browser, one time."""
    number = secrets.token_hex(16)
    return f"{number}.{_seal(number)}"


def _seal(number: str) -> str:
    key = current_app.config["SECRET_KEY"]
    return hmac.digest(key, f"{session.get('browser')}.{number}".encode(), "sha256").hex()


def refuse(status: int, reason: str) -> None:
    """One line in the log, and an error page."""
    g.logged = True
    log.warning("refused %s %r: %s", request.method, request.path[:120], reason)
    abort(status)


def _check() -> AnyResponse | None:
    if request.host not in current_app.config["HOSTS"]:
        refuse(403, f"Host is {request.host[:80]!r}")
    site = request.headers.get("Sec-Fetch-Site")
    if request.method not in ("GET", "HEAD", "POST"):
        refuse(405, "method")
    if request.method == "POST":
        _check_origin(site)
    else:
        _check_look(site)
    if request.endpoint == "static":
        return None
    answer = current.review().entrance.admit(site)
    if answer is not None:
        return answer
    if request.method == "POST":
        _check_form()
    return None


def _check_look(site: str | None) -> None:
    """A page is asked for by our pages or by the person; a page elsewhere may lead where the entrance says so."""
    origin = request.headers.get("Origin")
    if origin is not None and not _ours(origin):
        refuse(403, f"Origin is {origin[:80]!r}")
    if site in (None, "none", "same-origin"):
        return
    # From another site a page may be opened, and no picture or script taken in.
    opens = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.headers.get("Sec-Fetch-Dest") == "document"
    if not (opens and current.review().entrance.welcomes()):
        refuse(403, f"Sec-Fetch-Site is {site[:40]!r}")


def _ours(origin: str) -> bool:
    return origin == current.review().entrance.origin()


def _check_origin(site: str | None) -> None:
    origin = request.headers.get("Origin")
    if site not in (None, "same-origin"):
        refuse(403, f"Sec-Fetch-Site is {site[:40]!r}")
    if origin is None and site is None:
        refuse(403, "neither Origin nor Sec-Fetch-Site")
    if origin is not None and not _ours(origin):
        refuse(403, f"Origin is {origin[:80]!r}")


def _check_form() -> None:
    length, most = request.content_length, MORE.get(request.endpoint or "", current_app.config["MAX_CONTENT_LENGTH"])
    request.max_content_length = most
    if length is None or length > most:
        refuse(413, f"{length} bytes")
    if request.mimetype not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        refuse(415, f"{request.mimetype[:60]!r}")
    if current.review().read_only and request.endpoint not in current.review().entrance.harmless:
        refuse(403, "read-only")
    number, _, seal = request.form.get("once", "").partition(".")
    if not seal or not hmac.compare_digest(seal.encode(), _seal(number).encode()):
        refuse(403, "a form that this page did not make")
    if request.endpoint == "units.attempt":
        return  # tries a text and writes nothing: the same form may be tried again and saved later
    sent: Sent = current_app.extensions["sent"]
    if not sent.take(number):
        refuse(409, "a form that was sent before")


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
