"""campaign plan: which language or audience to do next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options

if TYPE_CHECKING:
    from campaign.workspace.selection import Selection

SHOWN = 15


@click.command("plan", epilog="Example: campaign plan --weights people.csv --country BE")
@options.selection
@click.option(
    "--weights",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Table of people: audience,<tag>,<tag>… and a line per audience.",
    show_default="weights.csv of the workspace",
)
@options.as_json
@click.pass_context
def command(ctx: click.Context, *, chosen: Selection, weights: Path | None, as_json: bool) -> None:
    """List what to do next: the messages, languages and audiences that leave most people out.

    Where two leave out as many, the one with fewer words to sign comes first. 0 people means that nothing is planned.
    """
    from campaign import languages
    from campaign.reporting.next_steps import plan

    found = plan(options.project(ctx), chosen, weights)
    for name in found.unlisted:
        click.echo(f"{name}: has no line in the table of people: nothing is planned for it", err=True)
    if as_json:
        document = {
            "weighed": found.weighed,
            "unlisted": found.unlisted,
            "steps": [
                {
                    "language": step.locale,
                    "audience": step.audience,
                    "people": step.people,
                    "units": step.units,
                    "words": step.words,
                }
                for step in found.steps
            ],
            "languages": [{"language": n, "people": people, "words": words} for n, people, words in found.languages],
            "audiences": [{"audience": n, "people": people, "words": words} for n, people, words in found.audiences],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    if not found.weighed:
        click.echo("No table of people: every message counts as one person. Add weights.csv to weigh them.", err=True)
    if not found.steps:
        click.echo("Nothing is left: every planned message is signed.")
        return
    click.echo("next language (people left out, words to sign):")
    for tag, people, words in found.languages:
        click.echo(f"  {tag:9}{languages.get(tag).english[:24]:25}{people:>10}{words:>8}")
    click.echo("next audience:")
    for audience, people, words in found.audiences:
        click.echo(f"  {audience:34}{people:>10}{words:>8}")
    click.echo("next message:")
    for step in found.steps[:SHOWN]:
        click.echo(f"  {step.locale:9}{step.audience:34}{step.people:>10}{step.words:>8}")
    if len(found.steps) > SHOWN:
        click.echo(f"  and {len(found.steps) - SHOWN} more; --json lists them all")
