"""Where jobs run: in this process, on a pool of processes, or on a Dask cluster. Results come in job order."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from campaign.executors.context import WorkerContext, hold
from campaign.executors.pool import ProcessPool
from campaign.executors.serial import Serial
from campaign.protocols import Executor

#: How often a job may take its worker down with it before the command gives up.
RETRIES = 3


@contextlib.contextmanager
def executor(workers: int, context: WorkerContext, *, scheduler: str = "") -> Iterator[Executor]:
    """An executor for this many workers; with one, everything runs in this process.

    Each worker holds `context` before its first job. `scheduler` is the address of a Dask scheduler,
    whose workers are used instead.

    Raises:
        CampaignError: no scheduler answers, a job takes down one worker after another.
    """
    if not scheduler and workers <= 1:
        hold(context)
        yield Serial()
        return
    if scheduler:
        from campaign.executors.cluster import Cluster

        pool: Cluster | ProcessPool = Cluster(scheduler, context, RETRIES)
    else:
        pool = ProcessPool(workers, context, RETRIES)
    try:
        yield pool
    except BaseException:
        pool.abandon()
        raise
    pool.close()
