"""One line as one text object of a content stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from campaign.typeset.mending import codes
from campaign.typeset.mending.face import Face
from campaign.typeset.mending.letters import Cluster, together
from campaign.typeset.mending.stream import Piece, number


@dataclass(frozen=True, slots=True)
class Run:
    """A text object that was written: where its line begins, its size (pt), and whether it is read from the right."""

    x: float
    y: float
    size: float
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class TextObject:
    """The pieces of a line as one text object; the codes that are to be added to its font get their numbers last."""

    run: Run
    #: Whether it says one figure.
    figure: bool
    #: What comes before the operand of what is shown.
    beginning: bytes
    shown: codes.Shown

    def written(self, face: Face, closed: bool) -> bytes:
        """The text object as a content stream has it, closed by a space at its beginning or not."""
        operand, added, start, end = self.shown
        if added:
            operand %= tuple(map(face.add, added))
        if closed and face.space:
            back = (end - start) * 1000 / self.run.size + 1
            operand = f"{operand}{number(back)}<{face.space:04x}>"
        return b"%b%b] TJ ET\nQ\n" % (self.beginning, operand.encode())


@lru_cache(maxsize=512)  # the leaflets of one message for several countries have most lines in common
def text_object(line: tuple[Piece, ...], upem: int, keep_numbers: bool) -> TextObject:
    """The text object of a line, in a font with so many units in an em; its numbers are kept whole, or not."""
    head = line[0]
    style = head.body.style
    clusters = together(line)
    baseline = _baseline(clusters)
    if keep_numbers:
        _keep_numbers(clusters)
    shown = codes.shown(clusters, style.size, baseline, upem)
    _, _, c, d = style.turn
    right_to_left = any(piece.body.way == "R" for piece in line)
    run = Run(head.x - c * baseline, head.y - d * baseline, style.size, right_to_left)
    figure = len(clusters) == 1 and clusters[0].text.isdecimal()
    matrix = " ".join([f"{value:.7f}" for value in (*style.turn, head.x, head.y)]).encode()
    place = f"{number(style.size)} Tf 1 0 0 -1 {number(shown.start)} {number(-baseline)} Tm [".encode()
    beginning = b"q %b cm\n%b\nBT %b Tr %b %b" % (matrix, style.paint, style.mode, style.font, place)
    return TextObject(run, figure, beginning, shown)


def _keep_numbers(clusters: Sequence[Cluster]) -> None:
    """No-break spaces within numbers: pdfium turns the groups of a number around at other spaces."""
    for n in range(1, len(clusters) - 1):
        if clusters[n].text == " " and clusters[n - 1].text[-1:].isdecimal() and clusters[n + 1].text[:1].isdecimal():
            clusters[n].text = "\u00a0"


def _baseline(clusters: Sequence[Cluster]) -> float:
    """How far the line stands above its first piece (pt): there where most spaces stand, or else most letters."""
    heights = [cluster.glyphs[0][2] for cluster in clusters if not cluster.text.strip()]
    heights = heights or [cluster.glyphs[0][2] for cluster in clusters]
    if min(heights) == max(heights):
        return round(heights[0], 3)
    return Counter([round(height, 3) for height in heights]).most_common(1)[0][0]
