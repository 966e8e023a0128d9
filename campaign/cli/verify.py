"""campaign verify: what was built, read again."""

from __future__ import annotations

import json

import click

from campaign.cli import options
from campaign.cli.main import printable


@click.command("verify", epilog="Example: campaign verify --release")
@click.option("--release", is_flag=True, help="Verify the release edition instead of the review edition.")
@options.as_json
@click.pass_context
def command(ctx: click.Context, *, release: bool, as_json: bool) -> int:
    """Re-hash every built file and compare its numbers with contacts.toml. Exit 1 on a difference."""
    from campaign.pipeline.verify import verify

    result = verify(options.project(ctx), "release" if release else "review")
    if as_json:
        click.echo(
            json.dumps(
                {
                    "files": result.files,
                    "numbers": result.numbers,
                    "findings": [finding.as_json() for finding in result.findings],
                },
                ensure_ascii=False,
                indent=1,
            )
        )
        return 1 if result.findings else 0
    for finding in result.findings:
        click.echo(f"{finding.code}: {finding.where}: {printable(finding.detail)}")
    click.echo(f"{result.files} files, {result.numbers} numbers read again, {len(result.findings)} differences.")
    return 1 if result.findings else 0
