"""campaign open: all that was built as pictures, or the newest file of an item, in the program that shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.model.channels import CHANNELS

if TYPE_CHECKING:
    from campaign.model.edition import Edition
    from campaign.project import Project


@click.command("open", epilog="Example: campaign open BE/ar/migrants --channel leaflet")
@click.argument("item", metavar="[[COUNTRY/]LANG/AUDIENCE]", default="")
@click.option("--channel", "channels", multiple=True, type=click.Choice(tuple(CHANNELS)), help="Only this channel.")
@click.option("--release", is_flag=True, help="What was released, instead of the review edition.")
@click.option("--no-open", is_flag=True, help="Only say where it lies.")
@click.pass_context
def command(ctx: click.Context, *, item: str, channels: tuple[str, ...], release: bool, no_open: bool) -> None:
    """Open a page with all that was built, as pictures; with an item, the newest of its files."""
    from campaign.model.edition import Edition
    from campaign.reporting import gallery

    project = options.project(ctx)
    edition = Edition.RELEASE if release else Edition.REVIEW
    found = _newest(project, edition, item, channels) if item or channels else gallery.write(project, edition)
    click.echo(project.name(found))
    if not no_open:
        options.show(str(found))


def _newest(project: Project, edition: Edition, item: str, channels: tuple[str, ...]) -> Path:
    from campaign import config
    from campaign.errors import CampaignError
    from campaign.reporting import preview

    wanted = preview.chosen(config.load(project), item, channels)
    found = preview.files(project, wanted, edition) if project.manifest(edition).exists() else []
    if not found:
        raise CampaignError.single("is not built yet", where=item or "the first item", todo="run: campaign preview")
    return max(found, key=lambda path: path.stat().st_mtime_ns)
