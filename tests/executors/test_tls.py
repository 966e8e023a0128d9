"""A cluster over TLS, with the certificates of docs/how-to/scale.md: who has none reaches nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from own_campaigns import REPOSITORY

from campaign.editions.build import build
from campaign.errors import CampaignError
from campaign.model.edition import Edition
from campaign.project import Project
from campaign.workspace.selection import Selection

PAGE = REPOSITORY / "docs" / "how-to" / "scale.md"


def commands() -> tuple[list[str], list[str]]:
    """The lines of the page that make the certificates, and those that set them."""
    lines = [line.strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("    ")]
    first = next(number for number, line in enumerate(lines) if "REQUIRE_ENCRYPTION" in line)
    return [line for line in lines if line.startswith("openssl")], lines[first : first + 5]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a shell has in its variables after the lines of the page."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    make, set_ = commands()
    assert len(make) == 3
    script = "\n".join(["set -e", *make, *set_, "env"])
    for name in ("FILE=ca.pem", "CERT=member.pem", "KEY=member.key"):
        script = script.replace(name, name.replace("=", "=$PWD/"))
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if line.startswith("DASK_DISTRIBUTED__COMM"))


@pytest.fixture
def scheduler(certificates: dict[str, str]) -> Iterator[str]:
    """A scheduler and a worker, each a process with the certificates; the scheduler's address."""
    pytest.importorskip("distributed")
    environment = {**os.environ, **certificates, "PYTHONPATH": str(REPOSITORY)}
    running = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return process

    try:
        first = start("dask_scheduler", "--host", "tls://127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        assert first.stderr is not None
        address = next(word for line in first.stderr for word in line.split() if word.startswith("tls://"))
        start("dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny")
        yield address
    finally:
        for process in running:
            process.kill()
            process.wait()


@pytest.mark.slow
@pytest.mark.breadth
def test_a_build_over_tls_gives_the_bytes_of_a_build_at_home(
    workspace: Project,
    scheduler: str,
    certificates: dict[str, str],
    contents: Callable[[Path], dict[str, bytes]],
    cli: Any,
) -> None:
    """As the page says; without the certificates, and without TLS, the same scheduler answers nobody."""
    other = Project(Path(shutil.copytree(workspace.root, workspace.root.with_name("home"))))
    few = "import campaign.editions.build as b; b.FEW = 1; import campaign.executors.cluster as c; c.PATIENCE = 20;"
    chosen = ("build", "--lang", "de", "--channel", "sms", "--channel", "web")
    command = [sys.executable, "-c", f"{few} from campaign.cli.main import main; main()", *chosen]
    away = [*command, "--executor", "dask", "--scheduler", scheduler]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}

    def run(extra: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=workspace.root, env={**environment, **extra}, capture_output=True, text=True, check=False
        )

    bare = run({}, *away)
    assert bare.returncode == 1
    assert "cannot be encrypted" in bare.stderr
    assert "Traceback" not in bare.stderr
    plain = run({}, *[word.replace("tls://", "tcp://").replace("= 20", "= 3") for word in away])
    assert plain.returncode == 1
    assert "no Dask scheduler answers" in plain.stderr
    assert "Traceback" not in plain.stderr
    made = run(certificates, *away)
    assert made.returncode == 0, made.stderr
    assert cli.run(*chosen, at=other).code == 0
    assert contents(workspace.output(Edition.REVIEW)) == contents(other.output(Edition.REVIEW))


def test_a_release_is_not_built_on_a_cluster(signed: Project, cli: Any) -> None:
    """Before anything is read or sent: what workers send back cannot be proved at home."""
    ended = cli.run("build", "--release", "--executor", "dask", "--scheduler", "tcp://127.0.0.1:9", at=signed)
    assert ended.code == 1
    assert "a release is not made on a cluster" in ended.err
    assert not signed.output(Edition.RELEASE).exists()
    with pytest.raises(CampaignError, match="not made on a cluster"):
        build(
            signed,
            edition=Edition.RELEASE,
            selection=Selection(),
            workers=1,
            today=date.today(),
            progress=lambda done, total: None,
            scheduler="tls://127.0.0.1:9",
        )
