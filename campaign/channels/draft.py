"""What an item of the review edition is marked with, in English beside its own language."""

from __future__ import annotations

from collections.abc import Iterable

from campaign.model.message import Message
from campaign.model.used_unit import UsedUnit

DRAFT = "DRAFT"
#: Under the mark of an item, and what stands there instead while it shows a machine's text that nobody has read.
_LINE, _UNREAD = "Draft for review. Do not hand out.", "Machine draft, nobody has read this. Do not hand out."


def line(units: Iterable[UsedUnit]) -> str:
    """What is said in English of an item that shows these sentences."""
    return _UNREAD if unread(units) else _LINE


def unread(units: Iterable[UsedUnit]) -> bool:
    """Whether a machine made one of these sentences and no person has edited or read it."""
    return any(unit.raw for unit in units)


def marked(text: str, message: Message, units: Iterable[UsedUnit]) -> str:
    """The text with DRAFT in its own language and in English as its first words, and whether nobody has read it."""
    words = [*dict.fromkeys((message.labels["draft"], DRAFT))]
    if unread(units):
        words.append(_UNREAD.partition(".")[0])
    return f"[{' / '.join(words)}] {text}"
