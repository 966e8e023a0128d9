"""Who sits at which sentence now. In memory alone: after a start nobody is seen until they ask for something."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

#: How long a browser that asks for nothing counts as being there, in seconds; the page asks every 15.
STAYS = 45.0


@dataclass(frozen=True, slots=True)
class _Seat:
    name: str
    place: tuple[str, str]
    at: float


class Presence:
    """Each browser sits at one sentence at most: the last that it opened."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._seats: dict[str, _Seat] = {}

    def sit(self, browser: str, name: str, locale: str, key: str) -> None:
        """A browser shows this sentence."""
        with self._lock:
            self._seats[browser] = _Seat(name, (locale, key), self._clock())

    def rise(self, browser: str) -> None:
        """A browser shows no sentence any more."""
        with self._lock:
            self._seats.pop(browser, None)

    def others(self, name: str, locale: str, key: str) -> tuple[str, ...]:
        """Who else is at this sentence now, by name; the same person at a second browser is nobody else."""
        with self._lock:
            since = self._clock() - STAYS
            for browser in [browser for browser, seat in self._seats.items() if seat.at < since]:
                del self._seats[browser]
            there = {seat.name for seat in self._seats.values() if seat.place == (locale, key)}
        return tuple(sorted(there - {name}))
