"""Files read in processes of their own, each bounded in time and memory: a hostile file costs its own answer only."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from campaign import languages, limits
from campaign.audit.document import UnreadableError
from campaign.model.language import Language

if TYPE_CHECKING:
    from pebble import ProcessPool

Task = TypeVar("Task")
Result = TypeVar("Result")


class Readers:
    """A pool of processes that read files."""

    def __init__(self, pool: ProcessPool) -> None:
        self._pool = pool

    def run(self, task: Callable[[Task], Result], jobs: Sequence[Task]) -> Iterator[Result | UnreadableError]:
        """`task(job)` for each job, in order; too slow, too large or breaking the reader: an UnreadableError."""
        from concurrent.futures import TimeoutError as TooLate

        from pebble import ProcessExpired

        futures = [self._pool.schedule(_safe, args=(task, job), timeout=limits.limit("read_seconds")) for job in jobs]
        for future in futures:
            try:
                yield future.result()
            except TooLate:
                yield UnreadableError(f"takes more than {limits.limit('read_seconds'):g} seconds to read: refused")
            except ProcessExpired:
                yield UnreadableError("breaks the program that reads it: refused")


@contextlib.contextmanager
def readers(workers: int) -> Iterator[Readers]:
    """This many processes, each bounded in memory where the system can do it (Linux, macOS)."""
    from multiprocessing import get_context

    from pebble import ProcessPool

    inforce = limits.held(), languages.own()
    pool = ProcessPool(max(1, workers), context=get_context("spawn"), initializer=_limit, initargs=inforce)
    try:
        yield Readers(pool)
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()


def alone(task: Callable[[Task], Result], job: Task) -> Result:
    """`task(job)` in a process of its own.

    Raises:
        UnreadableError: it takes too much time or memory, breaks the process, or says so itself.
    """
    with readers(1) as pool:
        (answer,) = pool.run(task, [job])
    if isinstance(answer, UnreadableError):
        raise answer
    return answer


def _safe(task: Callable[[Task], Result], job: Task) -> Result | UnreadableError:
    try:
        return task(job)
    except UnreadableError as error:
        return error
    except MemoryError:
        return UnreadableError("takes more memory than a leaflet can need: refused")
    except RecursionError:
        return UnreadableError("is nested too deep: refused")


def _limit(inforce: limits.Limits, own: tuple[Language, ...]) -> None:
    limits.hold(inforce)
    languages.hold(own)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = int(inforce.read_mb * 1_000_000)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
