"""Serve the review page on this machine until the program is stopped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

from werkzeug.serving import WSGIRequestHandler, make_server

from campaign.errors import CampaignError
from campaign.project import Project
from campaign.webapp.app import create_app

ADDRESS = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
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
    """Serve until interrupted. Port 0 takes a free one.

    `ready` gets what makes a first address with a token of its own, which opens one browser once.

    Raises:
        CampaignError: the workspace cannot be read, or the port is taken.
    """
    logging.basicConfig(format="%(asctime)s %(name)s: %(message)s", level=logging.WARNING)
    app = create_app(project, locales=locales, read_only=read_only)
    try:
        server = make_server(ADDRESS, port, app, threaded=True, request_handler=_Quiet)
    except (OSError, SystemExit) as error:  # werkzeug leaves the program when a port is taken
        raise CampaignError.single(
            f"port {port} cannot be used", where="--port", todo="choose another one, or stop what uses it"
        ) from error
    app.config["HOSTS"] = frozenset({f"{ADDRESS}:{server.port}", f"localhost:{server.port}"})
    app.config["SESSION_COOKIE_NAME"] = f"campaign-review-{server.port}"
    with server:
        ready(lambda: f"http://{ADDRESS}:{server.port}/?token={app.extensions['tokens'].give()}")
        server.serve_forever()
