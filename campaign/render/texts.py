"""The texts of one language as rendering looks them up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from campaign.catalogue.seen import SeenFacts
from campaign.catalogue.states import Approvals, state
from campaign.model.cover import Cover
from campaign.model.state import State
from campaign.model.unit import Unit


@dataclass(frozen=True, slots=True)
class Texts:
    """The units of one language with their states, as rendering looks them up.

    `seen` says how people saw the items that they approved; `needed` people must.
    """

    locale: str
    units: Mapping[str, Unit]
    states: Mapping[str, State]
    seen: SeenFacts = field(default_factory=SeenFacts)
    needed: int = 1

    @classmethod
    def of(
        cls, locale: str, units: Iterable[Unit], approvals: Approvals, needed: int, seen: SeenFacts | None = None
    ) -> Texts:
        """The texts of a language, each unit with the state that the ledger gives it."""
        by_key = {unit.key: unit for unit in units}
        states = {key: state(unit, approvals, needed) for key, unit in by_key.items()}
        return cls(locale, by_key, states, seen or SeenFacts(), needed)

    def hold(self, item: str, cover: Cover, keys: Iterable[str], *, fully: bool = False) -> bool:
        """Whether an item that shows these units is as it was approved; `fully` as in `SeenFacts.hold`."""
        known = (self.units[key] for key in keys if key in self.units)
        words = ((unit.source_hash, unit.text_hash) for unit in known)
        return self.seen.hold(item, cover, words, self.needed, fully=fully)
