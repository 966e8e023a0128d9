"""The characters that no printed text may hold."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16384)  # every message asks again about the same texts
def unprintable(text: str) -> str | None:
    """The first character that no printed text may hold (control, surrogate, bidi override), as U+XXXX and name."""
    for character in text:
        # Overrides and embeddings reorder what follows them; marks and joiners (Persian, Indic) are ordinary spelling.
        if unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co") and character not in "\n\t":
            return f"U+{ord(character):04X} {unicodedata.name(character, 'control or unassigned character')}"
        if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
            return f"U+{ord(character):04X} {unicodedata.name(character)}"
    return None
