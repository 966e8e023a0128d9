"""campaign recall: what was released with a wrong number, sentence or batch, and the notice for its readers."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable

if TYPE_CHECKING:
    from campaign.delivery.recall import Hit


@click.command(
    "recall", epilog='Example: campaign recall be-payoke --name "A. Peeters" --reason "number changed" --notice'
)
@click.argument("target", metavar="CONTACT|UNIT|BATCH")
@click.option("--name", default="", help="Who recalls: with --reason, marks every item found as recalled.")
@click.option("--reason", default="", help="Why.")
@click.option(
    "--notice", is_flag=True, help='Also write the page and post "this number has changed" to output/recall/.'
)
@click.option("--new", default="", metavar="ID", help="The contact to call instead, when it is another one.")
@options.as_json
@click.pass_context
def command(ctx: click.Context, *, target: str, name: str, reason: str, notice: bool, new: str, as_json: bool) -> None:
    """List every released item that carries a contact, a sentence or a batch id: who must be told to bin it.

    A contact is its id or its number in any form, a sentence its key in the manifest, a batch id what is printed on the
    item; case, spaces and hyphens in it do not matter.
    """
    from campaign.delivery import recall

    project = options.project(ctx)
    found = recall.find(project, target)
    marked = None
    if name or reason:
        marked = recall.mark(project, found, by=name, reason=reason, on=date.today())
        found = recall.find(project, target)
    written = recall.notices(project, found, new) if notice or new else ()
    if as_json:
        document = {
            "kind": found.kind,
            "target": found.target,
            "items": [_as_json(hit) for hit in found.hits],
            "notices": [
                {
                    "language": one.locale,
                    "country": one.country,
                    "state": one.state.value,
                    "page": project.name(one.page),
                    "post": project.name(one.post),
                }
                for one in written
            ],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    subject = f"{found.contact} {found.number}" if found.kind == "contact" else found.target
    click.echo(f"{len(found.hits)} released files carry the {found.kind} {printable(subject)}:")
    for hit in found.hits:
        _show(hit)
    if marked is not None:
        click.echo(f"{marked} files marked as recalled in {project.name(project.history)}.")
    elif any(hit.recalled is None for hit in found.hits):
        click.echo("Nothing is marked yet: add --name and --reason.")
    for one in written:
        click.echo(f"notice {one.country}/{one.locale} ({one.state.value}): {project.name(one.page.parent)}")
    if any(one.state.value != "signed" for one in written):
        click.echo("Notices that are not signed say DRAFT: campaign review sign LANG --notice --name NAME", err=True)


def _show(hit: Hit) -> None:
    out = hit.release
    packs = ", ".join(f"{pack.pack} for {pack.receiver} on {pack.on}" for pack in hit.packs) or "no pack"
    state = f"recalled on {hit.recalled.on} by {hit.recalled.by}" if hit.recalled else "out"
    click.echo(
        printable(
            f"  {out.country} {out.locale:8} {out.channel:8} batch {out.batch}  {out.on}  {out.path}  {packs}  {state}"
        )
    )


def _as_json(hit: Hit) -> dict[str, object]:
    out = hit.release
    return {
        "country": out.country,
        "language": out.locale,
        "channel": out.channel,
        "audience": out.audience,
        "format": out.format,
        "batch": out.batch,
        "path": out.path,
        "sha256": out.sha256,
        "released": out.on,
        "numbers": dict(out.numbers),
        "packs": [{"pack": p.pack, "receiver": p.receiver, "date": p.on} for p in hit.packs],
        "recalled": hit.recalled and {"date": hit.recalled.on, "by": hit.recalled.by, "reason": hit.recalled.reason},
    }
