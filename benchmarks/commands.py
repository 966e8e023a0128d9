"""Runs the command line as a user does, and measures time and memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

CAMPAIGN = (sys.executable, "-m", "campaign")


def seconds(
    arguments: tuple[str, ...], cwd: Path, *, repeat: int = 1, cache: str = "off", ok: tuple[int, ...] = (0, 1)
) -> float:
    """The median wall time of `campaign …` in a folder."""
    times = []
    environment = {**os.environ, "CAMPAIGN_CACHE": cache}
    for _ in range(repeat):
        start = time.perf_counter()
        done = subprocess.run((*CAMPAIGN, *arguments), cwd=cwd, env=environment, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
        assert done.returncode in ok, done.stderr.decode()
    return statistics.median(times)


def with_memory(arguments: tuple[str, ...], cwd: Path, *, cache: str = "off") -> tuple[float, float]:
    """(wall time in seconds, peak memory in MB of the command and its workers together).

    Sampled twice a second: looking takes 7 ms of a processor that the workers need. Memory that
    processes share is counted once each (proportional set size) where the system tells it.
    """
    environment = {**os.environ, "CAMPAIGN_CACHE": cache}
    start = time.perf_counter()
    process = subprocess.Popen(
        (*CAMPAIGN, *arguments), cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, sum(map(_megabytes, family(process.pid))))
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    return time.perf_counter() - start, peak


def family(pid: int) -> list[int]:
    """A process and everything that it started."""
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return [pid, *(other for child in children for other in family(child))]


def _megabytes(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
