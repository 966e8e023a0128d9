"""The fault harness: every command that writes, killed at any point, on a full or read-only disk, two at once.

A new command that writes is one line in WRITERS.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from campaign.pipeline import workspace as workspaces
from campaign.pipeline.catalogues import extract_pot
from campaign.project import Project
from campaign.review import ledger

REFERENCE = Path(__file__).parents[2]

#: Every command that writes -> its arguments. Each runs in a workspace with one changed sentence and some signatures.
WRITERS = {
    "init": ("init", "fresh"),
    "extract": ("extract",),
    "update": ("update",),
    "build": ("build", "--lang", "de", "--audience", "migrants", "--jobs", "1"),
    "build --jobs 2": ("build", "--lang", "ar", "--jobs", "2"),
    "build --release": ("build", "--release", "--lang", "de", "--audience", "migrants", "--jobs", "1"),
    "review sign": (
        "review",
        "sign",
        "de",
        "--audience",
        "unaccompanied-children",
        "--channel",
        "sms",
        "--name",
        "M. Weber",
    ),
}

#: What a run may end with: all well, or something refused (an unsigned item) that was said in words.
ENDINGS = (0, 1)

#: Runs the command line and kills itself at the write with this number (a file opened for writing, a rename, a removal…).
CHILD = """
import os, signal, sys
left = int(os.environ.get("KILL_AT", "0"))
EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.copyfile"}
writes = 0
def hook(event, arguments):
    global writes
    if event in EVENTS or (event == "open" and isinstance(arguments[2], int) and arguments[2] & 3):
        writes += 1
        if writes == left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from campaign.cli.main import main
try:
    main()
finally:
    if "COUNT_IN" in os.environ:
        left = 0
        open(os.environ["COUNT_IN"], "w").write(str(writes))
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code (negative: the signal) and what it printed."""

    code: int
    text: str


class Faults:
    """Runs one writing command in one workspace, with and without a fault, and knows what must never be lost."""

    def __init__(self, project: Project, name: str, cache: Path) -> None:
        self.project, self._name, self._cache = project, name, cache
        self.arguments = WRITERS[name]

    def moved(self, folder: Path) -> Faults:
        """The same command in a copy of the workspace."""
        shutil.copytree(self.project.root, folder)
        return Faults(Project(folder), self._name, self._cache)

    def run(self, **environment: str) -> Ended:
        """Run the command to its end, or to the write at which KILL_AT kills it."""
        done = subprocess.run(
            self._command, cwd=self.project.root, env=self._environment(environment), capture_output=True, check=False
        )
        return Ended(done.returncode, (done.stdout + done.stderr).decode())

    def writes(self, folder: Path) -> int:
        """How many writes the whole command makes."""
        self.run(COUNT_IN=str(folder / "writes"))
        return int((folder / "writes").read_text())

    def kill_after(self, seconds: float) -> None:
        """SIGKILL to the command and its workers after this time."""
        with subprocess.Popen(
            self._command, cwd=self.project.root, env=self._environment({}), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        ) as process:  # fmt: skip
            time.sleep(seconds)
            os.killpg(process.pid, signal.SIGKILL)

    @property
    def _command(self) -> list[str]:
        return [sys.executable, "-c", CHILD, *self.arguments]

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        return {
            "PYTHONPATH": str(REFERENCE),
            "PATH": os.defpath,
            "PYTHONDONTWRITEBYTECODE": "1",
            "CAMPAIGN_CACHE": str(self._cache),
            **more,
        }

    def signatures(self) -> dict[str, tuple[object, ...]]:
        """Every event of every ledger."""
        paths = sorted((self.project.root / "locales").glob("*/reviews.jsonl"))
        return {path.parent.name: ledger.read(path, path.name).events for path in paths}

    def texts(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Every text of every language: reading them is the proof that no PO file, template or ledger is torn."""
        space = workspaces.load(self.project)
        return {locale: {key: unit.forms for key, unit in texts.units.items()} for locale, texts in space.texts.items()}

    def nothing_lost(self, signatures: dict[str, tuple[object, ...]]) -> None:
        """No signature that was there is gone, and everything can be read."""
        now = self.signatures()
        for locale, events in signatures.items():
            assert now[locale][: len(events)] == events, locale
        assert all(self.texts().values())

    def recovers(self) -> None:
        """The same command again succeeds or says why; then what was built is as listed."""
        again = self.run()
        assert again.code in ENDINGS, again.text
        assert "Traceback" not in again.text
        assert (
            again.code == 0
            or "not empty" in again.text
            or "not an empty" in again.text
            or "items were not written" in again.text
        ), again.text
        from campaign.pipeline.verify import verify

        for edition in ("review", "release"):
            if self.project.manifest(edition).exists():
                wrong = [found for found in verify(self.project, edition).findings if found.code == "file-changed"]
                assert not wrong or self.arguments[0] != "build", wrong


@pytest.fixture
def faults(signed: Project, tmp_path: Path, rewrite: Callable[[Path, str, str], None]) -> Callable[[str], Faults]:
    """`faults(name)` is the harness of one command in a signed workspace in which one sentence changed."""
    rewrite(signed.messages / "migrants.j2", "somebody always watches you", "somebody watches you all the time")
    assert extract_pot(signed)
    return lambda name: Faults(signed, name, tmp_path / "cache")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `writer` runs for every command that writes."""
    if "writer" in metafunc.fixturenames:
        metafunc.parametrize("writer", WRITERS)


@pytest.fixture
def writers() -> Mapping[str, tuple[str, ...]]:
    """The table of the commands that write."""
    return WRITERS


@pytest.fixture
def lottery(request: pytest.FixtureRequest) -> random.Random:
    """Random, and the same in every run; CAMPAIGN_SEED draws others."""
    return random.Random(f"{request.node.name} {os.environ.get('CAMPAIGN_SEED', '')}")
