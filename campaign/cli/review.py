"""campaign review: sign items, waive findings, and read the ledger."""

from __future__ import annotations

from datetime import date

import click

from campaign.cli import options
from campaign.cli.main import printable


@click.group("review")
def command() -> None:
    """Sign texts, waive findings, and read who signed what."""


@command.command(
    "sign", epilog='Example: campaign review sign ar --audience migrants --channel leaflet --name "A. Haddad"'
)
@click.argument("language", metavar="LANG")
@click.option(
    "--audience",
    multiple=True,
    metavar="AUDIENCE",
    help="Sign this audience's texts; can be given several times.",
)
@click.option(
    "--channel", multiple=True, metavar="CHANNEL", help="Only leaflet, sms or social; all of them when left out."
)
@click.option("--country", multiple=True, metavar="COUNTRY", help="Only as this country's material shows them.")
@click.option("--notice", is_flag=True, help='Sign the notice "this number has changed" of a recall instead.')
@click.option("--name", required=True, help="Who signs: a name or a pseudonym.")
@click.option("--role", default="mediator", show_default=True, help="In which role; campaign.toml says which may sign.")
@click.option("--comment", default="", help="A remark to keep with the signature.")
@click.pass_context
def sign(
    ctx: click.Context,
    *,
    language: str,
    audience: tuple[str, ...],
    channel: tuple[str, ...],
    country: tuple[str, ...],
    notice: bool,
    name: str,
    role: str,
    comment: str,
) -> None:
    """Sign the exact words of items in LANG after reading them. A later change of one word makes it a draft again."""
    from campaign.pipeline.selection import Selection
    from campaign.pipeline.signing import sign_items, sign_notice

    if notice == bool(audience):
        raise click.UsageError("Give --audience (or --notice): what do you sign?")
    chosen, project, today = Selection(country, (), audience, channel), options.project(ctx), date.today()
    if notice:
        signed, before = sign_notice(project, language, reviewer=name, role=role, on=today, comment=comment)
    else:
        signed, before = sign_items(project, language, chosen, reviewer=name, role=role, on=today, comment=comment)
    click.echo(f"{name} ({role}) signed {signed} sentences in {language}; {before} were signed before.")


@command.command(
    "waive",
    epilog='Example: campaign review waive en "Do not go to meet" instruct --name Haddad --reason "Line 4 does."',
)
@click.argument("language", metavar="LANG")
@click.argument("what", metavar="SENTENCE|AUDIENCE")
@click.argument("code", metavar="RULE")
@click.option("--name", required=True, help="Who waives it: a name or a pseudonym.")
@click.option("--reason", required=True, help="Why the finding is no fault here.")
@click.option(
    "--role", default="mediator", show_default=True, help="In which role; campaign.toml says which there are."
)
@click.pass_context
def waive(ctx: click.Context, *, language: str, what: str, code: str, name: str, reason: str, role: str) -> None:
    """Let a finding pass, for exactly these words: a later change of one word brings it back.

    SENTENCE is how the sentence begins in the source, or its key; AUDIENCE stands for its whole message.
    """
    from campaign.pipeline.waiving import waive as write

    shown = write(options.project(ctx), language, what, code, name=name, role=role, reason=reason, on=date.today())
    click.echo(printable(f"{name} ({role}) waived {code} in {language}: {shown}"))


@command.command("log", epilog="Example: campaign review log ar")
@click.argument("language", metavar="LANG")
@click.pass_context
def log(ctx: click.Context, *, language: str) -> None:
    """Show who signed, rejected or commented what in LANG, oldest first."""
    from campaign import languages
    from campaign.review import ledger

    project = options.project(ctx)
    path = project.ledger(languages.get(language).tag)
    book = ledger.read(path, project.name(path))
    for event in book.events:
        who = f"{event.reviewer} ({event.role})"
        click.echo(printable(f"{event.on} {event.verdict:7} {who} {event.unit_key} {event.comment}".rstrip()))
    click.echo(f"{len(book.events)} events.")
