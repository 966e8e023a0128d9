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

_N = rb"-?[\d.]++"
#: A string in parentheses, which may hold pairs of them, two deep.
_PLAIN = rb"[^\\()]*+(?:\\.[^\\()]*+)*+"
_PAIR = rb"\(" + _PLAIN + rb"(?:\(" + _PLAIN + rb"\)" + _PLAIN + rb")*+\)"
_LITERAL = rb"\(" + _PLAIN + rb"(?:" + _PAIR + _PLAIN + rb")*+\)"
_STRING = rb"(?:<[0-9A-Fa-f\s]*>|" + _LITERAL + rb")"
#: What sets colours and lines before a text.
_PAINT = (
    rb"(?:\s*+(?:/\w++ (?:cs|CS|gs|scn|SCN)|(?:" + _N + rb" )++(?:scn|SCN|sc|SC|g|G|rg|RG|k|K|w|J|j|M)"
    rb"|\[[-\d. ]*+\] ?" + _N + rb" d)(?![^\s/\[]))*+"
)
_SPAN = rb"/Span<</ActualText\s*+(" + _STRING + rb")>>\s*+BDC"
#: A showing of text: mode, font and size; where it begins; what is shown, several strings or one.
_SHOWING = (
    rb"(\d Tr\s*+/\w++ " + _N + rb" Tf)\s*+1 0 0 -1 (" + _N + rb") (" + _N + rb") Tm\s*+"
    rb"(?:\[((?:" + _STRING + rb"|[-\d.\s]++)*+)\]\s*+TJ|(" + _STRING + rb")\s*+Tj)"
)
#: A text object: `q`, its matrix, what sets colours, its body. Most hold one showing, by itself or in one span.
_PIECE = re.compile(
    rb"q (" + rb" ".join([_N] * 4) + rb") (" + _N + rb") (" + _N + rb") cm(" + _PAINT + rb")\s*+BT(?=[\s/])"
    rb"(?:\s*+(?:" + _SPAN + rb"|(/ReversedChars BMC))?+\s*+" + _SHOWING + rb"\s*+(EMC)?+\s*+"
    rb"|((?:[^(E]++|" + _LITERAL + rb"|E(?!T\s))*+))ET\s++Q\n?",
    re.DOTALL,
)
#: What a body holds: a span that says its text, one that is reversed, the end of either, a showing of text.
_PARTS = re.compile(rb"\s*+(?:" + _SPAN + rb"|(/ReversedChars BMC)|(EMC)|" + _SHOWING + rb")", re.DOTALL)
#: The groups of `_PARTS` that say which it is.
_SAID, _REVERSED, _CLOSED = 1, 2, 3
_NOTHING = frozenset((b"0", b"-0", b"0.0", b"-0.0"))
_HOW = re.compile(rb"(\d) Tr\s*(/\w+) (" + _N + rb") Tf")
_SHOWN_PART = re.compile(rb"(" + _STRING + rb")|(" + _N + rb")", re.DOTALL)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})")


class _Escaped(dict[bytes, bytes]):
    """What stands for what behind a backslash (ISO 32000-1, 7.3.4.2), filled as it turns up."""

    def __missing__(self, what: bytes) -> bytes:
        self[what] = value = bytes([int(what, 8) & 255]) if what.isdigit() else what
        return value


_ESCAPED = _Escaped({b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"})

#: A glyph by its code; where it stands, in pt from the origin of its piece. Without names: a page has thousands.
Glyph = tuple[int, float, float]

_RIGHT_TO_LEFT = regex.compile(r"[\p{bidi_class=R}\p{bidi_class=AL}]")
_LEFT_TO_RIGHT = regex.compile(r"[\p{bidi_class=L}\p{bidi_class=EN}\p{bidi_class=AN}]")


@dataclass(slots=True)
class Cluster:
    """Glyphs that say one text, the base first; `last` is the text of the part that came last."""

    text: str
    glyphs: list[Glyph]
    last: str = ""


class Style(NamedTuple):
    """How a text object is set: the directions of its matrix, what sets its colours, its mode, font and size (pt)."""

    turn: tuple[float, float, float, float]
    paint: bytes
    mode: bytes
    font: bytes
    size: float


@dataclass(slots=True)
class Piece:
    """One text object of Typst's, `q … cm … BT … ET Q`, from (x, y) in pt; `end` is how far its glyphs reach (pt)."""

    style: Style
    x: float
    y: float
    clusters: list[Cluster]
    end: float
    way: str

    def place(self, other: Piece) -> tuple[float, float]:
        """Where the origin of another piece is, in this one's directions, in em."""
        a, b, c, d = self.style.turn
        x, y = other.x - self.x, other.y - self.y
        determinant = (a * d - b * c) * self.style.size
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
    turn, x, y, paint, said, reverses, how, start, height, many, one, closed, body = found.groups()
    clusters: list[Cluster] = []
    if body is not None:
        several = _several(body, turn, paint, faces, clusters)
        if several is None:
            return None
        style, end = several
    else:
        spanned = said is not None or reverses is not None
        shown = _style(turn, paint, how) if spanned is (closed is not None) else None
        if shown is None or height not in _NOTHING or (face := faces.get(shown.font)) is None:
            return None
        style, named = shown, None if said is None else Cluster(_text(said), [])
        end = _show(face, style.size, float(start), one, many, named, clusters)
        if named is not None and named.glyphs:
            clusters.append(named)
    if not clusters:
        return None
    run = ""
    for cluster in clusters:
        if (own := way(cluster.text)) == "R":
            run = own
            break
        run = own or run
    return Piece(style, float(x), float(y), clusters, end, run)


def _several(
    body: bytes, turn: bytes, paint: bytes, faces: Mapping[bytes, Face], clusters: list[Cluster]
) -> tuple[Style, float] | None:
    """Read a text object of several showings into clusters; how it is set, and how far the last one reaches (pt)."""
    at, end = 0, 0.0
    spans: list[Cluster | None] = []
    style: Style | None = None
    face: Face | None = None
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
            how, x, y, many, one = part.groups()[3:]
            own = _style(turn, paint, how)
            if style is None and own is not None:
                style, face = own, faces.get(own.font)
            if style is None or face is None or own != style or y not in _NOTHING:
                return None
            named = next((span for span in spans if span is not None), None) if spans else None
            end = _show(face, style.size, float(x), one, many, named, clusters)
    return None if style is None or spans or body[at:].strip() else (style, end)


@lru_cache(maxsize=1024)
def _style(turn: bytes, paint: bytes, how: bytes) -> Style | None:
    """How a text object is set; None where no line could be made of it."""
    found = _HOW.fullmatch(how)
    a, b, c, d = map(float, turn.split())
    if found is None or not float(found[3]) or a * d == b * c:
        return None
    return Style((a, b, c, d), paint.strip(), found[1], found[2], float(found[3]))


def _show(
    face: Face,
    size: float,
    x: float,
    one: bytes | None,
    many: bytes,
    cluster: Cluster | None,
    clusters: list[Cluster],
) -> float:
    """Add what is shown, one string or many, to a cluster or to the clusters one by one; how far the glyphs reach."""
    says, widths, default, em = face.says, face.widths, face.default, size / 1000
    end = x
    for part in _shown(many) if one is None else (_codes(one),):
        if isinstance(part, float):
            x -= part * em
            continue
        for code in part:
            if cluster is None:
                clusters.append(Cluster(says.get(code, ""), [(code, x, 0.0)]))
            else:
                cluster.glyphs.append((code, x, 0.0))
            x += widths.get(code, default) * em
            if x > end:
                end = x
    return end


@lru_cache(maxsize=4096)  # the same marks and spaces, each with its shift, come on every line
def _shown(parts: bytes) -> tuple[float | tuple[int, ...], ...]:
    """The operand of TJ: shifts (thousandths of an em) and codes."""
    return tuple(float(shift) if shift else _codes(string) for string, shift in _SHOWN_PART.findall(parts))


@lru_cache(maxsize=16384)
def _codes(string: bytes) -> tuple[int, ...]:
    """The codes of two bytes that a string of a content stream shows; most strings are short and come often."""
    data = _bytes(string)
    return struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])


def _bytes(string: bytes) -> bytes:
    """What a string of a content stream holds (ISO 32000-1, 7.3.4)."""
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())
    parts = _ESCAPE.split(string[1:-1])
    parts[1::2] = map(_ESCAPED.__getitem__, parts[1::2])
    return b"".join(parts)


def _text(string: bytes) -> str:
    """A text string (ISO 32000-1, 7.9.2.2): UTF-16 with its mark, or one byte a character."""
    data = _bytes(string)
    return data[2:].decode("utf-16-be", "replace") if data.startswith(b"\xfe\xff") else data.decode("latin-1")
