"""campaign status: what is signed, draft, stale and missing."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from campaign.cli import options

if TYPE_CHECKING:
    from campaign.pipeline.selection import Selection


@click.command("status", epilog="Example: campaign status --country BE --lang ar")
@options.selection
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    *,
    chosen: Selection,
    as_json: bool,
) -> None:
    """Show, per language, how many items and sentences are signed, draft, stale or missing.

    An item is as far as its least finished sentence.
    """
    from campaign import languages
    from campaign.model import State
    from campaign.pipeline.status import status

    found = status(options.project(ctx), chosen, date.today())
    states = (State.SIGNED, State.DRAFT, State.STALE, State.MISSING)
    if as_json:
        rows = [
            {
                "language": row.locale,
                **{state.value: row.count(state) for state in states},
                "items": [
                    {"audience": job.audience, "channel": job.channel, "country": job.country, "state": state.value}
                    for job, state in row.items
                ],
            }
            for row in found.languages
        ]
        click.echo(json.dumps({"languages": rows}, ensure_ascii=False, indent=1))
        return
    click.echo(
        f"{'language':24}{'items:':>8}" + "".join(f"{state.value:>9}" for state in states) + "   sentences signed"
    )
    for row in found.languages:
        name = f"{row.locale} {languages.get(row.locale).english}"
        counts = "".join(f"{row.count(state):>9}" for state in states)
        click.echo(
            f"{name[:23]:24}{len(row.items):>8}{counts}   {row.units[State.SIGNED.value]} of {row.units.total()}"
        )
    if found.contacts:
        click.echo("\nContacts that stop a release:")
    for finding in found.contacts:
        click.echo(f"  {finding.detail.partition(':')[0]}")
    for text in (*map(str, found.failed), *found.notes):
        click.echo(f"note: {text}", err=True)
