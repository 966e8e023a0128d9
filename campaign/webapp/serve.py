"""Serve the review page on this machine until the program is stopped."""

from __future__ import annotations

import hashlib
import logging
import socket
from collections.abc import Callable, Collection

from werkzeug.serving import WSGIRequestHandler, make_server

from campaign.errors import CampaignError
from campaign.project import Project
from campaign.webapp.app import create_app

ADDRESS = "127.0.0.1"


class Quiet(WSGIRequestHandler):
    """Answers without a line per request: the log is for what was refused."""

    #: Seconds that a connection may say nothing in the middle of a request.
    timeout = 60

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the first address holds the token."""


def serve(
    project: Project,
    *,
    port: int,
    locales: Collection[str],
    read_only: bool,
    ready: Callable[[Callable[[], str]], None],
) -> None:
    """Serve until interrupted. Port 0 takes the workspace's usual one, or a free one when that is taken.

    What a browser keeps of what was typed belongs to one address: it is there again when the program is.

    `ready` gets what makes a first address with a token of its own, which opens one browser once.

    Raises:
        CampaignError: the workspace cannot be read, or the port is taken.
    """
    logging.basicConfig(format="%(asctime)s %(name)s: %(message)s", level=logging.WARNING)
    app = create_app(project, locales=locales, read_only=read_only)
    port = port or _usual(project)
    try:
        server = make_server(ADDRESS, port, app, threaded=True, request_handler=Quiet)
    except (OSError, SystemExit) as error:  # werkzeug leaves the program when a port is taken
        raise CampaignError.single(
            f"port {port} cannot be used", where="--port", todo="choose another one, or stop what uses it"
        ) from error
    app.config["HOSTS"] = frozenset({f"{ADDRESS}:{server.port}", f"localhost:{server.port}"})
    app.config["SESSION_COOKIE_NAME"] = f"campaign-review-{server.port}"
    with server:
        ready(lambda: f"http://{ADDRESS}:{server.port}/?token={app.extensions['tokens'].give()}")
        server.serve_forever()


def _usual(project: Project) -> int:
    """A port that is the same each time for a workspace; 0 when something else listens there."""
    name = hashlib.sha256(str(project.root.resolve()).encode()).digest()
    port = 20000 + int.from_bytes(name[:4], "big") % 10000
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((ADDRESS, port))
        except OSError:
            return 0
    return port
