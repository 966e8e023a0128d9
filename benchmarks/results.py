"""benchmarks/RESULTS.md, section by section: a script replaces its own section and leaves the others."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def machine() -> str:
    """What the figures were taken on: processor, cores, load, Python."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists() and (found := re.search(r"model name\s*: (.+)", cpuinfo.read_text())):
        model = found[1]
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{model}, {os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}{load}"


def versions(*names: str) -> str:
    """The versions of these distributions; one that is not installed is left out."""
    found = []
    for name in names:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(title: str, text: str) -> None:
    """Put the section `## title` into RESULTS.md in place of the one that is there, and print it."""
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Measured\n"
    if not re.search(r"(?m)^## ", old):
        old = "# Measured\n"
    section = f"## {title}\n\n{text.strip()}\n"
    pattern = re.compile(rf"(?ms)^## {re.escape(title)}\n.*?(?=^## |\Z)")
    new, found = pattern.subn(lambda _: section + "\n", old, count=1)
    if not found:
        new = f"{old.rstrip()}\n\n{section}"
    RESULTS.write_text(new.rstrip() + "\n", encoding="utf-8")
    print(section)
