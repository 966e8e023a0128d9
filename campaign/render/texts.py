"""The texts of one language as rendering looks them up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from campaign.catalogue.origins import raw
from campaign.catalogue.seen import SeenFacts
from campaign.catalogue.states import Approvals, state
from campaign.model.cover import Cover
from campaign.model.state import State
from campaign.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Texts:
    """The units of one language with their states, as rendering looks them up.

    `seen` says how people saw the items that they approved; `needed` people must. `raw` are the keys of the texts that
    a machine made and no person has edited or read.
    """

    locale: str
    units: Mapping[str, Unit]
    states: Mapping[str, State]
    seen: SeenFacts = field(default_factory=SeenFacts)
    needed: int = 1
    raw: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        locale: str,
        units: Iterable[Unit],
        approvals: Approvals,
        needed: int,
        seen: SeenFacts | None = None,
        read: Collection[tuple[str, str]] = frozenset(),
    ) -> Texts:
        """The texts of a language, each unit with the state that the ledger gives it; `read` as in `origins.raw`."""
        by_key = {unit.key: unit for unit in units}
        states = {key: state(unit, approvals, needed) for key, unit in by_key.items()}
        unread = frozenset(key for key, unit in by_key.items() if raw(unit, read))
        return cls(locale, by_key, states, seen or SeenFacts(), needed, unread)

    def hold(self, item: str, cover: Cover, keys: Iterable[str], *, fully: bool = False) -> bool:
        """Whether an item that shows these units is as it was approved; `fully` as in `SeenFacts.hold`."""
        return self.seen.hold(item, cover, self._words(keys), self.needed, fully=fully)

    def item_state(self, item: str, cover: Cover, keys: Iterable[str]) -> State:
        """How far an item is that shows these units, all of them signed."""
        return self.seen.state(item, cover, self._words(keys), self.needed)

    def signed_whole(self, item: str, cover: Cover, keys: Iterable[str]) -> bool:
        """Whether somebody signed an item off that shows these units, as it is laid out."""
        return self.seen.signed_whole(item, cover, self._words(keys))

    def _words(self, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
        known = (self.units[key] for key in keys if key in self.units)
        return ((unit.source_hash, unit.text_hash) for unit in known)
