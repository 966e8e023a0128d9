"""campaign init: a fresh workspace with what was asked for, from the starter that the package carries."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.errors import CampaignError

if TYPE_CHECKING:
    from campaign.shaping.start import Wanted


@click.command(
    "init", epilog="Example: campaign init my-campaign --country ES --lang es,ar,ro --audience seasonal-workers"
)
@click.argument("directory", type=click.Path(path_type=Path))
@click.option(
    "--country", "countries", multiple=True, callback=options.names, metavar="CODES", help="Countries: ES or ES,PT."
)
@click.option("--lang", "tags", multiple=True, callback=options.names, metavar="TAGS", help="Languages: es,ar,ro.")
@click.option("--source", default="", metavar="TAG", help="The language that you write in; en when left out.")
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    callback=options.names,
    metavar="NAMES",
    help="Whom it is for; a name that the reference campaign lacks gets a message to fill in.",
)
@click.option("--name", default="", metavar="TEXT", help="Name of the campaign.")
@click.option("--organisation", default="", metavar="TEXT", help="Who hands it out: printed beside the logo.")
@click.option("--logo", type=click.Path(path_type=Path), help="Your logo: SVG, PNG or JPEG.")
@click.option("--colour", default="", metavar="#RRGGBB", help="The main colour, like #7A1F3D.")
@click.option("--crisis", default="", metavar="NAME", help="pandemic, flood, conflict or heat; none when left out.")
@click.option("--empty", is_flag=True, help="No texts of the reference campaign: messages to fill in.")
def command(
    directory: Path,
    *,
    countries: tuple[str, ...],
    tags: tuple[str, ...],
    source: str,
    audiences: tuple[str, ...],
    name: str,
    organisation: str,
    logo: Path | None,
    colour: str,
    crisis: str,
    empty: bool,
) -> None:
    """Write a fresh workspace into DIRECTORY: messages, catalogues, contacts, pictures and layouts to start from.

    Without options it is the reference campaign, or on a terminal you are asked. With options it holds what they name
    and nothing else.
    """
    from campaign.shaping.start import Wanted, lay_out

    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CampaignError.single("is not an empty folder", where=str(directory), todo="choose a new name")
    wanted = Wanted(countries, tags, audiences, name, organisation, logo, colour, crisis, empty, source)
    if wanted.whole and sys.stdin.isatty() and sys.stdout.isatty():
        wanted = _asked()
    directory.parent.mkdir(parents=True, exist_ok=True)
    # Made beside its place and moved there whole: an interrupted init leaves nothing that looks like a workspace.
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".campaign-init-") as temporary:
        fresh = Path(temporary).resolve() / "workspace"
        fresh.mkdir()
        lay_out(fresh, wanted, date.today())
        if directory.exists():
            # The folder may be the one that the user stands in: it is filled, campaign.toml last.
            for piece in sorted(fresh.iterdir(), key=lambda piece: piece.name == "campaign.toml"):
                piece.rename(directory / piece.name)
        else:
            fresh.rename(directory)
    _next(directory)


def _asked() -> Wanted:
    """What somebody at a terminal wants; Enter takes what the reference campaign has."""
    from campaign.shaping.start import Wanted, offered

    shipped = offered()
    click.echo("Which campaign is it to be? Enter takes all that the reference campaign has.")

    def names(question: str) -> tuple[str, ...]:
        answer = click.prompt(question, default="", show_default=False)
        return tuple(dict.fromkeys(part.strip() for part in answer.split(",") if part.strip()))

    organisation = click.prompt("Who hands it out (organisation)", default="", show_default=False)
    countries = names("Countries, like ES or ES,PT")
    tags = names("Languages of the readers, like es,ar,ro")
    source = click.prompt("Language that you write in, like en", default="", show_default=False).strip()
    click.echo(f"Audiences that have a text: {', '.join(shipped)}")
    audiences = names("Audiences, from the list or a name of your own")
    return Wanted(countries, tags, audiences, organisation=organisation, source=source)


def _next(directory: Path) -> None:
    """What to do first in this workspace."""
    from campaign.project import Project
    from campaign.shaping import settings
    from campaign.shaping.audiences import written

    project = Project(directory.resolve())
    steps = [] if directory.resolve() == Path.cwd() else [f"cd {directory}"]
    empty = [str(record.get("id")) for record in settings.contacts(project) if not record.get("number")]
    steps += [f'campaign add contact {name} --name "…" --number …' for name in empty]
    unwritten = [name for name in settings.table(project, "audiences") if not written(project, name)]
    steps += [f"write templates/messages/{name}.j2, then: campaign extract" for name in unwritten]
    country, audience = settings.listed(project, "countries")[0], next(iter(settings.table(project, "audiences")))
    steps += [
        f"campaign preview {country}/{settings.listed(project, 'languages')[:2][-1]}/{audience}",
        "campaign status",
    ]
    click.echo("\n".join([f"Made {directory}. Next:", *(f"  {step}" for step in steps)]))
