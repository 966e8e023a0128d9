"""campaign draft: fill what is missing with offline drafts, translate back, or write worksheets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable

if TYPE_CHECKING:
    from campaign.project import Project
    from campaign.translation.drafting import Report

SHOWN = 20


@click.command("draft", epilog="Example: campaign draft pt --dry-run")
@click.argument("languages", nargs=-1, metavar="[LANG]...")
@click.option("--engine", default="", metavar="NAME", help="argos, bergamot, ctranslate2; or memory alone.")
@click.option("--redo", is_flag=True, help="Also draft anew what a machine drafted and nobody changed.")
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@click.option(
    "--memory",
    "memories",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A PO or TMX file of others to take the same sentences from; can be given several times.",
)
@click.option("--back", is_flag=True, help="Draft nothing: show what the drafts say, translated back (unreliable).")
@click.option("--worksheet", is_flag=True, help="Draft nothing: write a PDF and an XLSX for people who translate.")
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    *,
    languages: tuple[str, ...],
    engine: str,
    redo: bool,
    dry_run: bool,
    memories: tuple[Path, ...],
    back: bool,
    worksheet: bool,
    as_json: bool,
) -> int:
    """Fill the missing sentences of LANG (of every language when left out) with drafts, offline.

    A draft is marked fuzzy, says where it comes from and how far it can be trusted, and is never released before a
    mediator signed it. What cannot be drafted without losing a number, a name or a sentence stays empty and is listed.
    """
    from campaign import config

    if sum((back, worksheet, dry_run or redo)) > 1:
        raise click.UsageError("--back, --worksheet and --dry-run or --redo are different things: give one of them.")
    project = options.project(ctx)
    campaign = config.load(project)
    asked = languages or tuple(tag for tag in campaign.languages if tag != campaign.source_language)
    if worksheet:
        return _worksheets(project, asked)
    if back:
        return _back(project, asked, as_json=as_json)
    reports, failed = _drafted(project, asked, engine, memories, redo=redo, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps({"languages": [_row(report) for report in reports]}, ensure_ascii=False, indent=1))
    else:
        for report in reports:
            _show(report, dry_run=dry_run)
    for problem in failed:
        click.echo(f"{click.style('not drafted', bold=True)}: {printable(problem)}", err=True)
    return 1 if failed else 0


def _drafted(
    project: Project, locales: tuple[str, ...], engine: str, memories: tuple[Path, ...], *, redo: bool, dry_run: bool
) -> tuple[list[Report], list[str]]:
    """Every language in turn: one without a model must not stop the others."""
    from campaign.errors import CampaignError
    from campaign.translation.drafting import draft

    reports, failed = [], []
    for locale in locales:
        try:
            progress = options.progress(f"drafting {locale}")
            reports.append(
                draft(
                    project,
                    locale,
                    engine=engine,
                    redo=redo,
                    dry_run=dry_run,
                    memories=memories,
                    progress=progress,
                )
            )
        except CampaignError as error:
            failed += [str(problem) for problem in error.problems]
    return reports, failed


def _show(report: Report, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    engine = f" by {report.engine}" if report.engine else ""
    click.echo(
        f"{report.locale}: {len(report.drafted)} sentences {would}drafted{engine}, {report.kept} left as they were, "
        f"{len(report.left)} stay empty."
    )
    if dry_run:
        for item in report.drafted[:SHOWN]:
            click.echo(f"  {item.unit.key} {printable(item.unit.source[:60])}\n    {printable(item.unit.text[:100])}")
            click.echo(f"    {printable('; '.join((item.origin, *item.notes)))}")
        if len(report.drafted) > SHOWN:
            click.echo(f"  and {len(report.drafted) - SHOWN} more; --json lists them all")
    for left in report.left:
        click.echo(f"  empty: {left.unit.key} {printable(left.unit.source[:70])!r}: {printable(left.reason)}")


def _row(report: Report) -> dict[str, object]:
    return {
        "language": report.locale,
        "engine": report.engine,
        "kept": report.kept,
        "drafted": [
            {
                "key": item.unit.key,
                "source": item.unit.source,
                "forms": item.unit.forms,
                "origin": item.origin,
                "notes": item.notes,
            }
            for item in report.drafted
        ],
        "empty": [{"key": item.unit.key, "source": item.unit.source, "reason": item.reason} for item in report.left],
    }


def _back(project: Project, locales: tuple[str, ...], *, as_json: bool) -> int:
    from campaign.review.back_translation import UNRELIABLE, read_back

    rows = [row for locale in locales for row in read_back(project, locale)]
    if as_json:
        shown = [
            {"language": unit.locale, "key": unit.key, "source": unit.source, "text": unit.text, "back": back}
            for unit, back in rows
        ]
        click.echo(json.dumps({"note": UNRELIABLE, "units": shown}, ensure_ascii=False, indent=1))
        return 0
    click.echo(UNRELIABLE)
    for unit, back in rows:
        click.echo(f"\n{unit.locale} {unit.key}")
        for label, text in (("source", unit.source), ("text", unit.text), ("back", back or "(nothing)")):
            click.echo(f"  {label:7}{printable(text)}")
    return 0


def _worksheets(project: Project, locales: tuple[str, ...]) -> int:
    from campaign.translation.worksheets import write

    for locale in locales:
        made = write(project, locale, progress=options.progress(f"worksheet {locale}"))
        click.echo(f"{locale}: {made.rows} sentences in {', '.join(project.name(path) for path in made.files)}")
    return 0
