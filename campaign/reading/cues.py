"""Words that say what a number is: one to call, or a time of day. The table is data/cues.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

import regex

from campaign import sentence_ends

#: Scripts that put no space before a word, or join small words to its front.
_INNER = regex.compile(
    r"[\p{Arabic}\p{Hebrew}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Ethiopic}]"
)
#: How far before and behind a number a word may stand that says what it is.
BEFORE, BEHIND = 40, 24
_SENTENCE = regex.compile(rf"{sentence_ends.BREAK.pattern}|(?<=[;؛；])\s")
_COMMAS = "".join(sign for sign, mark in sentence_ends.LATIN.items() if mark in ",;")
_CLAUSE = regex.compile(rf"{sentence_ends.END}|[,;{_COMMAS}]")


@cache
def _table() -> Mapping[str, Mapping[str, object]]:
    text = resources.files("campaign").joinpath("data", "cues.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def listed() -> frozenset[str]:
    """The tags of the languages whose words are known."""
    return frozenset(_table()) - {"*"}


@cache
def words(kind: str) -> regex.Pattern[str]:
    """What finds a word of a kind (call, behind, after_noon, before_noon) of any language."""
    found: dict[str, None] = {}
    for entry in _table().values():
        listed = entry.get(kind, ())
        found.update(dict.fromkeys(listed if isinstance(listed, list) else ()))
    return regex.compile("|".join(map(_pattern, sorted(found, key=lambda word: (-len(word), word)))), regex.IGNORECASE)


def _pattern(word: str) -> str:
    whole = word.endswith(".") and len(word) > 1
    plain = regex.escape(word.removesuffix(".") if whole else word)
    before = "" if _INNER.match(word) else r"(?<![\p{L}\p{M}])"
    return before + plain + (r"(?![\p{L}\p{M}])" if whole else "")


def announced(text: str, start: int, end: int) -> bool:
    """Whether a word near text[start:end] says that it is a number to call."""
    left, right = _before(text, start), _behind(text, end)
    return (
        words("call").search(left) is not None
        or words("behind").match(right.lstrip(" '’`")) is not None
        or (words("behind").search(right) is not None)
    )


def _before(text: str, start: int) -> str:
    line = text[max(text.rfind("\n", 0, start) + 1, start - BEFORE) : start]
    return str(_SENTENCE.split(line)[-1])


def _behind(text: str, end: int) -> str:
    stop = text.find("\n", end)
    line = text[end : min(end + BEHIND, stop if stop >= 0 else len(text))]
    return str(_CLAUSE.split(line)[0])


_SUFFIX = regex.compile(r"[ ]?[-'’]?\p{L}{1,3}[ ]|[ ]?[-'’.][ ]?|[ ]|")


def near(kind: str, text: str, start: int, end: int, reach: int = 16) -> bool:
    """Whether a word of a kind stands directly before or behind text[start:end]; an ending may be joined to it."""
    before, after = text[max(0, start - reach) : start].rstrip(" "), text[end : end + reach]
    pattern = words(kind)
    return any(match.end() >= len(before) - 1 for match in pattern.finditer(before)) or any(
        pattern.match(after, place) is not None for place in (0, *_places(after))
    )


def _places(after: str) -> Iterable[int]:
    """Where a word may begin behind a number: after a space, a hyphen, or an ending of the number and a space."""
    return (match.end() for match in (_SUFFIX.match(after), regex.match(r"[ ]?", after)) if match)


def tags_without(registry: Iterable[str]) -> frozenset[str]:
    """The languages of a registry whose words are not listed."""
    return frozenset(registry) - listed()
