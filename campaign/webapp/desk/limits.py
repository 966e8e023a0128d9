"""How much one person, one address, or strangers together may ask for in a while."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second in the long run."""

    at_once: float
    a_second: float


#: Somebody who is in: pages with their pictures, and a preview for each pause in typing.
PERSON = Rate(400, 10)
#: An address from which nobody is in yet: an office may come in together, with the files of its pages.
STRANGER = Rate(240, 4)
#: Links from one address that open nothing.
WRONG = Rate(20, 1 / 30)
#: How many counts are kept; beyond, those that were used longest ago are forgotten.
KEPT = 20_000


class Meter:
    """Counts requests: each name has a bucket of its own, which fills up again with time."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock, self._lock = rate, clock, threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> float:
        """Ask for one more: 0 where it is given, else the seconds until it would be."""
        with self._lock:
            now = self._clock()
            left, at = self._buckets.get(name, (self._rate.at_once, now))
            left = min(self._rate.at_once, left + (now - at) * self._rate.a_second)
            given = left >= 1
            self._buckets[name] = left - 1 if given else left, now
            self._buckets.move_to_end(name)
            if len(self._buckets) > KEPT:
                self._buckets.popitem(last=False)
            return 0.0 if given else (1 - left) / self._rate.a_second


def source(address: str) -> str:
    """Who an address counts as: itself, or its /64, which one customer has to themselves in IPv6."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    known = getattr(known, "ipv4_mapped", None) or known
    return str(known) if known.version == 4 else str(ipaddress.ip_network(f"{known}/64", strict=False))
