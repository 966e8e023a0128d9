"""Where a sentence stands in a finished PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2

from campaign.typeset.guard import MM


@dataclass(frozen=True, slots=True)
class Place:
    """The first line of a sentence: its page (from 1), and left edge and middle in mm from the page's top left."""

    page: int
    x: float
    y: float


def find(pdf: bytes, texts: Iterable[str]) -> dict[str, Place]:
    """The place of each text that is found; a left-to-right PDF of ours is expected, line ends count as spaces."""
    found: dict[str, Place] = {}
    pages = [(page.get_height(), page.get_textpage()) for page in pypdfium2.PdfDocument(pdf)]
    for text in dict.fromkeys(text for text in texts if text.strip()):
        for number, (height, characters) in enumerate(pages, start=1):
            if text not in found and (hit := characters.search(text, match_case=True).get_next()):
                characters.count_rects(*hit)
                left, bottom, _, top = characters.get_rect(0)
                found[text] = Place(number, left / MM, (height - (bottom + top) / 2) / MM)
    return found
