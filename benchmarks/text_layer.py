"""Every language of the registry set, mended and read again by two readers: whose words come back whole and in order.

Run it with: make text-layer. It ends with 1 when a reader loses a word (docs/reference/text-layer.md aside). The texts
are names from CLDR. `--lang` and `--format` narrow it down; `--all` sets each language three times, with other words.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from campaign import languages
from campaign.channels.layout_data import Press, data
from campaign.channels.layout_words import Fault, faults, word_faults
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.elements import told
from campaign.typeset.guard import opened
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "layout"))
from tongues import spoken, words  # noqa: E402 - it lies beside the tests, which hold a sample against the same readers

AUDIENCE = "disability-learning"  # it has an Easy Read text


def poppler(pdf: bytes) -> list[str]:
    """The text of each page as poppler gives it; where it marks another direction, a word ends."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        done = subprocess.run(["pdftotext", "-q", file.name, "-"], capture_output=True, check=True)
    return [re.sub("[\u202a-\u202e]", " ", page) for page in done.stdout.decode().split("\f")[:-1]]


def read(pdf: bytes, values: dict[str, object]) -> Iterator[tuple[str, tuple[Fault, ...]]]:
    """What each reader gives otherwise than it was set."""
    document = opened(pdf)
    yield "pdfium", word_faults(told(document, document), values)
    if shutil.which("pdftotext"):
        yield "poppler", faults(poppler(pdf), (), values)


def main() -> int:
    """Set and read everything, print what was found; the number of faults."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", action="append", default=[], help="only this language; can be given several times")
    parser.add_argument("--format", action="append", default=[], help="these formats, not the A5 leaflet and Easy Read")
    parser.add_argument("--all", action="store_true", help="each language three times, with other words")
    asked = parser.parse_args()
    space = loader.load(Project(ROOT))
    campaign, typesetter, extra = space.campaign, Typesetter(space.project), space.project.assets / "fonts"
    english = Renderer(space.project, campaign).message(AUDIENCE, "en", "BE", space.texts["en"])
    start, files, lost = time.perf_counter(), 0, 0
    for tag in asked.lang or languages.registry():
        count = len(words(tag, extra))
        for begin in range(0, count, count // 3 + 1) if asked.all else (0,):
            message = spoken(english, tag, extra, begin)
            for name in asked.format or ("leaflet-a5", "easy-read-a4"):
                for press in (None, Press(3.0)):
                    values = data(message, campaign, review=False, layout=campaign.layouts[name], press=press)
                    pdf = typesetter.lay_out(name, values, version="1.6" if press else "1.7").pdf
                    files += 1
                    for reader, found in read(pdf, values):
                        lost += len(found)
                        for fault in found[:3]:
                            kind = "press" if press else "screen"
                            print(f"{tag} {name} {kind} {reader}: page {fault.page}: {fault.text[:60]}", flush=True)
    print(f"{files} files, {lost} faults, {time.perf_counter() - start:.0f} s")
    return int(lost > 0)


if __name__ == "__main__":
    raise SystemExit(main())
