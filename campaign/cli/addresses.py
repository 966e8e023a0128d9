"""campaign addresses: where each page is on the web site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable

if TYPE_CHECKING:
    from campaign.workspace.selection import Selection


@click.command("addresses", epilog="Example: campaign addresses --country BE --lang ar")
@options.contents
@options.as_json
@click.pass_context
def command(ctx: click.Context, *, chosen: Selection, as_json: bool) -> None:
    """Print the address of each page. It names no audience and no language, so nothing else tells you which page it is.

    `mul` is the page on which readers choose their language. The address of a page stays the same in every edition.
    """
    from campaign import config
    from campaign.model.web_address import MANY

    campaign = config.load(options.project(ctx))
    resolved = chosen.resolve(campaign)
    locales = resolved.locales if chosen.locales else (MANY, *resolved.locales)
    rows = [
        {
            "country": country,
            "audience": audience,
            "language": locale,
            "address": campaign.page(country, locale, audience),
        }
        for country in resolved.countries
        for audience in resolved.audiences
        for locale in locales
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(printable(f"{row['address']}  {row['country']}/{row['language']}/{row['audience']}"))
