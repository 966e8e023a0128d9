"""campaign verify: what was built, read again."""

from __future__ import annotations

import json
from datetime import date

import click

from campaign.cli import options
from campaign.cli.main import printable


@click.command("verify", epilog="Example: campaign verify --release")
@click.option("--release", is_flag=True, help="Verify the release edition instead of the review edition.")
@click.option(
    "--ocr/--no-ocr",
    default=None,
    help="Read the digits of pictures too (needs tesseract, half a second a picture).",
    show_default="with --release",
)
@options.workers
@options.as_json
@click.pass_context
def command(ctx: click.Context, *, release: bool, ocr: bool | None, jobs: int, as_json: bool) -> int:
    """Re-hash every built file and compare the contacts read from it with contacts.toml. Exit 1 on a difference.

    What was read goes into the manifest as the proof of each file.
    """
    from campaign.model.edition import Edition
    from campaign.reporting.verify import verify

    result = verify(
        options.project(ctx),
        Edition.RELEASE if release else Edition.REVIEW,
        ocr=release if ocr is None else ocr,
        workers=jobs,
        progress=options.progress("reading"),
        today=date.today(),
    )
    if as_json:
        click.echo(
            json.dumps(
                {
                    "files": result.files,
                    "numbers": result.numbers,
                    "proved": result.proved,
                    "findings": [finding.as_json() for finding in result.findings],
                },
                ensure_ascii=False,
                indent=1,
            )
        )
        return 1 if result.errors else 0
    for finding in result.findings:
        click.echo(f"{finding.severity.value}: {finding.code}: {finding.where}: {printable(finding.detail)}")
    for note in result.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(
        f"{result.files} files, {result.numbers} numbers read again, {result.proved} files proved in the manifest, "
        f"{len(result.findings)} differences."
    )
    return 1 if result.errors else 0
