"""Every language in every format with what is worst for small print: an organisation, a logo, long labels.

Run it with: make guards. It ends with 1 when anything is refused: a text that touches another one, a rule or the edge
of its ground, that leaves its frame, or that is too small to be read. The texts are names from CLDR. `--lang`,
`--format` and `--root` (another workspace) narrow it down.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from campaign import languages
from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press
from campaign.errors import CampaignError
from campaign.executors import executor
from campaign.executors.context import WorkerContext, tools
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "layout"))
from tongues import spoken, words  # noqa: E402 - it lies beside the tests

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


def refused(job: tuple[str, str]) -> tuple[str, ...]:
    """Why a format in a language is refused."""
    tag, name = job
    bench = tools(Sweep, Bench)
    layout = bench.campaign.layouts[name]
    longer = SHORTER if languages.get(tag).script in SIGNS else LONGER
    message = spoken(bench.english, tag, bench.extra, longer=longer)
    message = replace(message, labels={**message.labels, "draft": min(words(tag, bench.extra), key=len)})
    if not layout.offered(message):
        return ()
    try:
        set_item(bench.typesetter, name, message, bench.campaign, review=True, press=Press(3.0))
    except CampaignError as error:
        return tuple(f"{problem.where}: {problem.what}" for problem in error.problems)
    return ()


def main() -> int:
    """Set everything, print what is refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("lang", "format"):
        parser.add_argument(f"--{name}", action="append", default=[], help="only this one; can be given several times")
    parser.add_argument("--root", type=Path, default=ROOT, help="another workspace")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    formats = asked.format or list(loader.load(Project(asked.root)).campaign.layouts)
    jobs = [(tag, name) for tag in asked.lang or languages.registry() for name in formats]
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
