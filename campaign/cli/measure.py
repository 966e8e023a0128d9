"""campaign measure: count a text as an SMS or as a post on X."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from campaign.cli import options


@click.command("measure", epilog='Example: campaign measure sms "Call 112 now"')
@click.argument("channel", type=click.Choice(("sms", "x")))
@click.argument("text", default="-")
@options.as_json
def command(channel: str, text: str, *, as_json: bool) -> None:
    """Count TEXT (or standard input, with -): SMS parts and units, or the weighted length on X."""
    text = sys.stdin.read() if text == "-" else text
    if channel == "sms":
        from campaign.channels.sms import measure

        cost = measure(text)
        result: dict[str, object] = {"channel": "sms", **asdict(cost)}
        plural = "" if cost.segments == 1 else "s"
        words = f"{cost.encoding}, {cost.segments} part{plural}: {', '.join(map(str, cost.units))} units"
    else:
        from campaign.channels.social import weighted_length
        from campaign.counting.x import X_LIMIT

        weight = weighted_length(text)
        result = {"channel": "x", "weighted_length": weight, "limit": X_LIMIT, "fits": weight <= X_LIMIT}
        words = f"{weight} of {X_LIMIT}" + ("" if weight <= X_LIMIT else f", {weight - X_LIMIT} too many")
    click.echo(json.dumps(result) if as_json else words)
