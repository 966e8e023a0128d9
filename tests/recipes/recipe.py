"""A recipe of docs/contributing.md, followed to the letter in a copy of the repository."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: What a repository holds beside what git keeps.
_LEFT_OUT = shutil.ignore_patterns(
    ".git", "output", "dist", ".venv", "__pycache__", ".*_cache", ".hypothesis", "*.lock"
)

_PLACE = re.compile(
    r"^ *(?:\d+\. )?(?:(?:New file|In) `([^`]+)`(?:, (before|behind) `([^`]+)`|, (at the end))?:|(Run):)$"
)
_INSTEAD = re.compile(r"^ *In `([^`]+)`, for `([^`]+)` write `([^`]+)`\.$")

#: What stands for the commands of a person who has installed the package; `python` is the one that runs the test.
_COMMANDS = {
    "campaign": ["-c", "from campaign.cli.main import main; main()"],
    "python": [],
    "make reference": ["docs/reference/make.py"],
    "cp": ["-c", "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"],
}


@dataclass(frozen=True)
class Step:
    """A block of a recipe: the file (or a pattern of files), where it goes, and the lines.

    `place` is "new", "before" or "behind" the anchor, "at the end", "instead" of the anchor, or "run" for commands.
    """

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
        if instead := _INSTEAD.match(line):
            yield Step(instead[1], "instead", instead[2], (instead[3],))
            continue
        place = _PLACE.match(line) or place
        if line.lstrip().startswith("```"):
            indent = len(line) - len(line.lstrip())
            block = []
            while not (inner := next(lines)).lstrip().startswith("```"):
                block.append(inner[indent:])
            assert place is not None, block
            where = "run" if place[5] else place[2] or place[4] or "new"
            yield Step(place[1] or "", where, place[3] or "", tuple(block))
            place = None


def copied(repository: Path, target: Path) -> Path:
    """The repository again."""
    return Path(shutil.copytree(repository, target, ignore=_LEFT_OUT, symlinks=True))


def follow(step: Step, copy: Path) -> None:
    """Do what a step says."""
    if step.place == "run":
        for line in step.lines:
            command(copy, line)
        return
    if step.place == "instead":
        replaced(copy / step.path, step.anchor, step.lines[0])
        return
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
            at = _found(lines, step.anchor)
            inside = lines[at].endswith(("{", "[", "(")) and step.place == "behind" and path.suffix == ".py"
            indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())] + "    " * inside
            at += step.place == "behind"
        lines[at:at] = [indent + line if line else line for line in step.lines]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _found(lines: list[str], anchor: str) -> int:
    """The first line that is the anchor; where none is, the only one that begins with it."""
    for number, line in enumerate(lines):
        if line.strip() == anchor:
            return number
    (number,) = [number for number, line in enumerate(lines) if line.strip().startswith(anchor)]
    return number


def replaced(path: Path, old: str, new: str) -> None:
    """Put `new` in the one place of `old`."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def command(copy: Path, line: str, code: int = 0) -> str:
    """What a command prints; one that does not end with `code` is a broken recipe."""
    name = next(name for name in _COMMANDS if line.startswith(name))
    words = [*_COMMANDS[name], *shlex.split(line.removeprefix(name))]
    done = _python(copy, words)
    assert done.returncode == code, f"{line}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def run(copy: Path, *words: str) -> str:
    """What a module of Python says in the copy; empty when it is content."""
    done = _python(copy, ("-m", *words))
    return "" if done.returncode == 0 else done.stdout[-3000:] + done.stderr[-2000:]


def _python(copy: Path, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Python in the copy, with its program; what a test runner left in the environment stays out."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
    environment = {**kept, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
