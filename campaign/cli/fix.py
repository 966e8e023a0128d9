"""campaign fix: put right what only one repair can mean."""

from __future__ import annotations

import click

from campaign.cli import options
from campaign.cli.main import printable


@click.group("fix", epilog="Example: campaign fix letters ur")
def command() -> None:
    """Put right what a program can put right without a person's judgement."""


@command.command("letters", epilog="Example: campaign fix letters ur")
@click.argument("languages", nargs=-1, required=True, metavar="LANG...")
@click.pass_context
def letters(ctx: click.Context, *, languages: tuple[str, ...]) -> int:
    """Write the language's own letters where a text has look-alikes of a neighbour's keyboard or forms of old fonts.

    Sentences that are signed stay as they are, because a signature covers the exact letters: they are listed, and exit
    is 1.
    """
    from campaign.translation.letters import fix_letters

    left = 0
    for language in languages:
        fixed = fix_letters(options.project(ctx), language)
        click.echo(f"{language:8} {fixed.changed} sentences changed")
        for source in fixed.signed:
            click.echo(printable(f"         signed, correct it on the review page: {source}"))
        left += len(fixed.signed)
    return 1 if left else 0
