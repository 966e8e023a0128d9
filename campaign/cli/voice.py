"""campaign voice: what is read aloud and by whom; recordings, consent, dictation, drafts by a machine."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.voice.recordings import USES

if TYPE_CHECKING:
    from campaign.workspace.selection import Selection

_VOICE = click.option("--voice", "name", default="v1", show_default=True, metavar="NAME", help="The voice's pseudonym.")
#: How many stretches that nobody read are named one by one.
SHOWN = 10


@click.group("voice", epilog="Example: campaign voice status")
def command() -> None:
    """See what is read aloud and by whom; take in recordings, consent and its withdrawal."""


@command.command("status", epilog="Example: campaign voice status --lang ar --audience migrants")
@options.contents
@options.as_json
@click.pass_context
def status(ctx: click.Context, *, chosen: Selection, as_json: bool) -> None:
    """Show for each message who read how much of it, what is missing and why it may not go out."""
    from campaign.reporting.voice_status import status as found

    rows = list(found(options.project(ctx), chosen, date.today()))
    if as_json:
        click.echo(json.dumps({"messages": [row.as_json() for row in rows]}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        voice = row.voice or "no voice yet"
        click.echo(f"{row.job.name}: {voice}, {row.read} of {row.clips} clips, about {row.seconds:.0f} s")
        for words in row.missing[:SHOWN]:
            click.echo(f"    to read: {printable(words)}")
        if len(row.missing) > SHOWN:
            click.echo(f"    and {len(row.missing) - SHOWN} more; voice-script.pdf of the review edition has them all")
        for reason in row.reasons:
            click.echo(f"    {printable(reason)}")


@command.command(
    "import", epilog="Example: campaign voice import ar recordings-of-tuesday/ --voice v1 --by 'S. Haddad'"
)
@click.argument("locale", metavar="LANG")
@click.argument("source", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_VOICE
@click.option("--by", required=True, metavar="NAME", help="Who brings the recordings.")
@options.contents
@click.pass_context
def import_(ctx: click.Context, *, locale: str, source: Path, name: str, by: str, chosen: Selection) -> int:
    """Take in recordings made on a telephone: files named by their number in the script (1.ogg, 2.m4a, …), digits 0 to
    9 and plus as digit-0.wav, digit-plus.wav. The numbers are those of the script of one --audience and --country.
    """
    from campaign.editions.voice_import import taken_in

    done = list(taken_in(options.project(ctx), locale, source, name, by, chosen))
    for each in done:
        line = f"{each.file}: {each.problem}" if each.problem else f"{each.file}: {each.words}"
        click.echo(printable(line), err=bool(each.problem))
        for said in each.findings:
            click.echo(f"    {said}", err=True)
    return int(any(each.problem for each in done))


@command.command(
    "consent", epilog="Example: campaign voice consent ar --voice v1 --reader 'S. Haddad' --until 2027-11-30"
)
@click.argument("locale", metavar="LANG")
@_VOICE
@click.option("--reader", required=True, metavar="NAME", help="Who reads; stays in recordings/, never in the ledger.")
@click.option("--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day.")
@click.option(
    "--use", "uses", multiple=True, type=click.Choice(tuple(USES)), help="What for; everything when left out."
)
@click.option("--scope", default="", metavar="TEXT", help="For which campaign; this one when left out.")
@click.pass_context
def consent(
    ctx: click.Context, *, locale: str, name: str, reader: str, until: date, uses: tuple[str, ...], scope: str
) -> None:
    """Note what the reader agreed to, in writing or on tape, before anything is recorded."""
    from campaign.editions import voices

    agreed = voices.agree(options.project(ctx), locale, name, reader, date.today(), until, uses, scope)
    click.echo(f"{locale}/{name}: agreed until {agreed.until} to")
    for use in agreed.uses:
        click.echo(f"    {use}: {USES[use]}")


@command.command("withdraw", epilog="Example: campaign voice withdraw ar --voice v1")
@click.argument("locale", metavar="LANG")
@_VOICE
@click.pass_context
def withdraw(ctx: click.Context, *, locale: str, name: str) -> None:
    """Note that the reader takes the consent back: the clips count as missing, and what went out is listed."""
    from campaign.editions import voices

    out = voices.withdraw(options.project(ctx), locale, name, date.today())
    click.echo(f"{locale}/{name}: withdrawn; its clips are missing now, and nothing with them is released")
    for line in out:
        click.echo(f"    went out: {printable(line)}")
    if out:
        todo = f'campaign recall {locale}/{name} --name NAME --reason "consent withdrawn"'
        click.echo(f"Recall them: {todo}; nobody can take back what is in messengers")


@command.command("dictation", epilog="Example: campaign voice dictation ar --voice v1 --by 'M. Weber' --digits 5810…")
@click.argument("locale", metavar="LANG")
@_VOICE
@click.option("--by", required=True, metavar="NAME", help="Who listened.")
@click.option("--digits", default="", metavar="DIGITS", help="What you heard; without it the sound is written.")
@click.pass_context
def dictation(ctx: click.Context, *, locale: str, name: str, by: str, digits: str) -> None:
    """Once a voice: a second person writes down the digits that they hear, and they are compared with the record."""
    from campaign.editions import voices

    project = options.project(ctx)
    if not digits:
        path = voices.to_dictate(project, locale, name)
        click.echo(f"{project.name(path)}: listen, write down every digit, then give them with --digits")
        return
    voices.dictated(project, locale, name, by, digits, date.today())
    click.echo(f"{locale}/{name}: every digit is right")


@command.command("draft", epilog="Example: campaign voice draft ar --audience migrants --country BE")
@click.argument("locale", metavar="LANG")
@options.contents
@click.pass_context
def draft(ctx: click.Context, *, locale: str, chosen: Selection) -> None:
    """Let a machine speak (espeak-ng), to judge how long a message is. It is marked, and no release can hold it."""
    from campaign.editions import voices

    project = options.project(ctx)
    for path, seconds in voices.drafts(project, locale, chosen):
        click.echo(f"{project.name(path)}: {seconds:.0f} s")
