"""The events of a ledger: how each is written as a record, and which records are events that count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import cast

from campaign.ledger import earlier, entry
from campaign.ledger.book import Book, Kind
from campaign.ledger.entry import Record
from campaign.model.digest import digest
from campaign.model.event import Event, event_of
from campaign.model.verdict import Verdict
from campaign.people import form_fault

_ALWAYS = ("verdict", "unit_key", "source_hash", "text_hash", "reviewer", "role", "on")
_TEXTS = ("comment", "rule", "reason", "whose", "since", "sig", "at")
_LISTS = ("source", "forms", "re")
_VERDICTS = {verdict.value: verdict for verdict in Verdict}

#: Words by their hash, as a record holds them and as an event does.
_Known = dict[str, tuple[object, tuple[str, ...]]]

#: What most records hold, and nothing else: a signature with its words. All looked up at once is a third faster.
_SIGNATURE = ("id", "version", *_ALWAYS, "source", "forms", "prev")
_of_signature = itemgetter(*_SIGNATURE)


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
        self._words: _Known = {}
        self._texts: dict[str, str] = {}

    def take(self, records: Mapping[str, Record]) -> None:
        """Read records by id."""
        read, words, same, length = self._read, self._words, self._texts.setdefault, len(_SIGNATURE)
        for own, record in records.items():
            event = _signature(own, record, words, same) if len(record) == length else None
            read[own] = event or _event(own, record, words, same)

    def events(self, book: Book) -> Mapping[str, Event | None]:
        """The records of a book as events by id, None for those that are none; what proves itself was taken before."""
        self.take({own: book.records[own] for own in book.earlier if own not in self._read})
        return self._read


def of(book: Book, order: Iterable[str], known: Found, reader: Reader) -> Found:
    """The events of a book, given the ids of its records with causes first; `known` was found before in a part of it.

    A rejection counts although something is wrong with its date or its name: it only asks people to look again.
    """
    found, last = Found(), _last_day()
    strict, events = _Strict(found, last), found.events
    fresh = book.records
    if known.events:
        fresh = {own: record for own, record in fresh.items() if own not in known.events or own in known.faults}
    read = reader.events(book)
    answers: Mapping[str, tuple[str, ...]] | None = None
    for own in order:
        if known.events and own not in fresh:
            events[own] = known.events[own]
        elif (event := read[own]) is None:
            found.faults[own] = _no_event(fresh[own])
        elif own in book.earlier:
            answers = earlier.answers(book.records) if answers is None else answers
            events[own] = _answering(event, answers.get(own, ()))
        else:
            if fault := strict.fault(event):
                found.faults[own] = Kind.WRONG, fault
            if not fault or event.verdict is Verdict.REJECT:
                events[own] = event
    return found


class _Strict:
    """What is wrong with names and dates; most are the same again and again."""

    def __init__(self, found: Found, last: str) -> None:
        self._events, self._faults, self._last = found.events, found.faults, last
        self._names: dict[str, str] = {}
        self._days: dict[str, str] = {}

    def fault(self, event: Event) -> str:
        """What is wrong with the name or the date of an event; "" when nothing is."""
        name, on = self._names.get(event.reviewer), self._days.get(event.on)
        if name is None:
            fault = form_fault(event.reviewer)
            name = self._names[event.reviewer] = f"the name {fault}" if fault else ""
        if on is None:
            on = self._days[event.on] = _day_fault(event.on, self._last)
        return name or on or self._too_early(event)

    def _too_early(self, event: Event) -> str:
        """Whether it is dated before something that its author had seen, of what is dated right itself."""
        for own in event.prev:
            other = self._events.get(own)
            if other and other.on > event.on and own not in self._faults and not self._days.get(other.on):
                return f"it is dated {event.on}, before what its author had seen"
        return ""


def _no_event(record: Record) -> tuple[Kind, str]:
    version, verdict = record.get("version"), record.get("verdict")
    newer = type(version) is int and version > entry.VERSION
    if newer or (version == entry.VERSION and type(verdict) is str and verdict not in _VERDICTS):
        return Kind.NEWER, ""
    return Kind.JUNK, ""


def _signature(own: str, record: Record, known: _Known, same: Callable[[str, str], str]) -> Event | None:
    """What is nothing but a signature with words that were read before as an event; None of any other record."""
    try:
        _, version, verdict, key, source_hash, text_hash, who, role, on, source, forms, prev = _of_signature(record)
        "".join((key, who, role, on))
        said, from_words, to_words = _VERDICTS[verdict], known[source_hash], known[text_hash]
    except (KeyError, TypeError):
        return None
    if version != entry.VERSION or from_words[0] != source or to_words[0] != forms:
        return None
    return event_of(
        key,
        source_hash,
        text_hash,
        same(who, who),
        same(role, role),
        same(on, on),
        said,
        "",
        "",
        "",
        from_words[1],
        to_words[1],
        (),
        (),
        "",
        "",
        "",
        "",
        own,
        entry.texts(prev) or (),
    )


def _event(own: str, record: Record, known: _Known, same: Callable[[str, str], str]) -> Event | None:
    """A record as an event; None when it is none. One that proves itself is of this version, others are earlier."""
    take = cast("Callable[..., str]", record.get)
    verdict = take("verdict")
    if (
        ("id" in record and record.get("version") != entry.VERSION)
        or type(verdict) is not str
        or verdict not in _VERDICTS
    ):
        return None
    key, source_hash, text_hash = take("unit_key"), take("source_hash"), take("text_hash")
    reviewer, role, on = take("reviewer"), take("role"), take("on")
    comment, rule, reason = take("comment", ""), take("rule", ""), take("reason", "")
    whose, since, sig, at = take("whose", ""), take("since", ""), take("sig", ""), take("at", "")
    try:  # it looks at the kind of each, faster than a loop
        "".join((key, source_hash, text_hash, reviewer, role, on, comment, rule, reason, whose, since, sig, at))
    except TypeError:
        return None
    source, forms = record.get("source", ()), record.get("forms", ())
    source = seen[1] if (seen := known.get(source_hash)) and seen[0] == source else _words(source, source_hash, known)
    forms = seen[1] if (seen := known.get(text_hash)) and seen[0] == forms else _words(forms, text_hash, known)
    re = entry.texts(record["re"]) if "re" in record else ()
    facts = _facts(record["facts"]) if "facts" in record else ()
    if source is None or forms is None or re is None or facts is None:
        return None
    return event_of(
        key,
        source_hash,
        text_hash,
        same(reviewer, reviewer),
        same(role, role),
        same(on, on),
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
        at,
        own,
        entry.texts(record.get("prev")) or (),
    )


def _facts(value: object) -> tuple[tuple[str, str], ...] | None:
    if type(value) is not dict or not all(type(each) is str for each in value.values()):
        return None
    return tuple(value.items())


def _words(value: object, wanted: str, known: _Known) -> tuple[str, ...] | None:
    """The words behind a hash, None when they are others; `known` are those that were looked at, by their hash."""
    if value == ():
        return ()
    parts = entry.texts(value)
    if parts:
        if digest(*parts) != wanted:
            return None
        known[wanted] = value, parts
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
