"""Our leaflets by WeasyPrint and Chromium, checks by pofilter, drafts by Argos; writes its section of RESULTS.md."""

from __future__ import annotations

import argparse
import html
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import drafting
import results
from commands import family

from campaign.model.message import Message

ROOT = Path(__file__).resolve().parents[1]

#: Our leaflet as a web designer would write it: A5, two pages, the same words, pictures and fonts.
STYLE = """
@page { size: 148mm 210mm; margin: 11mm }
body { font-size: 10pt; margin: 0; font-family: 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Bengali', sans-serif }
header { background: #0B5563; color: white; padding: 6mm } h1 { font-size: 20pt; margin: 0 } img { width: 100% }
section.second { break-before: page }
footer { background: #0B5563; color: white; padding: 5mm } .number { font-size: 26pt }
"""

#: Said below the tables: a factor alone compares unlike work.
LEFT_OUT = """Where a factor is below 5, we are not five times ahead. What these peers leave out: WeasyPrint sets the
text in the size of its style sheet, lets what is too long run on to another page, and reads nothing
again; ours looks for the size in which everything fits, and reads every finished PDF. Chromium with all
leaflets in one document makes one file, none that is handed out alone, and without a gate. pofilter
looks at one PO file; ours also reads the other languages, renders each message for each country, and
knows contacts, promises, terms and readability."""


def page(message: Message, picture: Path) -> str:
    """One message as HTML."""
    from campaign import languages

    language = languages.get(message.locale)

    def listed(name: str) -> str:
        return "<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in message.blocks[name]) + "</ul>"

    def line(name: str) -> str:
        return html.escape(message.line(name))

    helplines = "".join(
        f"<p><span class=number dir=ltr>{html.escape(h.contact.display)}</span> {html.escape(h.contact.name)} "
        f"{html.escape(' '.join(h.lines))}</p>"
        for h in message.helplines
    )
    direction = "rtl" if language.rtl else "ltr"
    return "".join(
        (
            f"<div lang={language.tag} dir={direction}><header><h1>{line('title')}</h1></header>",
            f"<img src='{picture.as_uri()}' alt='{line('alt')}'><p>{line('lead')}</p>",
            f"<h2>{line('signs_title')}</h2>{listed('signs')}",
            f"<section class=second><h2>{line('rights_title')}</h2>{listed('rights')}",
            f"<h2>{line('steps_title')}</h2>{listed('steps')}<p><b>{line('closing')}</b></p></section>",
            f"<footer>{helplines}<p>{html.escape(message.labels['emergency_line'])}</p></footer></div>",
        )
    )


def document(body: str) -> str:
    """A whole HTML document."""
    return f"<!doctype html><meta charset=utf-8><title>Leaflet</title><style>{STYLE}</style>{body}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one leaflet takes: wall time and processor time (all threads and child processes), in ms, means."""

    wall: float
    cpu: float

    def row(self, name: str, ours: Cost) -> tuple[str, ...]:
        """A line of the table."""
        times = f"{self.wall / ours.wall:.1f}", f"{self.cpu / ours.cpu:.1f}"
        return name, f"{self.wall:.0f} ms", times[0], f"{self.cpu:.0f} ms", times[1]


def processor() -> float:
    """Processor seconds of this process, of the children that ended and of those that run: our compiler is one."""
    ended = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    running = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in family(os.getpid())[1:])
    return ended + sum(sum(map(int, fields[11:13])) for fields in running) / os.sysconf("SC_CLK_TCK")


def timed(work: Sequence[Any], make: Callable[[Any], None]) -> Cost:
    """The cost of each call; the first one only warms up."""
    walls, cpus = [], []
    for item in work:
        start, used = time.perf_counter(), processor()
        make(item)
        walls.append(1000 * (time.perf_counter() - start))
        cpus.append(1000 * (processor() - used))
    return Cost(statistics.mean(walls[1:]), statistics.mean(cpus[1:]))


def main() -> None:
    """Measure ours and each peer that is installed; `--quick` takes fewer leaflets."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    count = 8 if quick else 40
    from campaign.channels.layout import set_item
    from campaign.project import Project
    from campaign.render.renderer import Renderer
    from campaign.typeset.session import Typesetter
    from campaign.workspace import loader

    where, project = results.machine(), Project(ROOT)
    space = loader.load(project)
    renderer, typesetter = Renderer(project, space.campaign), Typesetter(project)

    def messages(*countries: str) -> list[Message]:
        return [
            renderer.message(audience, locale, country, space.texts[locale])
            for audience in space.campaign.audiences
            for locale in ("de", "ar", "bn")
            for country in countries
        ][: count + 1]

    def ours(message: Message) -> None:
        set_item(typesetter, "leaflet-a5", message, space.campaign, review=False)

    build = messages(*space.campaign.countries)
    mine, single = timed(build, ours), timed(messages("BE"), ours)
    rows = [
        mine.row("campaign (Typst, PDF/UA-1, every gate), as it builds: a message for four countries", mine),
        single.row("campaign, a message for one country", mine),
    ]
    pages = [document(page(message, project.assets / "illustrations" / f"{message.audience}.svg")) for message in build]
    rows += [cost.row(name, mine) for name, cost in (*_weasyprint(pages), *_chromium(pages))]
    text = "Leaflets, warm, one at a time, German, Arabic and Bengali:\n\n" + results.table(
        ("what", "mean", "times ours", "processor time", "times ours"), rows
    )
    text += "\n\nChecks of every text of one language (German), with starting the program:\n\n"
    text += results.table(("what", "median", "times ours"), _checks())
    texts = 8 if quick else 24
    text += f"\n\nDrafts of {texts} texts, warm, with the same English to Portuguese package and beam 4:\n\n"
    text += results.table(("what", "median of three", "times ours"), _drafts(texts))
    text += f"\n\n{LEFT_OUT}"
    versions = results.versions("campaign", "typst", "weasyprint", "translate-toolkit", "argos-translate-lt")
    results.write(
        "Beside others",
        f"Command: `make bench`, {count} leaflets. Machine: {where}. Versions: {versions}{_browser()}.\n\n{text}",
    )


def _weasyprint(pages: list[str]) -> list[tuple[str, Cost]]:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        print(f"WeasyPrint is left out: {error}", file=sys.stderr)
        return []

    fonts = weasyprint.text.fonts.FontConfiguration()

    def make(text: str) -> None:
        weasyprint.HTML(string=text, base_url=str(ROOT)).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")

    return [("Jinja2 and WeasyPrint (PDF/UA-1)", timed(pages, make))]


def _chromium(pages: list[str]) -> list[tuple[str, Cost]]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        print("Chromium is left out: it is not installed (Debian: apt-get install chromium)", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as folder:

        def make(text: str) -> None:
            source = Path(folder, "page.html")
            source.write_text(text, encoding="utf-8")
            command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/out.pdf", source.as_uri()]
            subprocess.run(command, check=True, capture_output=True, timeout=120)

        each = timed(pages[:7], make)
        whole = timed([pages[0], "".join(pages)], make)
        together = Cost(whole.wall / len(pages), whole.cpu / len(pages))
    return [
        ("Chromium, print to PDF, a process each", each),
        (f"Chromium, {len(pages)} leaflets in one document", together),
    ]


def _browser() -> str:
    program = shutil.which("chromium")
    if not program:
        return ""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return ", " + " ".join(done.stdout.split()[:2])


def _checks() -> list[tuple[str, str, str]]:
    from commands import seconds

    mine = seconds(("check", "--no-layout", "--lang", "de"), ROOT, repeat=3)
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(3):
            command = [
                str(Path(sys.executable).with_name("pofilter")),
                "--progress=none",
                str(ROOT / "locales/de/LC_MESSAGES/campaign.po"),
            ]
            start = time.perf_counter()
            subprocess.run([*command, str(Path(folder, f"{number}.po"))], check=True, capture_output=True)
            times.append(time.perf_counter() - start)
    other = statistics.median(times)
    return [
        ("campaign check --no-layout --lang de", f"{1000 * mine:.0f} ms", "1"),
        ("pofilter (its default checks)", f"{1000 * other:.0f} ms", f"{other / mine:.1f}"),
    ]


def _drafts(count: int) -> list[tuple[str, str, str]]:
    """All three work on the same texts in turn, three times."""
    texts = [drafting.filled(text) for text in drafting.sentences(count)]
    with tempfile.TemporaryDirectory() as folder:
        plain = drafting.plain_argos(Path(folder))
        alone, whole = drafting.ours(Path(folder))
        works = {
            "campaign, whole drafting (four hypotheses, proof of every number)": whole,
            "campaign, its engine alone": alone,
            "plain argostranslate, sentence by sentence": plain,
        }
        rounds = [{name: drafting.taken(work, texts) for name, work in works.items()} for _ in range(3)]
    times = {name: statistics.median(each[name] for each in rounds) for name in works}
    mine = next(iter(times.values()))
    return [(name, f"{1000 * time / count:.0f} ms a text", f"{time / mine:.2f}") for name, time in times.items()]


if __name__ == "__main__":
    main()
