"""campaign update: the sentences of the templates into every PO file."""

from __future__ import annotations

import click

from campaign.cli import options


@click.command("update", epilog="Example: campaign update ar fa")
@click.argument("languages", nargs=-1, metavar="[LANG]...")
@click.pass_context
def command(ctx: click.Context, languages: tuple[str, ...]) -> None:
    """Bring campaign.pot and PO files in step with the templates, making missing ones.

    A sentence that changed keeps its text as a proposal that must be reviewed again; nothing is lost. Each sentence is
    counted once: kept, changed, new, or obsolete when no template says it any more.
    """
    from campaign.translation.catalogues import update
    from campaign.workspace import version_control

    results = update(options.project(ctx), languages)
    version_control.write(options.project(ctx))
    for locale, merged in results.items():
        click.echo(
            f"{locale:8} kept {merged.kept}, changed {merged.changed}, new {merged.new}, obsolete {merged.obsolete}"
        )
