"""Files read in processes of their own, each bounded in time and memory: a hostile file costs its own answer only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from campaign.audit.document import UnreadableError

#: Seconds of wall time and bytes of address space for one file.
SECONDS, MEMORY = 30.0, 3_000_000_000

Task = TypeVar("Task")
Result = TypeVar("Result")


def run(task: Callable[[Task], Result], jobs: Sequence[Task], workers: int) -> Iterator[Result | UnreadableError]:
    """`task(job)` for each job, in order; too slow, too large or breaking the reader: an UnreadableError.

    Memory is bounded where the system can do it (Linux, macOS).
    """
    from concurrent.futures import TimeoutError as TooLate
    from multiprocessing import get_context

    from pebble import ProcessExpired, ProcessPool

    with ProcessPool(max(1, min(workers, len(jobs))), context=get_context("spawn"), initializer=_limit) as pool:
        futures = [pool.schedule(_safe, args=(task, job), timeout=SECONDS) for job in jobs]
        for future in futures:
            try:
                yield future.result()
            except TooLate:
                yield UnreadableError(f"takes more than {SECONDS:.0f} seconds to read: refused")
            except ProcessExpired:
                yield UnreadableError("breaks the program that reads it: refused")


def _safe(task: Callable[[Task], Result], job: Task) -> Result | UnreadableError:
    try:
        return task(job)
    except UnreadableError as error:
        return error
    except MemoryError:
        return UnreadableError("takes more memory than a leaflet can need: refused")
    except RecursionError:
        return UnreadableError("is nested too deep: refused")


def _limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
