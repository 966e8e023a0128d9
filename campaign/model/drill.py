"""An emergency that is rehearsed: what would have to go out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drill:
    """A table [drills.<id>]: the forms and the audiences whose messages an emergency of this kind asks for."""

    id: str
    name: str
    forms: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
