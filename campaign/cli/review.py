"""campaign review: the mediator's page, packs out and in, signing, waiving findings, the history."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from campaign.cli import history, invite, options, serve, take_back, taken, threads, waiting
from campaign.cli.catalogue import ENDINGS
from campaign.cli.main import printable
from campaign.cli.options import needs_extra
from campaign.model.channels import CHANNELS
from campaign.spoken import SPOKEN

if TYPE_CHECKING:
    from campaign.review.commands import Signed


#: The kinds of packs.
FORMS = ("html", "xlsx", "docx", "po", "xliff", "xliff2")


#: What mail and simple telephones still take, in bytes.
LARGE = 3_000_000


class _Said(TypedDict):
    """What is the same for every item of a signature."""

    reviewer: str
    role: str
    on: date
    comment: str
    answers: tuple[str, ...]
    reason: str
    key: Path | None


@click.group("review")
def command() -> None:
    """Review texts with mediators: a page to see, correct and sign, packs by e-mail, waivers, the history."""


def _by(function: options.Function) -> options.Function:
    """--audience, --country and --channel of `export` and `sign`."""
    for option in (
        click.option("--country", multiple=True, metavar="COUNTRY", help="Only as this country's material shows them."),
        click.option(
            "--channel",
            multiple=True,
            metavar="CHANNEL",
            help=f"Only {options.one_of(CHANNELS)}; all when left out.",
        ),
        click.option(
            "--audience", multiple=True, metavar="AUDIENCE", help="Only this audience; can be given several times."
        ),
    ):
        function = option(function)
    return function


@command.command("export", epilog="Example: campaign review export ar --to html --audience migrants --output ar.html")
@click.argument("language", metavar="LANG")
@click.option("--to", "form", type=click.Choice(FORMS), required=True, help="The kind of file.")
@_by
@click.option(
    "--interface",
    type=click.Choice(SPOKEN),
    help="The language that an html page or a worksheet itself speaks; LANG when left out.",
)
@click.option(
    "--pictures/--no-pictures",
    default=None,
    help="html: beside each sentence the part of the page that holds it; with --audience they are there.",
)
@click.option("--output", type=click.Path(dir_okay=False), help="The file; review-LANG.<kind> here when left out.")
@click.pass_context
def export(
    ctx: click.Context,
    *,
    language: str,
    form: str,
    audience: tuple[str, ...],
    channel: tuple[str, ...],
    country: tuple[str, ...],
    interface: str | None,
    pictures: bool | None,
    output: str | None,
) -> None:
    """Write LANG as one file for a person elsewhere.

    html is a page that opens offline on a phone and gives back a small answer file, xlsx a worksheet, docx a Word
    document with a table for each item, for lawyers and authorities who correct with tracked changes and comment, po
    for Poedit, xliff (1.2) and xliff2 for programs of translators.
    """
    if form == "xlsx":
        needs_extra("openpyxl")
    from campaign.project import write_atomic
    from campaign.review.export_bundle import export as write
    from campaign.workspace.selection import Selection

    project = options.project(ctx)
    path = Path(output) if output else Path(ctx.obj) / f"review-{language}.{ENDINGS.get(form, form)}"
    chosen = Selection(country, (), audience, channel)
    cuts = bool(audience) if pictures is None else pictures
    pack = write(project, language, form, chosen, date.today(), interface or "", cuts=cuts)
    write_atomic(path, pack.data)
    click.echo(f"{path}: {pack.count} sentences, {len(pack.data) // 1024} kB.")
    if form == "html" and len(pack.data) > LARGE:
        todo = "one file for each audience is easier to send and to open: --audience"
        click.echo(f"note: {path} is larger than {LARGE // 1_000_000} MB; {todo}", err=True)


@command.command("import", epilog="Example: campaign review import campaign-answers-ar.json")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--language",
    metavar="LANG",
    help="The language of a worksheet or Word document that says neither its pack nor its language.",
)
@click.pass_context
def import_(ctx: click.Context, *, file: Path, language: str | None) -> int:
    """Take the answers of a pack: answer file, worksheet (.xlsx, .ods, .csv), Word document (.docx), PO or XLIFF file.

    Of a Word document tracked changes are texts to be signed, comments are remarks under the names that they bear.
    Stale ones are refused one by one; a text of theirs is kept as a suggestion.
    """
    return taken.take(options.project(ctx), file, language or "")


@command.command("sign", epilog='Example: campaign review sign --item BE/ar/migrants/leaflet --name "A. Haddad"')
@click.argument("language", metavar="[LANG]", required=False)
@click.option(
    "--item",
    "items",
    multiple=True,
    metavar="COUNTRY/LANG/AUDIENCE/CHANNEL",
    help="Sign this one item; can be given several times.",
)
@_by
@click.option("--notice", is_flag=True, help='Sign the notice "this number has changed" of a recall instead.')
@click.option("--form", metavar="FORM", default="", help="Sign this form that offices fill in instead, in LANG.")
@click.option("--name", type=options.NAME, required=True, help="Who signs: a name or a pseudonym.")
@click.option("--role", default="mediator", show_default=True, help="In which role; campaign.toml says which may sign.")
@click.option("--comment", default="", help="A remark to keep with the signature.")
@click.option(
    "--answer",
    "answers",
    type=options.NAME,
    multiple=True,
    metavar="NAME",
    help="Who objected, and is answered by --reason.",
)
@click.option("--reason", default="", help="Why it is right all the same, for those whom --answer names.")
@options.ssh_key
@click.pass_context
def sign(
    ctx: click.Context,
    *,
    language: str | None,
    items: tuple[str, ...],
    audience: tuple[str, ...],
    channel: tuple[str, ...],
    country: tuple[str, ...],
    notice: bool,
    form: str,
    name: str,
    role: str,
    comment: str,
    answers: tuple[str, ...],
    reason: str,
    key: Path | None,
) -> None:
    """Sign the exact words of items after reading them. A later change of one word makes it a draft again.

    Name one item with --item, or several with LANG and --audience (and --channel, --country), the notice of a recall
    with LANG and --notice, or a form with LANG and --form after looking at its sheets (campaign fill FORM --sample).
    """
    from campaign.review.commands import sign_form, sign_items, sign_notice
    from campaign.workspace.selection import Selection, item_selection

    project = options.project(ctx)
    said = _Said(reviewer=name, role=role, on=date.today(), comment=comment, answers=answers, reason=reason, key=key)
    if notice or form:
        if not language or items or audience or channel or country or (notice and form):
            raise click.UsageError("--notice and --form go with LANG alone.")
        act = sign_form(project, language, form, **said) if form else sign_notice(project, language, **said)
        click.echo(printable(_signed(act, f"{name} ({role})", language)))
        return
    if bool(items) == bool(language or audience or channel or country) or not (items or (language and audience)):
        raise click.UsageError("Give either --item, or LANG with --audience (or --form or --notice): what do you sign?")
    chosen = [item_selection(item) for item in items]
    if language:
        chosen.append(Selection(country, (language,), audience, channel))
    for selection in chosen:
        tag = selection.locales[0]
        act = sign_items(project, tag, selection, **said)
        click.echo(printable(_signed(act, f"{name} ({role})", tag)))


def _signed(act: Signed, who: str, language: str) -> str:
    if not act.news:
        return f"Already signed by {who}: {act.before} sentences in {language}, nothing to add."
    sealed = f" {act.sealed} signatures were sealed with the ssh key." if act.sealed else ""
    also = f"\nExactly the same there, and signed too: {', '.join(act.also)}." if act.also else ""
    return f"{who} signed {act.units} sentences in {language}; {act.before} were signed before.{sealed}{also}"


@command.command(
    "waive",
    epilog='Example: campaign review waive en "Do not confront" instruct --name Haddad --reason "Line 4 does."',
)
@click.argument("language", metavar="LANG")
@click.argument("what", metavar="SENTENCE|AUDIENCE")
@click.argument("code", metavar="RULE")
@click.option("--name", type=options.NAME, required=True, help="Who waives it: a name or a pseudonym.")
@click.option("--reason", required=True, help="Why the finding is no fault here.")
@click.option(
    "--role", default="mediator", show_default=True, help="In which role; campaign.toml says which there are."
)
@click.pass_context
def waive(ctx: click.Context, *, language: str, what: str, code: str, name: str, reason: str, role: str) -> None:
    """Let a finding pass, for exactly these words: a later change of one word brings it back.

    SENTENCE is how the sentence begins in the source, or its key; AUDIENCE stands for its whole message.
    """
    from campaign.review.commands import waive as write

    shown = write(options.project(ctx), language, what, code, name=name, role=role, reason=reason, on=date.today())
    click.echo(printable(f"{name} ({role}) waived {code} in {language}: {shown}"))


command.add_command(serve.serve)
command.add_command(invite.invite)
command.add_command(invite.invitations)
command.add_command(take_back.withdraw)
command.add_command(take_back.revoke)
command.add_command(threads.open_)
command.add_command(threads.reply)
command.add_command(threads.assign)
command.add_command(waiting.waiting)
command.add_command(history.log)
