"""campaign add: an audience, language, country, channel, contact or format, everywhere at once."""

from __future__ import annotations

import click

from campaign.cli import options
from campaign.config.kinds import KINDS
from campaign.project import Project


@click.group(
    "add", epilog='Example: campaign add audience fruit-pickers --name "Fruit pickers" --like seasonal-workers'
)
def command() -> None:
    """Add an audience, language, country, channel, contact or format: settings, texts, pictures, catalogues at once."""


@command.command("audience", epilog='Example: campaign add audience fruit-pickers --name "Fruit pickers"')
@click.argument("name", metavar="ID")
@click.option("--name", "title", metavar="TEXT", help="As staff call it, in the language that you write in.")
@click.option("--like", default="", metavar="ID", help="Start from the message and the picture of this audience.")
@click.option("--child", is_flag=True, help="The readers are children.")
@click.option("--accent", default="coral", show_default=True, help="The colour of its list marks.")
@options.dry_run
@click.pass_context
def audience(
    ctx: click.Context, *, name: str, title: str | None, like: str, child: bool, accent: str, dry_run: bool
) -> None:
    """Add the audience ID: its table, a message to fill in, a picture to begin with."""
    from campaign.shaping import audiences

    called = title or name.replace("-", " ").capitalize()
    options.reshaped(
        ctx,
        lambda project: audiences.add(project, name, called, like=like, child=child, accent=accent),
        dry_run=dry_run,
    )
    if not dry_run and not like:
        click.echo(f"Next: write templates/messages/{name}.j2, then: campaign extract")


@command.command("language", epilog="Example: campaign add language es")
@click.argument("tag", metavar="LANG")
@options.dry_run
@click.pass_context
def language(ctx: click.Context, *, tag: str, dry_run: bool) -> None:
    """Add the language LANG, with a catalogue to translate; one that was there before is there again."""
    from campaign.shaping import languages

    options.reshaped(ctx, lambda project: languages.add(project, tag), dry_run=dry_run)
    if not dry_run:
        click.echo(f"Next: campaign draft {tag}, or a worksheet for a translator")


@command.command("country", epilog="Example: campaign add country ES")
@click.argument("code", metavar="COUNTRY")
@options.dry_run
@click.pass_context
def country(ctx: click.Context, *, code: str, dry_run: bool) -> None:
    """Add the country COUNTRY, or a region of one (ES-VC), with records in contacts.toml to fill in.

    Until they are filled in, nothing is built.
    """
    from campaign.shaping import countries

    options.reshaped(ctx, lambda project: countries.add(project, code), dry_run=dry_run, to_fill="contacts.toml")


@command.command("channel", epilog="Example: campaign add channel voice")
@click.argument("name", metavar="CHANNEL")
@options.dry_run
@click.pass_context
def channel(ctx: click.Context, *, name: str, dry_run: bool) -> None:
    """Add the channel CHANNEL, with its templates and sentences; voice needs the extra "voice" for its sounds."""
    from campaign.shaping import channels

    options.reshaped(ctx, lambda project: channels.add(project, name), dry_run=dry_run)
    if not dry_run and name == "voice":
        click.echo("Next: campaign voice status; docs/how-to/voice.md says how people record")


@command.command("contact", epilog='Example: campaign add contact es-helpline --name "Helpline" --number +34900…')
@click.argument("name", metavar="ID")
@click.option(
    "--country", metavar="COUNTRY", help="Its country; may be left out for a record that waits to be filled in."
)
@click.option("--name", "called", metavar="TEXT", help="Who answers.")
@click.option("--kind", metavar="KIND", help=f"What it is for: {', '.join(KINDS)}, or one of [kinds] in contacts.toml.")
@click.option("--number", metavar="NUMBER", help="With +, its country and its digits; or a short code.")
@click.option("--chat", metavar="URL", help="The https link of a chat, beside the number or in place of one.")
@click.option("--email", metavar="ADDRESS", help="An e-mail address; readers see it where there is no number.")
@click.option("--address", metavar="TEXT", help="Where people walk in, as on an envelope, on one line.")
@click.option("--region", metavar="CODE", help="Where it answers, when not in the whole country: like ES-VC.")
@click.option("--source", default="", metavar="TEXT", help="Where you have it from.")
@click.option("--hours", multiple=True, metavar="SPAN", help='"24/7", or like "mon-fri 09:00-17:00".')
@click.option(
    "--exception",
    "exceptions",
    multiple=True,
    metavar="DAY",
    help='"public-holidays closed", "12-24 09:00-13:00", "2026-05-04 closed".',
)
@click.option("--speaks", multiple=True, metavar="LANG", help="A language that is spoken there.")
@click.option("--audience", multiple=True, metavar="ID", help="Only for this audience.")
@options.dry_run
@click.pass_context
def contact(ctx: click.Context, /, *, name: str, dry_run: bool, **given: str | tuple[str, ...] | None) -> None:
    """Add the contact ID, unverified; a record that waits to be filled in is. Give one way to reach it or more.

    What belongs to a number (who answers, hours, languages) is copied from the operator's own page, never guessed.
    """
    from campaign.shaping import contacts

    keys = {"called": "name", "speaks": "languages", "audience": "audiences"}
    values = {keys.get(key, key): value for key, value in given.items() if value}
    options.reshaped(ctx, lambda project: contacts.add(project, name, values), dry_run=dry_run)
    if not dry_run:
        click.echo(f"Next: try it and read the operator's page, then: campaign contacts verify {name}")


@command.command("layout", epilog="Example: campaign add layout flyer-a6 --like leaflet-a5 --width 105 --height 148")
@click.argument("name", metavar="ID")
@click.option("--like", required=True, metavar="ID", help="The format whose design it starts from.")
@click.option("--name", "title", metavar="TEXT", help="As job tickets call it.")
@click.option("--width", type=click.FloatRange(20, 2000), metavar="MM", help="Trimmed width of a page, if another.")
@click.option("--height", type=click.FloatRange(20, 2000), metavar="MM", help="Trimmed height of a page, if another.")
@options.dry_run
@click.pass_context
def layout(
    ctx: click.Context,
    *,
    name: str,
    like: str,
    title: str | None,
    width: float | None,
    height: float | None,
    dry_run: bool,
) -> None:
    """Add the format ID as a copy of another one, to change in templates/layouts/ID.typ."""
    from campaign.shaping import layouts

    def act(project: Project) -> None:
        layouts.add(project, name, like, title=title or name, width=width or 0.0, height=height or 0.0)

    options.reshaped(ctx, act, dry_run=dry_run)
