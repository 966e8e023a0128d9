"""campaign check: every finding, with its rule and its source."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable

if TYPE_CHECKING:
    from campaign.workspace.selection import Selection

SHOWN = 6


@click.command("check", epilog="Example: campaign check --lang ar --no-layout")
@options.selection
@click.option("--layout/--no-layout", default=True, help="Also lay out every item to find what is clipped.")
@options.workers
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    *,
    chosen: Selection,
    layout: bool,
    jobs: int,
    as_json: bool,
) -> int:
    """List what is wrong with the texts, the contacts and the layout. Exit 1 when there is an error."""
    from campaign.model.finding import Finding, Severity
    from campaign.reporting.check import check

    findings = check(
        options.project(ctx),
        chosen,
        layout=layout,
        workers=jobs,
        today=date.today(),
        progress=options.progress("laying out"),
    )
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if as_json:
        click.echo(json.dumps({"findings": [finding.as_json() for finding in findings]}, ensure_ascii=False, indent=1))
        return 1 if errors else 0
    by_code: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code, finding.severity.value].append(finding)
    for (code, severity), group in sorted(by_code.items()):
        click.echo(f"{click.style(code, bold=True)} ({severity}, {len(group)}): {group[0].rule}")
        for finding in group[:SHOWN]:
            click.echo(f"  {finding.locale:4} {finding.where}: {printable(finding.detail)}")
        if len(group) > SHOWN:
            click.echo(f"  and {len(group) - SHOWN} more; --json lists them all")
    click.echo(f"{errors} errors, {len(findings) - errors} warnings.")
    return 1 if errors else 0
