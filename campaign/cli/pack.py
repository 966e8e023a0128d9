"""campaign pack: one ZIP for each country and receiver."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from campaign import exports
from campaign.cli import options
from campaign.cli.main import printable
from campaign.errors import CampaignError

if TYPE_CHECKING:
    from campaign.delivery.operator_zip import OperatorZip
    from campaign.delivery.printer_zip import Printed
    from campaign.model.edition import Edition
    from campaign.project import Project
    from campaign.workspace.selection import Selection

#: How many lines of a failed preflight are shown.
SHOWN = 12

_RELEASE = click.option("--release", is_flag=True, help="Pack the release edition instead of the review edition.")


@click.group("pack", epilog="Example: campaign pack sms --country BE --release")
def command() -> None:
    """Make one ZIP for each country and receiver, from what was built.

    Without --release the drafts of the review edition are packed: every text in them begins with DRAFT.
    """


@command.command(
    "sms", help=f"For SMS operators: {exports.words()}.", epilog="Example: campaign pack sms --country BE --release"
)
@options.contents
@_RELEASE
@options.as_json
@click.pass_context
def sms(ctx: click.Context, *, chosen: Selection, release: bool, as_json: bool) -> None:
    """Pack what SMS operators upload."""
    from campaign.delivery import operator_zip

    project = options.project(ctx)
    _say(project, operator_zip.sms(project, _edition(release), chosen, date.today()), as_json)


@command.command("social", epilog="Example: campaign pack social --country BE --lang ar --release")
@options.contents
@_RELEASE
@options.as_json
@click.pass_context
def social(ctx: click.Context, *, chosen: Selection, release: bool, as_json: bool) -> None:
    """For whoever posts: texts for each platform, cards, descriptions, contact sheets, and posts.csv."""
    from campaign.delivery import operator_zip

    project = options.project(ctx)
    _say(project, operator_zip.social(project, _edition(release), chosen, date.today()), as_json)


@command.command("web", epilog="Example: campaign pack web --release")
@options.contents
@_RELEASE
@options.as_json
@click.pass_context
def web(ctx: click.Context, *, chosen: Selection, release: bool, as_json: bool) -> None:
    """For whoever runs the web site: pages in folders named as their addresses. Unpack it at base_url."""
    from campaign.delivery import operator_zip

    project = options.project(ctx)
    _say(project, operator_zip.web(project, _edition(release), chosen, date.today()), as_json)


@command.command("voice", epilog="Example: campaign pack voice --lang ar --release")
@options.contents
@_RELEASE
@options.as_json
@click.pass_context
def voice(ctx: click.Context, *, chosen: Selection, release: bool, as_json: bool) -> None:
    """For messengers, radio, telephone systems and RapidPro: voice messages, prompts, flows, spots, voice.csv."""
    from campaign.delivery import operator_zip

    project = options.project(ctx)
    _say(project, operator_zip.voice(project, _edition(release), chosen, date.today()), as_json)


@command.command(
    "printer", epilog="Example: campaign pack printer --proof --lang ar --audience migrants --format trifold-a4"
)
@options.selection
@click.option("--profile", default="", metavar="NAME", help="A [print.NAME] of campaign.toml; the first one otherwise.")
@click.option("--format", "formats", multiple=True, metavar="ID", help="Only this format; can be given several times.")
@click.option("--proof", is_flag=True, help="Pack what is not signed too, with PROOF stamped on every page.")
@options.workers
@click.pass_context
def printer(
    ctx: click.Context, *, chosen: Selection, profile: str, formats: tuple[str, ...], proof: bool, jobs: int
) -> int:
    """Everything a print shop needs in one ZIP a country and language: press PDFs, TIFFs, job ticket, preflight report.

    Without --proof everything must be signed, verified and unexpired; else nothing is written. A job whose text does
    not fit, or that fails preflight, is left out and named; the others are packed.
    """
    from campaign.delivery.printer_zip import pack_printer

    project = options.project(ctx)
    made = pack_printer(
        project,
        selection=chosen,
        formats=formats,
        profile=profile,
        proof=proof,
        workers=jobs,
        today=date.today(),
        progress=options.progress("printing"),
    )
    return _printed(project, made)


@command.command("office", epilog="Example: campaign pack office --proof --lang ar --audience migrants")
@options.selection
@click.option("--format", "formats", multiple=True, metavar="ID", help="Only this format; can be given several times.")
@click.option("--paper", type=click.Choice(["A4", "Letter"]), help="The paper; otherwise the one that a format fills.")
@click.option("--colour", is_flag=True, help="In colour, not in black that spares ink.")
@click.option("--proof", is_flag=True, help="Pack what is not signed too, with PROOF stamped on every page.")
@options.workers
@click.pass_context
def office(
    ctx: click.Context,
    *,
    chosen: Selection,
    formats: tuple[str, ...],
    paper: str | None,
    colour: bool,
    proof: bool,
    jobs: int,
) -> int:
    """Sheets for the printer of an office in one ZIP a country and language: several on each, little ink, both sides.

    README.txt in it says how to print, cut and fold. The same gate as for a printer: without --proof everything is
    signed, verified and unexpired. Formats that are larger than the paper are left out.
    """
    from campaign.delivery.printer_zip import pack_printer
    from campaign.press.office import Office

    project = options.project(ctx)
    made = pack_printer(
        project,
        selection=chosen,
        formats=formats,
        profile="",
        proof=proof,
        workers=jobs,
        today=date.today(),
        progress=options.progress("printing"),
        office=Office(paper or "", colour),
    )
    return _printed(project, made)


@command.command("wall", epilog="Example: campaign pack wall station --proof")
@click.argument("walls", nargs=-1, metavar="[PLACE]...")
@click.option("--profile", default="", metavar="NAME", help="A [print.NAME] of campaign.toml; the first one otherwise.")
@click.option("--proof", is_flag=True, help="Pack what is not signed too, with PROOF stamped on every page.")
@click.pass_context
def wall(ctx: click.Context, *, walls: tuple[str, ...], profile: str, proof: bool) -> int:
    """Sheets of several languages for a place, as [walls.PLACE] of campaign.toml names them: one ZIP a place.

    A sheet is as far as its least finished language: without --proof each of them must be signed, verified and
    unexpired, or the sheet is left out and named. In a proof every language that is not signed says so.
    """
    from campaign.delivery.wall_zip import pack_walls

    project = options.project(ctx)
    made = pack_walls(
        project, walls=walls, profile=profile, proof=proof, today=date.today(), progress=options.progress("printing")
    )
    return _printed(project, made)


def _printed(project: Project, made: Printed) -> int:
    """Say what was packed for printers, and what fails preflight; raise CampaignError for what was left out."""
    failed = [line for item in made.zips for line in item.failed]
    for item in made.zips:
        click.echo(f"{project.name(item.path)}: {item.jobs} jobs, {item.path.stat().st_size / 1e6:.1f} MB")
    for line in failed[:SHOWN]:
        click.echo(f"preflight: {printable(line)}", err=True)
    if len(failed) > SHOWN:
        click.echo(f"preflight: and {len(failed) - SHOWN} more; preflight.html in the pack lists them all", err=True)
    if made.refused:
        raise CampaignError(made.refused)
    return 0


def _edition(release: bool) -> Edition:
    from campaign.model.edition import Edition

    return Edition.RELEASE if release else Edition.REVIEW


def _say(project: Project, packs: tuple[OperatorZip, ...], as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "path": project.name(pack.path),
                "country": pack.country,
                "files": pack.files,
                "draft": pack.draft,
            }
            for pack in packs
        ]
        click.echo(json.dumps({"packs": rows}, ensure_ascii=False, indent=1))
        return
    for pack in packs:
        click.echo(f"{project.name(pack.path)}: {pack.files} files")
    if any(pack.draft for pack in packs):
        click.echo("note: these are drafts for review; do not send or publish them", err=True)
