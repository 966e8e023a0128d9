"""campaign review withdraw and revoke: take back what one said, end what somebody else signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.model.verdict import Verdict

_ROLE = click.option("--role", default="mediator", show_default=True, help="In which role the person says so.")


@click.command("withdraw", epilog='Example: campaign review withdraw ar --name "A. Haddad"')
@click.argument("language", metavar="LANG")
@click.argument("what", metavar="[EVENT]...", nargs=-1)
@click.option("--name", type=options.NAME, required=True, help="Exactly the name that said it.")
@_ROLE
@click.option("--reason", default="", help="Why it is taken back.")
@click.option("--last", is_flag=True, help="Only what this person said last.")
@options.ssh_key
@click.pass_context
def withdraw(
    ctx: click.Context,
    *,
    language: str,
    what: tuple[str, ...],
    name: str,
    role: str,
    reason: str,
    last: bool,
    key: Path | None,
) -> None:
    """Take back what one said oneself: all own open objections in LANG, or the events named.

    EVENT is how an event's id begins, as `campaign review log` shows it.
    """
    from campaign.review.take_back import take_back

    if last and what:
        raise click.UsageError("Give either EVENT or --last.")
    said = {"name": name, "role": role, "reason": reason}
    done = take_back(options.project(ctx), language, what, on=date.today(), last=last, key=key, **said)
    again = sum(event.verdict is Verdict.REJECT for event in done.events)
    stands = f" {again} objections that this had taken back stand again." if again else ""
    told = f"{name} ({role}) took back {len(done.events) - again} events in {language}.{stands}{_sealed(done.sealed)}"
    click.echo(printable(told))


@click.command("revoke", epilog='Example: campaign review revoke ar 3f2a90c1 --name Haddad --reason "Not read."')
@click.argument("language", metavar="LANG")
@click.argument("what", metavar="[EVENT]...", nargs=-1)
@click.option(
    "--whose",
    type=options.NAME,
    default="",
    metavar="NAME",
    help="Everything that this person signed, waived or withdrew …",
)
@click.option("--since", default="", metavar="DAY", help="… on or after this day, or that was not known here.")
@click.option(
    "--name", type=options.NAME, required=True, help="Who revokes: one of [review] coordinators in campaign.toml."
)
@click.option("--role", default="staff", show_default=True, help="In which role the person says so.")
@click.option("--reason", required=True, help="Why it shall not count.")
@options.ssh_key
@click.pass_context
def revoke(
    ctx: click.Context,
    *,
    language: str,
    what: tuple[str, ...],
    whose: str,
    since: str,
    name: str,
    role: str,
    reason: str,
    key: Path | None,
) -> None:
    """End what others signed, waived or withdrew in LANG: the events named, or all of one person from a day on.

    An objection is never revoked: it is answered, or taken back by who made it.
    """
    from campaign.review.take_back import revoke as end

    if bool(what) == bool(whose) or bool(whose) != bool(since):
        raise click.UsageError("Give either EVENT, or --whose NAME with --since DAY.")
    said = {"whose": whose, "since": since, "name": name, "role": role, "reason": reason}
    done = end(options.project(ctx), language, what, on=date.today(), key=key, **said)
    for event in done.undone.events:
        words = event.source[1] if event.source else event.unit_key
        click.echo(printable(f"  {event.id[:12]} {event.on} {event.verdict} {words[:60]!r}"))
    if done.undone.releases:
        click.echo("These released files relied on it; look at them, and recall what must not stay out:")
    for release in done.undone.releases:
        click.echo(printable(f"  {release.on} {release.path} (batch {release.batch})"))
    which = f"all of {whose} since {since}" if whose else len(done.events)
    click.echo(printable(f"{name} ({role}) revoked {which} in {language}.{_sealed(done.sealed)}"))


def _sealed(count: int) -> str:
    return f" {count} events were sealed with the ssh key." if count else ""
