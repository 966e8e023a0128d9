"""The text objects of a page's content stream as Typst writes them, found by their bytes.

A library's list of instructions takes half of a leaflet's time. What does not look like Typst's is left as it is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from campaign.typeset.mending.face import Face

_N = rb"-?[\d.]+"
#: A string in parentheses, which may hold pairs of them.
_PLAIN = rb"(?:\\.|[^\\()])"
_LITERAL = rb"\((?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb"|\(" + _PLAIN + rb"*\))*\))*\)"
_STRING = rb"(?:<[0-9A-Fa-f\s]*>|" + _LITERAL + rb")"
#: What sets colours and lines before a text.
_PAINT = (
    rb"(?:\s*(?:/\w+ (?:cs|CS|gs|scn|SCN)|(?:" + _N + rb" )+(?:scn|SCN|sc|SC|g|G|rg|RG|k|K|w|J|j|M)"
    rb"|\[[-\d. ]*\] ?" + _N + rb" d)(?![^\s/\[]))*"
)
_PIECE = re.compile(
    rb"q ("
    + _N
    + rb") ("
    + _N
    + rb") ("
    + _N
    + rb") ("
    + _N
    + rb") ("
    + _N
    + rb") ("
    + _N
    + rb") cm("
    + _PAINT
    + rb")\s*BT(?=[\s/])((?:[^(E]+|"
    + _LITERAL
    + rb"|E(?!T\s))*+)ET\s+Q\n?",
    re.DOTALL,
)
#: What a text object holds: a span that says its text, one that is reversed, the end of either, a showing of text.
_PARTS = re.compile(
    rb"\s*(?:/Span<</ActualText\s*(" + _STRING + rb")>>\s*BDC|(/ReversedChars BMC)|(EMC)"
    rb"|(\d) Tr\s*(/\w+) (" + _N + rb") Tf\s*1 0 0 -1 (" + _N + rb") (" + _N + rb") Tm\s*"
    rb"(?:\[((?:" + _STRING + rb"|[-\d.\s]+)*)\]\s*TJ|(" + _STRING + rb")\s*Tj))",
    re.DOTALL,
)
#: The groups of `_PARTS` that say which it is.
_SAID, _REVERSED, _CLOSED = 1, 2, 3
_NOTHING = (b"0", b"-0", b"0.0", b"-0.0")
_SHOWN_PART = re.compile(rb"(" + _STRING + rb")|(" + _N + rb")", re.DOTALL)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

Matrix = tuple[float, float, float, float, float, float]

_RIGHT_TO_LEFT = regex.compile(r"[\p{bidi_class=R}\p{bidi_class=AL}]")
_LEFT_TO_RIGHT = regex.compile(r"[\p{bidi_class=L}\p{bidi_class=EN}\p{bidi_class=AN}]")


class Glyph(NamedTuple):
    """A glyph by its code; where it stands, in pt from the origin of its piece."""

    code: int
    x: float
    y: float = 0.0


@dataclass(slots=True)
class Cluster:
    """Glyphs that say one text, the base first; `last` is the text of the part that came last."""

    text: str
    glyphs: list[Glyph]
    last: str = ""


@dataclass(slots=True)
class Piece:
    """One text object of Typst's, `q … cm … BT … ET Q`; `end` is how far its glyphs reach (pt)."""

    matrix: Matrix
    paint: bytes
    mode: bytes
    font: bytes
    size: float
    clusters: list[Cluster]
    end: float
    way: str

    def place(self, other: Piece) -> tuple[float, float]:
        """Where the origin of another piece is, in this one's directions, in em."""
        a, b, c, d, e, f = self.matrix
        x, y = other.matrix[4] - e, other.matrix[5] - f
        determinant = (a * d - b * c) * self.size
        return (d * x - c * y) / determinant, -(a * y - b * x) / determinant


@lru_cache(maxsize=65536)
def right_to_left(text: str) -> bool:
    """Whether a text has a letter that is read from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


@lru_cache(maxsize=65536)
def way(text: str) -> str:
    """R for letters that are read from right to left, L for other letters and figures, nothing for all else."""
    return "R" if right_to_left(text) else "L" if _LEFT_TO_RIGHT.search(text) else ""


def number(value: float) -> str:
    """A number as PDF writes it, never with an exponent: poppler drops the text of a page that has one."""
    return f"{value:.4f}".rstrip("0").rstrip(".") if abs(value) >= 0.00005 else "0"


def level(height: float) -> float:
    """A height above the line (em); nothing where it is none."""
    return height if abs(height) >= 0.0005 else 0.0


def pieces(content: bytes, faces: Mapping[bytes, Face]) -> Iterator[tuple[int, int, Piece]]:
    """(start, end, piece) of each text object that is as Typst writes it, in the order of the stream."""
    for found in _PIECE.finditer(content):
        if piece := _piece(found, faces):
            yield found.start(), found.end(), piece


def _piece(found: re.Match[bytes], faces: Mapping[bytes, Face]) -> Piece | None:
    body, at, end = found[8], 0, 0.0
    clusters: list[Cluster] = []
    spans: list[Cluster | None] = []
    style: tuple[bytes, ...] = ()
    face, size = None, 0.0
    while part := _PARTS.match(body, at):
        at, kind = part.end(), part.lastindex
        if kind == _SAID:
            spans.append(Cluster(_text(part[_SAID]), []))
        elif kind == _REVERSED:
            spans.append(None)
        elif kind == _CLOSED:
            if not spans:
                return None
            if (cluster := spans.pop()) is not None and cluster.glyphs:
                clusters.append(cluster)
        else:
            *how, x, y, many, one = part.groups()[3:]
            if not style:
                style = tuple(how)
                face, size = faces.get(style[1]), float(style[2])
            if face is None or tuple(how) != style or y not in _NOTHING:
                return None
            named = next((span for span in spans if span is not None), None) if spans else None
            end = _shown(face, size, float(x), one or many, named, clusters)
    a, b, c, d, e, f = map(float, found.groups()[:6])
    if not clusters or not size or spans or body[at:].strip() or a * d == b * c:
        return None
    ways = {way(cluster.text) for cluster in clusters}
    run = "R" if "R" in ways else "L" if "L" in ways else ""
    mode, font, _ = style
    return Piece((a, b, c, d, e, f), found[7].strip(), mode, font, size, clusters, end, run)


def _shown(face: Face, size: float, x: float, parts: bytes, cluster: Cluster | None, clusters: list[Cluster]) -> float:
    """Add what is shown to a cluster, or to the clusters one by one; how far the glyphs reach."""
    says, widths, default, em = face.says, face.widths, face.default, size / 1000
    end = x
    for string, gap in _SHOWN_PART.findall(parts):
        if gap:
            x -= float(gap) * em
            continue
        for code in _codes(string):
            if cluster is None:
                clusters.append(Cluster(says.get(code, ""), [Glyph(code, x)]))
            else:
                cluster.glyphs.append(Glyph(code, x))
            x += widths.get(code, default) * em
            if x > end:
                end = x
    return end


@lru_cache(maxsize=16384)
def _codes(string: bytes) -> tuple[int, ...]:
    """The codes of two bytes that a string of a content stream shows; most strings are short and come often."""
    data = _bytes(string)
    return struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])


def _bytes(string: bytes) -> bytes:
    """What a string of a content stream holds (ISO 32000-1, 7.3.4)."""
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())
    return _ESCAPE.sub(_escaped, string[1:-1])


def _text(string: bytes) -> str:
    """A text string (ISO 32000-1, 7.9.2.2): UTF-16 with its mark, or one byte a character."""
    data = _bytes(string)
    return data[2:].decode("utf-16-be", "replace") if data.startswith(b"\xfe\xff") else data.decode("latin-1")


def _escaped(match: re.Match[bytes]) -> bytes:
    what = match[1]
    return bytes([int(what, 8) & 255]) if what.isdigit() else _ESCAPES.get(what, what)
