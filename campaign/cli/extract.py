"""campaign extract: templates to campaign.pot."""

from __future__ import annotations

import click

from campaign.cli import options


@click.command("extract", epilog="Example: campaign extract && campaign update")
@click.option(
    "--fits", multiple=True, metavar="FILE", help="A picture that changed, and whose words are right as they are."
)
@click.pass_context
def command(ctx: click.Context, *, fits: tuple[str, ...]) -> None:
    """Collect every {% trans %} sentence of the templates into locales/campaign.pot.

    Words that describe a picture are tied to it: another picture asks for other words.
    """
    from campaign.translation.catalogues import extract_pot

    project = options.project(ctx)
    count = extract_pot(project, fits)
    click.echo(f"{count} messages in {project.name(project.pot)}. Next: campaign update")
