"""Measure what users wait for; prints a table and writes benchmarks/RESULTS.md. Run it with: make bench."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("RESULTS.md")
CAMPAIGN = (sys.executable, "-m", "campaign")


def seconds(command: tuple[str, ...], cwd: Path, repeat: int) -> float:
    """The median wall time of a command."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run(command, cwd=cwd, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def leaflets() -> tuple[float, float, int]:
    """Milliseconds per leaflet on one core, warm: (layout to PDF/UA, with coverage and guard, number of leaflets)."""
    from campaign.channels.layout import set_item
    from campaign.channels.layout_data import data
    from campaign.pipeline import workspace
    from campaign.project import Project
    from campaign.render import Renderer
    from campaign.typeset.session import Typesetter

    project = Project(ROOT)
    space = workspace.load(project)
    renderer, typesetter = Renderer(project, space.campaign), Typesetter(project)
    messages = [
        renderer.message(audience, locale, "BE", space.texts[locale])
        for locale in space.campaign.languages
        for audience in space.campaign.audiences
    ]
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
    return 1000 * statistics.mean(layout), 1000 * statistics.mean(whole), len(layout)


def main() -> None:
    """Run every measurement."""
    rows: list[tuple[str, str, str]] = []
    click, ours = (seconds((sys.executable, "-c", "import click"), ROOT, 15), seconds((*CAMPAIGN, "--help"), ROOT, 15))
    rows.append(
        (
            "`campaign --help` against `python -c 'import click'`",
            f"{ours / click:.2f} x",
            f"{1000 * ours:.0f} ms, {1000 * click:.0f} ms",
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "workspace"
        subprocess.run((*CAMPAIGN, "init", str(here)), check=True, capture_output=True)
        for jobs in ("1", "2"):
            shutil.rmtree(here / "output", ignore_errors=True)
            took = seconds((*CAMPAIGN, "build", "--country", "BE", "--jobs", jobs), here, 1)
            items = 13 * 17 * 4
            rows.append(
                (
                    f"whole demo: 17 audiences, 13 languages, 4 channels, one country, {jobs} process(es)",
                    f"{took:.1f} s",
                    f"{1000 * took / items:.0f} ms an item",
                )
            )
        rows.append(
            (
                "the same again, nothing changed",
                f"{seconds((*CAMPAIGN, 'build', '--country', 'BE', '--jobs', '2'), here, 3):.2f} s",
                "",
            )
        )
        rows.append(
            ("`campaign status`", f"{seconds((*CAMPAIGN, 'status', '--country', 'BE'), here, 3):.2f} s", "884 items")
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows.append(("peak memory of one process", f"{peak:.0f} MB", "the largest child of this run"))
    layout, whole, count = leaflets()
    rows.append(("leaflet PDF, layout only, warm, one core", f"{layout:.0f} ms", f"mean of {count}"))
    rows.append(("leaflet PDF with glyph coverage and guard", f"{whole:.0f} ms", "mean"))

    versions = ", ".join(
        f"{name} {metadata.version(name)}" for name in ("campaign", "typst", "jinja2", "translate-toolkit")
    )
    machine = (
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}"
    )
    table = "\n".join(f"| {what} | {value} | {note} |" for what, value, note in rows)
    _, _, counting = RESULTS.read_text(encoding="utf-8").partition("\n## Counting\n")
    rest = f"\n## Counting\n{counting}" if counting else ""
    RESULTS.write_text(
        f"# Measured\n\nCommand: `make bench`. Machine: {machine}. Versions: {versions}.\n\n"
        f"| what | median | note |\n|---|---|---|\n{table}\n{rest}",
        encoding="utf-8",
    )
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
