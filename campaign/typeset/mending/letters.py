"""The parts of a letter put together: what pieces of a line say, letter by letter."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.typeset.mending.face import Face
from campaign.typeset.mending.stream import Cluster, Piece, right_to_left

#: em: what counts as the same place.
NEAR = 0.02
#: Thousandths of an em: what is no room for a letter; Nastaliq has strokes that take four.
ROOMLESS = 20


def together(pieces: Sequence[Piece], face: Face) -> list[Cluster]:
    """The clusters of consecutive pieces of one line, the parts of a letter put together, placed from the first piece.

    Right to left, the marks of a letter come before it and take no room. Left to right they come after it, and the text
    of a part is that of the whole cluster; the same letter again begins with the same glyph.
    """
    starts, placed = _placed(pieces)
    near = NEAR * pieces[0].style.size
    whole: list[Cluster] = []
    waiting: list[Cluster] = []  # marks of the letter to come
    for n, clusters in enumerate(placed):
        following = placed[n + 1][0] if n + 1 < len(placed) and placed[n + 1] else None
        roomless = following is not None and abs(starts[n + 1] - starts[n]) < near
        last = len(clusters) - 1
        for m, cluster in enumerate(clusters):
            if right_to_left(cluster.text):
                alone = roomless if m == 0 == last else m == last and _roomless(cluster, face)
                if alone and following is not None:
                    waiting.append(cluster)
                    continue
                said = cluster.text
                for mark in reversed(waiting):
                    cluster.glyphs += mark.glyphs
                    if mark.text != said:
                        cluster.text += mark.text
                        said = mark.text
                waiting = []
            elif n and not m and whole and _goes_on(whole[-1], cluster, placed, n, face):
                continue
            elif m and _stands_on(whole[-1], cluster, face):
                whole[-1].glyphs += cluster.glyphs
                whole[-1].text += cluster.text
                continue
            whole.append(cluster)
    return whole


def _placed(pieces: Sequence[Piece]) -> tuple[list[float], list[list[Cluster]]]:
    """Where each piece begins (pt), and its clusters, now placed from the first piece."""
    head = pieces[0]
    size = head.style.size
    starts, placed = [], []
    for piece in pieces:
        x, y = head.place(piece)
        x, y = x * size, y * size
        starts.append(x)
        for cluster in piece.clusters:
            glyphs = cluster.glyphs
            if len(glyphs) == 1:
                code, at, _ = glyphs[0]
                glyphs[0] = (code, at + x, y)
                continue
            glyphs[:] = [(code, at + x, y) for code, at, _ in glyphs]
            if right_to_left(cluster.text):
                glyphs.reverse()
        placed.append(piece.clusters)
    return starts, placed


def _goes_on(before: Cluster, cluster: Cluster, placed: Sequence[Sequence[Cluster]], n: int, face: Face) -> bool:
    """Whether the first cluster of a piece is the rest of the letter before it; then it is put to it."""
    mark = is_mark(placed[n], face)
    said = before.last or before.text
    if said == cluster.text and before.glyphs[0][0] != cluster.glyphs[0][0]:
        if len(cluster.text) > 1 or mark or is_mark(placed[n - 1], face):
            before.glyphs += cluster.glyphs
            return True
    elif mark and before.text.strip():
        before.glyphs += cluster.glyphs
        before.text += cluster.text
        before.last = cluster.text
        return True
    return False


def _stands_on(before: Cluster, cluster: Cluster, face: Face) -> bool:
    """Whether a cluster takes no room and stands on the one before it: the second half of a conjunct and its vowel."""
    code, x, _ = before.glyphs[0]
    return (
        _roomless(cluster, face)
        and bool(cluster.text.strip() and before.text.strip())
        and (cluster.glyphs[0][1] < x + face.width(code))
    )


def is_mark(clusters: Sequence[Cluster], face: Face) -> bool:
    """Whether a piece is one mark without room of its own."""
    return len(clusters) == 1 and _roomless(clusters[0], face)


def _roomless(cluster: Cluster, face: Face) -> bool:
    widths, default = face.widths, face.default
    return all(widths.get(code, default) <= ROOMLESS for code, _, _ in cluster.glyphs)
