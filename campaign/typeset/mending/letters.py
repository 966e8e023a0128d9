"""The parts of a letter put together: what pieces of a line say, letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.typeset.mending.face import Sign
from campaign.typeset.mending.stream import ROOMLESS, Piece

#: em: what counts as the same place.
NEAR = 0.02

#: A glyph by its code; where it stands, in pt from the origin of the line.
Glyph = tuple[Sign, float, float]


@dataclass(slots=True)
class Cluster:
    """Glyphs that say one text, the base first; `last` is the text of the part that came last."""

    text: str
    glyphs: list[Glyph]
    last: str = ""


def together(pieces: Sequence[Piece]) -> list[Cluster]:
    """The clusters of consecutive pieces of one line, the parts of a letter put together, placed from the first piece.

    Right to left, the marks of a letter come before it and take no room. Left to right they come after it, and the text
    of a part is that of the whole cluster; the same letter again begins with the same glyph.
    """
    size = pieces[0].body.style.size
    places = [(x * size, y * size) for x, y in map(pieces[0].place, pieces)]
    near = NEAR * size
    whole: list[Cluster] = []
    waiting: list[Cluster] = []  # marks of the letter to come
    before: Cluster | None = None  # the piece before, when it is one cluster
    for n, (piece, (right, up)) in enumerate(zip(pieces, places, strict=True)):
        follows = n + 1 < len(pieces)
        over = follows and abs(places[n + 1][0] - right) < near
        last = len(piece.body.letters) - 1
        cluster = None
        for m, (text, turned, roomless, glyphs) in enumerate(piece.body.letters):
            if len(glyphs) == 1:  # most are, and a list made of a loop takes long
                ((sign, x),) = glyphs
                cluster = Cluster(text, [(sign, x + right, up)])
            else:
                cluster = Cluster(text, [(sign, x + right, up) for sign, x in glyphs])
            if turned:
                if over if m == 0 == last else follows and m == last and roomless:
                    waiting.append(cluster)
                    continue
                if waiting:
                    _take(cluster, waiting)
                    waiting = []
            elif n and not m and whole and _goes_on(whole[-1], cluster, piece.body.mark, before):
                continue
            elif m and roomless and _stands_on(whole[-1], cluster):
                whole[-1].glyphs += cluster.glyphs
                whole[-1].text += cluster.text
                continue
            whole.append(cluster)
        before = None if last else cluster
    return whole


def _take(cluster: Cluster, marks: Sequence[Cluster]) -> None:
    """Put the marks that came before a letter to it."""
    said = cluster.text
    for mark in reversed(marks):
        cluster.glyphs += mark.glyphs
        if mark.text != said:
            cluster.text += mark.text
            said = mark.text


def _goes_on(whole: Cluster, cluster: Cluster, mark: bool, before: Cluster | None) -> bool:
    """Whether the first cluster of a piece is the rest of the letter before it; then it is put to it.

    `mark` says whether it is one mark by itself; `before` is the piece before it, when that is one cluster.
    """
    said = whole.last or whole.text
    if said == cluster.text and whole.glyphs[0][0][0] != cluster.glyphs[0][0][0]:
        if len(cluster.text) > 1 or mark or (before is not None and _roomless(before)):
            whole.glyphs += cluster.glyphs
            return True
    elif mark and whole.text.strip():
        whole.glyphs += cluster.glyphs
        whole.text += cluster.text
        whole.last = cluster.text
        return True
    return False


def _stands_on(before: Cluster, cluster: Cluster) -> bool:
    """Whether a cluster without room stands on the one before it: the second half of a conjunct and its vowel."""
    sign, x, _ = before.glyphs[0]
    return bool(cluster.text.strip() and before.text.strip()) and cluster.glyphs[0][1] < x + sign[2]


def _roomless(cluster: Cluster) -> bool:
    return all(sign[2] <= ROOMLESS for sign, _, _ in cluster.glyphs)
