"""The layout of an SMS: a number that would be cut between two parts begins the next one whole.

A gateway cuts a text after so many characters, wherever that is; some telephones show the parts as messages of their
own. What the program may change are spaces: a sentence can begin on a line of its own, and nobody sees the spaces at
the end of the line before it. The words and their order stay as they were signed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

import regex

from campaign import sentence_ends
from campaign.channels.whole import spans

#: Cuts a text into the parts that a gateway sends.
Cut = Callable[[str], Sequence[str]]

_CLAUSE = regex.compile(rf"(?<={sentence_ends.CLAUSE})\s+")


def numbers_whole(text: str, cut: Cut, *, rtl: bool) -> str:
    """The text with as few numbers and addresses as possible in two parts, in no more parts than before.

    `rtl` says that it is read from right to left: then no line may begin with a number, which would turn it round.
    """
    parts = cut(text)
    most, broken = len(parts), _across(text, parts)
    while broken:
        better = next(
            (
                (laid, left)
                for laid in _layouts(text, broken[0], rtl=rtl)
                if len(parts := cut(laid)) <= most and len(left := _across(laid, parts)) < len(broken)
            ),
            None,
        )
        if better is None:
            return text
        text, broken = better
    return text


def _layouts(text: str, run: tuple[int, int], *, rtl: bool) -> Iterator[str]:
    """The text with one more line, begun by a sentence before the run or else by a clause: the nearest one first, with
    ever more spaces.
    """
    start, end = run
    places = [
        match.span()
        for pattern in (_CLAUSE, sentence_ends.BREAK)
        for match in pattern.finditer(text, 0, start)
        if match.end() <= start
    ]
    for first, last in reversed(places):
        if first == last or "\n" in text[first:last] or (rtl and not _turns(text[last])):
            continue
        for room in range(1, end - start + 1):
            yield f"{text[:first]}{' ' * room}\n{text[last:]}"


def _turns(character: str) -> bool:
    """Whether a line that begins with this character runs from right to left."""
    return unicodedata.bidirectional(character) in ("R", "AL")


def _across(text: str, parts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Start and end of each number and address that begins in one part and ends in another."""
    ends = list(accumulate(map(len, parts)))[:-1]
    return tuple((start, end) for start, end in spans(text) if any(start < place < end for place in ends))
