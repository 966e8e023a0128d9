"""Pictures after they are set: exact pixels, sRGB, a byte budget; and contact sheets. The only importer of PIL."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import CampaignError, Problem

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = len(_SIGNATURE) + 8 + 13 + 4  # IHDR is always first and 13 bytes long (PNG, 11.2.1)

#: A contact sheet, in pixels.
COLUMNS, CARDS, THUMB, GAP, LINE = 2, 4, 216, 20, 26
PAPER, INK, QUIET, RULE = "#FFFFFF", "#1A1A1A", "#5A5A5A", "#D8D8D8"


def finished(png: bytes, size: tuple[int, int], most_bytes: int, where: str) -> bytes:
    """A PNG that says it is sRGB, checked to be of exactly this size (pixels) and within this many bytes.

    A picture over its budget is written again in 256 colours. Raises CampaignError when it is of another size, or still
    too large. Standard: PNG (ISO/IEC 15948), sRGB chunk with perceptual intent.
    """
    width, height = struct.unpack(">II", png[16:24]) if png.startswith(_SIGNATURE) else (0, 0)
    if (width, height) != size:
        what = f"the picture has {width} x {height} pixels, not {size[0]} x {size[1]}"
        raise CampaignError(Problem(where, what, "correct the page size of the layout", "clipped"))
    if len(png) > most_bytes:
        png = _fewer_colours(png)
    if len(png) > most_bytes:
        raise CampaignError.single(
            f"the picture takes {len(png)} bytes, at most {most_bytes} are allowed",
            where=where,
            todo="use a simpler illustration",
        )
    if b"sRGB" in png[_HEADER_END : _HEADER_END + 64]:
        return png
    chunk = b"sRGB\x00"
    tagged = struct.pack(">I", 1) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:_HEADER_END] + tagged + png[_HEADER_END:]


def _fewer_colours(png: bytes) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A contact sheet to make: a heading, and rows of thumbnails, each row with its label. `fonts` are two files,
    regular and bold."""

    heading: str
    note: str
    rows: Sequence[tuple[str, Sequence[bytes]]]
    fonts: tuple[str, str]


def contact_sheet(sheet: Sheet) -> bytes:
    """All pictures of a language on one PNG, a row for each audience, labelled in English for the person who posts."""
    from PIL import Image, ImageDraw, ImageFont

    regular, bold, title = (
        ImageFont.truetype(Path(path), points)
        for path, points in ((sheet.fonts[0], 20), (sheet.fonts[1], 20), (sheet.fonts[1], 34))
    )
    column, row = CARDS * (THUMB + GAP) + GAP, LINE + 10 + THUMB + GAP
    whole = Image.new("RGB", (GAP + COLUMNS * column, 110 + row * -(-len(sheet.rows) // COLUMNS)), PAPER)
    draw = ImageDraw.Draw(whole)
    draw.text((GAP, 20), sheet.heading, INK, title)
    draw.text((GAP, 66), sheet.note, QUIET, regular)
    for number, (label, pictures) in enumerate(sheet.rows):
        left, top = GAP + number % COLUMNS * column, 110 + number // COLUMNS * row
        draw.line((left, top - 6, left + column - 2 * GAP, top - 6), RULE)
        draw.text((left, top), label, INK, bold)
        for place, png in enumerate(pictures[:CARDS]):
            if not png:  # a card that could not be made: its place stays free
                continue
            with Image.open(io.BytesIO(png)) as picture:
                whole.paste(picture, (left + place * (THUMB + GAP), top + LINE + 10))
    out = io.BytesIO()
    whole.save(out, "PNG", compress_level=1)  # 3 % larger than at 6, in 6 tenths of the time (measured)
    return finished(out.getvalue(), whole.size, 1 << 30, "contact sheet")


def thumbnail(png: bytes) -> bytes:
    """A picture as a contact sheet shows it: a PNG of at most THUMB by THUMB pixels."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        small = picture.convert("RGB")
    small = small.reduce(max(1, min(small.size) // (2 * THUMB)))
    small.thumbnail((THUMB, THUMB))
    out = io.BytesIO()
    small.save(out, "PNG", compress_level=1)
    return out.getvalue()


#: The line below what a preview points out (templates/layouts/style.typ), and how far a pixel may be from it.
_POINTED, _NEAR = (0xB2, 0x5E, 0x00), 10


def pointed_out(png: bytes, margin: int = 40) -> bytes | None:
    """The part of a preview around the words that it points out, in 64 colours; None where it points out none."""
    from PIL import Image, ImageChops

    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    away = ImageChops.difference(picture, Image.new("RGB", picture.size, _POINTED))
    red, green, blue = away.split()
    worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    box = worst.point([255 if value < _NEAR else 0 for value in range(256)]).getbbox()
    if box is None:
        return None
    left, top, right, bottom = box
    # The line is under the words: as much again above it as a line of a headline is high.
    left, right = max(0, left - margin), min(picture.width, right + margin)
    top, bottom = max(0, top - 2 * margin), min(picture.height, bottom + margin)
    out = io.BytesIO()
    cut = picture.crop((left, top, right, bottom))
    cut.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def reduced(png: bytes, width: int = 340) -> bytes:
    """A picture no wider than this (pixels), in 24 colours: to recognise a page by, on a telephone."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    if picture.width > width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.quantize(24, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
