"""What users wait for, on the whole reference campaign; writes the first section of benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import results
from commands import CAMPAIGN, seconds, with_memory

ROOT = Path(__file__).resolve().parents[1]


def started(*command: str) -> float:
    """The median time of starting a program fifteen times."""
    times = []
    for _ in range(15):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def leaflets(most: int) -> tuple[float, float, int]:
    """Milliseconds per leaflet on one core, warm: (layout to PDF/UA, with data, coverage and guard, number)."""
    from campaign.channels.layout import set_item
    from campaign.channels.layout_data import data
    from campaign.pipeline import workspace
    from campaign.project import Project
    from campaign.render.renderer import Renderer
    from campaign.typeset.session import Typesetter

    project = Project(ROOT)
    space = workspace.load(project)
    renderer, typesetter = Renderer(project, space.campaign), Typesetter(project)
    messages = [
        renderer.message(audience, locale, "BE", space.texts[locale])
        for locale in space.campaign.languages
        for audience in space.campaign.audiences
    ][: 2 * most]
    typesetter.lay_out("leaflet-a5", data(messages[0], space.campaign, review=True))
    layout, whole = [], []
    for message in messages[1::2]:
        values = data(message, space.campaign, review=True)
        start = time.perf_counter()
        typesetter.lay_out("leaflet-a5", values)
        layout.append(time.perf_counter() - start)
    for message in messages[0::2]:
        start = time.perf_counter()
        set_item(typesetter, "leaflet-a5", message, space.campaign, review=True)
        whole.append(time.perf_counter() - start)
    return 1000 * statistics.median(layout), 1000 * statistics.median(whole), len(layout)


def reword(folder: Path, number: int) -> None:
    """Another word in one German sentence of one audience."""
    path = folder / "locales" / "de" / "LC_MESSAGES" / "campaign.po"
    text, count = re.subn(
        r"Bewahren Sie (Variante \d+ )?", f"Bewahren Sie Variante {number} ", path.read_text(encoding="utf-8"), count=1
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Run every measurement; `--quick` takes one country and three languages instead of everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    where = results.machine()
    some = ("--country", "BE", "--lang", "de", "--lang", "ar", "--lang", "bn") if quick else ()
    rows: list[tuple[str, str, str]] = []
    click, ours = started(sys.executable, "-c", "import click"), started(*CAMPAIGN, "--help")
    rows.append(("`campaign --version`", f"{1000 * started(*CAMPAIGN, '--version'):.0f} ms", "cold start"))
    rows.append(
        ("`campaign --help`", f"{1000 * ours:.0f} ms", f"{ours / click:.2f} x `import click` ({1000 * click:.0f} ms)")
    )
    with tempfile.TemporaryDirectory() as folder:
        here, cache = Path(folder) / "workspace", str(Path(folder) / "cache")
        subprocess.run((*CAMPAIGN, "init", str(here)), check=True, capture_output=True)
        part = ("--country", "BE", "--lang", "de", "--lang", "ar", "--lang", "bn", "--no-such")[:-1]
        one = seconds(("build", *part, "--jobs", "1"), here)
        subprocess.run(("rm", "-r", str(here / "output")), check=True)
        two = seconds(("build", *part, "--jobs", "2"), here)
        subprocess.run(("rm", "-r", str(here / "output")), check=True)
        rows.append(
            (
                "three languages, one country, 1 process -> 2 processes",
                f"{one:.1f} s -> {two:.1f} s",
                f"{one / two:.2f} x",
            )
        )
        whole, memory = with_memory(("build", *some, "--jobs", "2"), here, cache=cache)
        files = sum(1 for path in (here / "output" / "review").rglob("*") if path.is_file())
        rows.append(
            (
                "first build, 2 processes",
                f"{whole:.1f} s",
                f"{files} files, peak memory of all processes {memory:.0f} MB",
            )
        )
        rows.append(
            ("the same again, nothing changed", f"{seconds(('build', *some), here, repeat=3, cache=cache):.2f} s", "")
        )
        times = []
        for number in range(3):
            reword(here, number)
            times.append(seconds(("build", *some), here, cache=cache))
        rows.append(
            (
                "one sentence of one language changed",
                f"{statistics.median(times):.2f} s",
                "its leaflets in every country",
            )
        )
        subprocess.run(("rm", "-r", str(here / "output")), check=True)
        rows.append(
            ("output deleted, cache kept", f"{seconds(('build', *some, '--jobs', '2'), here, cache=cache):.1f} s", "")
        )
        rows.append(("`campaign status`", f"{seconds(('status', *some), here, repeat=3):.2f} s", ""))
        rows.append(("`campaign check --no-layout`", f"{seconds(('check', '--no-layout', *some[2:]), here):.2f} s", ""))
        rows.append(("`campaign extract`", f"{seconds(('extract',), here, repeat=3):.2f} s", ""))
        rows.append(("`campaign update`", f"{seconds(('update',), here, repeat=3):.2f} s", "every language"))
        drafted = seconds(("draft", "pt", "--redo"), here)
        rows.append(("`campaign draft pt --redo`", f"{drafted:.2f} s", "every sentence of a language, built-in model"))
        job = ("--country", "BE", "--lang", "de", "--audience", "migrants", "--jobs", "1")
        printed = seconds(("pack", "printer", "--proof", *job), here)
        rows.append(("`campaign pack printer --proof`", f"{printed:.1f} s", "every format of one message"))
    layout, set_, count = leaflets(30 if quick else 110)
    rows.append(("leaflet to PDF/UA, layout only, warm, one core", f"{layout:.0f} ms", f"median of {count}"))
    rows.append(("leaflet PDF all-in: data, glyph coverage, layout, guard", f"{set_:.0f} ms", "median"))
    versions = results.versions("campaign", "typst", "jinja2", "translate-toolkit")
    scope = "one country and three languages" if quick else "every audience, language, country and channel"
    results.write(
        "The reference campaign",
        f"Command: `make bench{' QUICK=1' if quick else ''}`: {scope}. Machine: {where}. Versions: {versions}.\n\n"
        + results.table(("what", "median", "note"), rows),
    )


if __name__ == "__main__":
    main()
