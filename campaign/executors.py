"""Where jobs run: in this process, or on a pool of processes. Results come in job order either way."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from campaign.protocols import Executor, Result, Task


class Serial:
    """Every job in this process, one after the other."""

    def map(self, task: Callable[[Task], Result], jobs: Iterable[Task], /) -> Iterator[Result]:
        """Yield each result as it is made."""
        return map(task, jobs)


class ProcessPool:
    """`workers` processes; each runs `prepare(*arguments)` once (a warm compiler), then jobs."""

    def __init__(self, workers: int, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        from multiprocessing import get_context

        # spawn: the same on Linux, macOS and Windows, and no thread of the parent is copied half-way.
        self._pool = ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=prepare, initargs=arguments
        )

    def map(self, task: Callable[[Task], Result], jobs: Iterable[Task], /) -> Iterator[Result]:
        """Yield the results in job order."""
        return self._pool.map(task, jobs, chunksize=4)

    def close(self) -> None:
        """Stop the workers; jobs that have not begun are dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def executor(workers: int, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> Iterator[Executor]:
    """An executor for this many workers; with one, everything runs in this process."""
    if workers <= 1:
        prepare(*arguments)
        yield Serial()
        return
    pool = ProcessPool(workers, prepare, arguments)
    try:
        yield pool
    finally:
        pool.close()
