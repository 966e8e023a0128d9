"""The gate before every page: this machine only, this run only, no forged and no replayed forms."""

from __future__ import annotations

import hmac
import logging
import secrets
import time
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from campaign.webapp import current
from campaign.webapp.first import IDLE, Tokens

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

#: What a browser gets that came in from the file on the disk: it goes on by itself.
_IN = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Review</title>'
    '<meta http-equiv="refresh" content="0;url=/"></head><body><p><a href="/">Review</a></p></body></html>'
)

#: How many forms of one run are remembered as sent; a form is 16 random bytes.
REMEMBERED = 100_000


def set_up(app: Flask) -> None:
    """Put the gate before every request of an application."""
    app.extensions["sent"] = {}
    app.extensions["tokens"] = Tokens()
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
    if _asleep():
        session.clear()
    if request.method == "GET" and request.path == "/" and "token" in request.args:
        if tokens().take(request.args["token"]):
            session.clear()
            session["browser"] = secrets.token_hex(16)
        elif not session.get("browser"):
            refuse(403, "wrong token, or one that was used or is too old")
        session["seen"] = time.time()
        # A browser that a file sent here does not show its strict cookie to a redirect; to a page of ours it does.
        return redirect("/", 303) if site in (None, "none", "same-origin") else Response(_IN, mimetype="text/html")
    if not session.get("browser"):
        refuse(403, "no token")
    if request.method == "POST":
        _check_form()
    session["seen"] = time.time()
    return None


def tokens() -> Tokens:
    """The first addresses that nobody used yet."""
    given: Tokens = current_app.extensions["tokens"]
    return given


def _asleep() -> bool:
    """Whether this browser asked for nothing for so long that somebody else may sit at it."""
    return bool(session.get("browser")) and time.time() - session.get("seen", 0.0) > IDLE


def _check_look(site: str | None) -> None:
    """A page is asked for by our pages or by the person; from elsewhere a right first address may open one."""
    origin = request.headers.get("Origin")
    if origin is not None and not _ours(origin):
        refuse(403, f"Origin is {origin[:80]!r}")
    if site in (None, "none", "same-origin"):
        return
    # The file that leads here is another site to the browser. It opens a page; it takes in no picture or script.
    opens = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.headers.get("Sec-Fetch-Dest") == "document"
    first = request.method == "GET" and request.path == "/" and tokens().known(request.args.get("token", ""))
    if not (opens and first):
        refuse(403, f"Sec-Fetch-Site is {site[:40]!r}")


def _ours(origin: str) -> bool:
    return (urlsplit(origin).scheme, urlsplit(origin).netloc) == ("http", request.host)


def _check_origin(site: str | None) -> None:
    origin = request.headers.get("Origin")
    if site not in (None, "same-origin"):
        refuse(403, f"Sec-Fetch-Site is {site[:40]!r}")
    if origin is None and site is None:
        refuse(403, "neither Origin nor Sec-Fetch-Site")
    if origin is not None and not _ours(origin):
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
