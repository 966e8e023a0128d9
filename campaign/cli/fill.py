"""campaign fill: a form filled in, laid out in two languages and read back, for an office that speaks neither."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.errors import CampaignError

if TYPE_CHECKING:
    from campaign.forms.fill import Asked
    from campaign.forms.filled import Desk

#: The most that standard input may hold: no form has more.
_LARGEST = 100_000


@click.command("fill", epilog="Example: campaign fill hearing --lang ti --country BE --to ~/letters < letter.json")
@click.argument("form", metavar="FORM")
@click.option("--lang", metavar="LANG", required=True, help="The reader's language.")
@click.option(
    "--country", metavar="COUNTRY", required=True, help="The country of the office: its contacts and holidays."
)
@click.option(
    "--beside", metavar="LANG", default="", help="The office's language; the campaign's source language if left out."
)
@click.option("--alone", is_flag=True, help="The reader's language alone.")
@click.option("--large-print", is_flag=True, help="Also a sheet in large print.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the files go: a folder outside of the workspace.",
)
@click.option(
    "--sample",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write sheets with values of nobody, as drafts, for whoever signs the form.",
)
@click.option(
    "--cap",
    type=click.Choice(("actual", "exercise")),
    help="Of a public emergency: also a CAP 1.2 alert, in every language that is signed.",
)
@click.option("--page", is_flag=True, help="Open a page on this computer to type the values in.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    form: str,
    lang: str,
    country: str,
    beside: str,
    alone: bool,
    large_print: bool,
    folder: Path | None,
    sample: Path | None,
    page: bool,
    cap: str | None,
) -> int:
    """Fill FORM in: JSON on standard input, never on the command line, which every user of the computer can read.

    {"values": {"day": "2026-12-11", "time": "14:30"}, "again": {"day": "2026-12-11"}}: `again` is what a second person
    typed from the original. Nothing of it is kept but the files in the folder.
    """
    from campaign.forms.fill import Asked
    from campaign.forms.filled import Desk
    from campaign.workspace import loader

    project = options.project(ctx)
    space = loader.load(project)
    office = "" if alone else beside or space.campaign.source_language
    asked = Asked(form, lang, country, office, ("a5", "a4", *(("large",) if large_print else ())), cap or "")
    desk = Desk.of(space)
    if sum(map(bool, (folder, sample, page))) != 1:
        raise click.UsageError("Give --to FOLDER with JSON on standard input, or --page, or --sample FOLDER.")
    if sample:
        return _sample(desk, asked, sample)
    if page:
        return _page(desk, asked)
    assert folder is not None  # noqa: S101 - one of the three
    return _fill(desk, asked, folder)


def _fill(desk: Desk, asked: Asked, folder: Path) -> int:
    from campaign.forms.fill import checked, fill, form_of, write
    from campaign.forms.unsaid import unsaid

    form_of(desk, asked)
    with unsaid():
        typed, again = _typed()
        found = checked(desk, asked, typed, again, date.today())
        for warning in found.warnings:
            click.echo(f"look: {warning}", err=True)
        if found.problems:
            raise CampaignError(found.problems)
        made = fill(desk, asked, found.values, date.today())
        for path in write(desk.space.project, folder, made):
            click.echo(path)
    click.echo(f"Form {made.own_id}. Keep this number, not the letter: campaign recall {made.own_id}")
    return 0


def _typed() -> tuple[dict[str, object], dict[str, object]]:
    """What stands on standard input.

    Raises:
        CampaignError: no JSON of the right form.
    """
    text = sys.stdin.read(_LARGEST + 1)
    like = 'write {"values": {"day": "2026-12-11"}, "again": {"day": "2026-12-11"}}'
    try:
        found = json.loads(text) if len(text) <= _LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not {*found} <= {"values", "again"}:
        raise CampaignError.single("is not the JSON of a form", where="standard input", todo=like)
    values, again = found.get("values"), found.get("again", {})
    if not isinstance(values, dict) or not isinstance(again, dict):
        raise CampaignError.single("has no values", where="standard input", todo=like)
    return values, again


def _sample(desk: Desk, asked: Asked, folder: Path) -> int:
    from campaign.forms.fill import form_of, write
    from campaign.forms.show import samples

    form = form_of(desk, asked)
    for made in samples(desk, form, asked.locales, asked.country, asked.sizes):
        for path in write(desk.space.project, folder, made):
            click.echo(path)
    return 0


def _page(desk: Desk, asked: Asked) -> int:
    from campaign.forms.fill import form_of

    options.needs_extra("flask")
    from campaign.webapp.form_page import serve

    form_of(desk, asked)

    def ready(address: str) -> None:
        click.echo(f"The form: {address}")
        click.echo("It answers on this computer only, to one browser. Stop it with Ctrl+C.")
        sys.stdout.flush()

    serve(desk, asked, ready=ready)
    return 0
