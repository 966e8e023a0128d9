"""The review page for tests: as a client without a browser, and served for a real one (Debian's chromium)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from visitor import Visitor, make_app
from werkzeug.serving import make_server

from campaign.project import Project


@pytest.fixture
def app(workspace: Project) -> Flask:
    """The review page of the small workspace."""
    return make_app(workspace)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """A mediator who came in and said who they are."""
    return Visitor(app).enter().introduce()


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """Somebody who did not come in by the first address."""
    return Visitor(app)


@pytest.fixture
def served() -> Iterator[Callable[..., str]]:
    """`served(project)` serves the page of a workspace and gives its first address."""
    with contextlib.ExitStack() as stack:

        def start(project: Project, **options: Any) -> str:
            app = make_app(project, **{"patience": 0.0, **options})  # a browser asks again
            server = make_server("127.0.0.1", 0, app, threaded=True)
            app.config["HOSTS"] = frozenset({f"127.0.0.1:{server.port}"})
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.port}/?token={app.extensions['tokens'].give()}"

        yield start
