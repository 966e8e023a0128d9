"""A unit as a rendered text used it."""

from __future__ import annotations

from dataclasses import dataclass, field

from campaign.model.state import State


@dataclass(frozen=True, slots=True)
class UsedUnit:
    """A unit as a rendered block used it; `fallback` says that the source text stood in for a missing translation.

    `shown` is the text as it was filled in the first time; `raw` says that a machine made it and nobody has read it.
    """

    key: str
    state: State
    fallback: bool = False
    source: str = ""
    shown: str = field(default="", compare=False)
    raw: bool = False
