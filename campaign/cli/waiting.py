"""campaign review waiting: who waits for whom, and who reads which language until when."""

from __future__ import annotations

from datetime import date

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.spoken import SPOKEN


@click.command("waiting", epilog='Example: campaign review waiting ar --for "A. Haddad"')
@click.argument("languages_", metavar="[LANG]...", nargs=-1)
@click.option("--for", "name", default="", metavar="NAME", help="A text to send to this person instead.")
@click.option(
    "--interface", type=click.Choice(SPOKEN), help="The language of that text; the one that they read when left out."
)
@click.pass_context
def waiting(ctx: click.Context, *, languages_: tuple[str, ...], name: str, interface: str | None) -> None:
    """Show, per language, who reads it until when, and what waits for each; of all languages when LANG is left out.

    People are those of reviewers.toml; without it, whoever said something in the language.
    """
    from campaign.errors import CampaignError
    from campaign.review import waiting as found
    from campaign.review.session import Desk

    desk, today = Desk(options.project(ctx)), date.today()
    campaign = desk.campaign
    for tag in languages_ or campaign.languages:
        if tag not in campaign.languages:
            todo = f"use one of {', '.join(campaign.languages)}"
            raise CampaignError.single(f"{tag} is no language of this campaign", todo=todo)
        sheet = desk.sheet(tag)
        listed = {each.name: each.until for each in found.readers(campaign, tag, today)}
        people = listed if campaign.trust.reviewers is not None else dict.fromkeys(sheet.ledger.names, "")
        if name:
            if name in people:
                speaks = interface or (tag if tag in SPOKEN else "en")
                click.echo(printable(found.letter(campaign, found.waiting(sheet, name), speaks)))
            continue
        if said := found.nobody(campaign, tag, today):
            click.echo(f"{tag}: {said}")
        for who, until in sorted(people.items()):
            mine = found.waiting(sheet, who)
            parts = (
                f"{len(mine.assigned)} assigned, {len(mine.replies)} replies, {len(mine.changed)} changed since, "
                f"{len(mine.asked)} open objections and questions, {len(mine.second)} for a second person, "
                f"{len(mine.unsigned)} unsigned; {len(mine.mine)} signed that wait for somebody else"
            )
            click.echo(printable(f"{tag}: {who}{f' (until {until})' if until else ''}: {parts}"))
