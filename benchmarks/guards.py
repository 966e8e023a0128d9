"""Every language in every format with what is worst for small print: an organisation, a logo, long labels.

Run it with: make guards. It ends with 1 when anything is refused: a text that touches another one, a rule or the edge
of its ground, that leaves its frame, or that is too small to be read. Formats are those of campaign.toml, the other
papers that their designs take (A6, DL, US Letter ...), sheets of several languages with the fewest and the most, and
cards. The texts are names from CLDR. `--lang`, `--format` and `--root` (another workspace) narrow it down.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from campaign import languages
from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press, card_data
from campaign.channels.sheet import Panel, set_sheet
from campaign.channels.social import CARD, CARDS
from campaign.errors import CampaignError
from campaign.executors import executor
from campaign.executors.context import WorkerContext, tools
from campaign.model.labels import STEPS
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "layout"))
from papers import PAPERS  # noqa: E402 - they lie beside the tests
from tongues import spoken, words  # noqa: E402

#: As long as names of organisations are, and how long labels become in translation beside the English ones.
ORGANISATION = "Verein für Beratung und Schutz von Betroffenen des Menschenhandels e. V."
LONGER = 1.4
#: Scripts of signs that say a syllable or a word: their texts have fewer of them.
SHORTER, SIGNS = 0.6, ("Hans", "Hant", "Jpan", "Kore")


@dataclass(frozen=True, slots=True)
class Sweep(WorkerContext):
    """The workspace whose formats are set."""

    root: Path


class Bench:
    """One worker's campaign, compiler and message in English."""

    def __init__(self, sweep: Sweep) -> None:
        space = loader.load(Project(sweep.root))
        brand = replace(space.campaign.brand, organisation=ORGANISATION)
        self.campaign, self.typesetter = replace(space.campaign, brand=brand), Typesetter(space.project)
        self.extra = space.project.fonts
        renderer, tag = Renderer(space.project, space.campaign), space.campaign.source_language
        messages = (
            renderer.message(audience, tag, space.campaign.countries[0], space.texts[tag])
            for audience in space.campaign.audiences
        )
        # The longest one that has an Easy Read text, if there is one.
        self.english = max(messages, key=lambda each: (bool(each.blocks.get("easy")), len(str(each.blocks["rights"]))))

    @cache  # noqa: B019 - a bench lives as long as its process
    def message(self, tag: str) -> Message:
        """The message in words of a language, its labels long."""
        longer = SHORTER if languages.get(tag).script in SIGNS else LONGER
        message = spoken(self.english, tag, self.extra, longer=longer)
        known = words(tag, self.extra)
        # Below a picture stands a word or two: the longest of these that are no longer than others become.
        room = {name: longer * len(self.english.labels.get(name, "") or "Interpreter") for name in STEPS}
        short = min(known, key=len)
        steps = {
            name: max((word for word in known if len(word) <= most), key=len, default=short)
            for name, most in room.items()
        }
        return replace(message, labels={**message.labels, **steps, "draft": short})

    def set(self, tag: str, format_: Format) -> None:
        """Set a format in a language. Raises CampaignError where it is refused."""
        message, layout, press = self.message(tag), format_.layout, Press(3.0)
        if layout is None:
            values = card_data(message, self.campaign, CARD, review=True)
            set_item(self.typesetter, format_.design, message, self.campaign, review=True, values=values)
            return
        campaign = replace(self.campaign, layouts={**self.campaign.layouts, layout.id: layout})
        if layout.several:
            every = languages.registry()
            first = list(every).index(tag)
            tags = [*every, *every][first : first + format_.tongues]
            panels = [Panel(self.message(each), True) for each in tags]
            shown = None if layout.screen else press
            set_sheet(self.typesetter, panels, campaign, layout, strips=not layout.screen, press=shown)
        elif layout.offered(message):
            set_item(self.typesetter, layout.id, message, campaign, review=True, press=press)


@dataclass(frozen=True, slots=True)
class Format:
    """What is set: a design with its table (a card has none), `tongues` languages side by side."""

    name: str
    design: str
    layout: Layout | None
    tongues: int = 1


def formats(layouts: Mapping[str, Layout]) -> Iterator[Format]:
    """Every format: those of a campaign, with the fewest and the most languages; their other papers; cards."""
    for layout in layouts.values():
        for count in dict.fromkeys(layout.languages):
            name = f"{layout.id}:{count}" if layout.several else layout.id
            yield Format(name, layout.id, layout, count)
    for paper in PAPERS:
        if paper.design in layouts:
            yield Format(paper.name, paper.design, paper.of(layouts[paper.design]))
    for card in CARDS:
        yield Format(card, card, None)


def refused(job: tuple[str, Format]) -> tuple[str, ...]:
    """Why a format in a language is refused."""
    tag, format_ = job
    try:
        tools(Sweep, Bench).set(tag, format_)
    except CampaignError as error:
        return tuple(f"{format_.name}: {problem.where}: {problem.what} ({problem.todo})" for problem in error.problems)
    return ()


def main() -> int:
    """Set everything, print what is refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("lang", "format"):
        parser.add_argument(f"--{name}", action="append", default=[], help="only this one; can be given several times")
    parser.add_argument("--root", type=Path, default=ROOT, help="another workspace")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    every = formats(loader.load(Project(asked.root)).campaign.layouts)
    chosen = [each for each in every if not asked.format or each.name in asked.format or each.design in asked.format]
    jobs = [(tag, each) for tag in asked.lang or languages.registry() for each in chosen]
    start, bad = time.perf_counter(), 0
    with executor(asked.workers, Sweep(asked.root)) as workers:
        for found in workers.map(refused, jobs):
            bad += bool(found)
            for line in found[:3]:
                print(f"REFUSED {line}", flush=True)
    print(f"{len(jobs)} items, {bad} refused, {time.perf_counter() - start:.0f} s with {asked.workers} processes")
    return int(bad > 0)


if __name__ == "__main__":
    raise SystemExit(main())
