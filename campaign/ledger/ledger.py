"""The ledger of a language: an append-only file of who approved or rejected exactly which words, and when.

locales/<lang>/reviews.jsonl holds one JSON object a line. Each line carries the SHA-256 of the line before it (`prev`),
so that an edited or deleted line shows. A last line that was torn by a crash is set aside on the next write. A line may
also hold the words behind its hashes (`source`, `forms`), which must match them, and the hashes of the numbers and
promises of the items that show its unit (`facts`), as far as no line before it says the same.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from campaign.catalogue.seen import SeenFacts, SignOffs
from campaign.catalogue.states import Approvals
from campaign.errors import CampaignError, Problem
from campaign.ledger import line as line_form
from campaign.model.event import Event
from campaign.model.subject import ITEM
from campaign.model.verdict import Verdict
from campaign.project import locked

ROOT = "0" * 64


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a ledger file says: its events in order, whether its last line is torn, and the bytes of its whole lines."""

    events: tuple[Event, ...] = ()
    torn: bool = False
    head: str = ROOT
    whole: bytes = field(default=b"", repr=False)

    def approvals(self, roles: Collection[str]) -> Approvals:
        """The people, by the words they approved, whose last verdict on these words is `sign` in one of these roles.

        A name counts once however its capitals and spaces are typed.
        """
        return {
            words: frozenset(name for name, _ in people.values()) for words, people in self._standing(roles).items()
        }

    def _standing(self, roles: Collection[str]) -> dict[tuple[str, str], dict[str, tuple[str, int]]]:
        """By words: everybody who stands for them, with the name as first typed and the number of the last approval."""
        standing: dict[tuple[str, str], dict[str, tuple[str, int]]] = defaultdict(dict)
        for number, event in enumerate(self.events):
            words = (event.source_hash, event.text_hash)
            if event.verdict == Verdict.SIGN and event.role in roles:
                who = person(event.reviewer)
                name, _ = standing[words].get(who, (event.reviewer, number))
                standing[words][who] = name, number
            elif event.verdict in (Verdict.REJECT, Verdict.LAPSE):
                # A rejection by anyone voids these words until somebody signs them again.
                standing[words].clear()
        return {words: people for words, people in standing.items() if people}

    def _told(self) -> dict[str, list[tuple[int, str]]]:
        """By item: the hashes of its facts, each with the number of the event that told it, oldest first."""
        told: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, event in enumerate(self.events):
            for item, facts in event.facts:
                told[item].append((number, facts))
        return told

    def holding(self, roles: Collection[str]) -> Callable[[Event], bool]:
        """What says whether the ledger holds an approval already.

        It does when the same person stands for the same words in the same role, approved them while the items
        that show them had the same facts, and left the same comment or now leaves none.
        """
        standing, told = self._standing(roles), self._told()

        def held(event: Event) -> bool:
            people = standing.get((event.source_hash, event.text_hash), {})
            _, number = people.get(person(event.reviewer), ("", None))
            if number is None:
                return False
            old = self.events[number]
            if event.role != old.role or event.comment not in ("", old.comment):
                return False
            then = {item: [facts for at, facts in told.get(item, ()) if at <= number][-1:] for item, _ in event.facts}
            return all(then[item] == [facts] for item, facts in event.facts)

        return held

    def after(self, head: str) -> tuple[Event, ...]:
        """The events that whoever saw this head did not see; all of them when no line of the ledger has it."""
        if head == self.head:
            return ()
        lines = self.whole.splitlines()
        known = next((n for n, line in enumerate(lines, 1) if hashlib.sha256(line).hexdigest() == head), 0)
        return self.events[known:]

    def seen(self, roles: Collection[str]) -> SeenFacts:
        """With which facts sentences and whole items were approved."""
        told = self._told()
        approved = self._standing(roles) if told else {}
        return SeenFacts(
            self._sign_offs(roles),
            {item: tuple(known) for item, known in told.items()},
            {words: tuple(number for _, number in people.values()) for words, people in approved.items()},
        )

    def _sign_offs(self, roles: Collection[str]) -> SignOffs:
        """By item: the hashes of the facts that it was signed off with, and who stands for each."""
        whole_items = Ledger(tuple(event for event in self.events if event.unit_key.startswith(ITEM)))
        named = {event.source_hash: event.unit_key for event in whole_items.events}
        found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
        for (item_hash, facts_hash), people in whole_items.approvals(roles).items():
            found[named[item_hash]][facts_hash] = people
        return dict(found)


def person(name: str) -> str:
    """A name for comparing: "A. Haddad" and " a.  haddad" are one person, and one person is not four eyes."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def read(path: Path, name: str, known: Ledger | None = None) -> Ledger:
    """The ledger of a language; an absent file is an empty ledger, a torn last line is reported, not fatal.

    `known` is what the file said before: lines that are still the same bytes are not verified a second time.

    Raises:
        CampaignError: a line that is no event, or a broken chain: the history was edited. Names file and line.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise CampaignError.single(
            f"cannot be read ({error.strerror})", where=name, todo="check the file and its permissions"
        ) from error
    whole = data[: data.rfind(b"\n") + 1]
    if known is None or not known.whole or not whole.startswith(known.whole):
        known = Ledger()
    events = list(known.events)
    problems: list[Problem] = []
    head = known.head
    for number, line in enumerate(whole[len(known.whole) :].splitlines(), start=len(events) + 1):
        try:
            prev, event = line_form.read(line)
        except line_form.NewerError:
            todo = "upgrade this program; nothing is wrong with the file"
            problems.append(Problem(f"{name}:{number}", "was written by a newer version of campaign", todo))
            head = hashlib.sha256(line).hexdigest()
            continue
        if event is None:
            problems.append(
                Problem(f"{name}:{number}", "is not an event of the ledger", "restore the file from a copy")
            )
        elif prev != head:
            problems.append(
                Problem(
                    f"{name}:{number}",
                    "does not follow the line before it: the history was edited",
                    "restore the file from a copy; signatures after this line cannot be trusted",
                )
            )
        else:
            events.append(event)
        head = hashlib.sha256(line).hexdigest()
    if problems:
        raise CampaignError(problems)
    return Ledger(tuple(events), torn=len(whole) < len(data), head=head, whole=whole)


def append(path: Path, name: str, events: Iterable[Event], known: Ledger | None = None) -> Ledger:
    """Add events at the end, under the file's lock, and return what it says when they are on the disk.

    A torn last line is moved to `<ledger>.torn` first.

    Raises:
        CampaignError: the ledger cannot be trusted or is locked; nothing was added.
    """
    with locked(path, name):
        ledger = read(path, name, known)
        if ledger.torn:
            _set_torn_line_aside(path, len(ledger.whole))
        events, head, lines = tuple(_only_new_facts(ledger.events, events)), ledger.head, b""
        for event in events:
            try:
                line = line_form.written(event, head)
            except UnicodeEncodeError as error:
                what = f"the {event.verdict} of {event.reviewer!r} holds a lone surrogate"
                raise CampaignError.single(what, where=name, todo="type the name and the comment again") from error
            head = hashlib.sha256(line).hexdigest()
            lines += line + b"\n"
        with path.open("ab") as stream:
            stream.write(lines)
            stream.flush()
            os.fsync(stream.fileno())
    return Ledger(ledger.events + events, head=head, whole=ledger.whole + lines)


def _only_new_facts(before: Iterable[Event], events: Iterable[Event]) -> Iterator[Event]:
    """The events, each with the facts that no event before it tells already."""
    known: dict[str, str] | None = None
    for event in events:
        if not event.facts:
            yield event
            continue
        if known is None:
            known = {item: facts for old in before for item, facts in old.facts}
        fresh = tuple((item, facts) for item, facts in event.facts if known.get(item) != facts)
        known.update(fresh)
        yield replace(event, facts=fresh)


def _set_torn_line_aside(path: Path, whole_bytes: int) -> None:
    data = path.read_bytes()
    with path.with_name(path.name + ".torn").open("ab") as stream:
        stream.write(data[whole_bytes:] + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    with path.open("r+b") as stream:
        stream.truncate(whole_bytes)
        stream.flush()
        os.fsync(stream.fileno())
