"""campaign review open, reply and assign: what somebody must still answer, in every language."""

from __future__ import annotations

from datetime import date

import click

from campaign.cli import options
from campaign.cli.main import printable

_BY = (
    click.option("--role", default="mediator", show_default=True, help="In which role the person says so."),
    click.option("--name", type=options.NAME, required=True, help="Who says so: a name or a pseudonym."),
)


def _by(function: options.Function) -> options.Function:
    for option in _BY:
        function = option(function)
    return function


@click.command("open", epilog="Example: campaign review open ar")
@click.argument("languages_", metavar="[LANG]...", nargs=-1)
@click.pass_context
def open_(ctx: click.Context, *, languages_: tuple[str, ...]) -> None:
    """List every objection and question that nobody answered, oldest first; of all languages when LANG is left out."""
    from campaign.errors import CampaignError
    from campaign.review.session import Desk
    from campaign.review.threads import named, open_threads

    desk, count = Desk(options.project(ctx)), 0
    known = desk.campaign.languages
    for tag in languages_ or known:
        if tag not in known:
            raise CampaignError.single(f"{tag} is no language of this campaign", todo=f"use one of {', '.join(known)}")
        sheet = desk.sheet(tag)
        for thread in open_threads(sheet):
            event, count = thread.about, count + 1
            where = f" at {event.at}" if thread.spot else ""
            for_whom = f" (for {thread.assigned})" if thread.assigned else ""
            replies = f" [{len(thread.replies)} replies]" if thread.replies else ""
            remark = " / ".join(event.remark.splitlines())
            said = f"{tag} {event.id[:12]} {event.on} {event.verdict:7} {event.reviewer} ({event.role}){for_whom}"
            click.echo(printable(f"{said} {named(sheet, event.unit_key)!r}{where}: {remark}{replies}"))
    click.echo(f"{count} open.")


@click.command("reply", epilog='Example: campaign review reply ar 3f2a90c1 --name "L. Omar" --comment "Which dialect?"')
@click.argument("language", metavar="LANG")
@click.argument("event", metavar="EVENT")
@_by
@click.option("--comment", required=True, help="What you say to it.")
@click.pass_context
def reply(ctx: click.Context, *, language: str, event: str, name: str, role: str, comment: str) -> None:
    """Reply to an objection, a question or a comment. It changes nothing: a signature answers, its author takes back.

    EVENT is how its id begins, as `campaign review open` and `log` show it.
    """
    from campaign.review.take_back import reply as write

    said = {"name": name, "role": role, "comment": comment}
    write(options.project(ctx), language, [event], on=date.today(), **said)
    click.echo(printable(f"{name} ({role}) replied in {language}."))


@click.command("assign", epilog='Example: campaign review assign ar 3f2a90c1 --to "A. Haddad" --name "K. Roth"')
@click.argument("language", metavar="LANG")
@click.argument("events", metavar="EVENT...", nargs=-1, required=True)
@click.option("--to", type=options.NAME, required=True, metavar="NAME", help="Who shall look at it.")
@_by
@click.option("--comment", default="", help="What you say to that person.")
@click.pass_context
def assign(
    ctx: click.Context, *, language: str, events: tuple[str, ...], to: str, name: str, role: str, comment: str
) -> None:
    """Say who shall look at objections and questions. Everybody may still answer them."""
    from campaign.review.take_back import reply as write

    said = {"name": name, "role": role, "comment": comment}
    write(options.project(ctx), language, events, to=to, on=date.today(), **said)
    click.echo(printable(f"{len(events)} for {to} in {language}."))
