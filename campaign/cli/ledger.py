"""campaign ledger: copies of signatures and releases as one, and what they prove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.errors import Problem

if TYPE_CHECKING:
    from campaign.ledger.ledger import Ledger
    from campaign.project import Project


@click.group("ledger", epilog="Example: campaign ledger verify")
def command() -> None:
    """The records of signatures, packs and releases: unite copies of them, and look whether they are whole."""


@command.command("merge", epilog="Example: campaign ledger merge /media/stick/reviews.jsonl")
@click.argument("copies", metavar="[FILE]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--lang", "language", default="", metavar="LANG", help="Whose it is, when a copy shares no line with ours."
)
@click.pass_context
def merge(ctx: click.Context, *, copies: tuple[Path, ...], language: str) -> None:
    """Bring every line of the copies into the records of this workspace, each once; nothing is lost or invented.

    For copies on sticks, conflict copies of shared folders and files in which a merge left its markers. Without FILE
    every record of the workspace is put in order. Plain git needs none of this: it unites them by itself.
    """
    from campaign import config
    from campaign.workspace.unite import unite

    project = options.project(ctx)
    for found in unite(project, config.load(project).languages, copies, language):
        aside = f", {found.aside} bad lines set aside in {found.name}.torn" if found.aside else ""
        click.echo(f"{found.name}: {found.lines} lines, {found.new} of them new{aside}.")


@command.command("verify", epilog="Example: campaign ledger verify printer_BE_de_offset.zip")
@click.argument("packs", metavar="[ZIP]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--accept", is_flag=True, help="Take what is here as all there is: after an older branch was checked out."
)
@click.pass_context
def verify(ctx: click.Context, *, packs: tuple[Path, ...], accept: bool) -> int:
    """Say of every record whether each line is what its author wrote, and whether all that was relied on is here.

    No hash stops somebody who rewrites every copy of a record. Copies elsewhere do: every clone, and every pack that
    was delivered. A ZIP of a release tells on which lines it relied: name one that a printer, an operator or a web host
    still has, and it is asked too; those in output/packs are asked always.
    """
    from campaign import config
    from campaign.workspace import records, seals

    project = options.project(ctx)
    campaign = config.load(project)
    books = records.ledgers(project, campaign.languages)
    if accept:
        records.note(project, books, all_there_is=True)
    wrong: list[Problem] = []
    for locale, book in books.items():
        if book.events:
            heads = ", ".join(head[:12] for head in book.heads)
            click.echo(f"{project.name(project.ledger(locale))}: {len(book.events)} events, heads {heads}")
            sealed = seals.read(project, locale, book)
            wrong += sealed.wrong
            for line in seals.said(sealed, seals.counting(book, campaign.trusted(locale))):
                click.echo(printable(f"  {line}"))
    found = (*records.faults(project, books), *wrong, *_gone(project, books, packs))
    for problem in found:
        click.echo(printable(f"error: {problem}"), err=True)
    if found:
        return 1
    records.note(project, books)
    click.echo(
        "Every line is as its author wrote it, and everything is here that a release, a delivery, a pack or this copy "
        "relied on.\nNot proved: who typed a name that is only claimed, and that nobody rewrote every copy."
    )
    return 0


def _gone(project: Project, books: Mapping[str, Ledger], packs: Iterable[Path]) -> Iterator[Problem]:
    """What delivered ZIPs relied on and is not here: of those that are named, and of those that lie here."""
    from campaign.ledger import witness
    from campaign.model.edition import Edition
    from campaign.workspace import records

    for path in packs:
        told = witness.read(path)
        if not told:
            what, todo = "tells no heads of ledgers", "name a ZIP of a release; drafts and earlier versions told none"
            yield Problem(str(path), what, todo)
        yield from records.gone(project, books, str(path), told)
    for path in project.files(project.packs(Edition.RELEASE), "*.zip"):
        yield from records.gone(project, books, project.name(path), witness.read(path))
