"""Serve a shared desk on waitress, for a proxy on the same machine or in the same network, until it is stopped."""

from __future__ import annotations

import contextlib
import logging
import signal
import time
from collections.abc import Callable, Collection, Mapping
from datetime import date
from types import FrameType

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from campaign.errors import CampaignError
from campaign.project import Project
from campaign.review.session import Desk
from campaign.webapp.app import LARGEST, create_app
from campaign.webapp.desk import sign_ins
from campaign.webapp.desk.address import Address
from campaign.webapp.desk.door import Door
from campaign.webapp.desk.register import home

#: Seconds that a connection may say nothing, and that one request may take to arrive, however slowly it trickles.
SILENCE, ARRIVAL = 60, 30
#: How many requests are answered at once: those that wait for the one compiler must not stop those who save.
THREADS = 40
#: The largest head of a request, in bytes.
HEAD = 16_384


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that knows since when its present request has been arriving."""

    arriving: float | None = None

    def received(self, data: bytes) -> bool:
        taken = bool(super().received(data))
        if self.request is None:
            self.arriving = None
        elif self.arriving is None:
            self.arriving = time.time()
        return taken


class Server(TcpWSGIServer):  # type: ignore[misc]
    """waitress, but a request that trickles in for longer than ARRIVAL seconds is cut off (slow loris)."""

    channel_class = _Channel

    def maintenance(self, now: float) -> None:
        """Close what has been silent or arriving for too long."""
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            if isinstance(channel, _Channel) and channel.arriving and now - channel.arriving > ARRIVAL:
                channel.will_close = True


def server(app: Callable[..., object], bind: str, port: int, proxy: str, **more: object) -> Server:
    """A server for an application at the address `bind`. Only `proxy` is believed about who asks (X-Forwarded-For).

    Raises:
        CampaignError: an address or the port cannot be used.
    """
    if proxy not in ("", "*") and not sign_ins.network(proxy):
        todo = 'give its address, as 127.0.0.1, or "*" where nobody else reaches the port'
        raise CampaignError.single(f"{proxy[:60]!r} is no address", where="--proxy", todo=todo)
    trusted: Mapping[str, object] = (
        {"trusted_proxy": proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": {"x-forwarded-for"}}
        if proxy
        else {}
    )
    settings: dict[str, object] = {
        "listen": f"[{bind}]:{port}" if ":" in bind else f"{bind}:{port}",
        "threads": THREADS,
        "connection_limit": 400,
        "channel_timeout": SILENCE,
        "cleanup_interval": 5,
        "max_request_header_size": HEAD,
        "max_request_body_size": LARGEST,
        "clear_untrusted_proxy_headers": True,
        "expose_tracebacks": False,
        "ident": None,
        "url_scheme": "https",
        **trusted,
        **more,
    }
    try:
        return Server(app, adj=Adjustments(**settings))
    except (OSError, ValueError) as error:
        todo = "choose another one, or stop what uses it"
        raise CampaignError.single(f"{bind} {port} cannot be used ({error})", where="--port", todo=todo) from error


def serve(
    project: Project,
    *,
    address: Address,
    bind: str,
    port: int,
    proxy: str,
    locales: Collection[str],
    read_only: bool,
    ready: Callable[[int], None],
) -> None:
    """Serve until interrupted or told to end; `ready` gets the port. Port 0 takes a free one.

    Raises:
        CampaignError: the workspace or the private folder cannot be read, or the port is taken.
    """
    logging.basicConfig(format="%(asctime)s %(name)s: %(message)s", level=logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that somebody waited is no fault
    door = Door(address, home(project))
    app = create_app(project, entrance=door, locales=locales, read_only=read_only)
    running = server(app, bind, port, proxy)
    _warm(app.extensions["review"].desk, door)
    signal.signal(signal.SIGTERM, _end)
    ready(int(running.effective_port))
    running.run()


def _warm(desk: Desk, door: Door) -> None:
    """Read the languages of those who are invited before the first of them waits; what cannot be read is said then."""
    on = date.today()
    tags = dict.fromkeys(tag for each in door.register.guests().invitations if each.holds(on) for tag in each.languages)
    for tag in tags:
        with contextlib.suppress(CampaignError):
            for line in desk.sheet(tag).queue:
                line.look()


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
