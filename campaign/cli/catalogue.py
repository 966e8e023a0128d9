"""campaign catalogue: translations for other programs and organisations."""

from __future__ import annotations

from pathlib import Path

import click

from campaign.cli import options


@click.group("catalogue", epilog="Example: campaign catalogue export ar --drafts")
def command() -> None:
    """Hand translations on to other programs and organisations."""


@command.command("export", epilog="Example: campaign catalogue export ar --output ar.tmx")
@click.argument("language", metavar="LANG")
@click.option("--drafts", is_flag=True, help="Also sentences that nobody signed; each says its state.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; LANG.tmx here when left out."
)
@click.pass_context
def export(ctx: click.Context, *, language: str, drafts: bool, output: Path | None) -> None:
    """Write the signed sentences of LANG as a translation memory (TMX 1.4), with who signed each and when.

    Another organisation takes them as proposals: a signature counts only in the campaign that it was given to.
    """
    from campaign.project import write_atomic
    from campaign.review.memory_out import memory

    made = memory(options.project(ctx), language, drafts=drafts)
    path = output or Path(ctx.obj) / f"{language}.tmx"
    write_atomic(path, made.data)
    click.echo(f"{path}: {made.count} sentences, {made.signed} of them signed.")
