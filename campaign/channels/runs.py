"""Runs: the stretches of a text that a layout sets in a way of their own: numbers, a short last pair of words, marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

#: A run is its kind and its text; a marked run holds runs of its own. Kinds: "", "number", "pair", "mark".
Run = tuple[str, "str | tuple[Run, ...]"]

#: A short last word with the word before it. In scripts that run from right to left words of the script alone: a box is no
#: part of a run against the reading direction.
_PAIR = r"\b{letter}\S{{0,5}} {letter}\S{{0,5}}\p{{P}}$"
_PAIRS = {rtl: regex.compile(_PAIR.format(letter=r"[\p{Arabic}\p{Hebrew}]" if rtl else r"\p{L}")) for rtl in (False, True)}


def runs(text: str, numbers: Sequence[str], marked: Sequence[str], *, rtl: bool) -> tuple[Run, ...]:
    """The runs of a text, in order. `numbers` are what is a number; `marked` what a preview points out."""
    return tuple(_marked(text, numbers, sorted(marked, key=len, reverse=True), rtl))


def special(texts: Sequence[str], numbers: Sequence[str], marked: Sequence[str], *, rtl: bool) -> Mapping[str, tuple[Run, ...]]:
    """The runs of each text that has others than plain ones."""
    found = {text: runs(text, numbers, marked, rtl=rtl) for text in dict.fromkeys(texts)}
    return {text: parts for text, parts in found.items() if any(kind for kind, _ in parts)}


def _marked(text: str, numbers: Sequence[str], marked: Sequence[str], rtl: bool) -> Iterator[Run]:
    for is_mark, part in split(text, marked):
        inner = _numbered(part, numbers, rtl)
        if is_mark:
            yield "mark", tuple(inner)
        else:
            yield from inner


def _numbered(text: str, numbers: Sequence[str], rtl: bool) -> Iterator[Run]:
    parts = list(split(text, numbers))
    for index, (is_number, part) in enumerate(parts):
        last = index == len(parts) - 1
        pair = _PAIRS[rtl].search(part) if last and not is_number else None
        if pair is None:
            yield "number" if is_number else "", part
        else:
            if pair.start():
                yield "", part[: pair.start()]
            yield "pair", pair[0]


def split(text: str, wanted: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """A text in pieces, each with whether it is one of the wanted texts: the leftmost first, the longest of several there."""
    wanted = [each for each in wanted if each in text]
    start = 0
    while found := [(at, -len(each), each) for each in wanted if (at := text.find(each, start)) >= 0]:
        at, _, each = min(found)
        if at > start:
            yield False, text[start:at]
        yield True, each
        start = at + len(each)
    if start < len(text):
        yield False, text[start:]
