"""Which facts (numbers, promises) of items each person had before their eyes, although most lines tell none.

A line tells the facts of an item only when what its author had seen told others. So what a line leaves out is what the
last lines before it say; where these do not agree, because two copies were united, nobody knows, and nothing is taken
for seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from campaign.model.event import Event

#: By item: the events that told its facts last, as far as an author had seen.
_View = Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Told:
    """What events tell, gathered causes first."""

    _views: dict[str, _View] = field(default_factory=dict)
    _facts: dict[str, dict[str, str]] = field(default_factory=dict)
    _before: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[Event]) -> Told:
        """What these events tell; causes stand before effects."""
        told = cls()
        for event in events:
            told.add(event)
        return told

    def add(self, event: Event) -> None:
        """One event more, behind those that its author had seen."""
        view = self._seen(event.prev)
        if event.facts:
            self._facts[event.id] = dict(event.facts)
            own = dict(view)
            for item, _ in event.facts:
                last = view.get(item, frozenset())
                self._before[event.id, item] = last.union(*(self._before.get((each, item), ()) for each in last))
                own[item] = frozenset({event.id})
            view = own
        self._views[event.id] = view

    def _seen(self, prev: Iterable[str]) -> _View:
        """What whoever had seen these events was told last; of two tellings, the one that knew the other."""
        views: list[_View] = []
        for own in prev:
            view = self._views.get(own)
            if view is not None and not any(view is other for other in views):
                views.append(view)
        if len(views) < 2:
            return views[0] if views else {}
        found: dict[str, frozenset[str]] = {}
        for item in {item for view in views for item in view}:
            every = frozenset[str]().union(*(view.get(item, ()) for view in views))
            known = frozenset[str]().union(*(self._before.get((own, item), ()) for own in every))
            found[item] = every - known
        return found

    def seen_with(self, event: Event) -> Mapping[str, str]:
        """By item: the facts that the author of an event knew of it; "" where nobody can say which."""
        return self._values(self._views.get(event.id, {}))

    def known_to(self, prev: Iterable[str]) -> Mapping[str, str]:
        """By item: what whoever had seen these events knows of its facts; "" where nobody can say which."""
        return self._values(self._seen(prev))

    def _values(self, view: _View) -> Mapping[str, str]:
        found = {}
        for item, tellers in view.items():
            values = {self._facts[own][item] for own in tellers}
            found[item] = values.pop() if len(values) == 1 else ""
        return found
