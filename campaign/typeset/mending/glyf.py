"""Composite glyphs added to a TrueType font by its bytes (OpenType 1.9: glyf, loca, hmtx, maxp).

A library that knows every table takes a third of a leaflet's time for this.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

#: One part of a composite glyph: the glyph, and how far it is moved to the right and up, in units of the font.
Part = tuple[int, int, int]

_WORDS, _OFFSETS, _MORE = 0x0001, 0x0002, 0x0020
_COMPOSITE = -1
#: What is added to the sum of a font's words (OpenType: head, checksumAdjustment).
_MAGIC = 0xB1B0AFBA


class _Shape(NamedTuple):
    """Of a glyph: its box (units; nothing without an outline), its points and contours, how deep its parts go."""

    box: tuple[int, int, int, int] | None = None
    points: int = 0
    contours: int = 0
    depth: int = 0


class TrueType:
    """A TrueType font, as far as composite glyphs need it.

    Raises:
        ValueError, KeyError, struct.error: not a font of this kind.
    """

    def __init__(self, data: bytes) -> None:
        count = struct.unpack_from(">H", data, 4)[0]
        self._tables: dict[bytes, bytes] = {}
        self._sums: dict[bytes, int] = {}
        for number in range(count):
            tag, total, start, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
            self._tables[tag], self._sums[tag] = data[start : start + length], total
        self._kind = data[:4]
        head, maxp, hhea = self._tables[b"head"], self._tables[b"maxp"], self._tables[b"hhea"]
        #: Units of the font in an em, and how many glyphs it has.
        self.upem: int = struct.unpack_from(">H", head, 18)[0]
        self.glyphs: int = struct.unpack_from(">H", maxp, 4)[0]
        long = struct.unpack_from(">h", head, 50)[0]
        places = struct.unpack_from(f">{self.glyphs + 1}{'I' if long else 'H'}", self._tables[b"loca"])
        self._places = places if long else tuple(2 * place for place in places)
        wide = struct.unpack_from(">H", hhea, 34)[0]
        both = struct.unpack_from(">" + "Hh" * wide, self._tables[b"hmtx"])
        rest = struct.unpack_from(f">{self.glyphs - wide}h", self._tables[b"hmtx"], 4 * wide)
        self._advances = [*both[::2], *both[-2:-1] * (self.glyphs - wide)]
        self._bearings = [*both[1::2], *rest]
        self._shapes: dict[int, _Shape] = {}

    def _shape(self, glyph: int, depth: int = 0) -> _Shape:
        if glyph not in self._shapes:
            self._shapes[glyph] = self._measured(glyph, depth)
        return self._shapes[glyph]

    def _measured(self, glyph: int, depth: int) -> _Shape:
        start, end = self._places[glyph], self._places[glyph + 1]
        if start == end:
            return _Shape()
        data = self._tables[b"glyf"]
        contours, *box = struct.unpack_from(">5h", data, start)
        whole = (box[0], box[1], box[2], box[3])
        if contours >= 0:
            points = struct.unpack_from(">H", data, start + 10 + 2 * (contours - 1))[0] + 1 if contours else 0
            return _Shape(whole, points, contours)
        if depth > 8:
            raise ValueError("the parts of a glyph hold one another")
        parts, at, flags = [], start + 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", data, at)
            parts.append(self._shape(part, depth + 1))
            at += (
                4
                + (4 if flags & _WORDS else 2)
                + (2 if flags & 0x8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
            )
        return _summed(whole, parts)

    def with_glyphs(self, added: Sequence[tuple[Sequence[Part], int]]) -> bytes:
        """The font with these glyphs after its own, each its parts and its advance (units)."""
        glyf, lengths = bytearray(self._tables[b"glyf"]), []
        glyf += bytes(-len(glyf) % 4)
        advances, bearings, shapes = list(self._advances), list(self._bearings), []
        places = [*self._places[:-1], len(glyf)]
        for parts, advance in added:
            data, shape = self._composite(parts)
            glyf += data
            lengths.append(len(data))
            shapes.append(shape)
            advances.append(advance)
            bearings.append(shape.box[0] if shape.box else 0)
        places += [len(glyf) - sum(lengths) + length for length in accumulate(lengths)]
        head, hhea, maxp = (bytearray(self._tables[name]) for name in (b"head", b"hhea", b"maxp"))
        struct.pack_into(">h", head, 50, 1)
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">H", hhea, 34, len(advances))
        struct.pack_into(">H", maxp, 4, len(advances))
        for at, value in (
            (10, max((shape.points for shape in shapes), default=0)),
            (12, max((shape.contours for shape in shapes), default=0)),
            (28, max((len(parts) for parts, _ in added), default=0)),
            (30, max((shape.depth for shape in shapes), default=0)),
        ):
            struct.pack_into(">H", maxp, at, max(value, struct.unpack_from(">H", maxp, at)[0]))
        both = [value for pair in zip(advances, bearings, strict=True) for value in pair]
        changed = {
            b"glyf": bytes(glyf),
            b"loca": struct.pack(f">{len(places)}I", *places),
            b"hmtx": struct.pack(">" + "Hh" * len(advances), *both),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"maxp": bytes(maxp),
        }
        sums = {tag: total for tag, total in self._sums.items() if tag not in changed}
        return _font(self._kind, {**self._tables, **changed}, sums)

    def _composite(self, parts: Sequence[Part]) -> tuple[bytes, _Shape]:
        """The bytes of a glyph of these parts; none when none of them has an outline."""
        placed: list[int] = []
        shapes: list[_Shape] = []
        left = bottom = right = top = 0
        for glyph, x, y in parts:
            shape = self._shapes.get(glyph) or self._shape(glyph)
            if shape.box:
                x0, y0, x1, y1 = shape.box
                # A glyph by itself stands with its bearing; as a part it stands with its outline.
                x += self._bearings[glyph] - x0
                x0, y0, x1, y1 = x0 + x, y0 + y, x1 + x, y1 + y
                if not shapes:
                    left, bottom, right, top = x0, y0, x1, y1
                else:
                    left, bottom, right, top = min(left, x0), min(bottom, y0), max(right, x1), max(top, y1)
                placed += (_WORDS | _OFFSETS | _MORE, glyph, x, y)
                shapes.append(shape)
        if not shapes:
            return b"", _Shape()
        placed[-4] = _WORDS | _OFFSETS
        data = struct.pack(">5h" + "HHhh" * len(shapes), _COMPOSITE, left, bottom, right, top, *placed)
        return data + bytes(-len(data) % 4), _summed((left, bottom, right, top), shapes)


def _summed(box: tuple[int, int, int, int], parts: Sequence[_Shape]) -> _Shape:
    points = contours = deepest = 0
    for _, own, outlines, depth in parts:
        points += own
        contours += outlines
        if depth > deepest:
            deepest = depth
    return _Shape(box, points, contours, 1 + deepest)


def _font(kind: bytes, tables: Mapping[bytes, bytes], known: Mapping[bytes, int]) -> bytes:
    """A font file of these tables, with its sums; those of some tables are known."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    start = 12 + 16 * count
    listing = bytearray(kind + struct.pack(">4H", count, 16 * power, power.bit_length() - 1, 16 * (count - power)))
    body = bytearray()
    head = total = 0
    for tag, data in sorted(tables.items()):
        if tag == b"head":
            head = start + len(body)
        own = known[tag] if tag in known else _sum(data)
        total += own
        listing += struct.pack(">4sIII", tag, own, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    whole = listing + body
    struct.pack_into(">I", whole, head + 8, (_MAGIC - total - _sum(bytes(listing))) & 0xFFFFFFFF)
    return bytes(whole)


def _sum(data: bytes) -> int:
    """The sum of the words of a table; byte by byte takes half the time of unpacking them."""
    first, second, third, fourth = (sum(data[at::4]) for at in range(4))
    return (first << 24) + (second << 16) + (third << 8) + fourth & 0xFFFFFFFF
