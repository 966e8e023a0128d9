"""Signatures: which units of an item nobody signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campaign.checks.rules import finding, shortened
from campaign.model.finding import Finding
from campaign.model.state import State
from campaign.model.used_unit import UsedUnit

_WORDS = {
    State.MISSING: "not translated",
    State.DRAFT: "a draft that nobody signed",
    State.STALE: "signed for an earlier source text",
}


def unsigned_findings(used: Iterable[UsedUnit], locale: str, where: str) -> Iterator[Finding]:
    """Yield a finding for each unit, once, that is not signed or that shows the source text instead of its own."""
    for unit in dict.fromkeys(used):
        if unit.state is State.SIGNED and not unit.fallback:
            continue
        words = _WORDS.get(unit.state, "signed")
        stand_in = ", the source text stands in" if unit.fallback else ""
        detail = f'{unit.state.value}: {words}{stand_in}: "{shortened(unit.source)}"'
        yield finding("unsigned", locale, where, detail)


def facts_findings(used: Iterable[UsedUnit], locale: str, where: str) -> Iterator[Finding]:
    """Yield a finding for an item that was approved with other numbers or promises, when its every sentence is signed.

    What a sentence lacks is said by `unsigned_findings`.
    """
    if all(unit.state is State.SIGNED for unit in used):
        yield finding("unsigned", locale, where, "stale: a number or a promise changed since it was signed")
