"""Lines of a file as they are gathered: each knows from which side it is read and closes what it opens.

What comes out follows the Unicode Bidirectional Algorithm (UAX #9) with its rules P2 and P3: a line is read from the
side of its first strong letter. Where the file says otherwise, a mark (LRM or RLM) stands first in the line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaign.bidi import LRI, LRM, PDI, RLM

FSI, RLI, PDF, LRO, RLO = "\u2068", "\u2067", "\u202c", "\u202d", "\u202e"

#: What opens a stretch of its own direction, by (unicode-bidi, direction); CSS Writing Modes 4, 2.2. An embedding is an
#: isolate that what is beside it takes for a strong letter (UAX #9, X10).
_OPENS = {
    ("isolate", "ltr"): LRI, ("isolate", "rtl"): RLI, ("embed", "ltr"): LRM + LRI, ("embed", "rtl"): RLM + RLI,
    ("bidi-override", "ltr"): LRO, ("bidi-override", "rtl"): RLO,
    ("isolate-override", "ltr"): LRI + LRO, ("isolate-override", "rtl"): RLI + RLO,
    ("plaintext", "ltr"): FSI, ("plaintext", "rtl"): FSI,
}  # fmt: skip
_CLOSES = {LRI: PDI, RLI: PDI, FSI: PDI, LRO: PDF, RLO: PDF, LRM: LRM, RLM: RLM}
_CONTROL = re.compile("[\u202c-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKS = {"ltr": LRM, "rtl": RLM, "auto": ""}
#: Control characters stand for line ends that know a direction while a page is gathered; a page's own are dropped.
_ENDS = {"ltr": "\x01", "rtl": "\x02", "auto": "\x03"}
_DIRECTIONS = {end: direction for direction, end in _ENDS.items()}
_OWN = re.compile("[\x00-\x08\x0e-\x1f]")


def line_end(direction: str) -> str:
    """A line end after which lines are read from this side: ltr, rtl, or auto."""
    return _ENDS[direction]


def clean(text: str) -> str:
    """Text of a file without the characters that stand for line ends here."""
    return _OWN.sub("", text)


def opening(bidi: str, direction: str) -> str:
    """The controls that open a stretch with this unicode-bidi and direction; empty where it has none."""
    return _OPENS.get((bidi, direction), "")


def closing(opened: str) -> str:
    """The controls that close what these opened."""
    return "".join(_CLOSES[control] for control in reversed(opened))


def first_strong(text: str) -> str:
    """The direction of the first strong letter outside isolates (UAX #9, P2), empty when there is none."""
    depth = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth -= bool(depth)
        elif not depth and kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""


def laid_out(gathered: str) -> str:
    """The lines of gathered text, empty ones left out, each with its mark where it needs one."""
    return "\n".join(line for line in _lines(gathered) if line.strip())


def _lines(gathered: str) -> Iterator[str]:
    direction, opened = "auto", ""
    for piece in re.split("([\x01-\x03\n])", gathered):
        if piece in _DIRECTIONS:
            direction = _DIRECTIONS[piece]
            continue
        before = opened
        for control in _CONTROL.findall(piece):
            if control in (PDI, PDF):
                place = max((opened.rfind(one) for one, end in _CLOSES.items() if end == control), default=-1)
                opened = opened[:place] if place >= 0 else opened
            else:
                opened = (opened + control)[-125:]
        line = f"{before}{' '.join(piece.split(' ')).strip()}{closing(opened)}"
        yield with_direction(line, direction) if piece.strip() else ""


def with_direction(line: str, direction: str) -> str:
    """A line with the mark of its direction, where its letters would let it be read from the other side."""
    if direction == "auto" or not re.search(r"\w", line):
        return line
    own = first_strong(line) or "ltr"
    wrong = own != direction and (direction == "rtl" or _RIGHT_TO_LEFT.search(line) is not None)
    return _MARKS[direction] + line if wrong else line


@dataclass(frozen=True, slots=True)
class Item:
    """What stands beside others in a row: its order, its direction, its text."""

    order: int
    direction: str
    text: str


def in_a_row(items: Iterable[Item], direction: str, *, turned: bool) -> str:
    """The text of what stands side by side: pieces of numbers in one line, as the row sets them, all else line by line.

    `direction` is the row's, `turned` says that it is laid from the other end.
    """
    placed = sorted(items, key=lambda item: item.order)
    side = "rtl" if (direction == "rtl") != turned else "ltr"
    pieces: list[str] = []
    last = False
    for item in placed:
        number = re.fullmatch(r"[\d+()./\s\u202a-\u202e\u2066-\u2069-]*", item.text) is not None
        text = f"{opening('isolate', item.direction)}{item.text.strip()}{PDI}"
        if number and re.search(r"\d", item.text):
            pieces.append(f" {text}" if last else f"{line_end(side)}{text}")
            last = True
        else:
            pieces.append(f"{line_end(item.direction)}{item.text}")
            last = False
    return "".join(pieces) + line_end(direction)
