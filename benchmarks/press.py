"""Measure print production: seconds of each step for every format and language; the same leaflet made by peers.

Run it with: make bench-press. Prints tables for benchmarks/RESULTS.md. The peers are in the extra `bench`; Chromium is
the one that is installed. They set the same words as plain HTML of two A5 pages; their files are read again for what a
press needs.
"""

from __future__ import annotations

import argparse
import html
import io
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press as Bleed
from campaign.model import Message
from campaign.pipeline import workspace
from campaign.press import profiles, raster, tiff, x4
from campaign.press.colour import Inks
from campaign.press.preflight import Subject, inspect
from campaign.press.preflight.walk import walk
from campaign.project import Project
from campaign.render import Renderer
from campaign.typeset.session import Typesetter

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


def press(languages: list[str]) -> None:
    """Every step for every format and language, one core."""
    project = Project(ROOT)
    space = workspace.load(project)
    campaign, profile = space.campaign, next(iter(space.campaign.profiles.values()))
    renderer, typesetter = Renderer(project, campaign), Typesetter(project)
    convert, intent = (profiles.read(project.profiles, name) for name in (profile.convert, profile.intent))
    inks, total, jobs = Inks(convert), Clock(), 0
    print(
        "| format | lay out | press PDF | pixels of ink | TIFF and PNG | preflight | a job |"
        "\n|---|---|---|---|---|---|---|"
    )
    for layout in campaign.layouts.values():
        clock = Clock()
        for locale in languages or campaign.languages:
            audience = "disability-learning" if layout.needs else "migrants"
            message = renderer.message(audience, locale, "BE", space.texts[locale])
            with clock.step("lay out"):
                laid = set_item(
                    typesetter, layout.id, message, campaign, review=False, press=Bleed(profile.bleed, proof=False)
                )
            with clock.step("press PDF"):
                what = x4.PressFile(
                    message.line("title"), locale, campaign.edition, intent, profile.condition, profile.bleed
                )
                pdf = x4.convert(laid.pdf, inks, what)
            size = layout.width + 2 * profile.bleed, layout.height + 2 * profile.bleed
            with clock.step("pixels"):
                pages = tuple(raster.plates(pdf, laid.pdf, inks, intent, size, profile.resolution))
                pixel = raster.pixels(size[0], profile.resolution), raster.pixels(size[1], profile.resolution)
                shown = tuple(raster.pictures(laid.pdf, pixel, profile.resolution))
            with clock.step("files"):
                for page, seen in zip(pages, shown, strict=True):
                    tiff.tiff(page, intent, profile.resolution)
                    tiff.png(seen, profile.resolution)
            with clock.step("preflight"):
                numbers = (*(h.contact.display for h in layout.helplines(message)), message.emergency.display)
                inspect(Subject(pdf, pages, layout, profile, message.url, numbers))
            jobs += 1
        means = [
            statistics.mean(clock.steps[name]) for name in ("lay out", "press PDF", "pixels", "files", "preflight")
        ]
        print(f"| {layout.name} | " + " | ".join(f"{mean:.2f} s" for mean in (*means, sum(means))) + " |", flush=True)
        for name, values in clock.steps.items():
            total.steps[name] += values
    print(f"\n{jobs} jobs, {sum(map(sum, total.steps.values())):.0f} s of work on one core")


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


def peers() -> None:
    """The same words in one run: ours, WeasyPrint pdf/x-4, Chromium print to PDF."""
    project = Project(ROOT)
    space = workspace.load(project)
    renderer, typesetter = Renderer(project, space.campaign), Typesetter(project)
    convert, intent = (
        profiles.read(project.profiles, name) for name in ("ISOcoated_v2_300_bas.icc", "FOGRA39L_coated.icc")
    )
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
    print("\n| maker | a leaflet | what the file is |\n|---|---|---|")
    for name, make in makers.items():
        make(messages[0])
        times, pdf = [], b""
        for message in messages:
            start = time.perf_counter()
            pdf = make(message)
            times.append(time.perf_counter() - start)
        print(f"| {name} | {1000 * statistics.median(times):.0f} ms | {facts(pdf)} |", flush=True)


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", action="append", default=[], help="only this language; can be given several times")
    parser.add_argument("--peers-only", action="store_true")
    arguments = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    if not arguments.peers_only:
        press(arguments.lang)
    peers()


if __name__ == "__main__":
    main()
