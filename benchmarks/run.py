"""What users wait for, on the whole reference campaign; writes the first section of benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import re
import shutil
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


def leaflets(most: int, share: int) -> list[float]:
    """Milliseconds of each leaflet PDF all-in, one core, warm, in the order of a build, for `most` countries.

    All-in: data, glyph coverage, layout, fit report, and the guard that reads the finished PDF. Every `share`-th
    message is measured.
    """
    from campaign.channels.layout import set_item
    from campaign.project import Project
    from campaign.render.renderer import Renderer
    from campaign.typeset.session import Typesetter
    from campaign.workspace import loader

    project = Project(ROOT)
    space = loader.load(project)
    renderer, typesetter = Renderer(project, space.campaign), Typesetter(project)
    texts = [(locale, audience) for locale in space.campaign.languages for audience in space.campaign.audiences]
    messages = [
        renderer.message(audience, locale, country, space.texts[locale])
        for locale, audience in texts[::share]
        for country in space.campaign.countries[:most]
    ]
    set_item(typesetter, "leaflet-a5", messages[-1], space.campaign, review=True)
    times = []
    for message in messages:
        start = time.perf_counter()
        set_item(typesetter, "leaflet-a5", message, space.campaign, review=True)
        times.append(1000 * (time.perf_counter() - start))
    return times


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
        one = seconds(("build", *some, "--jobs", "1"), here, cache=str(Path(folder) / "first cache"))
        shutil.rmtree(here / "output")
        whole, memory = with_memory(("build", *some, "--jobs", "2"), here, cache=cache)
        rows.append(("first build, 1 process -> 2 processes", f"{one:.1f} s -> {whole:.1f} s", f"{one / whole:.2f} x"))
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
        shutil.rmtree(here / "output")
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
    share = 6 if quick else 1
    for most, said in ((1, "one country"), (4, "four countries")):
        times = leaflets(most, share)
        note = f"mean of {len(times)}; median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms"
        rows.append((f"leaflet PDF all-in, a message for {said}", f"{statistics.mean(times):.0f} ms", note))
    versions = results.versions("campaign", "typst", "jinja2", "translate-toolkit")
    scope = "one country and three languages" if quick else "every audience, language, country and channel"
    results.write(
        "The reference campaign",
        f"Command: `make bench{' QUICK=1' if quick else ''}`: {scope}. Machine: {where}. Versions: {versions}.\n\n"
        + results.table(("what", "median", "note"), rows),
    )


if __name__ == "__main__":
    main()
