"""The QR code of an address, as modules (ISO/IEC 18004)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

import zxingcpp

_QR = zxingcpp.BarcodeFormat.QRCode
_DARK = re.compile(b"\\0+")


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
    level, side = "M", _side(url, "M")
    for better in "QH":
        if _side(url, better) > side:
            break
        level = better
    data = _modules(url, ec_level=level)
    path = []
    for y in range(side):
        for run in _DARK.finditer(data[y * side : (y + 1) * side]):
            x, end = run.span()
            path.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
    return Code(side, "".join(path))


def _side(url: str, level: str) -> int:
    """How many modules a code of this level has a side. Looking for its best mask takes four fifths of making one
    (measured), and each is as large.
    """
    return isqrt(len(_modules(url, ec_level=level, data_mask=0)))


def _modules(url: str, **options: object) -> bytes:
    """A byte per module, row by row, 0 where it is dark."""
    picture = zxingcpp.create_barcode(url, _QR, **options).to_image(scale=1, add_quiet_zones=False)
    data: bytes = bytes(picture)  # type: ignore[call-overload]  # a buffer, which its types do not say
    return data
