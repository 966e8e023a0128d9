"""Count 100,000 texts as SMS and posts, beside smsutil and twitter-text-parser. Run it with: make bench-counting."""

from __future__ import annotations

import os
import platform as machine
import random
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import smsutil
from twitter_text import parse_tweet

from campaign.channels.sms import measure
from campaign.channels.social import weighted_length
from campaign.channels.thread import thread
from campaign.counting.platforms import platforms
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.workspace import loader

ROOT = Path(__file__).resolve().parents[1]
COUNT = 100_000


def texts() -> tuple[list[str], list[str]]:
    """The campaign's SMS texts and posts in every language, drawn with a fixed seed, no two the same."""
    space = loader.load(Project(ROOT))
    renderer = Renderer(space.project, space.campaign)
    messages = [
        renderer.message(audience, locale, "BE", space.texts[locale])
        for locale in space.campaign.languages
        for audience in space.campaign.audiences
    ]
    lottery = random.Random(5)

    def drawn(name: str) -> list[str]:
        return [f"{lottery.choice(messages).texts[name]} {number}" for number in range(COUNT)]

    return drawn("sms"), drawn("x")


def seconds(count: Callable[[str], object], given: list[str]) -> float:
    """How long it takes to count every text, after one warm call."""
    count(given[0])
    start = time.perf_counter()
    for text in given:
        count(text)
    return time.perf_counter() - start


def peer_sms(text: str) -> int:
    """What smsutil does for the same question: encode and cut."""
    return len(smsutil.split(text).parts)


def main() -> None:
    """Measure, and print a table."""
    sms, posts = texts()
    agree = sum(measure(text).segments == peer_sms(text) for text in sms[:5000])
    same = sum(weighted_length(text) == parse_tweet(text).weightedLength for text in posts[:2000])
    fewer = posts[: COUNT // 20]
    rows = [
        ("SMS, campaign", seconds(measure, sms), COUNT),
        ("SMS, smsutil", seconds(peer_sms, sms), COUNT),
        ("X, campaign", seconds(weighted_length, posts), COUNT),
        ("X, twitter-text-parser", seconds(lambda text: parse_tweet(text).weightedLength, fewer), len(fewer)),
    ]
    for found in platforms().values():
        if found.id != "x":
            rows.append((found.name, seconds(found.cost, posts), COUNT))
    long = [text * 3 for text in posts[:2000]]
    rows.append(("thread of about three posts on X", seconds(lambda t: thread(t, platforms()["x"]), long), len(long)))
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("smsutil", "twitter-text-parser"))
    print(f"{machine.machine()}, {os.cpu_count()} processors, one used, Python {machine.python_version()}; {versions}")
    print(f"same number of SMS parts as smsutil: {agree} of 5000; same weight as twitter-text-parser: {same} of 2000\n")
    print("| what | texts | seconds | microseconds a text |\n|---|---|---|---|")
    for name, took, count in rows:
        print(f"| {name} | {count} | {took:.2f} | {1e6 * took / count:.1f} |")


if __name__ == "__main__":
    sys.exit(main())
