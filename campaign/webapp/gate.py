"""The gate before every page: this machine only, this run only, no forged and no replayed forms."""

from __future__ import annotations

import hmac
import logging
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from campaign.webapp import current

log = logging.getLogger("campaign.review")

HEADERS = {
    # No inline script or style, nothing from elsewhere, no frame around us. Previews bring a stricter policy.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: it would make browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
}

#: How many forms of one run are remembered as sent; a form is 16 random bytes.
REMEMBERED = 100_000


def set_up(app: Flask) -> None:
    """Put the gate before every request of an application."""
    app.extensions["sent"] = {}
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
    elif site not in (None, "none", "same-origin") and "token" not in request.args:
        refuse(403, f"Sec-Fetch-Site is {site[:40]!r}")
    if request.endpoint == "static":
        return None
    if not session.get("browser"):
        if request.method in ("GET", "HEAD") and request.path == "/" and "token" in request.args:
            if hmac.compare_digest(request.args["token"].encode(), current_app.config["TOKEN"].encode()):
                session["browser"] = secrets.token_hex(16)
                return redirect("/", 303)
            refuse(403, "wrong token")
        refuse(403, "no token")
    if request.method == "POST":
        _check_form()
    return None


def _check_origin(site: str | None) -> None:
    origin = request.headers.get("Origin")
    if site not in (None, "same-origin"):
        refuse(403, f"Sec-Fetch-Site is {site[:40]!r}")
    if origin is None and site is None:
        refuse(403, "neither Origin nor Sec-Fetch-Site")
    if origin is not None and (urlsplit(origin).scheme, urlsplit(origin).netloc) != ("http", request.host):
        refuse(403, f"Origin is {origin[:80]!r}")


def _check_form() -> None:
    length = request.content_length
    if length is None or length > current_app.config["MAX_CONTENT_LENGTH"]:
        refuse(413, f"{length} bytes")
    if request.mimetype not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        refuse(415, f"{request.mimetype[:60]!r}")
    if current.review().read_only and request.endpoint not in ("pages.you", "units.attempt"):
        refuse(403, "read-only")
    number, _, seal = request.form.get("once", "").partition(".")
    if not seal or not hmac.compare_digest(seal.encode(), _seal(number).encode()):
        refuse(403, "a form that this page did not make")
    sent: dict[str, object] = current_app.extensions["sent"]
    if request.endpoint == "units.attempt":
        return  # tries a text and writes nothing: the same form may be tried again and saved later
    mine = object()
    # One step, so that of two threads with the same form one alone goes on.
    if sent.setdefault(number, mine) is not mine or len(sent) > REMEMBERED:
        refuse(409, "a form that was sent before")


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
