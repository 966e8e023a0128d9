"""campaign extract: templates to campaign.pot."""

from __future__ import annotations

import click

from campaign.cli import options


@click.command("extract", epilog="Example: campaign extract && campaign update")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Collect every {% trans %} sentence of the templates into locales/campaign.pot."""
    from campaign.translation.catalogues import extract_pot

    project = options.project(ctx)
    count = extract_pot(project)
    click.echo(f"{count} messages in {project.name(project.pot)}. Next: campaign update")
