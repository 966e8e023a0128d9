"""The lines of a record in the order in which people read them, and several copies of one as one."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from campaign.ledger.book import Earlier, Kind, load, prev
from campaign.ledger.entry import Record


def ordered(
    records: Mapping[str, Record], day: Callable[[Record], str], lines: Mapping[str, int] | None = None
) -> list[str]:
    """The ids for people to read: causes before effects, then by `day`, then by id. The same from every copy.

    `lines` are the numbers of lines, for records whose earlier versions said nothing of what came before them.
    """
    if _in_line(records):
        return list(records)
    before = {own: [each for each in set(prev(record)) if each in records] for own, record in records.items()}
    after: dict[str, list[str]] = defaultdict(list)
    for own, parents in before.items():
        for parent in parents:
            after[parent].append(own)
    waits = {own: len(parents) for own, parents in before.items()}
    place = {own: lines[own] for own, record in records.items() if "id" not in record} if lines else {}
    ready = [(day(records[own]), place.get(own, 0), own) for own, count in waits.items() if not count]
    heapq.heapify(ready)
    found = []
    while ready:
        *_, own = heapq.heappop(ready)
        found.append(own)
        for each in after[own]:
            waits[each] -= 1
            if not waits[each]:
                heapq.heappush(ready, (day(records[each]), place.get(each, 0), each))
    return found


def _in_line(records: Mapping[str, Record]) -> bool:
    """Whether each follows the one above it, as in most files: then there is no other order."""
    last: list[str] = []
    for own, record in records.items():
        if record.get("prev") != last:
            return False
        last = [own]
    return True


@dataclass(frozen=True, slots=True)
class Merged:
    """Several copies as one: the lines to keep, and the bad ones, which are set aside."""

    data: bytes
    aside: bytes


def merged(files: Iterable[bytes], earlier: Earlier, day: Callable[[Record], str]) -> Merged:
    """The one repair: every good line of every file once, causes before effects; nothing is added or invented.

    Copies on sticks, conflict copies of shared folders, files with the markers of a half-done merge: all alike.
    """
    records: dict[str, Record] = {}
    lines: dict[str, bytes] = {}
    newer: dict[bytes, None] = {}
    aside: dict[bytes, None] = {}
    place: dict[str, int] = {}
    for data in files:
        book, whole = load(data, earlier), [line.removesuffix(b"\r") for line in data.split(b"\n")]
        for own in book.records.keys() - records.keys():
            records[own], lines[own] = book.records[own], whole[book.lines[own] - 1]
            place[own] = book.lines[own]
        for flaw in book.flaws:
            if flaw.kind is Kind.NEWER:
                newer[whole[flaw.line - 1]] = None
            elif flaw.kind is not Kind.CONFLICT:
                aside[whole[flaw.line - 1]] = None
    kept = (*(lines[own] for own in ordered(records, day, place)), *newer)
    return Merged(b"".join(line + b"\n" for line in kept), b"".join(line + b"\n" for line in aside))
