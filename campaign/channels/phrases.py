"""Phrases of scripts without spaces: stretches of Chinese and Japanese that a line break must not part."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import budoux
import regex

#: The reader of each script (BudouX: a small model, the same answer everywhere). Typst itself knows the words of Thai,
#: Lao, Khmer and Burmese by a dictionary; of Chinese and Japanese it breaks after any sign.
_READERS: dict[str, Callable[[], budoux.Parser]] = {
    "Hans": budoux.load_default_simplified_chinese_parser,
    "Hant": budoux.load_default_traditional_chinese_parser,
    "Jpan": budoux.load_default_japanese_parser,
}
#: A phrase of more signs may be parted: it could be wider than a narrow frame.
LONGEST = 8
#: So many signs at least stand in a last line.
LAST = 3
_SIGN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{L}\p{N}]")


def has(script: str) -> bool:
    """Whether texts of a script are parted into phrases."""
    return script in _READERS


def phrases(text: str, script: str) -> tuple[str, ...]:
    """A text in phrases, each with the marks behind it; the last one has three signs at least."""
    parts: list[str] = []
    for part in _reader(script).parse(text):
        # A mark is of the phrase before it, a space as well.
        if parts and not _SIGN.search(part):
            parts[-1] += part
        else:
            parts.append(part)
    while len(parts) > 1 and len(_SIGN.findall(parts[-1])) < LAST:
        parts[-2:] = [parts[-2] + parts[-1]]
    return tuple(parts)


@cache
def _reader(script: str) -> budoux.Parser:
    return _READERS[script]()
