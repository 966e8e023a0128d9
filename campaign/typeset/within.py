"""What stands in each part of a page: its text, parted by the boxes that its characters lie in."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pypdfium2

from campaign.typeset import calls, layer

#: Text that is turned by this (radians) or more from a quarter turn lies askew.
_TURNED = 0.05
ASKEW = "askew"
#: left, top, right, bottom in pt from the top left of the trim.
Box = tuple[float, float, float, float]


def texts_within(page: pypdfium2.PdfPage, boxes: Sequence[tuple[str, Box]]) -> Mapping[str, str]:
    """The text of a page by the names of these boxes, in the order in which a reader gives it back.

    What stands in none of them is under no name, and what lies askew, as a watermark does, is under `ASKEW`. A
    character is where its middle is; several boxes may have one name.
    """
    characters, trim = page.get_textpage(), page.get_trimbox()
    codes, places, angles = calls.codes(characters), calls.loose_boxes(characters), calls.angles(characters)
    parts, last = defaultdict[str, list[str]](list), ""
    for code, angle, known, (left, top, right, bottom) in zip(codes, angles, places.known, places.rows(), strict=True):
        if known and right > left:  # what a reader puts in, such as the end of a line, has no width
            x, y = (left + right) / 2 - trim[0], trim[3] - (top + bottom) / 2
            now = next((name for name, (a, b, c, d) in boxes if a <= x <= c and b <= y <= d), "")
            if abs(math.remainder(angle, math.pi / 2)) >= _TURNED:
                now = ASKEW
            if now != last:
                parts[now].append("\r\n")
            last = now
        parts[last].append(chr(code))
    return {name: layer.whole("".join(text)) for name, text in parts.items()}
