"""campaign audit: the contacts and the language of existing files against a reference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable

if TYPE_CHECKING:
    from campaign.reporting.audit import FileReport


@click.command("audit", epilog="Example: campaign audit leaflet-en.pdf leaflet-ar.pdf leaflet-fa.docx page-ti.html")
@click.argument("reference", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--lang", default="", metavar="TAG", help="The language of all FILEs, when their names do not say it.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Also write a page to read.")
@options.workers
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    reference: Path,
    files: tuple[Path, ...],
    *,
    lang: str,
    page: Path | None,
    jobs: int,
    as_json: bool,
) -> int:
    """Compare the contacts of FILEs (text, HTML, PDF, DOCX, pictures, any language) with those of REFERENCE.

    REFERENCE is a leaflet that is right, or a contacts.toml. Spacing, the order of contacts and national against
    international form make no difference. Exit 1 when there is an error.
    """
    from campaign.reporting.audit import audit, names_of

    profile, reports = audit(
        reference,
        files,
        tag=lang,
        workers=jobs,
        progress=options.progress("reading"),
        names=names_of(Path(ctx.obj)),
    )
    if page:
        from campaign.reports import write

        rules = sorted({(found.code, found.rule) for report in reports for found in report.findings})
        write(page, "audit", reference=profile, reports=reports, rules=rules)
    errors = sum(report.errors for report in reports)
    if as_json:
        shown = [
            {
                "file": r.file,
                "language": r.language,
                "alike": r.alike,
                "findings": [found.as_json() for found in r.findings],
            }
            for r in reports
        ]
        click.echo(json.dumps({"files": shown}, ensure_ascii=False, indent=1))
        return 1 if errors else 0
    click.echo(f"{len(profile.wanted)} contacts in {profile.file}: {', '.join(w.name for w in profile.wanted)}")
    for report in reports:
        _show(report)
    warnings = sum(len(report.findings) for report in reports) - errors
    click.echo(f"{len(reports)} files, {errors} errors, {warnings} warnings.")
    return 1 if errors else 0


def _show(report: FileReport) -> None:
    verdict = f"{report.errors} errors" if report.errors else "warnings" if report.findings else "ok"
    if not report.errors and {found.code for found in report.findings} == {"file-unreadable"}:
        verdict = "nothing wrong seen"  # which is not that all is right
    untold = f", cannot be told from {', '.join(report.alike)}" if report.alike else ""
    click.echo(f"{click.style(report.file, bold=True)} [{report.language or '?'}{untold}] {verdict}")
    for found in report.findings:
        click.echo(f"  {found.severity.value:7} {found.code}: {printable(found.detail)}")
