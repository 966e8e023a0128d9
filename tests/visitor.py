"""A visitor of the review page without a browser, for tests."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from campaign.project import Project
from campaign.review.preview import Look
from campaign.webapp import create_app

TODAY = date(2026, 11, 24)
#: Seconds that an answer may wait for its previews.
PATIENCE = 60.0
TOKEN = "first-address"  # noqa: S105 - no secret


class Visitor:
    """A person at the page without a browser: opens pages, fills in the form that a page holds, and sends it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http: FlaskClient = app.test_client()
        self.headers = {"Host": "127.0.0.1", "Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}

    def get(self, path: str, **headers: str) -> Any:
        """Open a page."""
        return self.http.get(path, headers={"Host": "127.0.0.1", **headers})

    def enter(self) -> Visitor:
        """Come in by a first address of one's own."""
        assert self.get(f"/?token={self.app.extensions['tokens'].give()}").status_code == 303
        return self

    def hidden(self, path: str, part: str = "") -> dict[str, str]:
        """The hidden values of the first form of a page that comes after `part`."""
        return _hidden(self.get(path).text, part)

    def looks(self) -> list[Look]:
        """The looks that the page keeps in memory."""
        return list(self.app.extensions["review"].desk.shelf.looks())

    def post(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        """Send a form as our own page would."""
        return self.http.post(path, data=data, headers={**self.headers, **headers})

    def introduce(self, name: str = "A. Haddad", role: str = "mediator", **more: str) -> Visitor:
        """Say who you are."""
        once = self.hidden("/", 'class="you"')["once"]
        assert self.post("/you", {"once": once, "name": name, "role": role, **more}).status_code == 303
        return self

    def answer(self, path: str, answer: str, *texts: str, **more: str) -> Any:
        """Answer on the page of a sentence; without texts the present ones are sent back."""
        page = self.get(path).text
        hidden = _hidden(page, 'id="editor"')
        present = re.findall(r"<textarea id=\"text\d\"[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
        given = texts or tuple(map(_unescaped, present))
        fields = {f"text{n}": text for n, text in enumerate(given)}
        return self.post(path, {**hidden, **fields, "answer": answer, **more})


def _hidden(page: str, part: str) -> dict[str, str]:
    form = page[page.index(part) :] if part else page
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))


def _unescaped(text: str) -> str:
    return html.unescape(text)


def make_app(project: Project, **options: Any) -> Flask:
    """The page of a workspace with a known token and date; its answers wait for their previews."""
    app = create_app(project, **{"token": TOKEN, "today": lambda: TODAY, "patience": PATIENCE, **options})
    app.testing = True
    return app


def first_key(visitor: Visitor, locale: str = "de", source: str = "") -> str:
    """The key of a sentence of the migrants: the one whose source begins so, or the first of the queue."""
    page = visitor.get(f"/{locale}/queue?audience=migrants").text
    for key, text in re.findall(r'href="/\w+/unit/(\w+)[^"]*">([^<]*)</a>', page):
        if html.unescape(text).startswith(source):
            return str(key)
    raise AssertionError(f"no sentence begins with {source!r}")


@contextmanager
def running(app: Flask, port: int = 0) -> Iterator[int]:
    """Serve the page at a port (a free one for 0) until the block ends; the port."""
    app.extensions["review"].coming.patience = 0.0  # a browser asks again
    server = make_server("127.0.0.1", port, app, threaded=True)
    app.config["HOSTS"] = frozenset({f"127.0.0.1:{server.port}"})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
