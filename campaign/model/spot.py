"""A point of a picture of which somebody says something."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: How a ledger keeps one: the name of the file, thousandths of its width from the left, of its height from the top.
_KEPT = re.compile(r"([\w][\w.-]{0,79}) (\d{1,4}),(\d{1,4})", re.ASCII)
#: The right and the lower edge.
EDGE = 1000


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a picture: `file` is its name in the item, `x` and `y` are thousandths of its width and height."""

    file: str
    x: int
    y: int

    def __str__(self) -> str:
        """The point as a ledger keeps it."""
        return f"{self.file} {self.x},{self.y}"


def spot(text: str) -> Spot | None:
    """The point that a ledger or a form names; None where it names none."""
    found = _KEPT.fullmatch(text)
    if not found or max(int(found[2]), int(found[3])) > EDGE:
        return None
    return Spot(found[1], int(found[2]), int(found[3]))
