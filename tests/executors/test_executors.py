"""One contract for every executor: job order, errors, warm workers, a worker that dies, and the same bytes of a build."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from campaign.editions.build import build
from campaign.errors import CampaignError
from campaign.executors import executor
from campaign.executors.context import WorkerContext
from campaign.model.edition import Edition
from campaign.workspace.selection import Selection

# Before Dask is imported: workers that take the place of dead ones are forked from a process that has imported it.
os.environ.setdefault("DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD", "forkserver")

_prepared: list[str] = []


@dataclass(frozen=True, slots=True)
class Words(WorkerContext):
    """What a worker works on, and a mark of every time that it was told so."""

    words: tuple[str, ...] = ()

    def arrive(self):
        """What a worker does once."""
        _prepared.append("".join(self.words))
        return self


def squared(number):
    """A job; later ones are faster, so that they end out of order."""
    time.sleep(0.02 if number < 3 else 0)
    return number * number, len(_prepared), _prepared[-1]


def failing(number):
    """A job that the user must mend."""
    if number == 3:
        raise CampaignError.single("three", where="here")
    return number


def deadly_once(job):
    """A job that takes its worker down the first time."""
    number, folder = job
    marker = Path(folder) / f"died-{number}"
    if number % 5 == 2 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def deadly(number):
    """A job that takes every worker down."""
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.fixture(scope="module")
def cluster():
    """A Dask cluster of two worker processes; its address."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=60
    ) as cluster:
        yield cluster


@pytest.fixture(params=["serial", "pool", "dask"])
def start(request):
    """`start(context)` gives an executor of each kind."""
    scheduler = request.getfixturevalue("cluster").scheduler_address if request.param == "dask" else ""
    workers = 1 if request.param == "serial" else 2
    return lambda context: executor(workers, context, scheduler=scheduler)


@pytest.fixture(params=["pool", "dask"])
def parallel(request):
    """The same for those that have workers of their own."""
    scheduler = request.getfixturevalue("cluster").scheduler_address if request.param == "dask" else ""
    return lambda context: executor(2, context, scheduler=scheduler)


@pytest.mark.slow
@pytest.mark.sample(2)
def test_results_come_in_job_order_from_prepared_workers(start):
    """Forty jobs: every result in its place, each from a worker that was prepared once with these words."""
    with start(Words(("warm", "!"))) as pool:
        results = list(pool.map(squared, range(40)))
    assert [square for square, _, _ in results] == [number * number for number in range(40)]
    assert {words for _, _, words in results} == {"warm!"}
    _prepared.clear()


@pytest.mark.slow
@pytest.mark.sample(1)
def test_the_error_of_a_job_is_raised_where_its_result_is_due(start):
    """What came before is delivered; then the user's error arrives as it was raised."""
    results = []
    with pytest.raises(CampaignError, match="three"), start(Words()) as pool:
        for result in pool.map(failing, range(10)):
            results.append(result)
    assert results == [0, 1, 2]


@pytest.mark.slow
@pytest.mark.sample(1)
def test_a_killed_worker_costs_no_result(parallel, tmp_path):
    """Workers that die in the middle are replaced, and their jobs are done again."""
    jobs = [(number, str(tmp_path)) for number in range(12)]
    with parallel(Words()) as pool:
        assert list(pool.map(deadly_once, jobs)) == list(range(12))
    assert {path.name for path in tmp_path.iterdir()} == {"died-2", "died-7"}


@dataclass(frozen=True, slots=True)
class Untidy(WorkerContext):
    """What a worker works on; one that is told so puts down a folder that nothing but the pool takes away."""

    def arrive(self):
        """What a worker does once."""
        tempfile.mkdtemp(prefix="left-")
        return self


@pytest.mark.slow
def test_a_killed_worker_leaves_nothing_behind(tmp_path, monkeypatch):
    """Fonts and layouts that workers unpack for themselves go with the pool, also those of a worker that was killed."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with executor(2, Untidy()) as pool:
        assert list(pool.map(deadly_once, [(number, str(tmp_path)) for number in range(4)])) == [0, 1, 2, 3]
        assert list((tmp_path / "temporary").rglob("left-*"))
    assert not list((tmp_path / "temporary").iterdir())


def deaf(_):
    """Whether this process never hears Ctrl-C."""
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals of POSIX")
def test_ctrl_c_is_for_the_command_and_not_for_its_workers():
    """From their first moment: a worker that is interrupted while it starts would show a traceback."""
    with executor(2, Words()) as pool:
        assert list(pool.map(deaf, range(4))) == [True] * 4
    assert not deaf(0)


@pytest.mark.slow
@pytest.mark.sample(1)
def test_a_job_that_kills_every_worker_ends_the_command(parallel):
    """Retries are bounded, and the error names the job."""
    with pytest.raises(CampaignError, match="worker") as caught, parallel(Words()) as pool:
        list(pool.map(deadly, [0, 1, 2, 3]))
    assert caught.value.problems[0].where == "2" or "2" in caught.value.problems[0].where


@pytest.mark.breadth
@pytest.mark.slow
def test_a_scheduler_that_goes_away_is_said(monkeypatch):
    """In the middle of the work: no traceback, but what happened and what to do."""
    distributed = pytest.importorskip("distributed")
    from campaign.executors import cluster as module

    monkeypatch.setattr(module, "PATIENCE", 2)
    cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=60)

    def jobs():
        yield 0
        yield 1
        cluster.close()
        yield 2

    with (
        pytest.raises(CampaignError, match="went away in the middle"),
        executor(1, Words(), scheduler=cluster.scheduler_address) as pool,
    ):
        list(pool.map(squared, jobs()))


@pytest.mark.slow
def test_an_address_without_a_scheduler_is_said(monkeypatch):
    """No traceback: what answers nothing, and how to start one."""
    pytest.importorskip("distributed")
    from campaign.executors import cluster

    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with (
        pytest.raises(CampaignError, match="no Dask scheduler answers"),
        executor(2, Words(), scheduler="tcp://127.0.0.1:9"),
    ):
        pass


def _build(project, *, progress=lambda done, total: None, **options):
    return build(
        project,
        edition=Edition.REVIEW,
        selection=Selection(locales=("de", "ar")),
        today=date.today(),
        progress=progress,
        **{"workers": 2, **options},
    )


@pytest.fixture(scope="module")
def _serial(_fresh_workspace, tmp_path_factory):
    import shutil

    from campaign.project import Project

    project = Project(Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("serial") / "workspace")))
    _build(project, workers=1)
    return project.output(Edition.REVIEW)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pool", "dask"])
@pytest.mark.breadth
def test_a_build_with_a_killed_worker_is_byte_identical_to_a_serial_one(
    kind, workspace, _serial, contents, request, monkeypatch
):
    """One of two workers gets SIGKILL after the first group; every file is the one that a single process makes."""
    monkeypatch.setattr("campaign.editions.build.FEW", 2)
    cluster = request.getfixturevalue("cluster") if kind == "dask" else None
    before, killed = set(multiprocessing.active_children()), []

    def kill_one(done, total):
        if not killed:
            pids = (
                [int(worker.process.process.pid) for worker in cluster.workers.values()]
                if cluster
                else [child.pid for child in set(multiprocessing.active_children()) - before]
            )
            killed.append(pids[0])
            with contextlib.suppress(ProcessLookupError):
                os.kill(pids[0], signal.SIGKILL)

    _build(workspace, progress=kill_one, scheduler=cluster.scheduler_address if cluster else "")
    assert killed
    assert contents(workspace.output(Edition.REVIEW)) == contents(_serial)
