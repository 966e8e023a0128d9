"""campaign glossary: the agreed terms against the texts."""

from __future__ import annotations

import json

import click

from campaign.cli import options
from campaign.cli.main import printable


@click.group("glossary")
def command() -> None:
    """Find agreed terms that are not used."""


@command.command("check", epilog="Example: campaign glossary check pt")
@click.argument("languages", nargs=-1, metavar="[LANG]...")
@options.as_json
@click.pass_context
def check(ctx: click.Context, *, languages: tuple[str, ...], as_json: bool) -> int:
    """List where a text does not use the words agreed in glossary/<lang>.csv. Exit 1 when there is such a place."""
    from campaign.translation.glossary_check import check_terms

    findings = check_terms(options.project(ctx), languages)
    if as_json:
        click.echo(json.dumps({"findings": [finding.as_json() for finding in findings]}, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(printable(f"{finding.locale:4} {finding.where}: {finding.detail}"))
        click.echo(f"{len(findings)} places where a term is not used as agreed.")
    return 1 if findings else 0
