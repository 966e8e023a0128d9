"""What was taken from a file that came back, said on the terminal by every command that takes one."""

from __future__ import annotations

from pathlib import Path

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.project import Project


def take(project: Project, file: Path, language: str) -> int:
    """Take the answers or proposals of a file and say what became of them; the exit code.

    Raises:
        CampaignError: nothing of the file can be taken.
    """
    if file.suffix.casefold() == ".xlsx":
        options.needs_extra("openpyxl")
    from datetime import date

    from campaign.review.import_bundle import take as read

    taken = read(project, file, date.today(), language)
    for text in taken.cleaned:
        click.echo(printable(f"note: {text}"), err=True)
    not_taken(taken.refused)
    kept = [each for each in taken.read_aloud if not each.problem]
    for each in kept:
        for said in each.findings:
            click.echo(printable(f"note: {each.words}: {said}"), err=True)
    click.echo(
        f"{taken.locale}: {taken.texts} texts changed, {taken.signed} signed, {taken.comments} comments, "
        f"{taken.same} as they were, {len(taken.refused)} not taken."
    )
    if taken.read_aloud:
        todo = f"campaign voice status --lang {taken.locale}"
        click.echo(f"{len(kept)} of {len(taken.read_aloud)} recordings kept. What is still to be read: {todo}")
    if taken.idle:
        click.echo(f"{taken.idle} pairs of the memory change no text here.")
    return 1 if taken.refused else 0


def not_taken(refused: tuple[str, ...]) -> None:
    """Name what was not taken, with its reasons."""
    for text in refused:
        click.echo(printable(f"not taken: {text}"), err=True)
