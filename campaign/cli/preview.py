"""campaign preview: one message, made at once and opened."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.errors import CampaignError
from campaign.model.channels import CHANNELS

if TYPE_CHECKING:
    from campaign.project import Project
    from campaign.workspace.selection import Selection

#: Seconds between two looks at the files.
_PACE = 0.5


@click.command("preview", epilog="Example: campaign preview es/seasonal-workers --watch")
@click.argument("item", metavar="[COUNTRY/]LANG/AUDIENCE", default="")
@click.option("--channel", "channels", multiple=True, type=click.Choice(tuple(CHANNELS)), help="Only this channel.")
@click.option("--watch", is_flag=True, help="Make it again whenever a file is saved; the page follows. Ctrl+C ends.")
@click.option("--no-open", is_flag=True, help="Only say where the page lies.")
@click.pass_context
def command(ctx: click.Context, *, item: str, channels: tuple[str, ...], watch: bool, no_open: bool) -> int:
    """Make one message in one language and show it: pages, posts and texts on one page in the browser.

    Parts may be left out: the first country, the first translated language, the first audience is taken.
    """
    from campaign import config
    from campaign.reporting import preview

    project = options.project(ctx)
    wanted = preview.chosen(config.load(project), item, channels)
    seen = preview.state(project)  # before it is made: what is saved meanwhile counts too
    wrong = _once(project, wanted, watch=watch)
    path = project.name(preview.place(project))
    click.echo(
        f"{path}: {'what is wrong' if wrong else ', '.join(file.name for file in preview.files(project, wanted))}"
    )
    if not no_open:
        options.show(str(preview.place(project)))
    while watch:
        while (now := preview.state(project)) == seen:
            time.sleep(_PACE)
        seen = now
        _once(project, wanted, watch=True)
        click.echo(f"{path}: made again")
    return int(wrong)


def _once(project: Project, wanted: Selection, *, watch: bool) -> bool:
    """Make the item and its page; whether anything is wrong. Sentences that were edited are collected first."""
    from campaign.reporting import preview
    from campaign.translation.catalogues import extract_pot, update

    error, report = None, None
    try:
        extract_pot(project)
        update(project)
        report = preview.make(project, wanted, date.today())
    except CampaignError as found:
        error = found
    preview.page(project, wanted, report, error, turn=watch)
    problems = preview.wrong(report, error)
    for problem in problems:
        click.echo(printable(problem), err=True)
    return bool(problems)
