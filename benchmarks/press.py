"""Measure print production: seconds of each step for every format and language; the same leaflet made by peers.

Run it with: make bench-press. Writes its section of benchmarks/RESULTS.md, in less than ten minutes. The peers are in
the extra `bench`; Chromium is the one that is installed. They set the same words as plain HTML of two A5 pages; their
files are read again for what a press needs.
"""

from __future__ import annotations

import argparse
import html
import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from results import machine, table, write

from campaign import config
from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press as Bleed
from campaign.delivery import printer_worker, printer_zip
from campaign.model.message import Message
from campaign.press import pack, profiles, raster, tiff, x4
from campaign.press.colour import Inks
from campaign.press.extra import ghostscript, tesseract
from campaign.press.job import File, Press, PrintJob
from campaign.press.preflight import Subject, inspect
from campaign.press.preflight.walk import walk
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace import loader
from campaign.workspace.selection import Group, Selection

ROOT = Path(__file__).resolve().parents[1]


class Clock:
    """Adds up the wall time of named steps."""

    def __init__(self) -> None:
        self.steps: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step."""
        start = time.perf_counter()
        yield
        self.steps[name].append(time.perf_counter() - start)


STEPS = ("lay out", "press PDF", "ink", "TIFF and PNG", "preflight", "ticket", "ZIP")
HEAD = ("format", "lay out", "press PDF", "pixels of ink", "TIFF and PNG", "preflight", "a job")
#: Whose leaflets are made; Easy Read is offered to few.
AUDIENCE, EASY = "migrants", "disability-learning"


def press(languages: list[str]) -> str:
    """Every step for every format and language, one core, as `Press.jobs` takes them; two tables."""
    project = Project(ROOT)
    space = loader.load(project)
    campaign, profile = space.campaign, next(iter(space.campaign.profiles.values()))
    chosen = languages or list(campaign.languages)
    room = printer_worker.PrintRoom(project, campaign, space.texts, profile, None)
    convert, intent = (profiles.read(project, name) for name in (profile.convert, profile.intent))
    inks, typesetter = Inks(convert, campaign.brand.chosen_inks()), Typesetter(project)
    clocks, whole, jobs = {layout.id: Clock() for layout in campaign.layouts.values()}, Clock(), 0
    for locale in chosen:
        made = []
        for layout in campaign.layouts.values():
            clock = clocks[layout.id]
            audience = EASY if layout.needs else AUDIENCE
            task = printer_worker.Task(Group("BE", locale, audience, ()), layout.id, proof=True)
            with clock.step("lay out"):
                sheet = room.sheet(task)
            with clock.step("press PDF"):
                pdf = Press(profile, inks, intent).file(sheet.order, sheet.laid)
            size = layout.width + 2 * profile.bleed, layout.height + 2 * profile.bleed
            with clock.step("ink"):
                pages = next(raster.plates([raster.Inked(pdf, sheet.laid.pdf, size)], inks, intent, profile.resolution))
                pixel = raster.pixels(size[0], profile.resolution), raster.pixels(size[1], profile.resolution)
                shown = tuple(raster.pictures(sheet.laid.pdf, pixel, profile.resolution))
            files = [File(f"{layout.id}-press.pdf", pdf)]
            with clock.step("TIFF and PNG"):
                for number, (page, seen) in enumerate(zip(pages, shown, strict=True), start=1):
                    files.append(File(f"{layout.id}-{number}.tif", tiff.tiff(page, intent, profile.resolution)))
                    files.append(File(f"{layout.id}-{number}.png", tiff.png(seen, profile.resolution)))
            with clock.step("preflight"):
                lines = inspect(Subject(pdf, pages, layout, profile, sheet.order.url, sheet.order.numbers))
            small = tuple(tiff.thumbnail(picture, 35, 420) for picture in shown)
            made.append(PrintJob(sheet.order, layout.id, tuple(files), lines, small))
            jobs += 1
        with whole.step("ticket"):
            papers = pack.papers(typesetter, campaign.name, made, profile)
        with whole.step("ZIP"):
            pack.write(io.BytesIO(), [*papers, *(file for job in made for file in job.files)], campaign.edition)
    rows = []
    for layout in campaign.layouts.values():
        means = [statistics.mean(clocks[layout.id].steps[name]) for name in STEPS[:5]]
        rows.append([layout.name, *(f"{mean:.2f} s" for mean in (*means, sum(means)))])
    sums = {name: sum(sum(clock.steps[name]) for clock in (*clocks.values(), whole)) for name in STEPS}
    total = sum(sums.values())
    shares = [
        [name, f"{sums[name]:.1f} s", f"{sums[name] / len(chosen):.2f} s", f"{100 * sums[name] / total:.0f} %"]
        for name in STEPS
    ]
    shares.append(["all", f"{total:.1f} s", f"{total / len(chosen):.2f} s", "100 %"])
    return (
        f"{jobs} jobs: {len(campaign.layouts)} formats in {len(chosen)} languages, an audience each. One core; "
        f"a pack is one language.\n\n{table(HEAD, rows)}\n\n{table(('step', 'all packs', 'a pack', 'share'), shares)}"
    )


def packs(languages: list[str], workers: int = 2) -> str:
    """The real command: proofs of all formats in all languages by two processes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "workspace")
        shutil.copytree(
            ROOT, root, ignore=shutil.ignore_patterns(".*", "output", "tests", "campaign", "docs", "benchmarks")
        )
        start, jobs, size = time.perf_counter(), 0, 0
        project = Project(root)
        layouts = config.load(project).layouts.values()
        # Easy Read is another audience's, so it is asked for by itself.
        for audience, easy in ((AUDIENCE, False), (EASY, True)):
            done = printer_zip.pack_printer(
                project,
                selection=Selection(("BE",), tuple(languages), (audience,)),
                formats=tuple(layout.id for layout in layouts if bool(layout.needs) is easy),
                profile="",
                proof=True,
                workers=workers,
                today=date(2026, 11, 24),
                progress=lambda made, total: None,
            )
            jobs += sum(one.jobs for one in done)
            size += sum(one.path.stat().st_size for one in done)
        seconds = time.perf_counter() - start
    return (
        f"`campaign pack printer --proof --country BE` with all formats, {workers} processes: {len(done)} languages, "
        f"{jobs} jobs, {size / 1e6:.0f} MB in {seconds:.0f} s wall, {seconds / len(done):.1f} s a language."
    )


def page_html(message: Message) -> str:
    """The words of the leaflet as plain HTML: two A5 pages with bleed, Noto fonts from the system."""

    def items(name: str) -> str:
        return "".join(f"<li>{html.escape(line)}" for line in message.blocks[name])

    helplines = "".join(f"<p><b>{h.contact.display}</b> {html.escape(h.contact.name)}" for h in message.helplines)
    return f"""<!doctype html><html lang="{message.locale}"><meta charset="utf-8">
<title>{html.escape(message.line("title"))}</title>
<style>@page {{ size: 148mm 210mm; margin: 11mm; bleed: 3mm }} body {{ font: 10.5pt "Noto Sans"; color: #000 }}
h1 {{ background: #0B5563; color: #fff; padding: 8mm }} h2 {{ color: #0B5563 }} .b {{ break-before: page }}</style>
<h1>{html.escape(message.line("title"))}</h1><p>{html.escape(message.line("lead"))}
<h2>{html.escape(message.line("signs_title"))}</h2><ul>{items("signs")}</ul>
<h2 class="b">{html.escape(message.line("rights_title"))}</h2><ul>{items("rights")}</ul>
<h2>{html.escape(message.line("steps_title"))}</h2><ol>{items("steps")}</ol>{helplines}</html>"""


def facts(pdf: bytes) -> str:
    """What a press asks of a file: version, standard, bleed, colour spaces, black type."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        packet = document.Root.Metadata.read_bytes().decode() if "/Metadata" in document.Root else ""
        page = document.pages[0].obj
        standard = "PDF/X-4 in XMP" if "PDF/X-4" in packet else "no PDF/X"
        bleed = "BleedBox" if "/BleedBox" in page and page.BleedBox != page.get("/TrimBox") else "no bleed"
        intent = "intent" if "/OutputIntents" in document.Root else "no intent"
    painted = list(walk(pdf))
    spaces = ", ".join(sorted({item.space.lstrip("/") for item in painted if item.space}))
    texts = [item for item in painted if item.kind == "text"]
    black = sum(item.ink == (0, 0, 0, 1) and item.space == "/DeviceCMYK" for item in texts)
    over = sum(item.overprint for item in texts)
    return f"{standard}, {intent}, {bleed}; {spaces}; {black} of {len(texts)} runs K100, {over} overprint"


def peers() -> str:
    """The same words in one run: ours, WeasyPrint pdf/x-4, Chromium print to PDF."""
    project = Project(ROOT)
    space = loader.load(project)
    renderer, typesetter = Renderer(project, space.campaign), Typesetter(project)
    convert, intent = (profiles.read(project, name) for name in ("ISOcoated_v2_300_bas.icc", "FOGRA39L_coated.icc"))
    inks = Inks(convert)
    messages = [renderer.message("migrants", locale, "BE", space.texts[locale]) for locale in ("de", "nl", "fr", "it")]

    def ours(message: Message) -> bytes:
        laid = set_item(typesetter, "leaflet-a5", message, space.campaign, review=False, press=Bleed(3.0))
        what = x4.PressFile(message.line("title"), message.locale, space.campaign.edition, intent, "FOGRA39", 3.0)
        return x4.convert(laid.pdf, inks, what)

    makers = {"campaign": ours}
    try:
        import weasyprint

        makers[f"WeasyPrint {weasyprint.__version__}, pdf/x-4"] = lambda message: weasyprint.HTML(
            string=page_html(message)
        ).write_pdf(pdf_variant="pdf/x-4")
    except (ImportError, OSError) as error:
        print(f"WeasyPrint left out: {error}", file=sys.stderr)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program:

        def chromium(message: Message) -> bytes:
            with tempfile.TemporaryDirectory() as folder:
                source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
                source.write_text(page_html(message), encoding="utf-8")
                flags = [
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-pdf-header-footer",
                    f"--user-data-dir={folder}/u",
                ]
                subprocess.run(
                    [program, *flags, f"--print-to-pdf={target}", source.as_uri()], check=True, capture_output=True
                )
                return target.read_bytes()

        makers["Chromium, print to PDF"] = chromium
    rows = []
    for name, make in makers.items():
        make(messages[0])
        times, pdf = [], b""
        for message in messages:
            start = time.perf_counter()
            pdf = make(message)
            times.append(time.perf_counter() - start)
        rows.append([name, f"{1000 * statistics.median(times):.0f} ms", facts(pdf)])
    return (
        "The words of the same leaflet in one run (de nl fr it; median; the peers set plain HTML and need no "
        "picture):\n\n" + table(("maker", "a leaflet", "what the file is"), rows)
    )


def main() -> None:
    """Run the measurements; all languages together write their section of RESULTS.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", action="append", default=[], help="only this language; can be given several times")
    parser.add_argument("--peers-only", action="store_true")
    arguments = parser.parse_args()
    on, start = machine(), time.perf_counter()
    parts = [] if arguments.peers_only else [press(arguments.lang), packs(arguments.lang)]
    parts.append(peers())
    seconds = time.perf_counter() - start
    head = (
        f"Command: `make bench-press`. Machine: {on}. The whole run took {seconds:.0f} s. Ghostscript and Tesseract: "
    )
    head += "installed." if ghostscript() and tesseract() else "not both installed."
    text = "\n\n".join((head, *parts))
    if arguments.lang or arguments.peers_only:
        print(text)
    else:
        write("Print production", text)


if __name__ == "__main__":
    main()
