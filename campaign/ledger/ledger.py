"""The ledger of a language: a file of who approved or rejected exactly which words, and when, only ever added to.

locales/<lang>/reviews.jsonl holds one JSON object a line, each proving itself and naming what its author had before
their eyes (see `book`). A last line that was torn by a crash is set aside on the next write. A line may also hold the
words behind its hashes (`source`, `forms`), which must match them, and how the items were that show its unit (`facts`,
texts of `model/cover`), as far as what its author had seen says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from campaign.bulk import bulk
from campaign.catalogue.seen import SeenFacts, SignOff, SignOffs
from campaign.catalogue.states import Approvals
from campaign.errors import CampaignError, Problem
from campaign.ledger import book as books
from campaign.ledger import earlier, files, order, told
from campaign.ledger import events as said_in
from campaign.ledger.book import Book, Flaw
from campaign.ledger.standing import Objection, Standing, people, standing, words
from campaign.model.event import Event
from campaign.model.subject import ITEM
from campaign.model.trust import Trust
from campaign.model.verdict import READING, Verdict
from campaign.people import plain
from campaign.project import locked


@dataclass(frozen=True)
class Ledger:
    """What a ledger file says: its events, causes before effects, and the book of lines that they were read from."""

    events: tuple[Event, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    book: Book = field(default_factory=Book, repr=False, compare=False)
    found: said_in.Found = field(default_factory=said_in.Found, repr=False, compare=False)
    reader: said_in.Reader = field(default_factory=said_in.Reader, repr=False, compare=False)
    _stands: dict[Trust, Standing] = field(default_factory=dict, init=False, repr=False, compare=False)
    _unseen: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def torn(self) -> bool:
        """Whether the last line is torn."""
        return bool(self.book.tail)

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The events that nobody follows yet: who names them says that they saw all of the ledger."""
        return self.book.heads

    @property
    def head(self) -> str:
        """The heads as one word for a page or a list of packs: "" of an empty ledger."""
        return "+".join(self.heads)

    @cached_property
    def by_id(self) -> Mapping[str, Event]:
        """The events by id."""
        return {event.id: event for event in self.events}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Everybody who said something, in the order in which they came."""
        return tuple(dict.fromkeys(event.reviewer for event in self.events))

    def problems(self, name: str) -> tuple[Problem, ...]:
        """Everything wrong with the file: while there is anything, nothing is released or packed."""
        return tuple(flaw.problem(name) for flaw in self.flaws)

    def standing(self, trust: Trust) -> Standing:
        """What counts, to those whose word counts."""
        if trust not in self._stands:
            self._stands[trust] = standing(self.events, trust)
        return self._stands[trust]

    def approvals(self, trust: Trust) -> Approvals:
        """By words: the different people whose signature counts."""
        return {about: people(signatures, trust) for about, signatures in self.standing(trust).signed.items()}

    @cached_property
    def read_words(self) -> frozenset[tuple[str, str]]:
        """The words about which a person said something, whatever it was: they had them before their eyes."""
        return frozenset(words(event) for event in self.events if event.verdict in READING)

    @cached_property
    def told(self) -> told.Told:
        """Which facts of items everybody had before their eyes."""
        return told.Told.of(self.events)

    def holding(self, trust: Trust) -> Callable[[Event], bool]:
        """What says whether the ledger holds a signature already.

        It does when the same person stands for the same words in the same role, approved them while the items
        that show them had the same facts, and left the same comment or now leaves none.
        """
        stands = self.standing(trust)

        def held(event: Event) -> bool:
            for old in stands.by(words(event)):
                if (plain(old.reviewer), old.role) != (plain(event.reviewer), event.role):
                    continue
                seen = self.told.seen_with(old)
                if event.comment in ("", old.comment) and all(seen.get(item) == facts for item, facts in event.facts):
                    return True
            return False

        return held

    def seen_by(self, head: str) -> tuple[str, ...]:
        """The heads of whoever saw the ledger when this was its `head`, as far as they are here."""
        return tuple(each for each in head.split("+") if each in self.book.records)

    def unseen(self, head: str) -> frozenset[str]:
        """The events that whoever saw this head did not see; all of them when no line of the ledger has it."""
        if head not in self._unseen:
            known = self.book.records.keys() if head == self.head else self.book.below(self.seen_by(head))
            self._unseen[head] = frozenset(self.by_id.keys() - known)
        return self._unseen[head]

    def seen(self, trust: Trust) -> SeenFacts:
        """How people saw the items whose sentences they approved, or that they signed off as a whole."""
        every = frozenset(item for event in self.events for item, _ in event.facts)
        signed = self.standing(trust).signed if every else {}
        approved, place = {}, {event.id: number for number, event in enumerate(self.events)}
        for about, signatures in signed.items():
            named = people(signatures, trust)
            views = {name: [self.told.seen_with(e) for e in signatures if e.reviewer == name] for name in named}
            approved[about] = tuple(tuple(each) for each in views.values())
        order: dict[str, list[tuple[int, str]]] = {}
        for (source, text), signatures in signed.items():
            order.setdefault(source, []).extend((place[event.id], text) for event in signatures)
        in_order = {source: tuple(sorted(each)) for source, each in order.items()}
        signed_off, objected = self._sign_offs(trust, place), self._objected(trust)
        return SeenFacts(signed_off, every, approved, in_order, objected, trust.item_signatures)

    def _objected(self, trust: Trust) -> Mapping[str, tuple[str, ...]]:
        """By item: who objects to it as a whole."""
        found: dict[str, dict[str, None]] = {}
        for own, became in self.standing(trust).objections.items():
            if became is Objection.OPEN and (event := self.by_id[own]).unit_key.startswith(ITEM):
                found.setdefault(event.unit_key, {})[event.reviewer] = None
        return {item: tuple(names) for item, names in found.items()}

    def _sign_offs(self, trust: Trust, place: Mapping[str, int]) -> SignOffs:
        """By item: how it was when it was signed off, and who stands for each."""
        found: dict[str, dict[str, SignOff]] = {}
        for (_, facts), signatures in self.standing(trust).signed.items():
            if signatures[0].unit_key.startswith(ITEM):
                last = max(place[event.id] for event in signatures)
                found.setdefault(signatures[0].unit_key, {})[facts] = SignOff(people(signatures, trust), last)
        return found


def read(path: Path, name: str, known: Ledger | None = None) -> Ledger:
    """The ledger of a language; an absent file is an empty ledger. Bad lines are named (`flaws`), good ones count.

    `known` is what the file said before: lines that are still the same bytes are not read a second time.

    Raises:
        CampaignError: the file cannot be read.
    """
    return of(files.read(path, name), known)


@bulk()
def of(data: bytes, known: Ledger | None = None) -> Ledger:
    """The ledger that these bytes are."""
    reader = known.reader if known else said_in.Reader()
    book = books.load(data, earlier.read, known.book if known else None, reader.take)
    if known and book is known.book:
        return known
    ids = order.ordered(book.records, said_in.day)
    found = said_in.of(book, ids, known.found if known else said_in.Found(), reader)
    said = tuple(found.events.values())
    # What somebody took back, or whoever coordinates revoked, is no trouble any more.
    ending = (event for event in said if event.verdict in (Verdict.WITHDRAW, Verdict.REVOKE)) if found.faults else ()
    settled = {own for event in ending for own in event.re}
    wrong = [Flaw(kind, book.lines[own], what) for own, (kind, what) in found.faults.items() if own not in settled]
    flaws = tuple(sorted((*book.damage, *wrong), key=lambda flaw: (flaw.line, flaw.kind)))
    return Ledger(said, flaws, book, found, reader)


def append(
    path: Path, name: str, said: Iterable[Event], known: Ledger | None = None, since: str | None = None
) -> Ledger:
    """Add events at the end, under the file's lock, and return what it says when they are on the disk.

    `since` is the head that their author had before their eyes; all that the file says when it is left out. A torn last
    line is moved to `<ledger>.torn` first.

    Raises:
        CampaignError: the ledger cannot be read or written, or is locked; nothing was added.
    """
    with locked(path, name):
        ledger = read(path, name, known)
        prev = ledger.heads if since is None else ledger.seen_by(since)
        lines, knows, day = list[bytes](), ledger.told.known_to(prev), said_in.latest(ledger.by_id, prev)
        knows = dict(knows)
        for event in said:
            fresh = tuple((item, facts) for item, facts in event.facts if knows.get(item) != facts)
            knows.update(fresh)
            day = max(day, event.on)
            try:
                own, line = said_in.written(event, fresh, day, prev)
            except UnicodeEncodeError as error:
                what = f"the {event.verdict} of {event.reviewer!r} holds a lone surrogate"
                raise CampaignError.single(what, where=name, todo="type the name and the comment again") from error
            prev = (own,)
            lines.append(line + b"\n")
        return of(files.add(path, name, ledger.book, b"".join(lines)), ledger)
