"""An embedded font of a finished PDF: what its codes say and how wide they are, and the codes that are added to it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from campaign.typeset.mending.glyf import Part, TrueType
from campaign.typeset.mending.packing import packed

if TYPE_CHECKING:
    import pikepdf

#: A code: its number, what it says, how wide it is (thousandths of an em).
Sign = tuple[int, str | None, float]
#: A code that is to be added: its parts, what it says, how wide it is (units of the font).
Added = tuple[tuple[Part, ...], str, int]

_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f ]*)>")


def wanted(parts: Sequence[tuple[Sign, float, float]], text: str, room: float, upem: int) -> int | Added:
    """The code of these glyphs that says this text and is so wide (thousandths of an em), or what is to be added.

    The base is the first of the glyphs, the others stand so many em to the right of and above it.
    """
    if len(parts) == 1:
        (code, says, width), x, y = parts[0]
        if not x and not y and says == text and abs(room - width) < 0.01:
            return code
    placed = tuple([(sign[0], round(x * upem), round(y * upem)) for sign, x, y in parts])
    return placed, text, round(room * upem / 1000)


class _Signs(dict[int, Sign]):
    """The codes of a font, filled as they turn up."""

    def __init__(self, says: Mapping[int, str], widths: Mapping[int, float], default: float) -> None:
        self._says, self._widths, self._default = says, widths, default

    def __missing__(self, code: int) -> Sign:
        self[code] = sign = code, self._says.get(code), self._widths.get(code, self._default)
        return sign


class Face:
    """A TrueType font with two-byte codes that are its glyphs' numbers."""

    def __init__(self, font: pikepdf.Object, program: TrueType) -> None:
        self._font, self._cid, self._program = font, font.DescendantFonts[0], program
        self.says = _to_unicode(font.ToUnicode.read_bytes())
        self.signs = _Signs(self.says, dict(advances(self._cid.get("/W", ()))), float(self._cid.get("/DW", 1000)))
        self.upem = program.upem
        #: Whether the letters of a word stand one below the other.
        self.sloping = "Nastaliq" in str(font.get("/BaseFont", ""))
        #: The code of the space; 0 when there is none.
        self.space = next((code for code, text in self.says.items() if text == " "), 0)
        self._added: dict[Added, int] = {}
        #: The same by what was wanted, before glyphs that were themselves added became their parts.
        self._known: dict[Added, int] = {}
        #: What the added codes are made of: a space of another font may yet become one that breaks no number.
        self._made: dict[int, tuple[Part, ...]] = {}

    @classmethod
    def of(cls, font: pikepdf.Object) -> Face | None:
        """The face of a font dictionary; None when it is no font that glyphs can be added to."""
        try:
            cid = font.DescendantFonts[0]
            if font.Encoding != "/Identity-H" or cid.get("/CIDToGIDMap") != "/Identity":
                return None
            return cls(font, TrueType(cid.FontDescriptor.FontFile2.read_bytes()))
        except (AttributeError, KeyError, IndexError, ValueError, struct.error):
            return None

    def add(self, wanted: Added) -> int:
        """The code that is this; it is added when there is none yet."""
        code = self._known.get(wanted)
        if code is None:
            code = self._known[wanted] = self._code(wanted)
        return code

    def _code(self, wanted: Added) -> int:
        parts, text, units = wanted
        whole = tuple(
            (own, right + x, up + y)
            for glyph, x, y in parts
            for own, right, up in self._made.get(glyph, ((glyph, 0, 0),))
        )
        key = whole, text, units
        code = self._added.get(key)
        if code is None:
            code = self._added[key] = self._program.glyphs + len(self._added)
            self.signs[code] = code, text, units * 1000 / self.upem
            self.says[code], self._made[code] = text, whole
        return code

    def write(self) -> None:
        """Put the added codes into the PDF: glyphs, widths and texts."""
        from pikepdf import Array, Name

        if not self._added:
            return
        data = self._program.with_glyphs([(parts, units) for parts, _, units in self._added])
        descriptor = self._cid.FontDescriptor
        descriptor.FontFile2.write(packed(data), filter=Name.FlateDecode)
        descriptor.FontFile2.Length1 = len(data)
        if "/CIDSet" in descriptor:  # says which glyphs there are; need not be there
            del descriptor.CIDSet
        added = [float(f"{self.signs[code][2]:.3f}") for code in self._added.values()]
        if "/W" not in self._cid:
            self._cid.W = Array()
        self._cid.W.append(self._program.glyphs)
        self._cid.W.append(Array(map(_decimal, added)))
        self._font.ToUnicode.write(packed(_cmap(self.says)), filter=Name.FlateDecode)


def _decimal(value: float) -> object:
    from decimal import Decimal

    return int(value) if value == int(value) else Decimal(f"{value:.3f}")


def _to_unicode(data: bytes) -> dict[int, str]:
    """What codes say (ISO 32000-1, 9.10.3)."""
    says: dict[int, str] = {}
    for kind, body in _BLOCK.findall(data):
        values = _HEX.findall(body)
        if kind == b"char":
            says.update(zip(map(_number, values[::2]), map(_said, values[1::2]), strict=False))
        else:
            for low, high, text in zip(values[::3], values[1::3], values[2::3], strict=False):
                first, said = _number(low), bytes.fromhex(text.decode())
                for more in range(_number(high) - first + 1):
                    last = bytes([(said[-1] + more) & 255])
                    says[first + more] = (said[:-1] + last).decode("utf-16-be", "replace")
    return says


@lru_cache(maxsize=2048)
def _number(code: bytes) -> int:
    return int.from_bytes(bytes.fromhex(code.decode()))


@lru_cache(maxsize=2048)
def _said(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


@lru_cache(maxsize=2048)
def _row(code: int, text: str) -> str:
    return f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"


def _cmap(says: dict[int, str]) -> bytes:
    rows = [_row(code, text) for code, text in sorted(says.items()) if text]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def advances(table: Iterable[pikepdf.Object]) -> Iterator[tuple[int, float]]:
    """The two forms of /W: `first [w1 w2 …]` and `first last w` (ISO 32000-1, 9.7.4.3)."""
    values, at = list(table), 0
    while at + 1 < len(values):
        first = int(values[at])
        if hasattr(values[at + 1], "__len__"):
            yield from ((first + step, float(width)) for step, width in enumerate(values[at + 1]))
            at += 2
        else:
            yield from ((code, float(values[at + 2])) for code in range(first, int(values[at + 1]) + 1))
            at += 3
