"""The QR code of an address, as modules (ISO/IEC 18004)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

import zxingcpp

_QR = zxingcpp.BarcodeFormat.QRCode


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code without its quiet zone: modules a side, and an SVG path in modules that draws the dark ones."""

    modules: int
    path: str


@lru_cache(maxsize=64)  # every format of a message leads to the same address
def code(url: str) -> Code:
    """The smallest code of level M (15 % may be lost), at a higher level where that makes it no larger.

    The path draws each run of dark modules of a row: one path, because a layout takes as long for each shape as for a
    line of text (measured).
    """
    rows = _rows(url, "M")
    for level in "QH":
        better = _rows(url, level)
        if len(better) > len(rows):
            break
        rows = better
    runs = ((y, run.start(), len(run[0])) for y, row in enumerate(rows) for run in re.finditer(b"\0+", row))
    return Code(len(rows), "".join(f"M{x} {y}h{width}v1h-{width}z" for y, x, width in runs))


def _rows(url: str, level: str) -> tuple[bytes, ...]:
    """A byte per module, 0 where it is dark."""
    picture = zxingcpp.create_barcode(url, _QR, ec_level=level).to_image(scale=1, add_quiet_zones=False)
    data = bytes(picture)  # type: ignore[call-overload]  # a buffer, which its types do not say
    side = isqrt(len(data))
    return tuple(data[row * side : (row + 1) * side] for row in range(side))
