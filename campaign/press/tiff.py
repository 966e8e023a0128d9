"""Finished pictures of a page: CMYK TIFF with its profile for image workflows, RGB PNG for everything else.

Both are written from bare pixels, so no tag of the program that drew them (software, date, machine) survives.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from campaign.press.profiles import InkProfile

if TYPE_CHECKING:
    from PIL import Image


def tiff(page: Image.Image, intent: InkProfile, resolution: int) -> bytes:
    """A CMYK page as TIFF 6.0: LZW, the press profile inside, `resolution` in pixels per inch."""
    out = io.BytesIO()
    _bare(page).save(out, "TIFF", compression="tiff_lzw", dpi=(resolution, resolution), icc_profile=intent.data)
    return out.getvalue()


def png(page: Image.Image, resolution: int) -> bytes:
    """An sRGB page as PNG with its resolution."""
    out = io.BytesIO()
    _bare(page).save(out, "PNG", dpi=(resolution, resolution))
    return out.getvalue()


def _bare(page: Image.Image) -> Image.Image:
    from PIL import Image

    return Image.frombytes(page.mode, page.size, page.tobytes())


def thumbnail(page: Image.Image, edge: int, side: int) -> bytes:
    """A small PNG of the trim of a page: `edge` pixels of bleed are cut off, the longer side gets `side` pixels."""
    trimmed = page.crop((edge, edge, page.width - edge, page.height - edge))
    trimmed.thumbnail((side, side))
    out = io.BytesIO()
    trimmed.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
