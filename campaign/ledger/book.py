"""A record that people keep in many copies: a set of lines that know themselves and what their authors had seen.

Neither the order nor the number of lines means anything, so plain git unites two copies (`merge=union`), and what was
cut out shows: somebody follows it. Lines of earlier versions are never rewritten; the hash of such a line is its id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from campaign.bulk import bulk
from campaign.errors import Problem
from campaign.ledger import entry
from campaign.ledger.entry import Record, Taker

_MARKERS = (b"<<<<<<< ", b"||||||| ", b">>>>>>> ")
_MIDDLE = b"======="

#: Bytes that are read in one go: what is made of them still lies in the cache of the processor.
_AT_ONCE = 1 << 16


class Kind(StrEnum):
    """What can be wrong with a line. While there is one of them nothing is released or packed; reviewing goes on."""

    CONFLICT = "conflict"
    EDITED = "edited"
    JUNK = "junk"
    TORN = "torn"
    CUT = "cut"
    WRONG = "wrong"
    NEWER = "newer"


#: What each is called, and what to do about it.
_SAYS: Mapping[Kind, tuple[str, str]] = {
    Kind.CONFLICT: ("a merge was left half done", "run: campaign ledger merge"),
    Kind.EDITED: (
        "was edited: it is not what its author wrote",
        "get the line back from another copy (campaign ledger merge FILE), then delete this one",
    ),
    Kind.JUNK: ("is not an event of the ledger", "delete the line, or get it back: campaign ledger merge FILE"),
    Kind.TORN: ("the last line is torn", "say it again; the next event sets the torn line aside"),
    Kind.CUT: (
        "follows a line that is not here: the history was cut or edited",
        "get the missing lines back from another copy: campaign ledger merge FILE",
    ),
    Kind.WRONG: ("counts for nothing", "let its author say it again; whoever coordinates revokes this one"),
    Kind.NEWER: ("was written by a newer version of campaign", "upgrade this program; nothing is wrong with the file"),
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a line (counted from 1); `what` says more than its kind does."""

    kind: Kind
    line: int
    what: str = ""

    def problem(self, name: str) -> Problem:
        """It in words, `name` is that of the file."""
        says, todo = _SAYS[self.kind]
        return Problem(f"{name}:{self.line}", f"{says}: {self.what}" if self.what else says, todo)


class NewerError(ValueError):
    """A line of a version, or with an act, that this program does not know."""


#: How a line of an earlier version is understood: a record with `prev`, None where it is no such line.
Earlier = Callable[[bytes], Record | None]


@dataclass(frozen=True, slots=True)
class Book:
    """What a file holds: its records by id in the order of the file, and what is wrong with it.

    `lines` are the numbers of their lines; `earlier` those of earlier versions; `missing` what somebody follows or
    answers and is not here; `tail` is a torn last line; `open_end` says that the last line is whole and lacks only its
    end.
    """

    records: Mapping[str, Record] = field(default_factory=dict, repr=False)
    lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)
    flaws: tuple[Flaw, ...] = ()
    missing: frozenset[str] = frozenset()
    tail: bytes = b""
    open_end: bool = False
    data: bytes = field(default=b"", repr=False, compare=False)
    earlier: frozenset[str] = frozenset()

    @property
    def heads(self) -> tuple[str, ...]:
        """The ids that nobody follows yet, sorted."""
        return tuple(sorted(self.records.keys() - entry.every_text(_prevs(self.records.values()))))

    def below(self, heads: Iterable[str]) -> frozenset[str]:
        """These events and everything that their authors had seen, as far as it is here."""
        known: set[str] = set()
        todo = [head for head in heads if head in self.records]
        while todo:
            if (own := todo.pop()) not in known:
                known.add(own)
                todo += [each for each in prev(self.records[own]) if each in self.records]
        return frozenset(known)

    @property
    def damage(self) -> tuple[Flaw, ...]:
        """Every flaw, and the lines that follow what is not here, in the order of the file."""
        cut = [
            Flaw(Kind.CUT, self.lines[own])
            for own, record in (self.records.items() if self.missing else ())
            if not self.missing.isdisjoint(_followed(record))
        ]
        return tuple(sorted((*self.flaws, *cut), key=lambda flaw: (flaw.line, flaw.kind)))


def prev(record: Record) -> tuple[str, ...]:
    """What the author of a record had before their eyes."""
    return entry.texts(record.get("prev")) or ()


def _all_followed(records: Collection[Record]) -> set[str]:
    """What all of these follow or answer."""
    return entry.every_text(_prevs(records)) | entry.every_text(each["re"] for each in records if "re" in each)


def _prevs(records: Iterable[Record]) -> Iterator[object]:
    return (each.get("prev", []) for each in records)


def _followed(record: Record) -> tuple[str, ...]:
    followed = prev(record)
    return followed + (entry.texts(record["re"]) or ()) if "re" in record else followed


def load(data: bytes, earlier: Earlier, known: Book | None = None, take: Taker | None = None) -> Book:
    """Read a file. Bad lines are named and left out; good ones count, whatever stands around them.

    `known` is what the file said before: lines that are still the same bytes are not read a second time.
    `take` is given the new records that prove themselves.
    """
    if known and data == known.data:
        return known
    if not known or not known.data.endswith(b"\n") or not data.startswith(known.data):
        known = Book()
    with bulk():
        return _Reading(data, earlier, known, take).book()


class _Reading:
    """One reading of a file, some lines at a time."""

    def __init__(self, data: bytes, earlier: Earlier, known: Book, take: Taker | None) -> None:
        self._data, self._earlier, self._known, self._take = data, earlier, known, take
        self._found: dict[str, Record] = {}
        self._old: dict[str, Record] = {}
        self._wanted = set(known.missing)
        self._lines = dict(known.lines)
        self._flaws = list(known.flaws)
        self._tail = b""
        self._open_end = False

    def book(self) -> Book:
        fresh = self._data[len(self._known.data) :]
        self._read(fresh.replace(b"\r\n", b"\n") if b"\r" in fresh else fresh)
        old = self._earlier_records()
        self._wanted |= _all_followed(old.values())
        records = {**self._known.records, **old, **self._found}
        return Book(
            records,
            self._lines,
            tuple(self._flaws),
            frozenset(self._wanted - records.keys()),
            self._tail,
            self._open_end,
            self._data,
            self._known.earlier.union(old),
        )

    def _read(self, data: bytes) -> None:
        """Take the lines that prove themselves, nearly all of them; look at the others one by one."""
        number = self._known.data.count(b"\n") + 1
        last = number + data.count(b"\n")
        for some in _portions(data):
            lines = some.split(b"\n")
            ids = [entry.proven(line) for line in lines]
            proven = dict(zip(ids, lines, strict=True))
            if len(proven) == len(lines) and "" not in proven and self._lines.keys().isdisjoint(proven):
                self._lines.update(zip(ids, range(number, number + len(lines)), strict=True))
                self._open_end = number + len(lines) > last
            else:
                proven = self._one_by_one(ids, lines, number, last)
            number += len(lines)
            self._records(proven)

    def _one_by_one(self, ids: Iterable[str], whole: Iterable[bytes], number: int, last: int) -> dict[str, bytes]:
        """The lines that prove themselves, each once, of lines from a number on; the others are looked at."""
        proven: dict[str, bytes] = {}
        for at, (own, line) in enumerate(zip(ids, whole, strict=True), number):
            if own:
                if own not in proven and own not in self._found:
                    proven[own] = line
                    self._lines.setdefault(own, at)
                self._open_end = at == last
            elif line:
                self._line(line, at, last=at == last)
        return proven

    def _records(self, proven: Mapping[str, bytes]) -> None:
        good = entry.all_parsed(proven)
        if len(good) < len(proven):
            for own in proven.keys() - good.keys():
                self._flaw(Kind.JUNK, self._lines.pop(own))
        if self._take:
            self._take(good)
        self._found |= good
        self._wanted |= _all_followed(good.values()).difference(self._found)

    def _line(self, line: bytes, number: int, *, last: bool) -> None:
        if entry.looks_proven(line):
            kind = Kind.EDITED if line.endswith(b"}") else Kind.TORN if last else Kind.JUNK
        elif line.startswith(_MARKERS) or line == _MIDDLE:
            kind = Kind.CONFLICT
        elif not line.strip():
            return
        else:
            try:
                record = self._earlier(line)
            except NewerError:
                self._flaw(Kind.NEWER, number)
                return
            if record is not None:
                own = sha256(line).hexdigest()
                self._old.setdefault(own, record)
                self._lines.setdefault(own, number)
                self._open_end = last
                return
            kind = Kind.TORN if last else Kind.JUNK
        if kind is Kind.TORN:
            self._tail = line
        self._flaw(kind, number)

    def _flaw(self, kind: Kind, number: int) -> None:
        self._flaws.append(Flaw(kind, number))

    def _earlier_records(self) -> dict[str, Record]:
        """Lines of earlier versions, as far as they follow no line that proves itself: nobody wrote them since."""
        found = {}
        for own, record in self._old.items():
            if any("id" in (self._found.get(each) or self._known.records.get(each) or {}) for each in prev(record)):
                self._flaw(Kind.JUNK, self._lines.pop(own))
            else:
                found[own] = record
        return found


def _portions(data: bytes) -> Iterator[bytes]:
    """All of it in portions of whole lines, each without its last line end."""
    data = data.removesuffix(b"\n")
    start = 0
    while (end := data.find(b"\n", start + _AT_ONCE)) >= 0:
        yield data[start:end]
        start = end + 1
    yield data[start:]
