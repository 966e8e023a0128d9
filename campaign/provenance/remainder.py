"""What of a text nobody answers for: what is left of it when every text that may stand in it is taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache

import regex

#: Letters, figures, marks, currency signs and emoji: what a person reads. Punctuation and spaces say nothing.
READABLE = regex.compile(r"[\p{L}\p{N}\p{M}\p{Sc}\p{So}]")
_UNSEEN = regex.compile(r"\p{Cf}+")
_GAP = "\x00"
#: A value as short as this, or of figures alone, counts only where it stands by itself: inside a word it is no value.
_SHORT = 3


def remainder(text: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """The readable stretches of a text that are in none of the allowed ones, in order.

    The longest allowed texts are taken out first; marks of direction and the kind of a space make no difference.
    """
    text = bare(text)
    if not READABLE.search(text):
        return ()
    for each in _longest_first(tuple(allowed)):
        if each in text:
            text = _alone(each).sub(_GAP, text) if _short(each) else text.replace(each, _GAP)
            if not READABLE.search(text):
                return ()
    return tuple(part.strip() for part in text.split(_GAP) if READABLE.search(part))


@lru_cache(maxsize=64)  # a page has hundreds of texts, and the same may stand in each
def _longest_first(allowed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({bare(value) for value in allowed} - {""}, key=len, reverse=True))


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """A text without marks of direction and joiners, each run of spaces as one."""
    return " ".join((text if text.isascii() else _UNSEEN.sub("", text)).split())


def _short(value: str) -> bool:
    return len(value) <= _SHORT or not any(character.isalpha() for character in value)


@lru_cache(maxsize=4096)
def _alone(value: str) -> regex.Pattern[str]:
    before = r"(?<![\p{L}\p{N}\p{M}])" if READABLE.match(value) else ""
    after = r"(?![\p{L}\p{N}\p{M}])" if READABLE.match(value[-1]) else ""
    return regex.compile(f"{before}{regex.escape(value)}{after}")


def texts_in(value: object) -> Iterator[str]:
    """Every text in a value: of mappings, lists and records."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))
