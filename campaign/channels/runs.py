"""Runs: the stretches of a text that a layout sets in a way of their own: numbers, a short last pair, marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex

#: A run is its kind and its text; a marked run holds runs of its own. Kinds: "", "number", "pair", "mark".
Run = tuple[str, "str | tuple[Run, ...]"]

#: A short last word with the word before it, so that it never stands on a line alone. In scripts that run from right to
#: left words of the script alone: a box is no part of a run against the reading direction.
_PAIRS = {
    rtl: regex.compile(rf"\b{letter}\S{{0,5}} {letter}\S{{0,5}}\p{{P}}$")
    for rtl, letter in ((False, r"\p{L}"), (True, r"[\p{Arabic}\p{Hebrew}]"))
}


def special(
    texts: Iterable[str], numbers: Sequence[str], marked: Sequence[str], *, rtl: bool
) -> Mapping[str, tuple[Run, ...]]:
    """The runs of each text that has others than plain ones. Arguments as for `runs`."""
    found = {text: runs(text, numbers, marked, rtl=rtl) for text in dict.fromkeys(texts)}
    return {text: parts for text, parts in found.items() if any(kind for kind, _ in parts)}


def runs(text: str, numbers: Sequence[str], marked: Sequence[str], *, rtl: bool) -> tuple[Run, ...]:
    """The runs of a text, in order.

    `numbers` are what is read from left to right and never broken, `marked` what a preview points out; `rtl` says that
    the script runs from right to left.
    """
    return tuple(_marked(text, numbers, marked, _PAIRS[rtl]))


def _marked(text: str, numbers: Sequence[str], marked: Sequence[str], pair: regex.Pattern[str]) -> Iterator[Run]:
    done = 0
    for is_mark, part in _split(text, marked):
        done += len(part)
        inner = _numbered(part, numbers, pair if done == len(text) else None)
        if is_mark:
            yield "mark", tuple(inner)
        else:
            yield from inner


def _numbered(text: str, numbers: Sequence[str], pair: regex.Pattern[str] | None) -> Iterator[Run]:
    done = 0
    for is_number, part in _split(text, numbers):
        done += len(part)
        last = pair.search(part) if pair and not is_number and done == len(text) else None
        if last is None:
            yield "number" if is_number else "", part
            continue
        if last.start():
            yield "", part[: last.start()]
        yield "pair", last[0]


def _split(text: str, wanted: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """A text in pieces, each with whether it is wanted: the leftmost first, of several there the longest."""
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
