"""Waivers: a named person let one finding pass, with a reason, for exactly these words; read from the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campaign.model.event import Event
from campaign.model.subject import ITEM, MESSAGE
from campaign.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Waivers:
    """What a ledger waives: key of a unit or a message, hashes of its source and its words, code of the rule."""

    given: frozenset[tuple[str, str, str, str]] = frozenset()

    @classmethod
    def of(cls, waived: Iterable[Event]) -> Waivers:
        """The waivers that a ledger holds to be standing."""
        return cls(
            frozenset((_named(event.unit_key), event.source_hash, event.text_hash, event.rule) for event in waived)
        )

    def codes(self, key: str, source_hash: str, text_hash: str) -> frozenset[str]:
        """The rules waived for these words of a unit or a message; a changed word takes every waiver away."""
        return frozenset(code for *words, code in self.given if words == [key, source_hash, text_hash])


def _named(key: str) -> str:
    """The key that is waived: an earlier version named the message of an audience as if it were an item."""
    return f"{MESSAGE}{key.removeprefix(ITEM)}" if key.startswith(ITEM) and "/" not in key else key


def waiver(
    key: str, source_hash: str, text_hash: str, code: str, *, name: str, role: str, on: str, reason: str
) -> Event:
    """The event that waives a rule; `on` is an ISO 8601 date."""
    return Event(key, source_hash, text_hash, name, role, on, Verdict.WAIVE, rule=code, reason=reason)
