"""campaign review invite and invitations: who may come to the shared desk, and who is in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.errors import CampaignError
from campaign.project import Project

if TYPE_CHECKING:
    from campaign.webapp.desk.invitations import Guests, Invitation
    from campaign.webapp.desk.register import Register


@click.command("invite", epilog="Example: campaign review invite --lang ar --name Amina --until 2027-01-31")
@click.option(
    "--lang", "languages", multiple=True, required=True, metavar="LANG", help="What they may open; repeatable."
)
@click.option(
    "--name",
    type=options.NAME,
    required=True,
    help="Who signs: a name or a pseudonym. Nobody types another one on the page.",
)
@click.option("--role", default="mediator", show_default=True, help="In which role; campaign.toml says which may sign.")
@click.option("--until", required=True, type=click.DateTime(formats=["%Y-%m-%d"]), metavar="DAY", help="The last day.")
@click.option("--url", metavar="URL", help="The public address; the one that was served last when left out.")
@click.pass_context
def invite(
    ctx: click.Context, *, languages: tuple[str, ...], name: str, role: str, until: datetime, url: str | None
) -> None:
    """Make a link that lets one person into the shared desk, in one browser, once. It is shown here alone."""
    options.needs_extra("flask")
    from campaign import config
    from campaign.webapp.desk import invitations as desk
    from campaign.webapp.desk import sign_ins
    from campaign.webapp.desk.address import Address

    project = options.project(ctx)
    settings = config.load(project)
    known = settings.languages
    folder, register = _desk(project)
    origin = Address.read(url).origin if url else register.guests().url
    if not origin:
        raise CampaignError.single(
            "nobody served a shared desk here yet", where="--url", todo="give its public address"
        )
    now, made, secrets = datetime.now(UTC), list["Invitation"](), list[str]()

    def step(guests: Guests) -> Guests:
        after, invitation, secret = desk.invite(
            guests, name, role, languages, until.date(), known=known, now=now, on=date.today()
        )
        made.append(invitation)
        secrets.append(secret)
        return after

    register.change(step)
    [invitation], [secret] = made, secrets
    sign_ins.note(folder, sign_ins.SignIn(desk.moment(now), "invited", invitation.id, invitation.name))
    click.echo(f"{origin}/in/{secret}")
    click.echo(
        printable(
            f"Invitation {invitation.id}: {invitation.name} ({invitation.role}), {', '.join(invitation.languages)}, "
            f"until {invitation.until.isoformat()}."
        ),
        err=True,
    )
    last = invitation.until.isoformat()
    for tag in invitation.languages:
        trust = settings.trust.of(tag)
        if role in trust.roles and not (trust.may_sign(invitation.name, role, last)):
            click.echo(
                f"In {tag} this name may not sign through that day: it may correct, comment and object.", err=True
            )
    click.echo("Send the link to this person alone. It opens one browser, once, and is shown only here.", err=True)


@click.group("invitations", invoke_without_command=True, epilog="Example: campaign review invitations revoke 3f2a90")
@click.pass_context
def invitations(ctx: click.Context) -> None:
    """Show who is invited to the shared desk, and who is in; take invitations back; show who came in and went out."""
    options.needs_extra("flask")
    if ctx.invoked_subcommand is not None:
        return
    folder, register = _desk(options.project(ctx))
    guests = register.guests()
    for each in guests.invitations:
        seen = [browser.seen for browser in guests.browsers if browser.invitation == each.id]
        click.echo(
            printable(
                f"{each.id}  {each.name} ({each.role}), {', '.join(each.languages)}, until {each.until.isoformat()}: "
                f"{_state(each, max(seen, default=''))}"
            )
        )
    click.echo(f"{len(guests.invitations)} invitations; kept in {folder}")


def _state(invitation: Invitation, seen: str) -> str:
    if invitation.revoked:
        return f"taken back {invitation.revoked}"
    if not invitation.holds(date.today()):
        return "ended"
    if not invitation.used:
        return "not used yet"
    return f"in since {invitation.used}, last seen {seen}" if seen else f"came in {invitation.used}, went out"


@invitations.command("revoke", epilog="Example: campaign review invitations revoke 3f2a90")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.pass_context
def revoke(ctx: click.Context, *, ids: tuple[str, ...]) -> None:
    """Take invitations back: their links open nothing, and whoever came in by them is out with the next click.

    What they signed stands: campaign review revoke takes signatures back.
    """
    from campaign.webapp.desk import invitations as desk
    from campaign.webapp.desk import sign_ins

    folder, register = _desk(options.project(ctx))
    now, ended = datetime.now(UTC), list["Invitation"]()

    def step(guests: Guests) -> Guests:
        after, taken = desk.revoke(guests, ids, now=now)
        ended.extend(taken)
        return after

    register.change(step)
    for each in ended:
        sign_ins.note(folder, sign_ins.SignIn(desk.moment(now), "revoked", each.id, each.name))
        click.echo(printable(f"{each.id}  {each.name} is not invited any more."))
    if not ended:
        click.echo("They were taken back before.")


@invitations.command("log")
@click.pass_context
def log(ctx: click.Context) -> None:
    """Show who was invited, came in, went out, or was turned away: when, and from which network."""
    from campaign.webapp.desk import sign_ins

    folder, _ = _desk(options.project(ctx))
    for line in sign_ins.read(folder):
        place = f" from {line.network}" if line.network else ""
        click.echo(printable(f"{line.at}  {line.invitation}  {line.name}: {line.what}{place}"))


def _desk(project: Project) -> tuple[Path, Register]:
    from campaign.webapp.desk.register import Register, home

    folder = home(project)
    return folder, Register(folder)
