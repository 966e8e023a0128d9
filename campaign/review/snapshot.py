"""One language at one moment: its sentences as lines, its history, and its items with how far each is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from campaign.catalogue.memory import Memory
from campaign.catalogue.origins import raw
from campaign.ledger.ledger import Ledger
from campaign.ledger.queue import Line, ordered
from campaign.ledger.standing import Standing
from campaign.model.campaign import Campaign
from campaign.model.cover import as_whole
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.state import State, worst
from campaign.model.trust import Trust
from campaign.model.verdict import Verdict
from campaign.render.texts import Texts
from campaign.workspace.facts import ItemView, Shown, shown_beside


@dataclass(frozen=True)
class Sheet:
    """One language at one moment: its lines by key in file order, and its ledger; its items when they are asked for."""

    locale: str
    campaign: Campaign
    lines: Mapping[str, Line]
    ledger: Ledger
    _find_items: Callable[[], tuple[ItemView, ...]]

    @cached_property
    def trust(self) -> Trust:
        """Whose word counts in this language."""
        return self.campaign.trusted(self.locale)

    @property
    def standing(self) -> Standing:
        """What counts of all that was said."""
        return self.ledger.standing(self.trust)

    @cached_property
    def items(self) -> tuple[ItemView, ...]:
        """Every item of the language: country by country, audience by audience, channel by channel."""
        return self._find_items()

    def twins(self, item: ItemView) -> tuple[ItemView, ...]:
        """The same item in other countries, as far as it is exactly the same there: whoever saw one saw them all."""
        job = item.job
        return tuple(
            other
            for other in self.items
            if (other.job.audience, other.job.channel) == (job.audience, job.channel) and other.job != job
            if (other.keys, other.facts) == (item.keys, item.facts)
        )

    def history(self, key: str) -> tuple[Event, ...]:
        """What was said of a sentence or an item, oldest first."""
        return self._histories.get(key, ())

    @cached_property
    def _histories(self) -> Mapping[str, tuple[Event, ...]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.ledger.events:
            found[event.unit_key].append(event)
        return {key: tuple(events) for key, events in found.items()}

    @cached_property
    def queue(self) -> tuple[Line, ...]:
        """Its lines in the order of work."""
        return tuple(ordered(self.lines.values()))

    @cached_property
    def memory(self) -> Memory:
        """What was said in it before."""
        signed = (key for key, line in self.lines.items() if line.state is State.SIGNED)
        return Memory((line.unit for line in self.lines.values()), signed)

    @cached_property
    def texts(self) -> Texts:
        """The texts as rendering looks them up."""
        units = {key: line.unit for key, line in self.lines.items()}
        states = {key: line.state for key, line in self.lines.items()}
        seen = self.ledger.seen(self.trust)
        unread = frozenset(key for key, unit in units.items() if raw(unit, self.ledger.read_words))
        return Texts(self.locale, units, states, seen, self.campaign.needed(self.locale), unread)

    @cached_property
    def shown(self) -> Shown:
        """What an approval of each sentence keeps beside its words: how the items are that show it."""
        return shown_beside(self.items)

    @cached_property
    def used_by(self) -> Mapping[str, tuple[ItemView, ...]]:
        """The items that show a sentence, by its key."""
        found: dict[str, list[ItemView]] = defaultdict(list)
        for item in self.items:
            for key in item.keys:
                found[key].append(item)
        return {key: tuple(items) for key, items in found.items()}

    def said_in(self, country: str, audience: str) -> tuple[object, ...]:
        """The words of a message with how far each sentence is, as its items show them: equal ones look the same."""
        place = country, audience
        if place not in self._said:
            items = [item for item in self.items if (item.job.country, item.job.audience) == place]
            keys = dict.fromkeys(key for item in items for key in item.keys)
            lines = [self.lines[key] for key in keys if key in self.lines]
            read = self.ledger.read_words
            words = ((line.key, line.text_hash, line.state, raw(line.unit, read)) for line in lines)
            self._said[place] = (*words, *(item.facts for item in items))
        return self._said[place]

    @cached_property
    def _said(self) -> dict[tuple[str, str], tuple[object, ...]]:
        return {}

    def state_of(self, item: ItemView) -> State:
        """How far an item is; STALE too when something of it changed since it was approved that no sentence says."""
        found = worst({self.lines[key].state if key in self.lines else State.MISSING for key in item.keys})
        if found is State.SIGNED:
            words = ((line.source_hash, line.text_hash) for line in map(self.lines.__getitem__, item.keys))
            return self.texts.seen.state(item.job.item, item.cover, words, self.texts.needed)
        return found


def shown(sheet: Sheet, item: ItemView) -> str:
    """Hash of all that a sign-off page shows: each sentence with its texts, how the item is and where it is too."""
    lines = [sheet.lines[key] for key in item.keys if key in sheet.lines]
    words = (part for line in lines for part in (line.source_hash, line.text_hash))
    twins = (twin.job.item for twin in sheet.twins(item))
    return digest(item.job.item, item.facts, *words, *twins)


def blinded(sheet: Sheet, line: Line, name: str) -> tuple[Event, ...]:
    """What a person does not see of a sentence before they answered, where the second reading is a blind one.

    That is who signed or wrote these words, and what was remarked. What is objected and asked everybody sees, and
    whoever reads first sees what was remarked.
    """
    words = line.source_hash, line.text_hash
    about = [event for event in line.events if (event.source_hash, event.text_hash) == words]
    first = {event.reviewer for event in about if event.verdict in (Verdict.SIGN, Verdict.CHANGE)}
    said = name in first or any(event.reviewer == name and event.verdict is Verdict.REJECT for event in about)
    if not sheet.trust.blind or not first or said or line.state is State.SIGNED:
        return ()
    return tuple(
        e for e in about if e.verdict in (Verdict.SIGN, Verdict.COMMENT, Verdict.CHANGE) and e.reviewer != name
    )


def blinded_item(sheet: Sheet, item: ItemView, name: str) -> tuple[Event, ...]:
    """The signatures on an item as a whole that a person does not see before they gave theirs."""
    signed = [event for event in sheet.history(item.job.item) if event.verdict is Verdict.SIGN]
    told = any(event.reviewer == name for event in signed) or sheet.state_of(item) is State.SIGNED
    return () if told or not sheet.trust.blind else tuple(signed)


def beside(sheet: Sheet, key: str, items: Mapping[str, str] | None, since: str) -> tuple[tuple[str, str], ...]:
    """How the items were that somebody saw beside a sentence: as they are, or as a pack of the head `since` had them.

    Of an item that is another one now, what the ledger told then is taken, else the hash alone: it counts when the item
    is as it was.
    """
    now = sheet.shown.get(key, ())
    if items is None:
        return now
    told = sheet.ledger.told.known_to(sheet.ledger.seen_by(since))
    return tuple(
        (item, next((text for text in (facts, told.get(item, "")) if as_whole(text) == items[item]), items[item]))
        for item, facts in now
        if item in items
    )
