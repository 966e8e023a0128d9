"""campaign review log: what was said of a language, on the screen or as an audit report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from campaign.cli import options
from campaign.cli.main import printable


@click.command("log", epilog="Example: campaign review log ar --html audit-ar.html")
@click.argument("language", metavar="LANG")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Write an audit report to this file instead."
)
@click.pass_context
def log(ctx: click.Context, *, language: str, html: Path | None) -> None:
    """Show who signed, rejected or commented what in LANG, oldest first."""
    from campaign import config, languages
    from campaign.ledger import ledger
    from campaign.project import write_atomic

    project = options.project(ctx)
    config.load(project)  # the workspace may describe languages of its own
    tag = languages.get(language).tag
    if html:
        from campaign.review.history_report import audit_report

        write_atomic(html, audit_report(project, tag, date.today()).encode())
        click.echo(f"{html}: written.")
        return
    path = project.ledger(tag)
    book = ledger.read(path, project.name(path))
    for event in book.events:
        more = (f"for {event.whose}:" if event.whose else "", f"at {event.at}:" if event.at else "", event.remark)
        about = event.unit_key or _named(event.re)
        what = f"{event.reviewer} ({event.role}) {about} {' '.join(filter(None, more))}"
        # Whatever a ledger of others holds: one event is one line.
        said = f"{event.id[:12]} {event.on} {event.verdict:7} {' / '.join(what.splitlines())}"
        click.echo(printable(said.rstrip()))
    click.echo(f"{len(book.events)} events.")
    if book.torn:
        click.echo(f"note: {project.name(path)}: the last line is torn; the next event sets it aside", err=True)


def _named(ids: tuple[str, ...]) -> str:
    return f"{len(ids)} events" if ids else ""
