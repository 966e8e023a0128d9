"""A pool of processes on this machine: a worker that dies is replaced, an interrupt stops them at once.

Each worker has a pipe of its own. The pool of the standard library shares one, and waits for ever when a worker is
killed in the middle of sending a result (measured).
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import signal
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from campaign.errors import CampaignError
from campaign.executors.context import WorkerContext, hold
from campaign.protocols import Result, Task

#: Jobs in work or done for each worker before the first is taken: results must not pile up.
AHEAD = 4

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection


class ProcessPool:
    """`workers` processes; each holds the context first (a warm compiler comes with its first job), then does jobs."""

    def __init__(self, workers: int, context: WorkerContext, retries: int) -> None:
        # spawn: the same on Linux, macOS and Windows, and no thread of the parent is copied half-way.
        self._spawn = multiprocessing.get_context("spawn")
        self._context, self._retries = context, retries
        # What workers put down for themselves lies here: one that is killed cannot tidy up.
        self._folder = tempfile.TemporaryDirectory(prefix="campaign-workers-", ignore_cleanup_errors=True)
        self._workers: list[_Worker] = []
        try:
            for _ in range(workers):
                self._workers.append(self._started())
        except BaseException:
            self.abandon()
            raise

    def _started(self) -> _Worker:
        mine, theirs = self._spawn.Pipe()
        arguments = (theirs, self._folder.name, self._context)
        process = self._spawn.Process(target=_work, args=arguments, daemon=True)
        with _deaf():
            process.start()
        theirs.close()  # so that the end of the worker is the end of its pipe
        return _Worker(process, mine)

    def map(self, task: Callable[[Task], Result], jobs: Iterable[Task], /) -> Iterator[Result]:
        """Yield the results in job order. A worker that died is replaced, and its job is done again.

        Raises:
            CampaignError: the same job took down one worker after another.
        """
        source = enumerate(jobs)
        again: deque[tuple[int, Task]] = deque()
        done: dict[int, tuple[bool, Any]] = {}
        busy: dict[int, tuple[int, Task]] = {}  # place in self._workers -> what it works on
        deaths: Counter[int] = Counter()
        due = 0
        while True:
            for place, worker in enumerate(self._workers):
                full = len(busy) + len(done) >= AHEAD * len(self._workers)
                if place in busy or (full and not again):
                    continue
                job = again.popleft() if again else next(source, None)
                if job is None:
                    break
                busy[place] = job
                try:
                    worker.pipe.send((task, job[1]))
                except OSError:  # it died while it was idle
                    self._replace(place, busy, again, deaths)
            if due in done:
                good, value = done.pop(due)
                if not good:
                    raise value
                due += 1
                yield value
                continue
            if not busy and not again:
                return
            places = {self._workers[place].pipe: place for place in busy}
            for pipe in wait(list(places)):
                place = places[pipe]  # type: ignore[index]  # wait gives back what it got
                try:
                    outcome = self._workers[place].pipe.recv()
                except (EOFError, OSError):
                    self._replace(place, busy, again, deaths)
                else:
                    done[busy.pop(place)[0]] = outcome

    def _replace(
        self, place: int, busy: dict[int, tuple[int, Task]], again: deque[tuple[int, Task]], deaths: Counter[int]
    ) -> None:
        """A new worker in the place of a dead one; its job comes first."""
        number, job = busy.pop(place)
        deaths[number] += 1
        log.warning("a worker died at %s; its work is done again (%s of %s)", named(job), deaths[number], self._retries)
        if deaths[number] > self._retries:
            raise CampaignError.single(
                f"workers died {deaths[number]} times at the same work",
                where=named(job),
                todo="free some memory or use fewer processes (--jobs 1), then run the command again",
            )
        again.appendleft((number, job))
        self._workers[place].pipe.close()
        self._workers[place].process.join()
        self._workers[place] = self._started()

    def close(self) -> None:
        """Let the workers end."""
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join()
        self._folder.cleanup()

    def abandon(self) -> None:
        """Stop at once: workers write no item, so that nothing is lost with them."""
        for worker in self._workers:
            worker.process.kill()
        self.close()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Start processes that never hear Ctrl-C, not even while they import; here it is heard a moment later."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # The first process started would start this one in between, which lets the signal through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def named(job: object) -> str:
    """A job as it names itself; several that are done together, one after the other."""
    return ", ".join(map(str, job)) if isinstance(job, tuple) else str(job)


def _work(pipe: Connection, folder: str, context: WorkerContext) -> None:
    """A worker: hold the context, do what comes through the pipe until it ends; temporary files lie in `folder`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent answers it
    tempfile.tempdir = folder
    hold(context)
    while True:
        try:
            task, job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            outcome = (True, task(job))
        except Exception as error:
            outcome = (False, error)
        try:
            pipe.send(outcome)
        except OSError:  # the parent is gone
            return
