"""campaign catalogue: translations and glossaries for other programs and organisations, and theirs in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options, taken

if TYPE_CHECKING:
    from campaign.project import Project

#: The kinds of file by their endings.
ENDINGS = {"tmx": "tmx", "xliff": "xlf", "xliff2": "xlf", "tbx": "tbx"}


@click.group("catalogue", epilog="Example: campaign catalogue export ar --to xliff --drafts")
def command() -> None:
    """Exchange translations and glossaries with other programs and organisations."""


@command.command("export", epilog="Example: campaign catalogue export ar --to xliff --output ar.xlf")
@click.argument("language", metavar="LANG")
@click.option(
    "--to",
    "form",
    type=click.Choice(list(ENDINGS)),
    default="tmx",
    show_default=True,
    help="A memory (tmx), the whole catalogue (xliff 1.2, xliff2 for 2.0), or the glossary (tbx).",
)
@click.option("--drafts", is_flag=True, help="Also texts that nobody signed (tmx), or that wait for a look (xliff).")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file; LANG with the kind's ending here when left out.",
)
@click.pass_context
def export(ctx: click.Context, *, language: str, form: str, drafts: bool, output: Path | None) -> None:
    """Write the translations or the glossary of LANG for other programs and organisations.

    tmx holds the signed sentences, with who signed each and when. Another organisation takes them as proposals: a
    signature counts only in the campaign that it was given to. xliff holds every sentence to work on, with its state
    and its placeholders protected; import brings back what was written.
    """
    from campaign.project import write_atomic

    data, said = _made(options.project(ctx), language, form, drafts=drafts)
    path = output or Path(ctx.obj) / f"{language}.{ENDINGS[form]}"
    write_atomic(path, data)
    click.echo(f"{path}: {said}")


def _made(project: Project, language: str, form: str, *, drafts: bool) -> tuple[bytes, str]:
    """The bytes of a file, and what it holds."""
    if form == "tbx":
        from campaign.translation.glossary_exchange import export as terms

        glossary = terms(project, language)
        return glossary.data, f"{glossary.count} terms."
    if form == "tmx":
        from campaign.review.memory_out import memory

        made = memory(project, language, drafts=drafts)
        return made.data, f"{made.count} sentences, {made.signed} of them signed."
    from datetime import date

    from campaign.review.export_bundle import export as pack
    from campaign.workspace.selection import Selection

    whole = pack(project, language, form, Selection(), date.today(), drafts=drafts)
    return whole.data, f"{whole.count} sentences."


@command.command("import", epilog="Example: campaign catalogue import ar.xlf")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", metavar="LANG", help="Which language to take, where the file holds several or names none.")
@click.pass_context
def import_(ctx: click.Context, *, file: Path, language: str | None) -> int:
    """Take a catalogue (XLIFF, PO), a memory (TMX) or a glossary (TBX) of another program or organisation.

    Texts come in as drafts, whoever signed them elsewhere; what is signed or agreed here stays.
    """
    from campaign.translation import glossary_exchange

    project = options.project(ctx)
    if not glossary_exchange.is_tbx(file):
        return taken.take(project, file, language or "")
    found = glossary_exchange.take(project, file, language or "")
    taken.not_taken(found.refused)
    click.echo(f"{found.locale}: {found.new} terms new, {found.same} as they were, {len(found.refused)} not taken.")
    return 1 if found.refused else 0
