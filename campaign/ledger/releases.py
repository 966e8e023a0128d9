"""releases.jsonl: every file that ever was released, packed for a receiver, or recalled; lines are only added.

output/ is disposable, what went out is not: this file belongs into the campaign's version control.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast

from campaign.errors import CampaignError
from campaign.ledger import book as books
from campaign.ledger import entry, files, last_seen, order
from campaign.ledger.book import Book, Flaw, Kind
from campaign.ledger.entry import Record
from campaign.project import locked

#: The channel under which press files stand in the history: no edition holds them.
PRINTER = "printer"

RELEASED, PACKED, RECALLED, RELIED = "released", "packed", "recalled", "relied"


@dataclass(frozen=True, slots=True)
class Release:
    """One released file: `on` is the day of the release, `numbers` maps the id of each contact to its number then.

    `content` is the hash of what its item showed, as in the manifest; `values` maps the id of each contact to what else
    people know it by: the number as they read it, its web address, its e-mail. `texts` maps the key of each unit to the
    first twelve digits of the hash of its text. `address` is the folder of a page on the web site. `locales` are the
    languages of a sheet that holds several: its `texts` are by language and key, as `named` has them. Earlier versions
    wrote none of these.
    """

    on: str
    batch: str
    path: str
    sha256: str
    audience: str
    locale: str
    country: str
    channel: str
    format: str
    numbers: Mapping[str, str]
    units: tuple[str, ...]
    content: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    locales: tuple[str, ...] = ()

    @property
    def tongues(self) -> tuple[str, ...]:
        """Every language that the file is in."""
        return self.locales or (self.locale,)

    def text(self, locale: str, key: str) -> str:
        """How the history knows the text of a unit in one of its languages; empty when it does not."""
        return self.texts.get(named(locale, key) if self.locales else key, "")

    @property
    def place(self) -> tuple[str, ...]:
        """Whose file it is: audience, language, country, channel, format."""
        return self.audience, self.locale, self.country, self.channel, self.format


def named(locale: str, key: str) -> str:
    """A unit of one of several languages."""
    return f"{locale} {key}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One ZIP made for a receiver (a printer, a gateway): its name, the day, and the hashes of the files in it."""

    on: str
    pack: str
    receiver: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """The recall of one released file, known by batch and hash: who, when, why."""

    on: str
    batch: str
    sha256: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Relied:
    """On which events a release or a delivery relied: by language, the heads of its ledger at that moment.

    They must still be there for ever: who has a delivery can prove what was signed when it was made.
    """

    on: str
    heads: Mapping[str, tuple[str, ...]]


Event = Release | Delivery | Recall | Relied
_KINDS: Mapping[str, type[Event]] = {RELEASED: Release, PACKED: Delivery, RECALLED: Recall, RELIED: Relied}


@dataclass(frozen=True, slots=True)
class History:
    """The events by kind, causes before effects, then by day. `heads` are the ids that no other
    line follows yet, `known` all of them.
    """

    releases: tuple[Release, ...] = ()
    packs: tuple[Delivery, ...] = ()
    recalls: tuple[Recall, ...] = ()
    relied: tuple[Relied, ...] = ()
    lines: int = field(default=0, compare=False)
    heads: tuple[str, ...] = field(default=(), compare=False)
    known: frozenset[str] = field(default=frozenset(), compare=False)
    torn: bool = field(default=False, compare=False)

    def out(self) -> Mapping[str, Release]:
        """The last release of each path: what lies there may be this file and no earlier one."""
        return {release.path: release for release in self.releases}

    def recalled(self, release: Release) -> Recall | None:
        """The recall of a released file; None while it stands."""
        return next((r for r in self.recalls if (r.batch, r.sha256) == (release.batch, release.sha256)), None)

    def packs_of(self, release: Release) -> tuple[Delivery, ...]:
        """The packs that a released file went into."""
        return tuple(pack for pack in self.packs if release.sha256 in pack.files)


def read(path: Path, name: str) -> History:
    """The history; an absent file is an empty one, a torn last line (a crash) is left out: nothing left with it.

    Raises:
        CampaignError: a line that is no event, was edited, or follows one that is not here: what went out must be known
            whole. Names file and line.
    """
    return of(_book(path, name), name)


def _book(path: Path, name: str) -> Book:
    return books.load(files.read(path, name), earlier)


def of(book: Book, name: str) -> History:
    """The history that a book holds; raises CampaignError as `read` does."""
    flaws, events = [flaw for flaw in book.damage if flaw.kind is not Kind.TORN], list[Event]()
    for own in order.ordered(book.records, day, book.lines):
        event = _event(book.records[own])
        if event is None:
            newer = book.records[own].get("event") not in _KINDS and "id" in book.records[own]
            flaws.append(Flaw(Kind.NEWER if newer else Kind.JUNK, book.lines[own]))
        else:
            events.append(event)
    if flaws:
        raise CampaignError(flaw.problem(name) for flaw in sorted(flaws, key=lambda flaw: flaw.line))
    return History(
        tuple(event for event in events if isinstance(event, Release)),
        tuple(event for event in events if isinstance(event, Delivery)),
        tuple(event for event in events if isinstance(event, Recall)),
        tuple(event for event in events if isinstance(event, Relied)),
        len(events),
        book.heads,
        frozenset(book.records),
        bool(book.tail),
    )


def earlier(line: bytes) -> Record | None:
    """A line of earlier versions: it said nothing of the lines before it, so the next line of today names them all."""
    record = entry.parsed(line)
    return None if record is None or "id" in record or _event(record) is None else record


def day(record: Record) -> str:
    """The day of a line."""
    return str(record.get("on", ""))


_FORM = ("id", "version", "prev")


def _event(record: Record) -> Event | None:
    """A record as an event: every field is there, and of its kind."""
    values = {key: _frozen(value) for key, value in record.items() if key not in _FORM}
    word = values.pop("event", None)
    kind = _KINDS.get(word) if isinstance(word, str) else None
    if kind is None or ("id" in record and record.get("version") != entry.VERSION):
        return None
    try:
        made: Event = kind(**cast("Any", values))
    except TypeError:
        return None
    return made if all(_fits(getattr(made, each.name), str(each.type)) for each in fields(made)) else None


def _fits(value: object, kind: str) -> bool:
    """Whether a value is what its field says: a text, a list of texts, a table of either."""
    if kind == "str":
        return isinstance(value, str)
    if kind.startswith("tuple"):
        return isinstance(value, tuple) and all(isinstance(each, str) for each in value)
    inner = "tuple" if "tuple" in kind else "str"
    return isinstance(value, dict) and all(_fits(each, inner) for each in value.values())


def _frozen(value: object) -> object:
    """A value as an event has it: lists become tuples, inside a table too."""
    if isinstance(value, dict):
        return {str(key): _frozen(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value


def append(path: Path, name: str, events: Iterable[Event]) -> None:
    """Add events at the end, under the file's lock, and return when they are on the disk.

    Raises:
        CampaignError: the history is damaged or cannot be written; nothing was added.
    """
    events = tuple(events)
    if not events:
        return
    names = {kind: word for word, kind in _KINDS.items()}
    with locked(path, name):
        book = _book(path, name)
        of(book, name)
        prev, lines = book.heads, b""
        for event in events:
            values = {each.name: getattr(event, each.name) for each in fields(event)}
            own, line = entry.line_of({"event": names[type(event)], **values}, prev)
            prev, lines = (own,), lines + line + b"\n"
        after = books.load(files.add(path, name, book, lines), earlier, book)
        last_seen.note(path.parent, path.name, after.heads, after.records)
