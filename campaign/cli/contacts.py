"""campaign contacts: list, verify and expire helplines."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from campaign.cli import options
from campaign.cli.main import printable

_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _today() -> str:
    return date.today().isoformat()


def _on_record(ctx: click.Context, _: click.Parameter, name: str) -> str:
    """The id, once it is sure that there is such a contact: nobody is asked about one that is not there."""
    from campaign import config
    from campaign.errors import CampaignError
    from campaign.shaping.settings import known

    try:
        campaign = config.load(options.project(ctx))
    except CampaignError:
        return name  # said by the command itself
    known(name, [contact.id for contact in campaign.contacts], "a contact", "contacts.toml")
    return name


@click.group("contacts", epilog="Example: campaign contacts list")
def command() -> None:
    """The helplines of contacts.toml: which are checked, until when, by whom."""


@command.command("list", epilog="Example: campaign contacts list --country BE")
@click.option("--country", multiple=True, metavar="COUNTRY", help="Only a country code; can be given several times.")
@options.as_json
@click.pass_context
def list_(ctx: click.Context, *, country: tuple[str, ...], as_json: bool) -> None:
    """List every contact, what stops a release first."""
    from campaign import config
    from campaign.reporting.contact_expiry import listed
    from campaign.workspace.selection import Selection

    campaign = config.load(options.project(ctx))
    countries = Selection(country).resolve(campaign).countries if country else ()
    found = listed(tuple(c for c in campaign.contacts if not country or any(map(c.serves, countries))), date.today())
    if as_json:
        rows = [
            {
                "id": one.contact.id,
                "country": one.contact.country,
                "region": one.contact.region,
                "name": one.contact.name,
                "number": one.contact.number,
                "chat": one.contact.chat,
                "email": one.contact.email,
                "address": one.contact.address,
                "state": one.life.value,
                "days": one.days,
                "verified_on": one.contact.verified_on and one.contact.verified_on.isoformat(),
                "verified_by": one.contact.verified_by,
                "verified_how": one.contact.verified_how,
                "valid_until": one.contact.valid_until and one.contact.valid_until.isoformat(),
            }
            for one in found
        ]
        click.echo(json.dumps({"contacts": rows}, ensure_ascii=False, indent=1))
        return
    for one in found:
        until = f"until {one.contact.valid_until}" if one.days is not None else ""
        who = f"by {one.contact.verified_by}" if one.days is not None else ""
        where = one.contact.region or one.contact.country
        line = f"{one.life.value:10} {where} {one.contact.id:22} {one.contact.display:18} {until} {who}"
        click.echo(printable(line.rstrip()))


@command.command(
    "verify",
    epilog='Example: campaign contacts verify be-payoke --name "A. Peeters" --how "called it, read their page"',
)
@click.argument("name", metavar="ID", callback=_on_record, is_eager=True)
@click.option("--name", "by", cls=options.Asked, prompt="Who checked it", help="Who checked it.")
@click.option(
    "--on",
    type=_DAY,
    cls=options.Asked,
    prompt="On which day",
    default=_today,
    help="The day of the check, YYYY-MM-DD.",
)
@click.option("--how", cls=options.Asked, prompt="How was it checked", help="How it was checked.")
@click.option("--until", type=_DAY, help="Until when the check holds.", show_default="half a year")
@click.option("--because", default="", metavar="TEXT", help="Why the check holds for more than a year.")
@click.pass_context
def verify(
    ctx: click.Context, *, name: str, by: str, on: datetime, how: str, until: datetime | None, because: str
) -> None:
    """Note that somebody called a number and read its page. Asks for what is not given; comments in the file stay."""
    from campaign.reporting import contact_expiry

    contact = contact_expiry.verify(
        options.project(ctx),
        name,
        by=by,
        on=on.date(),
        how=how,
        until=until.date() if until else None,
        today=date.today(),
        because=because,
    )
    click.echo(
        printable(
            f"{contact.id} {contact.display}: verified on {contact.verified_on} by {contact.verified_by} "
            f"({contact.verified_how}), valid until {contact.valid_until}."
        )
    )


@command.command("expire", epilog='Example: campaign contacts expire be-payoke --reason "the number has changed"')
@click.argument("name", metavar="ID", callback=_on_record, is_eager=True)
@click.option("--on", type=_DAY, default=_today, help="The first day without it, YYYY-MM-DD.", show_default="today")
@click.option("--reason", cls=options.Asked, prompt="Why", help="Why it must not go out any more.")
@click.pass_context
def expire(ctx: click.Context, *, name: str, on: datetime, reason: str) -> None:
    """End a contact's check: nothing that prints it is released any more. What is out already: campaign recall ID."""
    from campaign.reporting import contact_expiry

    contact = contact_expiry.expire(options.project(ctx), name, on=on.date(), reason=reason)
    click.echo(f"{contact.id} {contact.display} is valid until {contact.valid_until} and stops every later release.")
    click.echo(f"What is out already: campaign recall {contact.id}")
