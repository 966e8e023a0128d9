"""campaign build: the review edition, or with --release only what may go out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable

if TYPE_CHECKING:
    from campaign.editions.build import Report
    from campaign.workspace.selection import Selection

SHOWN = 12


@click.command("build", epilog="Example: campaign build --country BE --lang ar --audience migrants")
@options.selection
@click.option(
    "--release", is_flag=True, help="Write only what is signed, verified, unexpired and clean; refuse the rest."
)
@click.option("--explain", is_flag=True, help="Say for every item that was made why it was made.")
@options.workers
@click.option(
    "--executor",
    type=click.Choice(["process", "dask"]),
    default="process",
    show_default=True,
    help="Where the work is done: on processes of this machine, or on a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", default="", help="The cluster's scheduler, like tcp://10.0.0.5:8786.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    chosen: Selection,
    release: bool,
    explain: bool,
    jobs: int,
    executor: str,
    scheduler: str,
) -> int:
    """Build leaflets, SMS texts and posts into output/.

    Without --release every item is built; what no mediator has signed carries a DRAFT watermark.
    """
    from campaign.cache import Cache
    from campaign.editions.build import build
    from campaign.model.edition import Edition

    if (executor == "dask") != bool(scheduler):
        raise click.UsageError("--executor dask and --scheduler ADDRESS go together")
    project, edition = options.project(ctx), Edition.RELEASE if release else Edition.REVIEW
    report = build(
        project,
        edition=edition,
        selection=chosen,
        workers=jobs,
        today=date.today(),
        progress=options.progress("building"),
        cache=Cache.default(),
        scheduler=scheduler if executor == "dask" else "",
    )
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
    folder = project.name(project.output(edition))
    if report.unchanged:
        click.echo(f"Nothing changed: {report.files} files in {folder} are up to date.")
        return 0
    if explain:
        for job, why in sorted(report.reasons.items()):
            click.echo(f"{job.name}: {printable('; '.join(why))}")
    _made(report, folder)
    if not (report.refused or report.lacking):
        return 0
    said = set[str]()  # a missing picture refuses items and formats of others alike
    if report.refused:
        _refused(report, said)
    if report.lacking:
        _lacking(report, said)
    sys.stderr.flush()
    return 1


def _made(report: Report, folder: str) -> None:
    """Say what was written, and what to look at."""
    states = ", ".join(f"{count} {state}" for state, count in sorted(report.states.items()))
    unchanged = len(report.items) - len(report.made) - len(report.refused)
    click.echo(
        f"{len(report.made)} items written to {folder}, {unchanged} unchanged ({report.files} files there). "
        f"Items by state: {states}."
    )
    if report.unlooked:
        named = ", ".join(item.job.name for item in report.unlooked[:SHOWN])
        more = f" and {len(report.unlooked) - SHOWN} more" if len(report.unlooked) > SHOWN else ""
        click.echo(
            f"note: {len(report.unlooked)} released items are signed sentence by sentence, and nobody signed them as "
            f"they are laid out: {named}{more}. item_signatures = true in [review] of campaign.toml demands it.",
            err=True,
        )
    warnings = Counter(
        (finding.locale, finding.where, finding.detail) for item in report.items for finding in item.warnings
    )
    for locale, where, detail in sorted(warnings)[:SHOWN]:
        click.echo(f"warning: {locale} {where}: {printable(detail)}", err=True)
    if len(warnings) > SHOWN:
        click.echo(f"warning: and {len(warnings) - SHOWN} more; campaign check lists them all", err=True)


def _lacking(report: Report, said: set[str]) -> None:
    """Say which formats of items that were written are not among their files, and why."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for item in report.lacking:
        for each in item.unfit:
            alike.setdefault(tuple(map(str, each.problems)), []).append(f"{each.format} of {item.job.name}")
    count = sum(map(len, alike.values()))
    click.echo(f"{count} formats were not written; the other formats of these items were:", err=True)
    _grouped(alike, said)
    if count > SHOWN:
        click.echo(f"  {count} formats in all", err=True)


def _refused(report: Report, said: set[str]) -> None:
    """Say what was not written, and why."""
    click.echo(f"{len(report.refused)} items were not written:", err=True)
    alike: dict[tuple[str, ...], list[str]] = {}
    for item in report.refused:
        reasons = dict.fromkeys(f"{finding.code}: {finding.detail}" for finding in item.refused)
        alike.setdefault((*reasons, *map(str, item.failed)), []).append(f"{item.job.name} ({item.state.value})")
    _grouped(alike, said)
    if len(report.refused) > SHOWN:
        click.echo(f"  and {len(report.refused) - SHOWN} more items", err=True)
        codes = Counter(finding.code for item in report.refused for finding in item.refused)
        for code, count in codes.most_common():
            click.echo(f"  {code}: {count}", err=True)


def _grouped(alike: Mapping[tuple[str, ...], Sequence[str]], said: set[str]) -> None:
    """Name what was not written by the reasons that it shares, no more than can be read; not those of `said`."""
    shown, here = 0, set[str]()
    for given, names in alike.items():
        if shown >= SHOWN:
            break
        few = names[: SHOWN - shown]
        shown += len(names)
        for name in few:
            click.echo(f"  {name}", err=True)
        if len(names) > len(few):
            click.echo(f"  and {len(names) - len(few)} more for the same reason", err=True)
        new = [reason for reason in given if reason not in said]
        if given and not new:
            click.echo("    for the reason above", err=True)
        for reason in new[:4]:
            click.echo(f"    {printable(reason)}", err=True)
        if len(new) > 4:
            click.echo(f"    and {len(new) - 4} more reasons", err=True)
        here.update(new[:4])
    said |= here
