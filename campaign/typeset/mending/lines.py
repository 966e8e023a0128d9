"""The lines of a page: pieces that belong to one line and one element become one text object."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.typeset.mending import codes
from campaign.typeset.mending.face import Face
from campaign.typeset.mending.letters import NEAR
from campaign.typeset.mending.stream import ROOMLESS, Letters, Piece, pieces, shows
from campaign.typeset.mending.text_object import Run, TextObject, text_object

#: em: how far marks stand above or below a letter (0.47 measured in 80 languages; lines are 1.2 apart) and in Nastaliq
#: (1.3; 1.7), and its letters beside one another; how wide a gap is within a line; how far a letter stands back.
_HEIGHT, _NASTALIQ, _SLOPE, _GAP, _BACK = 0.6, 1.4, 0.9, 0.6, 0.1

#: What opens the marked content that an element points to: its number, and the language of its text where it has one.
_SPAN = rb"/Span<</MCID (\d+)(/Lang\([^()]*\))?>>\s*BDC\s*"
#: From the end of one to the beginning of another, with nothing between them but lines under or behind the text.
_NEXT = re.compile(
    rb"\s*EMC((?:\s*/Artifact\s*(?:<<[^<>]*>>\s*BDC|BMC)(?:(?!EMC|BDC|BMC|BT\b|/Artifact).)*EMC)*+)\s*" + _SPAN,
    re.DOTALL,
)
_OPEN = re.compile(_SPAN + rb"\Z")


@dataclass(frozen=True, slots=True)
class Page:
    """A mended page: its content, runs by MCID, the MCIDs that are no more, how many texts nobody knew how to mend."""

    content: bytes
    runs: Mapping[int, Run]
    gone: frozenset[int]
    unknown: int


@dataclass(slots=True)
class _Line:
    """The pieces of a line, which stand from `start` to `end` in the content."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    mcid: int | None = None
    #: Where the marked content begins that an element points to; -1 for none.
    opened: int = -1
    #: The lines under or behind its pieces, which stood between them.
    drawn: bytes = b""


def mended(content: bytes, faces: Mapping[bytes, Face], parents: Sequence[object]) -> Page:
    """The content of a page with its lines whole; `parents` has the element of each MCID."""
    found = pieces(content, faces)
    lines: list[_Line] = []
    gone: list[int] = []
    at, n, unknown = 0, 0, 0
    while n < len(found):
        between = content[at : found[n][0]]
        unknown += _unknown(between)
        opened = _OPEN.search(between, max(0, len(between) - 120))
        line, dropped, drawn = _line(found, n, content, faces, parents, opened)
        end = n + len(line)
        one = _Line(found[n][0], found[end - 1][1], tuple(line))
        if opened:
            one.mcid, one.opened, one.drawn = int(opened[1]), at + opened.start(), drawn
        lines.append(one)
        gone += dropped
        at, n = one.end, end
    turned = any(piece.body.way == "R" for line in lines for piece in line.pieces)
    fonts = [faces[line.pieces[0].body.style.font] for line in lines]
    objects = [text_object(line.pieces, face.upem, turned) for line, face in zip(lines, fonts, strict=True)]
    closed = _closed(objects) if turned else frozenset()
    out: list[bytes] = []
    at = 0
    for number, (one, made, face) in enumerate(zip(lines, objects, fonts, strict=True)):
        shown = made.written(face, number in closed)
        # Outside the marked content that an element points to: poppler takes the end of an inner one for its end.
        begin = one.opened if one.opened >= 0 else one.start
        out += [content[at:begin], one.drawn]
        if one.opened >= 0 and made.run.right_to_left and content[one.end : one.end + 4].lstrip().startswith(b"EMC"):
            out += [b"/ReversedChars BMC\n", content[begin : one.start], shown, b"EMC\n"]
        else:
            out += [content[begin : one.start], shown]
        at = one.end
    out.append(content[at:])
    pairs = reversed(list(zip(lines, objects, strict=True)))
    runs = {line.mcid: made.run for line, made in pairs if line.mcid is not None}
    return Page(b"".join(out), runs, frozenset(gone), unknown + _unknown(content[at:]))


def _unknown(content: bytes) -> int:
    """How many texts there are that nobody knows how to mend."""
    return content.count(b"/ActualText") + content.count(b"/ReversedChars")


def _line(
    found: Sequence[tuple[int, int, Piece]],
    first: int,
    content: bytes,
    faces: Mapping[bytes, Face],
    parents: Sequence[object],
    opened: re.Match[bytes] | None,
) -> tuple[list[Piece], list[int], bytes]:
    """The pieces of the line that begins with this one, the MCIDs that the others had, what is drawn between them."""
    last = found[first][2]
    line, dropped, drawn = [last], list[int](), b""
    face = faces[last.body.style.font]
    mcid = int(opened[1]) if opened else 0
    owner = parents[mcid] if mcid < len(parents) else None
    for n in range(first + 1, len(found)):
        end, (start, _, piece) = found[n - 1][1], found[n]
        after = _NEXT.fullmatch(content, end, start) if opened else None
        if after is None or opened is None:
            if content[end:start].strip():
                break
        else:
            between, number, language = after.groups()
            mcid = int(number)
            if owner is None or mcid >= len(parents) or parents[mcid] != owner or language != opened[2]:
                break
        if piece.body.style is not last.body.style and piece.body.style.font != last.body.style.font:
            piece = _spaces(piece, last, face)
        if not _goes_on(line, piece, face):
            break
        last = piece
        line.append(piece)
        if after is not None:
            dropped.append(mcid)
            drawn += between
    return line, dropped, drawn + b"\n" if drawn else b""


def _spaces(piece: Piece, last: Piece, face: Face) -> Piece:
    """A piece of another font; the same spaces in the font of the piece before it, when it is nothing else.

    A text object of spaces alone readers pass over, and a narrow space they do not see: words would run together.
    """
    letters, end, style = piece.body.letters, piece.body.end, last.body.style
    if any(text != " " or len(glyphs) > 1 for text, _, _, glyphs in letters):
        return piece
    places = [glyphs[0][1] for *_, glyphs in letters]
    shown: list[Letters] = []
    for x, after in zip(places, [*places[1:], end], strict=True):
        code = face.add(((), " ", round((after - x) * 1000 / style.size * face.upem / 1000)))
        sign = face.signs[code]
        shown.append((" ", False, sign[2] <= ROOMLESS, ((sign, x),)))
    return piece._replace(body=shows(piece.body.style._replace(font=style.font), shown, end))


def _goes_on(line: Sequence[Piece], piece: Piece, face: Face) -> bool:
    """Whether a piece goes on where a line ends: the same line, type and colour, no more than a kern between them."""
    last = line[-1]
    ending, going = last.body, piece.body
    if ending.style is not going.style and ending.style != going.style:
        return False
    x, y = last.place(piece)
    if abs(y) > (_NASTALIQ if face.sloping else _HEIGHT):
        return False
    if abs(x) < NEAR:  # a mark, which takes no room, and what comes after it; or the space that ends a line
        if len(ending.letters) > 1:
            return False
        said = ending.letters[0][0]
        return (
            ending.mark
            or said in (" ", going.letters[0][0])
            or any(said == each.body.letters[-1][0] for each in line[-2:-1])
        )
    gap = x - ending.end / ending.style.size
    if abs(gap) < NEAR:
        return True
    # The last glyph of a piece may be kerned; then only what is no line of its own goes on.
    if x < -_BACK or abs(y) > _SLOPE:
        return False
    if ending.way == going.way == "R":
        return abs(gap) < codes.LEAP
    small = ending.mark or going.mark or abs(y) < codes.LEVEL
    return abs(gap) < (_GAP if small or ending.letters[-1][0] == going.letters[0][0] else codes.KERN)


def _closed(objects: Sequence[TextObject]) -> frozenset[int]:
    """Which objects are to be closed by a space at their beginning.

    pdfium goes by boxes, and takes the next line for more of this one where a letter of either reaches into the other,
    as in Nastaliq; not when the last code of a line stands before its first (cpdf_textpage.cpp, ProcessInsertObject).
    """
    # A figure alone has no direction for pdfium: it takes that of the page, which turned text decides.
    closed = {number for number, one in enumerate(objects) if one.figure}
    for line in _visual(objects):
        closed.add(max(line, key=lambda number: objects[number].run.x))
    return frozenset(closed)


def _visual(objects: Sequence[TextObject]) -> Iterator[list[int]]:
    """The objects that follow each other on one line."""
    line: list[int] = []
    for number, one in enumerate(objects):
        if line and abs(objects[line[0]].run.y - one.run.y) > 0.6 * objects[line[0]].run.size:
            yield line
            line = []
        line.append(number)
    if line:
        yield line
