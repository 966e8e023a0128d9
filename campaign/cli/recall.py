"""campaign recall: what was released with a wrong number, sentence or batch, and the notice for its readers."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.model.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from campaign.delivery.recall import Hit, Recalled
    from campaign.delivery.recall_notice import Ready
    from campaign.project import Project


@click.command(
    "recall", epilog='Example: campaign recall be-payoke --name "A. Peeters" --reason "number changed" --notice'
)
@click.argument("target", metavar="CONTACT|UNIT|BATCH|PACK|VOICE")
@click.option(
    "--name", type=options.NAME, default="", help="Who recalls: with --reason, marks every item found as recalled."
)
@click.option("--reason", default="", help="Why.")
@click.option(
    "--notice", is_flag=True, help='Also write the page and post "this number has changed" to output/recall/.'
)
@click.option("--new", default="", metavar="ID", help="The contact to call instead, when it is another one.")
@options.as_json
@click.pass_context
def command(ctx: click.Context, *, target: str, name: str, reason: str, notice: bool, new: str, as_json: bool) -> int:
    """List every released file that carries a wrong number, a sentence, a batch or a pack: who must be told to bin it.

    A contact is its id, or its number, web address or e-mail in any form, also an earlier one. By its id those files
    are found whose number is not that of contacts.toml now; all of them where it was not corrected yet. A sentence is
    its key in the manifest, a pack the name of its ZIP, a voice LANG/NAME, a batch id what is printed on the
    item; case, spaces and hyphens in it do not matter. All that can be refused is refused before anything is marked.
    """
    from campaign.delivery import recall, recall_notice
    from campaign.forms import record

    project, today = options.project(ctx), date.today()
    fills = record.find(project, target)
    if fills and not as_json:
        for fill in fills:
            with_ = ", ".join(fill.contacts) or "no contact"
            click.echo(
                f"form {fill.id}: {fill.form} in {', '.join(fill.languages)}, {fill.country}, {fill.on}, {with_}"
            )
        if (
            any(fill.id == target.upper().replace("-", "").replace(" ", "") for fill in fills)
            or not project.history.exists()
        ):
            return 0
    found = recall.find(project, target, today)
    ready = recall_notice.notices(project, found, new, today) if notice or new else ()
    marked = None
    if name or reason:
        marked = recall.mark(project, found, by=name, reason=reason, on=today)
        found = recall.find(project, target, today)
    recall_notice.write(ready)
    unknown = recall.unknown_files(project)
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
                for one in ready
            ],
            "unknown_files": unknown,
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return 1 if unknown else 0
    _say(project, found, marked, ready)
    if unknown:
        where, folder = project.name(project.history), project.name(project.output(Edition.RELEASE))
        click.echo(
            f"error: {where}: {unknown} files of {folder} have no line: lines are missing, and files that carry this "
            "may be missing here\n    what to do: restore it from a copy",
            err=True,
        )
    return 1 if unknown else 0


def _say(project: Project, found: Recalled, marked: int | None, ready: Sequence[Ready]) -> None:
    """The files, what was marked, and the notices."""
    subject = f"{found.contact} {found.number}" if found.kind == "contact" else found.target
    click.echo(f"{len(found.hits)} released files carry the {found.kind} {printable(subject)}:")
    for hit in found.hits:
        _show(hit)
    if marked is not None:
        click.echo(f"{marked} files marked as recalled in {project.name(project.history)}.")
    elif any(hit.recalled is None for hit in found.hits):
        click.echo("Nothing is marked yet: add --name and --reason.")
    if found.right and found.kind == "unit":
        click.echo(f"{found.right} more files show the sentence as it stands now: they are not recalled.")
    elif found.right:
        click.echo(
            f"{found.right} more files show {found.contact} with the number that contacts.toml has now. If that one is "
            f"wrong too: campaign contacts expire {found.contact}, then recall again."
        )
    for one in ready:
        click.echo(f"notice {one.country}/{one.locale} ({one.state.value}): {project.name(one.page.parent)}")
    if any(one.lacking for one in ready):
        for gist in dict.fromkeys(found.gist for one in ready for found in one.lacking if found.code != "unsigned"):
            click.echo(f"  {gist}", err=True)
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
