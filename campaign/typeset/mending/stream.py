"""The text objects of a page's content stream as Typst writes them, found by their bytes.

A library's list of instructions takes half of a leaflet's time. What does not look like Typst's is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from campaign.typeset.mending import strings
from campaign.typeset.mending.face import Face, Sign
from campaign.typeset.mending.strings import LITERAL, NUMBER, STRING

#: What sets colours and lines before a text.
_PAINT = (
    rb"(?:\s*+(?:/\w++ (?:cs|CS|gs|scn|SCN)|(?:" + NUMBER + rb" )++(?:scn|SCN|sc|SC|g|G|rg|RG|k|K|w|J|j|M)"
    rb"|\[[-\d. ]*+\] ?" + NUMBER + rb" d)(?![^\s/\[]))*+"
)
_SPAN = rb"/Span<</ActualText\s*+(" + STRING + rb")>>\s*+BDC"
#: A showing of text: mode, font and size; where it begins; what is shown, several strings or one.
_SHOWING = (
    rb"(\d Tr\s*+/\w++ " + NUMBER + rb" Tf)\s*+1 0 0 -1 (" + NUMBER + rb") (" + NUMBER + rb") Tm\s*+"
    rb"(?:\[((?:" + STRING + rb"|[-\d.\s]++)*+)\]\s*+TJ|(" + STRING + rb")\s*+Tj)"
)
#: A text object: `q`, its matrix, what sets colours, its body.
_PIECE = re.compile(
    rb"q (" + rb" ".join([NUMBER] * 4) + rb") (" + NUMBER + rb") (" + NUMBER + rb") cm"
    rb"(" + _PAINT + rb"\s*+BT(?=[\s/])(?:[^(E]++|" + LITERAL + rb"|E(?!T\s))*+)ET\s++Q\n?",
    re.DOTALL,
)
#: What sets colours, and a body: most hold one showing, by itself or in one span.
_ONE = re.compile(
    rb"(" + _PAINT + rb")\s*+BT\s*+(?:" + _SPAN + rb"|(/ReversedChars BMC))?+\s*+" + _SHOWING + rb"\s*+(EMC)?+\s*+",
    re.DOTALL,
)
#: The same before a body of several.
_SEVERAL = re.compile(rb"(" + _PAINT + rb")\s*+BT")
#: What a body holds: a span that says its text or one that is reversed, a showing of text, the end of a span; most
#: showings have a span of their own.
_PARTS = re.compile(
    rb"(\s*+(?:" + _SPAN + rb"|(/ReversedChars BMC))?+\s*+(?:" + _SHOWING + rb")?+\s*+(EMC)?+)", re.DOTALL
)
_NOTHING = frozenset((b"0", b"-0", b"0.0", b"-0.0"))
_HOW = re.compile(rb"(\d) Tr\s*(/\w+) (" + NUMBER + rb") Tf")

#: em: what is no height above the line.
LOW = 0.0005
#: Thousandths of an em: what is no room for a letter; Nastaliq has strokes that take four.
ROOMLESS = 20

_RIGHT_TO_LEFT = regex.compile(r"[\p{bidi_class=R}\p{bidi_class=AL}]")
_LEFT_TO_RIGHT = regex.compile(r"[\p{bidi_class=L}\p{bidi_class=EN}\p{bidi_class=AN}]")

#: Glyphs that say one text: the text, whether it is read from the right, whether it takes no room; the glyphs, the base
#: first, and where they stand, in pt from the origin of the text object. Without names: a page has thousands.
Letters = tuple[str, bool, bool, tuple[tuple[Sign, float], ...]]


class Style(NamedTuple):
    """How a text object is set: the directions of its matrix, what sets its colours, its mode, font and size (pt).

    `area` is the determinant of the matrix times the size.
    """

    turn: tuple[float, float, float, float]
    paint: bytes
    mode: bytes
    font: bytes
    size: float
    area: float


@dataclass(slots=True, eq=False)
class Body:
    """What a text object shows, wherever it stands; `end` is how far its glyphs reach (pt), `way` as its letters."""

    style: Style
    letters: tuple[Letters, ...]
    end: float
    way: str
    #: Whether it is one mark without room of its own.
    mark: bool


class Piece(NamedTuple):
    """One text object of Typst's, `q … cm … BT … ET Q`, from (x, y) in pt."""

    body: Body
    x: float
    y: float

    def place(self, other: Piece) -> tuple[float, float]:
        """Where the origin of another piece is, in this one's directions, in em."""
        style = self.body.style
        a, b, c, d = style.turn
        x, y = other.x - self.x, other.y - self.y
        return (d * x - c * y) / style.area, -(a * y - b * x) / style.area


#: A showing of text: the number of the span that says its text, and what it says; from where (pt), and how far back
#: each of its glyphs is moved (thousandths of an em).
_Showing = tuple[int, str | None, float, tuple[float, ...]]


@dataclass(slots=True, eq=False)
class _Source:
    """A body as it was read: how it is set, its showings, and the codes of all of them."""

    style: Style
    showings: Sequence[_Showing]
    codes: tuple[int, ...]


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
    return height if abs(height) >= LOW else 0.0


def pieces(content: bytes, faces: Mapping[bytes, Face]) -> list[tuple[int, int, Piece]]:
    """(start, end, piece) of each text object that is as Typst writes it, in the order of the stream."""
    known: dict[tuple[bytes, bytes], Body | None] = {}
    listed: list[tuple[int, int, Piece]] = []
    for found in _PIECE.finditer(content):
        turn, x, y, written = found.groups()
        key = turn, written
        if key in known:
            body = known[key]
        else:
            source = _source(turn, written)
            face = None if source is None else faces.get(source.style.font)
            body = None
            if source is not None and face is not None:
                body = _body(source, tuple(map(face.signs.__getitem__, source.codes)))
            known[key] = body
        if body is not None:
            # -0 becomes 0: it is the same where a known line is looked for, but would be written in its own way.
            listed.append((*found.span(), Piece(body, float(x) + 0.0, float(y) + 0.0)))
    return listed


@lru_cache(maxsize=2048)  # the leaflets of one message for several countries have most in common
def _source(turn: bytes, source: bytes) -> _Source | None:
    """Read what sets the colours of a text object, and its body; None where no line could be made of it."""
    found = _ONE.fullmatch(source)
    if found is None:
        return _several(turn, source)
    paint, span, reverses, how, x, y, many, one, closed = found.groups()
    style = _style(turn, paint, how)
    if style is None or y not in _NOTHING or (span is None and reverses is None) is not (closed is None):
        return None
    shifts, codes = strings.shown(many) if one is None else strings.unmoved(one)
    return _Source(style, ((1, None if span is None else strings.text(span), float(x), shifts),), codes)


def _several(turn: bytes, source: bytes) -> _Source | None:
    """Read a body of several showings."""
    begun = _SEVERAL.match(source)
    if begun is None:
        return None
    left, first = len(source) - begun.end(), b""
    spans: list[tuple[int, str | None]] = []
    showings: list[_Showing] = []
    shown: list[int] = []
    found = _PARTS.findall(source, begun.end())
    for number, (part, span, reverses, how, x, y, many, one, closed) in enumerate(found, start=1):
        left -= len(part)
        if span or reverses:
            spans.append((number, strings.text(span) if span else None))
        if how:
            first = first or how
            if y not in _NOTHING or (how != first and _style(turn, begun[1], how) != _style(turn, begun[1], first)):
                return None
            shifts, codes = strings.unmoved(one) if one else strings.shown(many)
            name, said = next((named for named in spans if named[1] is not None), (0, None)) if spans else (0, None)
            showings.append((name, said, float(x), shifts))
            shown += codes
        if closed:
            if not spans:
                return None
            spans.pop()
    style = _style(turn, begun[1], first)
    return None if style is None or spans or left else _Source(style, showings, tuple(shown))


@lru_cache(maxsize=2048)
def _body(source: _Source, signs: tuple[Sign, ...]) -> Body | None:
    """What a body shows whose codes are these; None where it shows nothing."""
    letters: list[Letters] = []
    em, end, last = source.style.size / 1000, 0.0, 0
    coming = iter(signs)
    for span, said, x, shifts in source.showings:
        end = x
        named: list[tuple[Sign, float]] = []
        for shift, sign in zip(shifts, coming, strict=False):
            if shift:
                x -= shift * em
            if said is None:
                text = sign[1] or ""
                letters.append((text, right_to_left(text), sign[2] <= ROOMLESS, ((sign, x),)))
            else:
                named.append((sign, x))
            x += sign[2] * em
            if x > end:
                end = x
        if said is not None and named:
            if span == last:
                *_, earlier = letters.pop()
                named = [*(reversed(earlier) if right_to_left(said) else earlier), *named]
            letters.append(_letters(said, named))
            last = span
    return shows(source.style, letters, end) if letters else None


def shows(style: Style, letters: Sequence[Letters], end: float) -> Body:
    """The body that shows these letters."""
    run = ""
    for text, turned, _, _ in letters:
        if turned:
            run = "R"
            break
        run = way(text) or run
    return Body(style, tuple(letters), end, run, len(letters) == 1 and letters[0][2])


def _letters(text: str, glyphs: Sequence[tuple[Sign, float]]) -> Letters:
    """Glyphs of one text; those of a letter that is read from the right are listed from its right."""
    turned = right_to_left(text)
    roomless = all(sign[2] <= ROOMLESS for sign, _ in glyphs)
    return text, turned, roomless, tuple(glyphs[::-1] if turned else glyphs)


@lru_cache(maxsize=1024)
def _style(turn: bytes, paint: bytes, how: bytes) -> Style | None:
    """How a text object is set; None where no line could be made of it."""
    found = _HOW.fullmatch(how)
    a, b, c, d = map(float, turn.split())
    if found is None or not float(found[3]) or a * d == b * c:
        return None
    size = float(found[3])
    return Style((a, b, c, d), paint.strip(), found[1], found[2], size, (a * d - b * c) * size)
