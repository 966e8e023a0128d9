"""The events of a ledger: how each is written as a record, and which records are events that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import cast

from campaign.ledger import earlier, entry
from campaign.ledger.book import Book, Kind, prev
from campaign.ledger.entry import Record
from campaign.model.digest import digest
from campaign.model.event import Event, event_of
from campaign.model.verdict import WRITTEN, Verdict
from campaign.people import form_fault

_ALWAYS = ("verdict", "unit_key", "source_hash", "text_hash", "reviewer", "role", "on")
_TEXTS = ("comment", "rule", "reason", "whose", "since", "sig")
_LISTS = ("source", "forms", "re")
_VERDICTS = {verdict.value: verdict for verdict in WRITTEN}


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a book by id, and what is wrong with records that are none."""

    events: dict[str, Event] = field(default_factory=dict)
    faults: dict[str, tuple[Kind, str]] = field(default_factory=dict)


def written(event: Event, facts: tuple[tuple[str, str], ...], on: str, prev: Iterable[str]) -> tuple[str, bytes]:
    """The id and the line of an event that is said on a day, with the facts that it has to tell.

    Raises:
        UnicodeEncodeError: a text holds a lone surrogate.
    """
    record: dict[str, object] = {name: getattr(event, name) for name in _ALWAYS} | {"on": on}
    record |= {name: value for name in (*_TEXTS, *_LISTS) if (value := getattr(event, name))}
    if facts:
        record["facts"] = dict(facts)
    return entry.line_of(record, prev)


def day(record: Record) -> str:
    """The day of a record, for the order in which people read."""
    return str(record.get("on", ""))


def latest(known: Mapping[str, Event], prev: Iterable[str]) -> str:
    """The last day among events: nobody answers before they were asked, whatever their clock says."""
    last = _last_day()
    days = (known[own].on for own in prev if own in known)
    return max((on for on in days if not _day_fault(on, last)), default="")


class Reader:
    """Records as events, one by one as they are parsed; words, names and days that come again are kept once."""

    def __init__(self) -> None:
        self._read: dict[str, Event | None] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._texts: dict[str, str] = {}

    def take(self, own: str, record: Record) -> None:
        """Read a record."""
        self._read[own] = _event(own, record, self._words, self._texts)

    def event(self, own: str, record: Record) -> Event | None:
        """A record as an event; None when it is none."""
        if own not in self._read:
            self.take(own, record)
        return self._read[own]


def of(book: Book, order: Iterable[str], known: Found, reader: Reader) -> Found:
    """The events of a book, given the ids of its records with causes first; `known` was found before in a part of it.

    A rejection counts although something is wrong with its date or its name: it only asks people to look again.
    """
    found, last = Found(), _last_day()
    strict = _Strict(found, last)
    answers: Mapping[str, tuple[str, ...]] | None = None
    for own in order:
        if own in known.events and own not in known.faults:
            found.events[own] = known.events[own]
            continue
        record = book.records[own]
        event = reader.event(own, record)
        if event is None:
            found.faults[own] = _no_event(record)
        elif "id" not in record:
            answers = earlier.answers(book.records) if answers is None else answers
            found.events[own] = _answering(event, answers.get(own, ()))
        else:
            if fault := strict.fault(event):
                found.faults[own] = Kind.WRONG, fault
            if not fault or event.verdict is Verdict.REJECT:
                found.events[own] = event
    return found


class _Strict:
    """What is wrong with names and dates; most are the same again and again."""

    def __init__(self, found: Found, last: str) -> None:
        self._found, self._last = found, last
        self._names: dict[str, str] = {}
        self._days: dict[str, str] = {}

    def fault(self, event: Event) -> str:
        """What is wrong with the name or the date of an event; "" when nothing is."""
        if event.reviewer not in self._names:
            fault = form_fault(event.reviewer)
            self._names[event.reviewer] = f"the name {fault}" if fault else ""
        return self._names[event.reviewer] or self._day(event.on) or self._too_early(event)

    def _day(self, on: str) -> str:
        if on not in self._days:
            self._days[on] = _day_fault(on, self._last)
        return self._days[on]

    def _too_early(self, event: Event) -> str:
        """Whether it is dated before something that its author had seen, of what is dated right itself."""
        for own in event.prev:
            other = self._found.events.get(own)
            if other and other.on > event.on and own not in self._found.faults and not self._day(other.on):
                return f"it is dated {event.on}, before what its author had seen"
        return ""


def _no_event(record: Record) -> tuple[Kind, str]:
    version, verdict = record.get("version"), record.get("verdict")
    newer = type(version) is int and version > entry.VERSION
    if newer or (version == entry.VERSION and type(verdict) is str and verdict not in WRITTEN):
        return Kind.NEWER, ""
    return Kind.JUNK, ""


def _event(own: str, record: Record, known: dict[str, tuple[str, ...]], same: dict[str, str]) -> Event | None:
    """A record as an event; None when it is none. One that proves itself is of this version, others are earlier."""
    take = record.get
    version, verdict = take("version"), take("verdict")
    if ("id" in record and version != entry.VERSION) or type(verdict) is not str or verdict not in _VERDICTS:
        return None
    texts = (
        take("unit_key"),
        take("source_hash"),
        take("text_hash"),
        take("reviewer"),
        take("role"),
        take("on"),
        take("comment", ""),
        take("rule", ""),
        take("reason", ""),
        take("whose", ""),
        take("since", ""),
        take("sig", ""),
    )
    for value in texts:
        if type(value) is not str:
            return None
    key, source_hash, text_hash, reviewer, role, on, comment, rule, reason, whose, since, sig = cast(
        "tuple[str, ...]", texts
    )
    source = _words(record["source"], source_hash, known) if "source" in record else ()
    forms = _words(record["forms"], text_hash, known) if "forms" in record else ()
    re = entry.texts(record["re"]) if "re" in record else ()
    facts = _facts(record["facts"]) if "facts" in record else ()
    if source is None or forms is None or re is None or facts is None:
        return None
    return event_of(
        key,
        source_hash,
        text_hash,
        same.setdefault(reviewer, reviewer),
        same.setdefault(role, role),
        same.setdefault(on, on),
        _VERDICTS[verdict],
        comment,
        rule,
        reason,
        source,
        forms,
        facts,
        re,
        whose,
        since,
        sig,
        own,
        prev(record),
    )


def _facts(value: object) -> tuple[tuple[str, str], ...] | None:
    if type(value) is not dict or not all(type(each) is str for each in value.values()):
        return None
    return tuple(value.items())


def _words(value: object, wanted: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The words behind a hash, None when they are others; `known` are those that were looked at, by their hash."""
    if wanted in known and type(value) is list and known[wanted] == tuple(value):
        return known[wanted]
    parts = entry.texts(value)
    if parts:
        if digest(*parts) != wanted:
            return None
        known[wanted] = parts
    return parts


def _answering(event: Event, answers: tuple[str, ...]) -> Event:
    """An event of an earlier version with what it answered or ended, and why."""
    if not answers:
        return event
    return replace(event, re=answers, reason=event.reason or event.comment or earlier.ANSWERED)


def _last_day() -> str:
    """The day after which there is none yet anywhere on earth (UTC+14)."""
    return (datetime.now(UTC) + timedelta(hours=14)).date().isoformat()


def _day_fault(on: str, last: str) -> str:
    try:
        real = date.fromisoformat(on).isoformat() == on
    except ValueError:
        real = False
    if not real:
        return f"{on[:20]!r} is no day (YYYY-MM-DD)"
    return f"it is dated in the future ({on})" if on > last else ""
