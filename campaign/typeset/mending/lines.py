"""The lines of a page: pieces that belong to one line and one element become one text object."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from campaign.typeset.mending import codes
from campaign.typeset.mending.face import Face
from campaign.typeset.mending.letters import NEAR, is_mark, together
from campaign.typeset.mending.stream import Cluster, Piece, number, pieces

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
class Run:
    """A text object that was written: where its line begins, its size (pt), and whether it is read from the right."""

    x: float
    y: float
    size: float
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A mended page: its content, runs by MCID, the MCIDs that are no more, how many texts nobody knew how to mend."""

    content: bytes
    runs: Mapping[int, Run]
    gone: frozenset[int]
    unknown: int


@dataclass(slots=True)
class _Object:
    """A text object in place of the pieces of a line, which stand from `start` to `end` in the content."""

    start: int
    end: int
    head: Piece
    clusters: list[Cluster]
    baseline: float
    run: Run
    mcid: int | None = None
    #: Where the marked content begins that an element points to; -1 for none.
    opened: int = -1
    #: The lines under or behind its pieces, which stood between them.
    drawn: bytes = b""
    closed: bool = False


def mended(content: bytes, faces: Mapping[bytes, Face], parents: Sequence[object]) -> Page:
    """The content of a page with its lines whole; `parents` has the element of each MCID."""
    found = list(pieces(content, faces))
    objects: list[_Object] = []
    gone: list[int] = []
    at, n, unknown = 0, 0, 0
    while n < len(found):
        between = content[at : found[n][0]]
        unknown += _unknown(between)
        opened = _OPEN.search(between, max(0, len(between) - 120))
        line, dropped, drawn = _line(found, n, content, faces, parents, opened)
        end = n + len(line)
        one = _object(found[n][0], found[end - 1][1], line, faces)
        if opened:
            one.mcid, one.opened, one.drawn = int(opened[1]), at + opened.start(), drawn
        objects.append(one)
        gone += dropped
        at, n = one.end, end
    if any(one.run.right_to_left for one in objects):
        _part_lines(objects)
        _keep_numbers(objects)
    out: list[bytes] = []
    at = 0
    for one in objects:
        shown = _written(one, faces[one.head.style.font])
        # Outside the marked content that an element points to: poppler takes the end of an inner one for its end.
        begin = one.opened if one.opened >= 0 else one.start
        out += [content[at:begin], one.drawn]
        if one.opened >= 0 and one.run.right_to_left and content[one.end : one.end + 4].lstrip().startswith(b"EMC"):
            out += [b"/ReversedChars BMC\n", content[begin : one.start], shown, b"EMC\n"]
        else:
            out += [content[begin : one.start], shown]
        at = one.end
    out.append(content[at:])
    runs = {one.mcid: one.run for one in reversed(objects) if one.mcid is not None}
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
    line, dropped, drawn, n = [found[first][2]], list[int](), b"", first + 1
    face = faces[line[0].style.font]
    while n < len(found):
        between = content[found[n - 1][1] : found[n][0]]
        after = _NEXT.fullmatch(between) if between.strip() and opened else None
        if between.strip() and (after is None or opened is None or not _same(opened, after, parents)):
            break
        piece = found[n][2]
        if piece.style.font != line[-1].style.font:
            piece = _spaces(piece, line[-1], face)
        if not _goes_on(line, piece, face):
            break
        line.append(piece)
        if after is not None:
            dropped.append(int(after[2]))
            drawn += after[1]
        n += 1
    return line, dropped, drawn + b"\n" if drawn else b""


def _same(opened: re.Match[bytes], after: re.Match[bytes], parents: Sequence[object]) -> bool:
    """Whether two marked contents are of one element and one language."""
    one, other = int(opened[1]), int(after[2])
    return max(one, other) < len(parents) and parents[one] == parents[other] and opened[2] == after[3]


def _spaces(piece: Piece, last: Piece, face: Face) -> Piece:
    """A piece of another font; the same spaces in the font of the piece before it, when it is nothing else.

    A text object of spaces alone readers pass over, and a narrow space they do not see: words would run together.
    """
    if any(cluster.text != " " or len(cluster.glyphs) > 1 for cluster in piece.clusters):
        return piece
    ends = [*(cluster.glyphs[0][1] for cluster in piece.clusters[1:]), piece.end]
    clusters = []
    for cluster, end in zip(piece.clusters, ends, strict=True):
        x = cluster.glyphs[0][1]
        code = face.code((), " ", (end - x) * 1000 / last.style.size)
        clusters.append(Cluster(" ", [(code, x, 0.0)]))
    return replace(piece, style=piece.style._replace(font=last.style.font), clusters=clusters)


def _goes_on(line: Sequence[Piece], piece: Piece, face: Face) -> bool:
    """Whether a piece goes on where a line ends: the same line, type and colour, no more than a kern between them."""
    last = line[-1]
    if last.style != piece.style:
        return False
    if not last.clusters or not piece.clusters:
        return False
    x, y = last.place(piece)
    if abs(y) > (_NASTALIQ if face.sloping else _HEIGHT):
        return False
    if abs(x) < NEAR:  # a mark, which takes no room, and what comes after it; or the space that ends a line
        earlier = {each.clusters[-1].text for each in line[-2:-1] if each.clusters}
        return len(last.clusters) == 1 and (
            last.clusters[0].text in {" ", piece.clusters[0].text, *earlier} or is_mark(last.clusters, face)
        )
    gap = x - last.end / last.style.size
    if abs(gap) < NEAR:
        return True
    # The last glyph of a piece may be kerned; then only what is no line of its own goes on.
    if x < -_BACK or abs(y) > _SLOPE:
        return False
    if last.way == piece.way == "R":
        return abs(gap) < codes.LEAP
    small = is_mark(last.clusters, face) or is_mark(piece.clusters, face) or abs(y) < codes.LEVEL
    return abs(gap) < (_GAP if small or last.clusters[-1].text == piece.clusters[0].text else codes.KERN)


def _object(start: int, end: int, line: Sequence[Piece], faces: Mapping[bytes, Face]) -> _Object:
    """The pieces of a line, which stand from `start` to `end` in the content, as one text object."""
    head = line[0]
    clusters = together(line, faces[head.style.font])
    baseline = _baseline(clusters)
    _, _, c, d = head.style.turn
    right_to_left = any(piece.way == "R" for piece in line)
    run = Run(head.x - c * baseline, head.y - d * baseline, head.style.size, right_to_left)
    return _Object(start, end, head, clusters, baseline, run)


def _part_lines(objects: Sequence[_Object]) -> None:
    """Say which objects are to be closed by a space at their beginning.

    pdfium goes by boxes, and takes the next line for more of this one where a letter of either reaches into the other,
    as in Nastaliq; not when the last code of a line stands before its first (cpdf_textpage.cpp, ProcessInsertObject).
    """
    for one in objects:
        # A figure alone has no direction for pdfium: it takes that of the page, which turned text decides.
        one.closed = len(one.clusters) == 1 and one.clusters[0].text.isdecimal()
    for line in _visual(objects):
        max(line, key=lambda each: each.run.x).closed = True


def _visual(objects: Sequence[_Object]) -> Iterator[list[_Object]]:
    """The objects that follow each other on one line."""
    line: list[_Object] = []
    for one in objects:
        if line and abs(line[0].run.y - one.run.y) > 0.6 * line[0].run.size:
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def _written(one: _Object, face: Face) -> bytes:
    """A text object as a content stream has it."""
    head, baseline = one.head, one.baseline
    style = head.style
    shown, origin, pen = codes.shown(one.clusters, style.size, baseline, face)
    if one.closed and face.space:
        back = (pen - origin) * 1000 / style.size + 1
        shown = f"{shown}{number(back)}<{face.space:04x}>"
    matrix = " ".join(f"{value:.7f}" for value in (*style.turn, head.x, head.y)).encode()
    place = f"{number(style.size)} Tf 1 0 0 -1 {number(origin)} {number(-baseline)} Tm [{shown}] TJ ET\nQ\n".encode()
    return b"q %b cm\n%b\nBT %b Tr %b %b" % (matrix, style.paint, style.mode, style.font, place)


def _keep_numbers(objects: Sequence[_Object]) -> None:
    """No-break spaces within numbers: pdfium turns the groups of a number around at other spaces."""
    for one in objects:
        for before, cluster, after in zip(one.clusters, one.clusters[1:], one.clusters[2:], strict=False):
            if cluster.text == " " and before.text[-1:].isdecimal() and after.text[:1].isdecimal():
                cluster.text = "\u00a0"


def _baseline(clusters: Sequence[Cluster]) -> float:
    """How far the line stands above its first piece (pt): there where most spaces stand, or else most letters."""
    heights = Counter(round(cluster.glyphs[0][2], 3) for cluster in clusters if not cluster.text.strip())
    heights = heights or Counter(round(cluster.glyphs[0][2], 3) for cluster in clusters)
    return heights.most_common(1)[0][0]
