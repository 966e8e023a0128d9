"""Shown: how the eye meets a number in a text with letters from right to left."""

from __future__ import annotations

import re

from campaign.reading.fold import Folded, fold
from campaign.reading.order import as_shown

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff\u061c]"
)
#: A longer line is no paragraph that people wrote: what is beside the number is enough there.
_LONGEST = 20_000


def turned(folded: Folded, start: int, end: int) -> str:
    """What the eye meets instead of the number folded.text[start:end]; empty where it is shown in reading order.

    The whole paragraph counts, with its isolates, embeddings and marks (UAX #9). Digits and the plus sign have to stand
    from left to right as they are written, with nothing of the words around between them.
    """
    text = folded.original
    first = folded.places[start] if folded.places else start
    last = folded.places[end - 1] if folded.places else end - 1
    a = max(text.rfind("\n", 0, first) + 1, first - _LONGEST)
    b = text.find("\n", last)
    b = min(b if b >= 0 else len(text), last + _LONGEST)
    for line_start, line_end in _lines(text, a, b):
        one, two = max(first, line_start), min(last + 1, line_end)
        line = text[line_start:line_end]
        if one >= two or not _RIGHT_TO_LEFT.search(line):
            continue
        seen = as_shown(line, one - line_start, two - line_start)
        if _figures(seen) != _figures(text[one:two]) or re.search(r"[^\W\d_]", fold(seen).text):
            return seen
    return ""


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs of text[start:end]: a number that a line end parts stands in two of them."""
    found = []
    for match in re.finditer("[^\n\r\u2029\x85]+", text[start:end]):
        found.append((start + match.start(), start + match.end()))
    return found


def _figures(text: str) -> str:
    """The digits and plus signs of a piece of text, in order."""
    return re.sub(r"[^0-9+]", "", fold(text).text)
