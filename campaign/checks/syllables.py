"""Syllables, counted with Pyphen, whose hyphenation patterns come from LibreOffice; they miss a few.

Pyphen parses all the patterns of a language before it looks at a word: a third of a second for the 66 000 German ones,
of which the words of a campaign meet a few thousand. Here each pattern is parsed when a word first meets it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pyphen import LANGUAGES, HyphDict, ignored, parse, parse_hex

#: As in Pyphen: no syllable at either end is shorter than this.
_SHORTEST = 2

_DIGIT, _RAISES = re.compile(r"\d"), re.compile("[1-9]")


@lru_cache(maxsize=16384)
def syllables(dictionary: str, word: str) -> int:
    """How many syllables a word has by a dictionary of Pyphen: de_DE, en_US …"""
    places: list[int] = _dictionary(dictionary).positions(word)
    return 1 + sum(_SHORTEST <= place <= len(word) - _SHORTEST for place in places)


@cache
def _dictionary(name: str) -> Any:
    return _Dictionary(LANGUAGES[name])


class _Dictionary(HyphDict):  # type: ignore[misc]  # Pyphen has no types
    """A dictionary of Pyphen with `_Patterns`."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            encoding = file.readline().decode().strip()
        text = path.read_text(encoding).partition("\n")[2]
        lines = [line for line in map(str.strip, text.split("\n")) if not line.startswith(ignored)]
        if "^^" in text or "/" in text:
            lines = list(map(_plain, lines))
        letters = _DIGIT.sub("", "\n".join(lines)).split("\n")
        self.patterns = _Patterns((key, line) for key, line in zip(letters, lines, strict=True) if _RAISES.search(line))
        self.cache: dict[str, Any] = {}
        self.maxlen = max(map(len, self.patterns))


class _Patterns(dict[str, Any]):
    """Patterns by their letters: as the file writes them until a word asks for one, then as Pyphen keeps them."""

    def get(self, letters: str, default: Any = None) -> Any:
        """The offset and the values of a pattern."""
        found = super().get(letters, default)
        if isinstance(found, str):
            values = [int(digit or "0") for digit, _ in parse(found)]
            start = next(place for place, value in enumerate(values) if value)
            found = self[letters] = start, values[start:]
        return found


def _plain(line: str) -> str:
    """A pattern without hexadecimal letters, and without the other spelling that some hyphens ask for ("ff=f")."""
    pattern: str = parse_hex(lambda match: chr(int(match[1], 16)), line)
    return pattern.partition("/")[0] if "/" in pattern and "=" in pattern else pattern
