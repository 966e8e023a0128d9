"""campaign hand-over: a signed form for the programs of others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from campaign.cli import options


@click.command("hand-over", epilog="Example: campaign hand-over appointment whatsapp --country BE --output out.json")
@click.argument("form", metavar="FORM")
@click.argument("receiver", type=click.Choice(("whatsapp", "rapidpro")))
@click.option("--country", metavar="COUNTRY", required=True, help="The country whose numbers are samples.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file.")
@click.pass_context
def command(ctx: click.Context, *, form: str, receiver: str, country: str, output: Path) -> int:
    """Write FORM with places for its values: message templates for WhatsApp, a flow for RapidPro.

    Each language whose words are signed, one template or flow for each choice. What WhatsApp does not take is said
    first. Public emergencies go out as CAP alerts: campaign fill FORM --cap.
    """
    from campaign.exports import whatsapp
    from campaign.forms import templates_out
    from campaign.forms.fill import Asked, form_of
    from campaign.forms.filled import Desk
    from campaign.project import write_atomic
    from campaign.workspace import loader

    space = loader.load(options.project(ctx)).trusted()
    desk, source = Desk.of(space), space.campaign.source_language
    made, left = templates_out.bodies(desk, form_of(desk, Asked(form, source, country)), country, date.today())
    known = space.campaign.forms[form]
    if receiver == "whatsapp":
        document, refused = whatsapp.document(templates_out.whatsapp(known, made))
    else:
        document, refused = templates_out.rapidpro(known, made, source), ()
    for problem in (*refused, *left):
        click.echo(f"note: {problem}", err=True)
    if not made:
        click.echo(f"Nothing is signed: {output} was not written.", err=True)
        return 1
    write_atomic(output, whatsapp.as_json(document))
    count = len({body.locale for body in made} - {problem.where for problem in refused})
    click.echo(f"{output}: {count} languages.")
    return 0
