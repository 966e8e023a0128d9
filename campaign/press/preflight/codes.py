"""The QR code, decoded from the pixels: right address, modules large enough, quiet zone free (ISO/IEC 18004)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from campaign.press.preflight.subject import Line, Subject, judge
from campaign.qr import code as encoded

if TYPE_CHECKING:
    import zxingcpp
    from PIL import Image

MODULE_MM, QUIET_MODULES = 0.4, 4
#: Anything darker than this (of 255, in grey) disturbs a scanner in the quiet zone.
DARK = 170


def code_lines(subject: Subject) -> Iterator[Line]:
    """The checks of the code; it may be on any page."""
    import zxingcpp

    found = []
    for number, page in enumerate(subject.pages, start=1):
        grey = page.convert("RGB").convert("L")
        found += [(number, grey, code) for code in zxingcpp.read_barcodes(grey) if code.format.name == "QRCode"]
    if not subject.url:
        texts = ", ".join(code.text for _, _, code in found) or "no code"
        yield judge("QR code", "file", texts, "no code: it leads nowhere", not found)
        return
    right = [entry for entry in found if entry[2].text == subject.url]
    texts = ", ".join(code.text for _, _, code in found) or "no QR code can be read"
    yield judge("QR code", "file", texts, subject.url, bool(right) and len(right) == len(found))
    if not right:
        return
    number, grey, code = right[0]
    modules = encoded(subject.url).modules
    corner, across = code.position.top_left, code.position.top_right
    module_px = math.dist((corner.x, corner.y), (across.x, across.y)) / modules
    module_mm = module_px / subject.profile.resolution * 25.4
    where = f"page {number}"
    yield judge("QR module", where, f"{module_mm:.2f} mm", f"{MODULE_MM} mm or more", module_mm >= MODULE_MM - 0.01)
    free = _quiet(grey, code.position, module_px)
    yield judge("QR quiet zone", where, f"{free} modules", f"{QUIET_MODULES} modules", free >= QUIET_MODULES)


def _quiet(grey: Image.Image, position: zxingcpp.Position, module: float) -> int:
    """How many rings of modules around the code are light, up to the four that are needed."""
    xs = [getattr(position, name).x for name in ("top_left", "top_right", "bottom_left", "bottom_right")]
    ys = [getattr(position, name).y for name in ("top_left", "top_right", "bottom_left", "bottom_right")]
    box = (min(xs), min(ys), max(xs), max(ys))
    for ring in range(QUIET_MODULES):
        # Near the middle of each module of the ring: decoders place a corner to about a third of a module.
        near = (ring + 0.45) * module
        left, top, right, bottom = (round(v) for v in (box[0] - near, box[1] - near, box[2] + near, box[3] + near))
        if left < 0 or top < 0 or right >= grey.width or bottom >= grey.height:
            return ring
        strips = (
            (left, top, right, top + 1),
            (left, bottom, right, bottom + 1),
            (left, top, left + 1, bottom),
            (right, top, right + 1, bottom),
        )
        if any(min(grey.crop(strip).tobytes()) < DARK for strip in strips):
            return ring
    return QUIET_MODULES
