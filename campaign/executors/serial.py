"""Every job in this process, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from campaign.protocols import Result, Task


class Serial:
    """No workers at all."""

    def map(self, task: Callable[[Task], Result], jobs: Iterable[Task], /) -> Iterator[Result]:
        """Yield each result as it is made."""
        return map(task, jobs)
