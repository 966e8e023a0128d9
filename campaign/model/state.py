"""How far a unit or an item is."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How far a unit or an item is; the ledger of signatures decides (design section 5)."""

    MISSING = "missing"
    DRAFT = "draft"
    STALE = "stale"
    SIGNED = "signed"


#: From what stops a release most to what does not: an item is as good as its worst unit.
STATE_ORDER = (State.MISSING, State.DRAFT, State.STALE, State.SIGNED)


def worst(states: frozenset[State] | set[State]) -> State:
    """The state that an item takes from its units; an item without text is MISSING."""
    return next((state for state in STATE_ORDER if state in states), State.MISSING)
