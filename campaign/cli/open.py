"""campaign open: the newest file of an item, in the program that shows such files."""

from __future__ import annotations

import click

from campaign.cli import options
from campaign.model.channels import CHANNELS


@click.command("open", epilog="Example: campaign open BE/ar/migrants --channel leaflet")
@click.argument("item", metavar="[COUNTRY/]LANG/AUDIENCE", default="")
@click.option("--channel", "channels", multiple=True, type=click.Choice(tuple(CHANNELS)), help="Only this channel.")
@click.pass_context
def command(ctx: click.Context, *, item: str, channels: tuple[str, ...]) -> None:
    """Open what was built last of a message in the review edition: its newest file."""
    from campaign import config
    from campaign.errors import CampaignError
    from campaign.model.edition import Edition
    from campaign.reporting import preview

    project = options.project(ctx)
    wanted = preview.chosen(config.load(project), item, channels)
    found = preview.files(project, wanted) if project.manifest(Edition.REVIEW).exists() else []
    if not found:
        raise CampaignError.single("is not built yet", where=item or "the first item", todo="run: campaign preview")
    newest = max(found, key=lambda path: path.stat().st_mtime_ns)
    click.echo(project.name(newest))
    click.launch(str(newest))
