"""Time and memory at 1x, 10x and 50x, with growth exponents; writes its section of benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path

import results
import synthetic
from commands import seconds, with_memory

#: Below this many seconds a command's start is most of its time, and an exponent says nothing.
STEPS = (
    "extract",
    "update",
    "status",
    "check --no-layout",
    "first build",
    "no-op build",
    "one-sentence rebuild",
    "draft of a language",
    "press pack, palm cards",
    "peak MB",
)


def measure(size: int) -> dict[str, float]:
    """Seconds of every step, and megabytes, at one size."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        here, cache = Path(folder) / "workspace", str(Path(folder) / "cache")
        here.mkdir()
        synthetic.make(here, size)
        found["extract"] = seconds(("extract",), here)
        seconds(("update",), here)
        synthetic.translate(here)
        found["update"] = seconds(("update",), here)
        found["status"] = seconds(("status",), here)
        found["check --no-layout"] = seconds(("check", "--no-layout"), here)
        found["first build"], found["peak MB"] = with_memory(("build", "--jobs", "2"), here, cache=cache)
        found["no-op build"] = seconds(("build", "--jobs", "2"), here, repeat=3, cache=cache)
        synthetic.reword(here, 1)
        found["one-sentence rebuild"] = seconds(("build", "--jobs", "2"), here, cache=cache)
        card = ("--lang", "de", "--format", "palm-card", "--jobs", "2")
        found["press pack, palm cards"] = seconds(("pack", "printer", "--proof", *card), here)
        synthetic.add(here, "pt")
        seconds(("update",), here)
        found["draft of a language"] = seconds(("draft", "pt"), here)
    return found


def main() -> None:
    """Measure the three sizes; `--quick` stops at 10x."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    sizes, where = (1, 10) if quick else (1, 10, 50), results.machine()
    found = {size: measure(size) for size in sizes}
    low, high = sizes[-2], sizes[-1]
    rows = []
    for step in STEPS:
        exponent = math.log(found[high][step] / found[low][step]) / math.log(high / low)
        shown = [f"{found[size][step]:.0f} MB" if step == "peak MB" else f"{found[size][step]:.2f} s" for size in sizes]
        rows.append((step, *shown, f"{exponent:.2f}"))
    items = [str(size * len(synthetic.AUDIENCES) * len(synthetic.LANGUAGES) * 3) for size in sizes]
    results.write(
        "Growth",
        f"Command: `make bench{' QUICK=1' if quick else ''}`. Synthetic workspaces of {', '.join(items)} items. "
        f"Machine: {where}. The exponent is that of {low}x to {high}x: 1 is linear.\n\n"
        + results.table(("what", *(f"{size}x" for size in sizes), "exponent"), rows),
    )


if __name__ == "__main__":
    main()
