"""A recipe of docs/contributing.md, followed to the letter in a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: What a repository holds beside what git keeps.
_LEFT_OUT = shutil.ignore_patterns(
    ".git", "output", "dist", ".venv", "__pycache__", ".*_cache", ".hypothesis", "*.lock"
)

_PLACE = re.compile(r"^ *(?:New file|In) `([^`]+)`(?:, (before|behind) `([^`]+)`|, (at the end))?:$")


@dataclass(frozen=True)
class Step:
    """A block of a recipe: the file (or a pattern of files), where it goes, and the lines."""

    path: str
    place: str
    anchor: str
    lines: tuple[str, ...]


def steps(document: str, section: str) -> Iterator[Step]:
    """The blocks of a section, each with the line before it that names its place; no block is passed over."""
    _, _, rest = document.partition(f"## {section}\n")
    lines = iter(rest.partition("\n## ")[0].splitlines())
    place = None
    for line in lines:
        place = _PLACE.match(line) or place
        if line.lstrip().startswith("```"):
            indent = len(line) - len(line.lstrip())
            block = []
            while not (inner := next(lines)).lstrip().startswith("```"):
                block.append(inner[indent:])
            assert place is not None, block
            yield Step(place[1], place[2] or place[4] or "new", place[3] or "", tuple(block))
            place = None


def copied(repository: Path, target: Path) -> Path:
    """The repository again, its files shared with it until one is written to."""
    return Path(shutil.copytree(repository, target, ignore=_LEFT_OUT, copy_function=_linked, symlinks=True))


def _linked(file: str, target: str) -> None:
    try:
        os.link(file, target)
    except OSError:  # another disk
        shutil.copy2(file, target)


def follow(step: Step, copy: Path) -> None:
    """Do what a step says."""
    if step.place == "new":
        assert not (copy / step.path).exists(), f"{step.path} is there already"
        (copy / step.path).parent.mkdir(parents=True, exist_ok=True)
        (copy / step.path).write_text("\n".join(step.lines) + "\n", encoding="utf-8")
        return
    paths = sorted(copy.glob(step.path))
    assert paths, f"no file {step.path}"
    for path in paths:
        lines = path.read_text(encoding="utf-8").splitlines()
        at, indent = len(lines), ""
        if step.anchor:
            at = next(n for n, line in enumerate(lines) if line.strip() == step.anchor)
            inside = lines[at].endswith(("{", "[", "(")) and step.place == "behind" and path.suffix == ".py"
            indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())] + "    " * inside
            at += step.place == "behind"
        lines[at:at] = [indent + line if line else line for line in step.lines]
        path.unlink()  # the copy shares its files with the repository
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(copy: Path, *words: str) -> str:
    """What a module of Python says in the copy; empty when it is content."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout[-3000:] + done.stderr[-2000:]
