"""campaign measure: count a text as an SMS or as a post on a platform."""

from __future__ import annotations

import json
import sys
import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from campaign.cli import options
from campaign.cli.main import printable
from campaign.counting.platforms import Platform, platform, platforms

if TYPE_CHECKING:
    from campaign.model.sms_plan import SmsPlan


CHANNELS = ("sms", *platforms())


@click.command(
    "measure",
    epilog='Example: campaign measure sms "Call 112 now"',
    help=f"""Count TEXT (or standard input, with -) on CHANNEL.

    CHANNEL is {options.one_of(CHANNELS)}. An SMS is shown with its parts, and with the characters that make it dear.
    """,
)
@click.argument("channel", type=click.Choice(CHANNELS), metavar="CHANNEL")
@click.argument("text", default="-")
@click.option("--single-shift", multiple=True, metavar="TABLE", help="SMS: a table the gateway can send, like Turkish.")
@click.option("--locking-shift", multiple=True, metavar="TABLE", help="SMS: a table the gateway can send, like Hindi.")
@click.option("--reference-bits", type=click.Choice(("8", "16")), default="8", help="SMS: width of the reference.")
@click.option("--whole-graphemes", is_flag=True, help="SMS: the gateway cuts between whole characters only.")
@options.as_json
def command(
    channel: str,
    text: str,
    *,
    single_shift: tuple[str, ...],
    locking_shift: tuple[str, ...],
    reference_bits: str,
    whole_graphemes: bool,
    as_json: bool,
) -> None:
    """Count a text."""
    # Counted as it is sent: letters and their accents in one, whatever keyboard they come from.
    text = unicodedata.normalize("NFC", sys.stdin.read() if text == "-" else text)
    if channel == "sms":
        from campaign.model.sms_plan import SmsPlan

        plan = SmsPlan(
            reference_bits=int(reference_bits),
            whole_graphemes=whole_graphemes,
            single_shift=single_shift,
            locking_shift=locking_shift,
        )
        result, lines = _sms(text, plan)
    else:
        result, lines = _post(text, platform(channel))
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else "\n".join(map(printable, lines)))


def _sms(text: str, plan: SmsPlan) -> tuple[dict[str, object], list[str]]:
    from dataclasses import replace

    from campaign.channels.sms import measured
    from campaign.channels.whole import straddling
    from campaign.counting.sms import costly, plain

    cost, cut = measured(text, plan)
    whole = measured(text, replace(plan, whole_graphemes=True))[0].segments
    dear, cheaper, apart = costly(text), plain(text), straddling(cut)
    plural = "" if cost.segments == 1 else "s"
    lines = [f"{cost.encoding}, {cost.segments} part{plural}: {', '.join(map(str, cost.units))} units"]
    if len(cut) > 1:
        lines += [f"  part {number} ends: …{part[-24:]!r}" for number, part in enumerate(cut, 1)]
    if whole > cost.segments:
        lines.append(f"  {whole} parts where the gateway does not cut through characters of several code points")
    if cost.encoding == "UCS-2" and len(dear) <= len(text) // 4:
        for found in dict.fromkeys((one.character, one.plain) for one in dear):
            instead = "" if found[1] is None else f"; plain: {found[1]!r}"
            lines.append(f"  UCS-2 because of {found[0]!r} ({_codes(found[0])}){instead}")
        if cheaper != text:
            lines.append(f"  {measured(cheaper, plan)[0].segments} in GSM-7 with plain characters")
    lines += [f"  warning: {run!r} is cut where one part ends and the next begins" for run in apart]
    result: dict[str, object] = {
        "channel": "sms",
        **asdict(cost),
        "segments_whole_graphemes": whole,
        "parts": list(cut),
        "costly": [one._asdict() for one in dear],
        "plain": cheaper,
        "straddling": list(apart),
    }
    return result, lines


def _codes(character: str) -> str:
    return " ".join(f"U+{ord(one):04X}" for one in character)


def _post(text: str, platform: Platform) -> tuple[dict[str, object], list[str]]:
    from campaign.channels.thread import thread
    from campaign.errors import CampaignError

    cost = platform.cost(text)
    result: dict[str, object] = {"channel": platform.id, "length": cost.length, "unit": cost.unit, "limit": cost.limit}
    if platform.id == "x":
        result["weighted_length"] = cost.length
    result |= {"over": cost.over, "fits": cost.fits}
    lines = [f"{cost.length} of {cost.limit}" + (f", {cost.over} too many" if cost.over else "")]
    if cost.bytes_limit:
        result |= {"bytes": cost.bytes, "bytes_limit": cost.bytes_limit}
        over = f", {cost.bytes_over} too many" if cost.bytes_over else ""
        lines.append(f"  {cost.bytes} of {cost.bytes_limit} bytes{over}")
    for name, limit, why in (
        ("post", platform.post, platform.post_why),
        ("title", platform.title, "a separate title"),
    ):
        if limit is not None:
            result[f"{name}_limit"] = limit
            lines.append(
                f"  {why}: at most {limit}{'' if cost.length <= limit else f', {cost.length - limit} too many'}"
            )
    if not cost.fits and platform.threads:
        try:
            posts = thread(text, platform)
        except CampaignError as error:
            lines += [f"  as a thread: {problem.what}" for problem in error.problems]
        else:
            lengths = [platform.cost(post).length for post in posts]
            result["thread"] = [{"text": post, "length": n} for post, n in zip(posts, lengths, strict=True)]
            lines.append(f"  as a thread: {len(posts)} posts of {', '.join(map(str, lengths))}")
    result |= {"as_of": platform.as_of, "source": platform.source}
    return result, lines
