"""What the tests of faults ask for: a harness of each command that writes, in a workspace that was made once."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from harness import Faults, Forks, Whole, files
from writers import WORKSPACES, WRITERS

from campaign.project import Project


@pytest.fixture(scope="session")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """What runs the commands."""
    started = Forks(tmp_path_factory.mktemp("forks"))
    yield started
    started.server.stdin.close()
    started.server.wait(timeout=30)


@pytest.fixture(scope="session")
def _prepared(_signed_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`_prepared(kind)` is a workspace of this kind, made once. Copy it, never write to it."""
    made: dict[str, Path] = {}

    def prepare(kind: str) -> Path:
        if kind not in made:
            root = Path(shutil.copytree(_signed_workspace, tmp_path_factory.mktemp("prepared") / "workspace"))
            WORKSPACES[kind](Project(root))
            made[kind] = root
        return made[kind]

    return prepare


@pytest.fixture(scope="session")
def whole(
    _prepared: Callable[[str], Path], forks: Forks, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Whole]:
    """`whole(name)` is what a command of WRITERS does when nothing stops it; each is run once."""
    made: dict[str, Whole] = {}

    def run(name: str) -> Whole:
        if name not in made:
            writer = WRITERS[name]
            origin = Faults(Project(_prepared(writer.workspace)), writer, forks, Path())
            folder = tmp_path_factory.mktemp("whole")
            harness = origin.moved(folder / "workspace")
            start = time.perf_counter()
            ended = harness.run()
            seconds = time.perf_counter() - start
            assert ended.code == 0 or any(words in ended.text for words in writer.refuses), ended.text
            assert ended.writes
            made[name] = Whole(files(origin.project), files(harness.project), ended.writes, seconds)
            shutil.rmtree(folder)
        return made[name]

    return run


@pytest.fixture
def faults(_prepared: Callable[[str], Path], forks: Forks, tmp_path: Path) -> Callable[[str], Faults]:
    """`faults(name)` is the harness of one command of WRITERS in a workspace of its kind. Move it, then run it."""

    def harness(name: str) -> Faults:
        writer = WRITERS[name]
        return Faults(Project(_prepared(writer.workspace)), writer, forks, tmp_path / "cache")

    return harness


@pytest.fixture
def lottery(request: pytest.FixtureRequest) -> random.Random:
    """Random, and the same in every run; CAMPAIGN_SEED draws others."""
    return random.Random(f"{request.node.name} {os.environ.get('CAMPAIGN_SEED', '')}")
