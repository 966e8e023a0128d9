"""Rows of a PDF page: its characters put in order by their places, whatever order the file has them in."""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from campaign.typeset import calls

#: What pdfium has in place of the hyphen that ends a line.
LINE_HYPHEN = 2
#: The space within a number of a right-to-left page (campaign/typeset/mending).
NO_BREAK = 0xA0
#: Marks of direction: some fonts have a glyph for them, which nobody sees.
_CONTROLS = frozenset((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


#: So many letters at most are a piece of a row, not a row, and their baseline is so near to that of the row (pt).
_PIECE, _NEAR = 4, 6.0


class Line(NamedTuple):
    """A line as the eye meets it: its text, its bounds in pt from the top left of the trim, its baseline (pt, from
    the top as well, from where it does not matter); turned text as it stands once its reader has turned the page.
    """

    text: str
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    base: float = 0.0


def placed_lines(
    page: pypdfium2.PdfPage, characters: pypdfium2.PdfTextPage, unseen: Collection[int] = ()
) -> tuple[Line, ...]:
    """The lines of a page that is open already, from its top down, without the characters that are `unseen`."""
    return tuple(line for _, base, row in rows(page, characters, unseen) for line in _parted(row, base))


class _Character(NamedTuple):
    """One character in its box; a tuple, because a page has thousands."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def rows(
    page: pypdfium2.PdfPage, characters: pypdfium2.PdfTextPage, unseen: Collection[int] = ()
) -> Iterator[tuple[bool, float, list[_Character]]]:
    """Whether it is turned, its height, and the characters of each baseline, from its start to its end; boxes
    in pt from the top left of the trim.

    Turned text, such as a watermark across the page, has rows of its own: its letters stand in no other line. Its
    boxes are those that it has once the page is turned back around its lower left corner.
    """
    trim_left, _, _, trim_top = page.get_trimbox()
    found: dict[tuple[float, float], list[_Character]] = defaultdict(list)
    own, origins, boxes = calls.handle(characters), calls.origins(characters), calls.loose_boxes(characters)
    each = zip(
        calls.codes(characters), origins.known, origins.rows(), boxes.rows(), calls.angles(characters), strict=True
    )
    # The loose box spans the advance width: the white beside a narrow figure 1 is no gap.
    for index, (code, known, (x, y), box, angle) in enumerate(each):
        if code == LINE_HYPHEN and pdfium.FPDFText_IsHyphen(characters, index) == 1:
            code = ord("-")
        if code == NO_BREAK:
            code = 32
        # The space of a tall script (Nastaliq) is no wide gap: where the page sets one, it counts. What the reader
        # itself puts in between words does not.
        if code < 32 or (code == 32 and calls.generated(own, index)) or code in _CONTROLS or index in unseen:
            continue
        if not known:
            continue
        if 0.05 < angle < 6.23:
            key, character = _turned_back(chr(code), angle, (x, y), box)
            found[key].append(character)
            continue
        left, top, right, bottom = box
        found[round(y, 1), 0.0].append(
            _Character(chr(code), left - trim_left, trim_top - top, right - trim_left, trim_top - bottom)
        )
    _gather(found)
    for (height, angle), row in sorted(found.items(), reverse=True):
        yield angle != 0.0, -height, sorted(row, key=lambda c: (c[1], c[3], c[4] - c[2], c[0]))


def _gather(found: dict[tuple[float, float], list[_Character]]) -> None:
    """Put pieces of right-to-left letters, which some programs set beside the baseline, into the row they stand in.

    A dot that names its letter has the box of its ink: in the row it is as high as the others.
    """
    level = sorted(key[0] for key in found if not key[1])
    ends: dict[float, tuple[float, float]] = {}
    for base in level:
        row = found[base, 0.0]
        if len(row) > _PIECE or not _right_to_left(row):
            continue
        near = level[bisect_left(level, base - _NEAR) : bisect_left(level, base + _NEAR)]
        hosts = [other for other in near if (other, 0.0) in found and len(found[other, 0.0]) > len(row)]
        if not hosts:
            continue
        nearest = min(hosts, key=lambda other: abs(other - base))
        host = found[nearest, 0.0]
        top, bottom = host[0].top, host[0].bottom
        middle = (row[0].top + row[0].bottom) / 2
        if nearest not in ends:
            ends[nearest] = (min(c.left for c in host) - 1, max(c.right for c in host) + 1)
        start, end = ends[nearest]
        if top <= middle <= bottom and all(start <= c.left and c.right <= end for c in row):
            host += [character._replace(top=top, bottom=bottom) for character in row]
            del found[base, 0.0]


def _right_to_left(row: Sequence[_Character]) -> bool:
    letters = [c.text for c in row if not c.text.isspace()]
    return bool(letters) and all(unicodedata.bidirectional(letter) in ("R", "AL", "NSM") for letter in letters)


def _turned_back(
    text: str, angle: float, origin: tuple[float, ...], box: tuple[float, ...]
) -> tuple[tuple[float, float], _Character]:
    """The row of a turned character, and the character as it stands when the page is turned back by that angle."""
    along, across = math.cos(angle), -math.sin(angle)  # pdfium counts clockwise
    left, top, right, bottom = box
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    ends = [x * along + y * across for x, y in corners]
    heights = [y * along - x * across for x, y in corners]
    base = origin[1] * along - origin[0] * across
    character = _Character(text, min(ends), -max(heights), max(ends), -min(heights))
    return (round(base, 1), round(angle, 1)), character


def _parted(row: Sequence[_Character], base: float) -> Iterator[Line]:
    """The lines of a row: a space where the page sets one or leaves a gap, another line after a wide one."""
    pieces: list[str] = []
    part: list[_Character] = []
    spaced = False
    for character in row:
        if character.text == " ":
            spaced = True
            continue
        gap = character.left - part[-1].right if part else 0.0
        height = character.bottom - character.top
        wide = bool(part) and (spaced or gap > _narrow(part[-1], character))
        if wide and gap > height:
            yield _line(pieces, part, base)
            pieces, part = [], []
        elif wide:
            pieces.append(" ")
        pieces.append(character.text)
        part.append(character)
        spaced = False
    yield _line(pieces, part, base)


def _narrow(before: _Character, after: _Character) -> float:
    """The widest gap (pt) that is no space. A character that the page names apart (/ActualText), as Typst does beside
    marks of direction, has the box of its ink: the white beside it is wider.
    """
    height = after.bottom - after.top
    other = before.bottom - before.top
    inked = abs(height - other) > 0.15 * max(height, other) and (before.text + after.text).isalnum()
    return 0.3 * max(height, other) if inked and (before.text + after.text).isascii() else 0.1 * height


def _line(pieces: Sequence[str], part: Sequence[_Character], base: float) -> Line:
    if not part:
        return Line("")
    top, bottom = min(character.top for character in part), max(character.bottom for character in part)
    return Line("".join(pieces), part[0].left, top, part[-1].right, bottom, base)
