"""campaign check: every finding, with its rule and its source."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable

if TYPE_CHECKING:
    from campaign.model.finding import Finding
    from campaign.workspace.selection import Selection

SHOWN = 6
#: Rules that people fulfil, not texts: told last.
PEOPLE = ("contact-expired", "unsigned")


@click.command("check", epilog="Example: campaign check --lang ar --no-layout")
@options.selection
@click.option("--layout/--no-layout", default=True, help="Also lay out every item to find what is clipped.")
@click.option("--only", multiple=True, metavar="RULE", help="Only this rule; can be given several times.")
@click.option("--ignore", multiple=True, metavar="RULE", help="All but this rule; can be given several times.")
@options.workers
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    *,
    chosen: Selection,
    layout: bool,
    only: tuple[str, ...],
    ignore: tuple[str, ...],
    jobs: int,
    as_json: bool,
) -> int:
    """List what is wrong with the texts, the contacts and the layout. Exit 1 when there is an error."""
    from campaign.model.finding import Severity
    from campaign.reporting.check import check

    _known((*only, *ignore))
    findings = check(
        options.project(ctx),
        chosen,
        layout=layout,
        workers=jobs,
        today=date.today(),
        progress=options.progress("laying out"),
    )
    findings = tuple(f for f in findings if (not only or f.code in only) and f.code not in ignore)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if as_json:
        click.echo(json.dumps({"findings": [finding.as_json() for finding in findings]}, ensure_ascii=False, indent=1))
        return 1 if errors else 0
    _printed(findings)
    click.echo(f"{errors} errors, {len(findings) - errors} warnings.")
    return 1 if errors else 0


def _known(codes: Iterable[str]) -> None:
    """Refuse a rule that the program does not have."""
    from campaign.checks.rules import RULES
    from campaign.shaping.settings import known

    for code in codes:
        known(code, RULES, "a rule", "--only, --ignore")


def _printed(findings: Sequence[Finding]) -> None:
    """The findings by rule: faults of texts first, at the end what waits for people; signatures a line a language."""
    by_code: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code, finding.severity.value].append(finding)
    for (code, severity), group in sorted(by_code.items(), key=lambda pair: (pair[0][0] in PEOPLE, pair[0])):
        click.echo(f"{click.style(code, bold=True)} ({severity}, {len(group)}): {group[0].rule}")
        if code == "unsigned" and len(group) > SHOWN:
            waiting = Counter(finding.locale for finding in group if _of_a_sentence(finding))
            for locale, count in waiting.items():
                click.echo(f"  {locale:4} {count} sentences wait for a signature; --json lists them")
            group = [finding for finding in group if not _of_a_sentence(finding)]
        for finding in group[:SHOWN]:
            click.echo(f"  {finding.locale:4} {finding.where}: {printable(finding.detail)}")
        if len(group) > SHOWN:
            click.echo(f"  and {len(group) - SHOWN} more; --json lists them all")


def _of_a_sentence(finding: Finding) -> bool:
    return bool(finding.locale) and finding.where.endswith("reviews.jsonl")
