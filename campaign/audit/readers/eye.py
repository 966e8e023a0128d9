"""Lines as the eye meets them, put into the order in which they are read.

A line of right-to-left text is read from its right end; what runs from the left in it, such as a number, stands as it
is seen. So a number or an address that a line end parts goes on in the next line, in both directions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from campaign.typeset.rows import Line

_RIGHT_TO_LEFT = "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LETTER = re.compile(f"[{_RIGHT_TO_LEFT}]")
_LATIN = re.compile(r"[^\W\d_]")
#: A stretch that runs from the left, with the spaces and signs inside it and the signs that begin or go with a number.
_FROM_LEFT = re.compile(
    f"(?:[(]|[+] ?)*[^\\W_{_RIGHT_TO_LEFT}](?:[^{_RIGHT_TO_LEFT}]*[^\\W_{_RIGHT_TO_LEFT}])?[-)/_.@=&?#%]*"
)


#: A column is parted from the next by this at least (pt), a block from the next by this many heights of a line.
_GUTTER, _BLOCK = 6.0, 1.0
#: Baselines of one line lie within this part of its height.
_SLACK = 0.2
#: A line that pieces of letters belong to has so many characters at least.
_HOST = 8
#: More lines than this on a page are read from the top down, whatever their columns; so many may stand over columns.
_MOST, _HEADINGS = 3000, 40


def in_reading_order(lines: Sequence[Line]) -> Iterator[str]:
    """The lines of a page as its columns are read, each in the order in which it is read."""
    whole = [line for line in lines if line.text.strip()]
    rtl = _mostly_rtl("".join(line.text for line in whole))
    hosts = [line for line in whole if len(line.text) >= _HOST]
    whole = [line for line in whole if not _piece(line, hosts)]
    whole = _from_the_top(whole, rtl=rtl)
    for line in _columns(whole, rtl=rtl) if len(whole) <= _MOST else whole:
        yield logical(line.text, rtl=rtl or _mostly_rtl(line.text))


def _from_the_top(lines: Sequence[Line], *, rtl: bool) -> list[Line]:
    """The lines from the top down; fonts set the parts of one line on baselines that differ a little."""
    placed: list[tuple[float, float, Line]] = []
    row = float("-inf")
    for line in sorted(lines, key=lambda line: line.base):
        if line.base - row > _SLACK * (line.bottom - line.top):
            row = line.base
        placed.append((row, -line.right if rtl else line.left, line))
    return [line for _, _, line in sorted(placed, key=lambda one: one[:2])]


def _columns(lines: list[Line], *, rtl: bool) -> list[Line]:
    """Lines from the top down, column by column where they stand side by side, block by block above one another."""
    if sides := _sides(lines, rtl=rtl):
        return [line for side in sides for line in _columns(side, rtl=rtl)]
    blocks = _blocks(lines)
    if len(blocks) > 1:
        return [line for block in blocks for line in _columns(block, rtl=rtl)]
    for count in range(1, min(_HEADINGS, len(lines) - 1)):
        if sides := _sides(lines[count:], rtl=rtl):
            return [*lines[:count], *(line for side in sides for line in _columns(side, rtl=rtl))]
    return lines


def _sides(lines: list[Line], *, rtl: bool) -> tuple[list[Line], list[Line]] | None:
    """The lines left and right of a gutter that none crosses, in reading order, where some stand side by side."""
    edge = -1.0
    for line in sorted(lines, key=lambda line: line.left):
        if edge >= 0 and line.left - edge >= _GUTTER:
            left = [one for one in lines if one.left < line.left]
            right = [one for one in lines if one.left >= line.left]
            if min(len(left), len(right)) > 1 and _beside(left, right):
                return (right, left) if rtl else (left, right)
        edge = max(edge, line.right)
    return None


def _beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    return max(min(line.top for line in side) for side in (left, right)) < min(
        max(line.bottom for line in side) for side in (left, right)
    )


def _blocks(lines: list[Line]) -> list[list[Line]]:
    """The lines where they lie close, parted where a gap is wider than a line is high."""
    blocks: list[list[Line]] = []
    bottom = 0.0
    for line in lines:
        if blocks and line.top - bottom <= _BLOCK * (line.bottom - line.top):
            blocks[-1].append(line)
        else:
            blocks.append([line])
        bottom = max(bottom, line.bottom)
    return blocks


def logical(line: str, *, rtl: bool) -> str:
    """A line in the order in which it is read: letters from right to left are turned, all else stays as it is seen."""
    if not _LETTER.search(line):
        return line
    parts: list[str] = []
    last = 0
    for match in _FROM_LEFT.finditer(line):
        parts += [line[last : match.start()][::-1], match[0]]
        last = match.end()
    parts.append(line[last:][::-1])
    return "".join(reversed(parts) if rtl else parts)


def _mostly_rtl(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    return letters > 0 and letters >= len(_LATIN.findall(text)) - letters


def _piece(line: Line, whole: Sequence[Line]) -> bool:
    """Whether it is a piece of letters that stand in another line: marks above and below are often set apart."""
    if not _LETTER.search(line.text) or re.search(r"[0-9A-Za-z]", line.text):
        return False
    room = 0.6 * (line.bottom - line.top)
    low, high, left, right = line.top + room, line.bottom - room, line.left + 1, line.right - 1
    for other in whole:
        if other.bottom > low and other.top < high and other.left <= left and right <= other.right:
            overlap = min(line.bottom, other.bottom) - max(line.top, other.top)
            if overlap > room and len(other.text) > len(line.text) and abs(line.bottom - other.bottom) > 0.01:
                return True
    return False
