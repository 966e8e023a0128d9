"""Lay out every audience in every language, country and format: what is refused and why, and how small type gets.

Run it with: make sweep. It ends with 1 when anything is refused. `--lang`, `--audience`, `--format` and `--country`
narrow it down; `--release` leaves the draft marks out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press
from campaign.errors import CampaignError
from campaign.executors import executor
from campaign.executors.context import WorkerContext, tools
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.guard import opened
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Item:
    """One item to lay out."""

    layout: str
    locale: str
    audience: str
    country: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an item was laid out: size of type in pt by frame, pages, wall time in seconds, or why it was refused."""

    item: Item
    sizes: tuple[tuple[str, float], ...] = ()
    pages: int = 0
    seconds: float = 0.0
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sweep(WorkerContext):
    """The workspace that is laid out, with the marks of a draft or without."""

    root: Path
    review: bool


class Tools:
    """One worker's workspace, templates and compiler."""

    def __init__(self, sweep: Sweep) -> None:
        self.review, project = sweep.review, Project(sweep.root)
        self.space = loader.load(project)
        self.renderer, self.typesetter = Renderer(project, self.space.campaign), Typesetter(project)


def lay_out(item: Item) -> Outcome | None:
    """Lay out one item as for the press, which has the bleed too; None when the format is not offered for it."""
    warm = tools(Sweep, Tools)
    space = warm.space
    message = warm.renderer.message(item.audience, item.locale, item.country, space.texts[item.locale])
    if not space.campaign.layouts[item.layout].offered(message):
        return None
    start = time.perf_counter()
    try:
        laid = set_item(warm.typesetter, item.layout, message, space.campaign, review=warm.review, press=Press(3.0))
    except CampaignError as error:
        return Outcome(item, refused=tuple(dict.fromkeys(problem.what for problem in error.problems)))
    seconds = time.perf_counter() - start
    return Outcome(item, tuple((frame.id, frame.size) for frame in laid.frames), len(opened(laid.pdf)), seconds)


def table(outcomes: list[Outcome]) -> None:
    """Print what came of each format, and where its type is smallest."""
    found = defaultdict(list)
    for outcome in outcomes:
        found[outcome.item.layout].append(outcome)
    print("| format | items | refused | pages | median | smallest type |\n|---|---|---|---|---|---|")
    for layout, each in found.items():
        good = [outcome for outcome in each if not outcome.refused]
        pages = sorted({outcome.pages for outcome in good}) or [0]
        least: dict[str, tuple[float, str]] = {}
        for outcome in good:
            for frame, size in outcome.sizes:
                here = f"{outcome.item.locale}/{outcome.item.audience}"
                least[frame] = min(least.get(frame, (size, here)), (size, here))
        smallest = ", ".join(f"{frame} {size:.2f} pt ({where})" for frame, (size, where) in sorted(least.items()))
        median = 1000 * statistics.median([outcome.seconds for outcome in good] or [0])
        span = f"{pages[0]}–{pages[-1]}" if pages[0] != pages[-1] else f"{pages[0]}"
        print(f"| {layout} | {len(each)} | {len(each) - len(good)} | {span} | {median:.0f} ms | {smallest} |")


def main() -> int:
    """Lay everything out and print the refusals."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("lang", "audience", "format", "country"):
        parser.add_argument(f"--{name}", action="append", default=[], help="only this one; can be given several times")
    parser.add_argument("--release", action="store_true", help="without the marks of a draft")
    parser.add_argument("--root", type=Path, default=ROOT, help="another workspace")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    campaign = loader.load(Project(asked.root)).campaign
    jobs = [
        Item(layout, locale, audience, country)
        for locale in asked.lang or campaign.languages
        for layout in asked.format or (name for name, each in campaign.layouts.items() if not each.several)
        for audience in asked.audience or campaign.audiences
        for country in asked.country or campaign.countries
    ]
    start = time.perf_counter()
    outcomes = []
    with executor(asked.workers, Sweep(asked.root, not asked.release)) as workers:
        for outcome in workers.map(lay_out, jobs):
            if outcome is not None:
                outcomes.append(outcome)
                for reason in outcome.refused:
                    item = outcome.item
                    print(f"REFUSED {item.layout} {item.country}/{item.locale}/{item.audience}: {reason}", flush=True)
    table(outcomes)
    refused = sum(bool(outcome.refused) for outcome in outcomes)
    seconds = time.perf_counter() - start
    print(f"\n{len(outcomes)} items, {refused} refused, {seconds:.0f} s with {asked.workers} processes")
    return int(refused > 0)


if __name__ == "__main__":
    raise SystemExit(main())
