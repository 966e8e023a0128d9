"""The words that a text item of the review edition begins with."""

from __future__ import annotations

from campaign.model.message import Message

DRAFT = "DRAFT"


def marked(text: str, message: Message) -> str:
    """The text with DRAFT in its own language and in English as its first words."""
    words = dict.fromkeys((message.labels["draft"], DRAFT))
    return f"[{' / '.join(words)}] {text}"
