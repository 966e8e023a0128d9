"""campaign memory: an organisation's old leaflets, sentence by sentence, as proposals for translations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from campaign.cli import options
from campaign.cli.main import printable

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("memory", epilog="Example: campaign memory align ar leaflet-2019-en.pdf leaflet-2019-ar.docx")
def command() -> None:
    """Take an organisation's old leaflets as proposals: pairs of sentences, accepted in a table, never signed."""


@command.command("align", epilog="Example: campaign memory align ar leaflet-2019-en.pdf leaflet-2019-ar.docx")
@click.argument("language", metavar="LANG")
@click.argument("files", metavar="OLD...", nargs=-1, required=True, type=_FILE)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="The table; memory-LANG.xlsx here if left out."
)
@click.pass_context
def align(ctx: click.Context, *, language: str, files: tuple[Path, ...], output: Path | None) -> None:
    """Find the sentences of OLD leaflets that say the same, and write them into a table to accept.

    OLD is two files, the source language first (.docx, .pdf, .html, .txt), or one table with a column for each
    language (.xlsx, .ods). Open the table, write "yes" beside each pair that is right, and give it to `memory take`.
    """
    if len(files) > 2:
        raise click.UsageError("Give two leaflets, the source language first, or one table.")
    from campaign.project import write_atomic
    from campaign.translation.old_leaflets import offer

    made = offer(options.project(ctx), language, files)
    path = output or Path(ctx.obj) / f"memory-{language}.xlsx"
    write_atomic(path, made.data)
    click.echo(f"{path}: {made.pairs} pairs, {made.good} of them good; {made.alone} sentences without a counterpart.")


@command.command("take", epilog='Example: campaign memory take memory-ar.xlsx --name "A. Haddad"')
@click.argument("file", type=_FILE)
@click.option("--name", type=options.NAME, required=True, help="Who accepts the pairs: a name or a pseudonym.")
@click.pass_context
def take(ctx: click.Context, *, file: Path, name: str) -> int:
    """Keep the pairs that were accepted in a table of `memory align`.

    They lie in locales/LANG/memory.po with their origin. A sentence of the campaign that has no text and the same
    source gets theirs as a draft; `draft` and the review page show them for sentences much like it. Nothing is signed.
    """
    from campaign.translation.old_leaflets import accept

    taken = accept(options.project(ctx), file, name, date.today())
    for text in taken.refused:
        click.echo(printable(f"not taken: {text}"), err=True)
    click.echo(
        f"{taken.locale}: {taken.new} pairs accepted, {taken.known} known before, {taken.left} left; "
        f"{taken.drafted} sentences got a draft from them, {len(taken.refused)} not taken."
    )
    return 1 if taken.refused else 0
