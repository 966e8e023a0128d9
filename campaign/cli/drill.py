"""campaign drill: rehearse an emergency."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable

if TYPE_CHECKING:
    from campaign.reporting.drill import Rehearsed


@click.command("drill", epilog="Example: campaign drill lockdown --country BE")
@click.argument("scenario", metavar="SCENARIO")
@click.option("--country", metavar="COUNTRY", required=True, help="Where the emergency is.")
@click.option(
    "--lang", "locales", metavar="LANG", multiple=True, help="Only this language; more than one can be given."
)
@options.as_json
@click.pass_context
def command(ctx: click.Context, *, scenario: str, country: str, locales: tuple[str, ...], as_json: bool) -> int:
    """Say what could go out now, in which languages, if SCENARIO ([drills.<id>] of campaign.toml) began today.

    Forms (A5 and A4), leaflets and text messages are made in scratch, to measure the machine's part; the steps that
    people have to take are listed: sentences to sign, words of dates to write, contacts to check. Nothing is sent.
    Do it once a year.
    """
    from campaign import languages
    from campaign.reporting.drill import rehearse, save

    project = options.project(ctx)
    report = rehearse(project, scenario, country, locales, date.today())
    path = save(project, report)
    if as_json:
        click.echo(json.dumps(report.as_data() | {"page": project.name(path)}, ensure_ascii=False, indent=1))
        return 0
    click.echo(f"{report.drill.name}, {country}, {report.on}. An exercise: nothing was sent.")
    for one in report.languages:
        name = languages.get(one.locale).english
        click.echo(printable(f"  {name:24} {_state(one)}; the machine takes {one.seconds:.1f} s"))
    click.echo(
        f"The machine takes {report.seconds:.0f} s for all. The steps above are people's, and nobody can time them."
    )
    for step in report.contacts:
        click.echo(printable(f"  contact: {step}"))
    for what, those in (("Only a part today", report.partly), ("Left out today", report.left_out)):
        names = ", ".join(languages.get(one.locale).english for one in those)
        if names or those is report.left_out:
            click.echo(printable(f"{what}: {names or 'nobody'}."))
    click.echo(project.name(path))
    return 0


def _state(one: Rehearsed) -> str:
    """What could go out in a language, and what people have to do first."""
    if one.ready:
        return "could go out now"
    steps = [
        f"{count} {words if count != 1 else word}"
        for count, word, words in (
            (one.unsigned, "sentence to sign", "sentences to sign"),
            (one.dates, "word of dates to write", "words of dates to write"),
            (sum(len(part.faults) for part in one.parts), "other thing in the way", "other things in the way"),
        )
        if count
    ]
    return ", ".join(steps) + (f"; {', '.join(one.some)} could go out now" if one.some else "")
