"""campaign review serve: the review page, for one person at this computer or for everybody who was invited."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import click

from campaign.cli import options
from campaign.project import Project


@click.command("serve", epilog="Example: campaign review serve ar")
@click.argument("languages_", metavar="[LANG]...", nargs=-1)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="The port on this computer; the workspace's usual one if left out, 8321 with --shared.",
)
@click.option("--read-only", is_flag=True, help="Show everything, change nothing.")
@click.option("--open/--no-open", "browse", default=True, help="Open the page in the browser.")
@click.option("--shared", is_flag=True, help="Serve several people, each invited by a link, behind a proxy with TLS.")
@click.option("--url", metavar="URL", help="With --shared: the public address, https://review.example.org.")
@click.option("--bind", metavar="ADDRESS", default="127.0.0.1", help="With --shared: where the proxy reaches it.")
@click.option(
    "--proxy", metavar="ADDRESS", default="", help="With --shared: the proxy that is believed about addresses."
)
@click.pass_context
def serve(
    ctx: click.Context,
    *,
    languages_: tuple[str, ...],
    port: int | None,
    read_only: bool,
    browse: bool,
    shared: bool,
    url: str | None,
    bind: str,
    proxy: str,
) -> None:
    """Open the review page: texts, laid-out leaflets, corrections, signatures. Stop it with Ctrl+C.

    On this computer, for one person; with --shared for everybody who was invited (campaign review invite).
    """
    options.needs_extra("flask")
    if shared:
        _serve(options.project(ctx), url or "", bind, 8321 if port is None else port, proxy, languages_, read_only)
        return
    if url or proxy or bind != "127.0.0.1":
        raise click.UsageError("--url, --bind and --proxy go with --shared.")
    from contextlib import ExitStack

    from campaign.webapp.first import redirect_file
    from campaign.webapp.serve import serve as run

    with ExitStack() as opened:

        def ready(address: Callable[[], str]) -> None:
            _tell(address)
            if sys.stdin.isatty():
                threading.Thread(target=_tell_again, args=(address,), daemon=True).start()
            if browse and sys.stdout.isatty():
                # Not the address itself: what a program is started with can be read by every user of the machine.
                options.show(opened.enter_context(redirect_file(address())).as_uri())

        run(options.project(ctx), port=port or 0, locales=languages_, read_only=read_only, ready=ready)


def _tell(address: Callable[[], str]) -> None:
    click.echo(f"The review page: {address()}")
    click.echo("The address opens one browser, once, within ten minutes; press Enter here for another one.")
    click.echo("It answers on this computer only. Stop it with Ctrl+C.")
    sys.stdout.flush()


def _tell_again(address: Callable[[], str]) -> None:
    for _ in sys.stdin:
        click.echo(f"The review page: {address()}")
        sys.stdout.flush()


def _serve(
    project: Project, url: str, bind: str, port: int, proxy: str, languages: tuple[str, ...], read_only: bool
) -> None:
    """Serve a shared desk until it is stopped."""
    options.needs_extra("waitress")
    from campaign.webapp.desk.address import Address
    from campaign.webapp.desk.listen import serve as run

    address = Address.read(url)

    def ready(port: int) -> None:
        click.echo(f"The shared desk: {address.origin}, through a proxy that asks {bind}, port {port}.")
        click.echo("Invite people with: campaign review invite. Stop it with Ctrl+C.")
        sys.stdout.flush()

    run(
        project,
        address=address,
        bind=bind,
        port=port,
        proxy=proxy,
        locales=languages,
        read_only=read_only,
        ready=ready,
    )
