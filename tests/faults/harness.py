"""Runs a command in processes of its own, stops it, and knows what must never be lost."""

from __future__ import annotations

import fnmatch
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from writers import MODELS, REPOSITORY, Writer

from campaign.ledger import ledger, releases
from campaign.ledger.book import Kind
from campaign.project import Project
from campaign.workspace import loader

#: Files that are only ever added to: what was in them stays, and a line that a kill tore counts as not written.
GROWING = ("locales/*/reviews.jsonl", "locales/*/packs.jsonl", "releases.jsonl", "fills.jsonl")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code (negative: the signal), what it printed, and the number of its writes."""

    code: int
    text: str
    writes: int


class Forks:
    """The process that commands are forked from (tests/faults/forks.py)."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number = folder, 0
        variables = {"PYTHONPATH": str(REPOSITORY), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, str(Path(__file__).with_name("forks.py"))]
        self.server = subprocess.Popen(
            command, env=variables, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(
        self,
        arguments: tuple[str, ...],
        folder: Path,
        variables: dict[str, str],
        *,
        stdin: str = "",
        kill_at: int = 0,
        after: float = 0,
    ) -> Ended:
        """Run a command to its end, to its write number `kill_at`, or (with its workers) for `after` seconds."""
        self._number += 1
        output = self._folder / f"output-{self._number}"
        request = {
            "arguments": arguments, "folder": str(folder), "variables": variables, "output": str(output),
            "stdin": stdin, "kill_at": kill_at,
        }  # fmt: skip
        print(json.dumps(request), file=self.server.stdin, flush=True)
        pid = int(self.server.stdout.readline())
        if after:
            time.sleep(after)
            with_workers(pid)
        code = int(self.server.stdout.readline())
        writes = output.with_name(f"{output.name}.writes")
        text = output.read_text(encoding="utf-8") if output.exists() else ""
        return Ended(code, text, int(writes.read_text()) if writes.exists() else 0)


def _growing(path: str) -> bool:
    return any(fnmatch.fnmatch(path, pattern) for pattern in GROWING)


def with_workers(pid: int) -> None:
    """SIGKILL to a command and its workers; one that has ended is left alone."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def files(project: Project) -> dict[str, bytes]:
    """Every file of a workspace that anything would take for finished: no lock, no temporary file, no record of a build."""
    found = {}
    for path in sorted(project.root.rglob("*")):
        parts = path.relative_to(project.root).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            found["/".join(parts)] = path.read_bytes()
    return found


@dataclass(frozen=True, slots=True)
class Whole:
    """The files of a workspace before and after a command that nothing stopped, the number of its writes, and how long
    it took (seconds)."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    writes: int
    seconds: float


class Faults:
    """Runs one writing command in one workspace, with and without a fault, and knows what must never be lost."""

    def __init__(self, project: Project, writer: Writer, forks: Forks, cache: Path) -> None:
        self.project, self.writer, self._forks, self._cache = project, writer, forks, cache

    def moved(self, folder: Path) -> Faults:
        """The same command in a copy of the workspace, with an empty cache."""
        shutil.copytree(self.project.root, folder)
        return Faults(Project(folder), self.writer, self._forks, folder.with_name(f"{folder.name}-cache"))

    def run(self, *, kill_at: int = 0, after: float = 0) -> Ended:
        """Run the command to its end, to the write at which it is killed, or for some seconds."""
        variables = {"CAMPAIGN_CACHE": str(self._cache), "CAMPAIGN_MODELS": str(self.project.root / MODELS)}
        writer = self.writer
        return self._forks.run(
            writer.arguments, self.project.root, variables, stdin=writer.stdin, kill_at=kill_at, after=after
        )

    def readable(self) -> None:
        """Every ledger, text, contact, record of what went out, and archive can be read: nothing is torn."""
        space = loader.load(self.project)
        assert all(texts.units for texts in space.texts.values())
        for path in (self.project.root / "locales").glob("*/reviews.jsonl"):
            flaws = ledger.read(path, path.name).flaws
            assert all(flaw.kind is Kind.TORN for flaw in flaws), flaws  # the next event sets a torn line aside
        releases.read(self.project.history, "releases.jsonl")
        for path in self.project.root.rglob("[!.]*.zip"):
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None, path

    def nothing_lost(self, whole: Whole) -> None:
        """Each file is as before the command or as after it, a growing one in between; none that should stay is gone."""
        now, before, after = files(self.project), whole.before, whole.after
        for path, data in now.items():
            if _growing(path):
                assert data.startswith(before.get(path, b"")), path
                # A command that is run again and again may note again what it noted before (a pack, a recall).
                assert self._in_steps(path) or after[path].startswith(data) or data.startswith(after[path]), path
            elif not self._in_steps(path):
                assert data in (before.get(path), after.get(path)), f"{path} is neither as before nor as after"
        if any(data not in (before.get(path), after.get(path)) for path, data in now.items()):
            self.readable()
        gone = {path for path in before if path not in now and path in after}
        # What a build replaces may be away between the old and the new edition: nothing wrong is there meanwhile.
        assert not {path for path in gone if not path.startswith("output/")}, gone

    def recovers(self, whole: Whole) -> None:
        """The same command again succeeds, with the files of a run that nothing stopped, or says why not."""
        again = self.run()
        assert again.code in (0, 1), again.text
        assert "Traceback" not in again.text
        refused = any(words in again.text for words in self.writer.refuses)
        assert again.code == 0 or refused, again.text
        if "init" in self.writer.arguments:
            return
        now, after = files(self.project), whole.after
        steps = {path for path in now.keys() | after.keys() if self._in_steps(path)}
        assert now.keys() - steps == after.keys() - steps
        # What was packed or recalled before the kill is noted a second time.
        grown = {path for path in now if _growing(path) and now[path].startswith(after.get(path, b""))}
        assert [path for path in now.keys() - steps - grown if now[path] != after[path]] == []
        if steps or grown:
            self.readable()

    def _in_steps(self, path: str) -> bool:
        return any(fnmatch.fnmatch(path, pattern) for pattern in self.writer.steps)
