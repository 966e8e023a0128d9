"""campaign status: what is signed, draft, stale and missing."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options

if TYPE_CHECKING:
    from campaign.model.state import State
    from campaign.reporting.status import LanguageStatus, Status
    from campaign.workspace.selection import Selection


@click.command("status", epilog="Example: campaign status --country BE --lang ar")
@options.selection
@click.option(
    "--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Also write one page for a meeting."
)
@click.option(
    "--png", "picture", type=click.Path(dir_okay=False, path_type=Path), help="Also write the heat map for slides."
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit 1 when a smaller part of the planned items is signed.",
)
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    *,
    chosen: Selection,
    page: Path | None,
    picture: Path | None,
    fail_under: float | None,
    as_json: bool,
) -> int:
    """Show, per language, how many items and sentences are signed, draft, stale or missing.

    An item is as far as its least finished sentence, the sheet of a place as its least finished language.
    """
    from campaign import languages
    from campaign.model.state import State
    from campaign.reporting.status import status

    found = status(options.project(ctx), chosen, date.today())
    states = (State.SIGNED, State.DRAFT, State.STALE, State.MISSING)
    if as_json:
        click.echo(json.dumps(_told_to_programs(found, states), ensure_ascii=False, indent=1))
        return _pages(ctx, chosen, page, picture, fail_under, quiet=True)
    click.echo(
        f"{'language':24}{'items:':>8}" + "".join(f"{state.value:>9}" for state in states) + "   sentences signed"
    )
    for row in found.languages:
        name = f"{row.locale} {languages.get(row.locale).english}"
        counts = "".join(f"{row.count(state):>9}" for state in states)
        click.echo(
            f"{name[:23]:24}{len(row.items):>8}{counts}   {row.units[State.SIGNED.value]} of {row.units.total()}"
        )
    for row in found.languages:
        for said in _told(row):
            click.echo(f"{row.locale}: {said}")
    for sheet in found.sheets:
        waits = f"; not signed: {', '.join(sheet.waits_for)}" if sheet.waits_for else ""
        click.echo(f"{sheet.wall.id} ({sheet.wall.name}), {sheet.layout}: {sheet.state.value}{waits}")
    if found.contacts:
        click.echo("\nContacts that stop a release:")
    for finding in found.contacts:
        click.echo(f"  {finding.where.rpartition(': ')[2]}: {finding.gist}")
    for text in (*map(str, found.failed), *found.notes):
        click.echo(f"note: {text}", err=True)
    return _pages(ctx, chosen, page, picture, fail_under, quiet=False)


def _told_to_programs(found: Status, states: Sequence[State]) -> dict[str, object]:
    """The same as JSON."""
    rows = [
        {
            "language": row.locale,
            **{state.value: row.count(state) for state in states},
            "signed_earlier": row.earlier,
            "keys": row.keys,
            "machine_unread": row.unread,
            "signed_by_sentences": row.sentences,
            "open_objections": row.objections,
            "wait_for_a_second_person": row.waits,
            "nobody": row.nobody,
            "items": [
                {"audience": job.audience, "channel": job.channel, "country": job.country, "state": state.value}
                for job, state in row.items
            ],
        }
        for row in found.languages
    ]
    places = [
        {"place": each.wall.id, "format": each.layout, "state": each.state.value, "languages": dict(each.panels)}
        for each in found.sheets
    ]
    return {"languages": rows, "places": places}


def _told(row: LanguageStatus) -> Iterator[str]:
    """What is to be known of a language beside its counts."""
    if row.unread:
        yield f"{row.unread} sentences are machine drafts that nobody has read"
    yield from _people(row)
    if row.keys:
        yield f"signatures: {row.keys}"
    if row.earlier:
        yield (
            f"{row.earlier} of the signed items were signed before a signature kept the order of "
            "sentences, pictures and layouts: a change of these shows once they are signed again"
        )


def _people(row: LanguageStatus) -> Iterator[str]:
    """What a language waits for from people."""
    if row.nobody:
        yield row.nobody
    if row.objections:
        yield f"{row.objections} objections are open: campaign review open {row.locale}"
    if row.waits:
        yield f"{row.waits} signed sentences wait for a second person: campaign review waiting {row.locale}"
    if row.sentences:
        yield f"{row.sentences} of the signed items nobody signed as a whole, as they are laid out"


def _pages(
    ctx: click.Context, chosen: Selection, page: Path | None, picture: Path | None, least: float | None, *, quiet: bool
) -> int:
    """The page, the picture, the reminders and the exit code."""
    from campaign.reporting import overview

    project, today = options.project(ctx), date.today()
    if page is None and picture is None and least is None:
        if not quiet:
            for reminder in overview.reminders(project, today):
                click.echo(f"reminder: {reminder}", err=True)
        return 0
    found = overview.overview(project, chosen, today)
    if not quiet:
        for reminder in found.reminders:
            click.echo(f"reminder: {reminder}", err=True)
    if page or picture:
        from campaign.project import write_atomic
        from campaign.reports import heatmap, write

        rows = [(row.locale, row.english) for row in found.left]
        title = f"{found.campaign.name}: {found.percent:.0f} % of the planned items are signed"
        image = heatmap.draw(
            title,
            found.chosen.channels,
            rows,
            found.chosen.audiences,
            found.cells,
            found.campaign.brand.palette["primary"],
        )
        if picture:
            write_atomic(picture, image)
        if page:
            write(
                page,
                "status",
                brand=found.campaign.brand.palette,
                overview=found,
                today=today,
                looks=list(heatmap.LOOKS.items()),
                words=heatmap.WORDS,
                picture=base64.b64encode(image).decode(),
            )
    if least is not None and found.percent < least:
        click.echo(f"{found.percent:.1f} % of the planned items are signed, less than {least:g} %.", err=True)
        return 1
    return 0
