"""What no cut may go through: telephone numbers, service codes, hours, web and mail addresses, hashtags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from campaign.bidi import LRI, LRM, PDI, RLM, number_spans

_HASHTAG = re.compile(r"(?<!\S)#\S+")
_ISOLATE = re.compile(f"{LRI}[^{PDI}\n]*{PDI}")
_MARKS = f"{LRM}{RLM}"


def spans(text: str, /) -> tuple[tuple[int, int], ...]:
    """Start and end of each such run, in order, none overlapping; the marks that direct a number belong to it."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(_found(text)):
        while start and text[start - 1] in _MARKS:
            start -= 1
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _found(text: str) -> Iterator[tuple[int, int]]:
    yield from number_spans(text)
    for pattern in (_HASHTAG, _ISOLATE):
        yield from (match.span() for match in pattern.finditer(text))


def straddling(parts: Sequence[str], /) -> tuple[str, ...]:
    """The numbers and addresses that begin in one part and end in another; the parts join to the text."""
    ends, position = set(), 0
    for part in parts[:-1]:
        position += len(part)
        ends.add(position)
    text = "".join(parts)
    return tuple(text[start:end] for start, end in spans(text) if any(start < end_ < end for end_ in ends))
