"""Copies of a record as one: from sticks, shared folders, half-done merges; every good line once, none invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import CampaignError
from campaign.ledger import book as books
from campaign.ledger import earlier, events, files, issued, order, releases
from campaign.ledger.book import Earlier
from campaign.ledger.entry import Record
from campaign.project import Project, locked, write_atomic


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of record: how its earlier lines are read, by which day people read it, and by which key it is known."""

    earlier: Earlier
    day: Callable[[Record], str]
    keys: frozenset[str]


_LEDGER = _Kind(earlier.read, events.day, frozenset({"verdict"}))
_HISTORY = _Kind(releases.earlier, releases.day, frozenset({"event"}))
_PACKS = _Kind(issued.earlier, releases.day, frozenset({"pack", "answers"}))


@dataclass(frozen=True, slots=True)
class United:
    """What became of a record: its name, its lines now, how many are new to it, bad lines that were set aside."""

    name: str
    lines: int
    new: int
    aside: int


def unite(project: Project, locales: Sequence[str], copies: Sequence[Path], language: str = "") -> tuple[United, ...]:
    """Bring the lines of copies into the records that they are copies of; without copies, put every record in order.

    A copy belongs to the record with which it shares a line; else to that of its kind and `language`. A file of the
    workspace itself is put in order.

    Raises:
        CampaignError: a file cannot be read or holds no line of a record, or nobody can say whose copy it is.
    """
    known = _records(project, locales)
    if not copies:
        return tuple(_put(project, path, kind, ()) for path, kind in known.items() if path.is_file())
    asked: dict[Path, list[bytes]] = {}
    for copy in copies:
        data = files.read(copy, str(copy))
        asked.setdefault(_home(project, known, copy, data, language), []).append(data)
    return tuple(_put(project, path, known[path], found) for path, found in asked.items())


def _records(project: Project, locales: Iterable[str]) -> dict[Path, _Kind]:
    found = {project.history: _HISTORY}
    for locale in locales:
        found |= {project.ledger(locale): _LEDGER, project.review_packs(locale): _PACKS}
    return found


def _home(project: Project, known: dict[Path, _Kind], copy: Path, data: bytes, language: str) -> Path:
    """The record that a file is a copy of."""
    same = [path for path in known if path.exists() and copy.exists() and path.samefile(copy)]
    if same:
        return same[0]
    for path, kind in known.items():
        mine = books.load(files.read(path, project.name(path)), kind.earlier).records
        if not mine.keys().isdisjoint(books.load(data, kind.earlier).records):
            return path
    kinds = [kind for kind in (_LEDGER, _HISTORY, _PACKS) if _is(kind, data)]
    if not kinds:
        raise CampaignError.single("holds no line of a ledger", where=str(copy), todo="take a copy of a .jsonl file")
    if kinds[0] is _HISTORY:
        return project.history
    path = project.ledger(language) if kinds[0] is _LEDGER else project.review_packs(language)
    if path not in known:
        what = "shares no line with a record of this workspace"
        raise CampaignError.single(what, where=str(copy), todo="say whose it is: --lang LANG")
    return path


def _is(kind: _Kind, data: bytes) -> bool:
    records = books.load(data, kind.earlier).records.values()
    return any(not kind.keys.isdisjoint(record) for record in records)


def _put(project: Project, path: Path, kind: _Kind, copies: Iterable[bytes]) -> United:
    """Write a record with the lines of its copies, in one step; bad lines are set aside first."""
    name = project.name(path)
    with locked(path, name):
        own = files.read(path, name)
        made = order.merged((own, *copies), kind.earlier, kind.day)
        before = books.load(own, kind.earlier).records.keys()
        after = books.load(made.data, kind.earlier).records.keys()
        if made.aside:
            files.set_aside(path, made.aside)
        if made.data != own:
            write_atomic(path, made.data)
    return United(name, len(after), len(after - before), made.aside.count(b"\n"))
