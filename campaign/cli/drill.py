"""campaign drill: rehearse an emergency."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import click

from campaign.cli import options
from campaign.cli.main import printable


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

    Forms and messages are made in scratch, to measure the machine's part; the steps that people have to take are
    listed: sentences to sign, words of dates to write, contacts to check. Nothing is sent. Do it once a year.
    """
    from campaign import languages
    from campaign.reporting.drill import rehearse, save

    project = options.project(ctx)
    report = rehearse(project, scenario, country, locales, date.today())
    path = save(project, report)
    if as_json:
        document = asdict(report) | {"on": report.on.isoformat(), "page": project.name(path)}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    click.echo(f"{report.drill.name}, {country}, {report.on}. An exercise: nothing was sent.")
    for one in report.languages:
        state = "could go out now" if one.ready else f"{one.unsigned} sentences to sign"
        more = f", {one.dates} words of dates to write" if one.dates else ""
        faults = sum(len(part.faults) for part in one.parts)
        more += f", {faults} other things in the way" if faults else ""
        name = languages.get(one.locale).english
        click.echo(printable(f"  {name:24} {state}{more}; the machine takes {one.seconds:.1f} s"))
    for step in report.contacts:
        click.echo(printable(f"  contact: {step}"))
    out = ", ".join(languages.get(one.locale).english for one in report.left_out) or "nobody"
    click.echo(printable(f"Left out today: {out}."))
    click.echo(project.name(path))
    return 0
