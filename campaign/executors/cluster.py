"""A Dask cluster: workers on other machines get what they need by value. Only importer of distributed."""

from __future__ import annotations

import contextlib
import logging
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from campaign import installed
from campaign.errors import CampaignError
from campaign.executors.context import WorkerContext, hold
from campaign.executors.pool import named
from campaign.protocols import Result, Task

try:
    from distributed import Client, Future, KilledWorker, Worker, WorkerPlugin
except ImportError as error:
    raise CampaignError.single(
        "Dask is not installed here", where="--executor dask", todo=f"run: {installed.command_for('scale')}"
    ) from error

#: Jobs that wait for each thread of the cluster; results are large, so they must not pile up on the workers.
AHEAD = 4

#: Seconds to wait for the scheduler, and for the first worker.
PATIENCE = 15


class Prepared(WorkerPlugin):  # type: ignore[misc]  # distributed has no types
    """Hands the context to each worker, also on one that joins later or takes the place of a dead one."""

    def __init__(self, context: WorkerContext) -> None:
        self._context = context

    def setup(self, worker: Worker) -> None:
        """Called by Dask before the worker's first job."""
        hold(self._context)


class Cluster:
    """The workers of a Dask scheduler. What it sends is pickled: use clusters that you trust, and that trust you."""

    def __init__(self, scheduler: str, context: WorkerContext, retries: int) -> None:
        self._retries, self._name = retries, f"campaign-{uuid.uuid4().hex[:8]}"
        # Dask tells of a lost connection in tracebacks; what of it the user can mend is said in words below.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self._client = self._joined(scheduler)
        try:
            self._client.register_plugin(Prepared(context), name=self._name)
        except BaseException:
            self.close()
            raise

    def _joined(self, scheduler: str) -> Client:
        try:
            client = Client(scheduler, timeout=PATIENCE, name="campaign")
        except TypeError as error:  # what Dask says when an address is tls:// and no certificates are set
            raise CampaignError.single(
                f"the connection cannot be encrypted ({error})",
                where=f"--scheduler {scheduler}",
                todo="set the three certificates as docs/how-to/scale.md says",
            ) from error
        except (OSError, ValueError) as error:
            raise CampaignError.single(
                f"no Dask scheduler answers ({str(error) or 'timeout'})",
                where=f"--scheduler {scheduler}",
                todo="start one with: dask scheduler; its address stands in its first lines",
            ) from error
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            client.close()
            raise CampaignError.single(
                "the cluster has no worker", where=f"--scheduler {scheduler}", todo=f"run: dask worker {scheduler}"
            ) from error
        return client

    def map(self, task: Callable[[Task], Result], jobs: Iterable[Task], /) -> Iterator[Result]:
        """Yield the results in job order. Dask runs the jobs of a dead worker on another one.

        Raises:
            CampaignError: a job took down one worker after another, or the scheduler is gone.
        """
        import asyncio
        from concurrent.futures import CancelledError  # what Dask's own errors derive from, by version

        window = AHEAD * max(1, sum(self._client.nthreads().values()))
        source, waiting = iter(jobs), deque[tuple[Task, Future]]()
        while True:
            while len(waiting) < window:
                try:
                    job = next(source)
                except StopIteration:
                    break
                # Keys are new for each job: a result of an earlier build must never stand in.
                key = f"{self._name}-{uuid.uuid4().hex}"
                waiting.append((job, self._client.submit(task, job, key=key, pure=False, retries=self._retries)))
            if not waiting:
                return
            job, future = waiting.popleft()
            try:
                result = cast(Result, self._result(future))
            except KilledWorker as error:
                raise CampaignError.single(
                    "took down one worker after another",
                    where=named(job),
                    todo="look into the workers' logs; give them more memory",
                ) from error
            except (CancelledError, asyncio.CancelledError, OSError) as error:
                raise CampaignError.single(
                    "the cluster went away in the middle of the work",
                    where=named(job),
                    todo="start it again and run the command again; what was finished is kept",
                ) from error
            future.release()
            yield result

    def _result(self, future: Future) -> object:
        """The result, however long it takes, as long as somebody works at it.

        Raises:
            OSError: no worker was left for PATIENCE seconds.
        """
        alone = 0
        while True:
            try:
                return future.result(timeout=1)
            except TimeoutError:
                alone = 0 if self._client.nthreads() else alone + 1
                if alone > PATIENCE:
                    raise ConnectionError("no worker is left") from None

    def close(self) -> None:
        """Leave the cluster; its workers stay for others."""
        with contextlib.suppress(Exception):  # what cannot be tidied up on a cluster that is gone
            self._client.unregister_worker_plugin(self._name)
        self._client.close()

    def abandon(self) -> None:
        """The same: leaving cancels the jobs that this client asked for."""
        self.close()
