"""campaign init: a fresh workspace from the starter that the package carries."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from campaign.errors import CampaignError
from campaign.project import Project
from campaign.workspace import version_control

STARTER = ("campaign.toml", "contacts.toml", "templates", "locales", "assets", "glossary")


def starter() -> Path:
    """Where the starter lies: inside the installed package, or the checkout's root."""
    package = Path(__file__).resolve().parents[1]
    return package / "starter" if (package / "starter").is_dir() else package.parent


@click.command("init", epilog="Example: campaign init my-campaign")
@click.argument("directory", type=click.Path(path_type=Path))
def command(directory: Path) -> None:
    """Write a fresh workspace into DIRECTORY: messages, catalogues, contacts, pictures and layouts to start from.

    It is the reference campaign. Change what you need, verify the contacts, and build.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CampaignError.single("is not an empty folder", where=str(directory), todo="choose a new name")
    directory.parent.mkdir(parents=True, exist_ok=True)
    # Made beside its place and moved there whole: an interrupted init leaves nothing that looks like a workspace.
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".campaign-init-") as temporary:
        fresh = Path(temporary) / "workspace"
        fresh.mkdir()
        for name in STARTER:
            source = starter() / name
            if source.is_dir():
                shutil.copytree(source, fresh / name, ignore=shutil.ignore_patterns(".*"))
            elif source.is_file():
                shutil.copyfile(source, fresh / name)
        version_control.write(Project(fresh), fresh=True)
        if directory.exists():
            # The folder may be the one that the user stands in: it is filled, campaign.toml last.
            for piece in sorted(fresh.iterdir(), key=lambda piece: piece.name == "campaign.toml"):
                piece.rename(directory / piece.name)
        else:
            fresh.rename(directory)
    here = directory.resolve() == Path.cwd()
    click.echo(
        f"Made {directory}. Next:\n"
        + ("" if here else f"  cd {directory}\n")
        + "  campaign build --country BE --audience migrants\n  campaign status"
    )
