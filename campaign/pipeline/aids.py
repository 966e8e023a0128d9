"""What helps a mediator beside the text: glossary, memory, back-translation; each shows only when it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campaign.model import Unit


@dataclass(frozen=True, slots=True)
class Hint:
    """One glossary or memory entry: the source words, their translation, and a note (how alike, which gender)."""

    source: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Aids:
    """Functions that the review page calls when they are there.

    glossary, memory     entries for a unit; called for every unit page, so they must answer in milliseconds
    back_translation     the unit's text put back into the source language by a machine, or None where no model is
                         installed; called only when a person asks for it. The page labels it as unreliable.
    """

    glossary: Callable[[Unit], Sequence[Hint]] | None = None
    memory: Callable[[Unit], Sequence[Hint]] | None = None
    back_translation: Callable[[Unit], str | None] | None = None


NONE = Aids()
