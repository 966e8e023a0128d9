"""Shown: which numbers of a right-to-left text a screen would show from the wrong end."""

from __future__ import annotations

from bisect import bisect_left

from campaign.bidi import direct_numbers
from campaign.reading.fold import Folded


def unmarked(text: str) -> tuple[int, ...]:
    """The places in a text, in order, where a direction mark is missing (Unicode Bidirectional Algorithm, UAX #9)."""
    places: list[int] = []
    start = 0
    for line in text.splitlines(keepends=True):
        marked = direct_numbers(line, isolate=False)
        if marked != line:
            index = 0
            for character in marked:
                if index < len(line) and character == line[index]:
                    index += 1
                else:
                    places.append(start + index)
        start += len(line)
    return tuple(places)


def turned(folded: Folded, start: int, end: int, marks: tuple[int, ...]) -> bool:
    """Whether folded.text[start:end] is one of the numbers that lack a mark; `marks` is what `unmarked` gave."""
    if not marks or start >= end:
        return False
    first = folded.places[start] if folded.places else start
    last = folded.places[end - 1] if folded.places else end - 1
    index = bisect_left(marks, first)
    return index < len(marks) and marks[index] <= last
