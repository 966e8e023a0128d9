"""An embedded font of a finished PDF: what its codes say and how wide they are, and the codes that are added to it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from campaign.typeset.mending.glyf import Part, TrueType

if TYPE_CHECKING:
    import pikepdf

#: Where a glyph stands: its code, and em to the right of and above its base.
Placed = tuple[int, float, float]

_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f ]*)>")


class Face:
    """A TrueType font with two-byte codes that are its glyphs' numbers."""

    def __init__(self, font: pikepdf.Object, program: TrueType) -> None:
        self._font, self._cid, self._program = font, font.DescendantFonts[0], program
        self.says = _to_unicode(font.ToUnicode.read_bytes())
        self.default = float(self._cid.get("/DW", 1000))
        self.widths = dict(advances(self._cid.get("/W", ())))
        #: Whether the letters of a word stand one below the other.
        self.sloping = "Nastaliq" in str(font.get("/BaseFont", ""))
        #: The code of the space; 0 when there is none.
        self.space = next((code for code, text in self.says.items() if text == " "), 0)
        self._added: dict[tuple[tuple[Part, ...], str, int], int] = {}
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

    def width(self, code: int) -> float:
        """The advance of a code, in thousandths of an em."""
        return self.widths.get(code, self.default)

    def code(self, parts: Sequence[Placed], text: str, room: float) -> int:
        """The code of these glyphs, the base first, that says this text and is so wide (thousandths of an em)."""
        if len(parts) == 1:
            glyph, x, y = parts[0]
            if not x and not y and self.says.get(glyph) == text and abs(room - self.width(glyph)) < 0.01:
                return glyph
        upem = self._program.upem
        whole = tuple(
            (own, right + round(x * upem), up + round(y * upem))
            for glyph, x, y in parts
            for own, right, up in self._made.get(glyph, ((glyph, 0, 0),))
        )
        key = whole, text, round(room * upem / 1000)
        code = self._added.get(key)
        if code is None:
            code = self._added[key] = self._program.glyphs + len(self._added)
            self.widths[code] = key[2] * 1000 / upem
            self.says[code], self._made[code] = text, whole
        return code

    def write(self) -> None:
        """Put the added codes into the PDF: glyphs, widths and texts."""
        from pikepdf import Array

        if not self._added:
            return
        data = self._program.with_glyphs([(parts, units) for parts, _, units in self._added])
        descriptor = self._cid.FontDescriptor
        descriptor.FontFile2.write(data)
        descriptor.FontFile2.Length1 = len(data)
        if "/CIDSet" in descriptor:  # says which glyphs there are; need not be there
            del descriptor.CIDSet
        widths = list(self._cid.get("/W", ()))
        added = [float(f"{self.widths[code]:.3f}") for code in self._added.values()]
        self._cid.W = Array([*widths, self._program.glyphs, Array(map(_decimal, added))])
        self._font.ToUnicode.write(_cmap(self.says))


def _decimal(value: float) -> object:
    from decimal import Decimal

    return int(value) if value == int(value) else Decimal(f"{value:.3f}")


def _to_unicode(data: bytes) -> dict[int, str]:
    """What codes say (ISO 32000-1, 9.10.3)."""
    says: dict[int, str] = {}
    for kind, body in _BLOCK.findall(data):
        values = [bytes.fromhex(code.decode()) for code in _HEX.findall(body)]
        if kind == b"char":
            for code, text in zip(values[::2], values[1::2], strict=False):
                says[int.from_bytes(code)] = text.decode("utf-16-be", "replace")
        else:
            for low, high, text in zip(values[::3], values[1::3], values[2::3], strict=False):
                for more in range(int.from_bytes(high) - int.from_bytes(low) + 1):
                    last = bytes([(text[-1] + more) & 255])
                    says[int.from_bytes(low) + more] = (text[:-1] + last).decode("utf-16-be", "replace")
    return says


def _cmap(says: dict[int, str]) -> bytes:
    rows = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(says.items()) if text]
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
