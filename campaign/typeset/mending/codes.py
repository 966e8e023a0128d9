"""What a text object shows: the codes of its letters, each of which says its letter, and the shifts between them."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.typeset.mending.face import Face, Placed
from campaign.typeset.mending.stream import Cluster, level, number, right_to_left

#: em: how wide a gap is within a line of Nastaliq, and a kern; what is the same height.
LEAP, KERN, LEVEL = 0.9, 0.3, 0.005
#: Thousandths of an em: a wider gap behind a letter readers take for a space.
_KERNED = 40


def shown(clusters: Sequence[Cluster], size: float, baseline: float, face: Face) -> tuple[str, float, float]:
    """The operand of TJ that shows these clusters, and where it begins and ends (pt)."""
    operand: list[str] = []
    says, widths, default = face.says, face.widths, face.default
    origin = pen = clusters[0].glyphs[0][1]
    last = len(clusters) - 1
    for n, cluster in enumerate(clusters):
        base, start, height = cluster.glyphs[0]
        shift = (pen - start) * 1000 / size
        if abs(shift) >= 0.5:
            if n:
                operand.append(">")
            operand.append(f"{number(round(shift, 2))}<")
            pen = start
        elif not n:
            operand.append("<")
        # Most letters are one glyph on the line which says them; what comes after is asked for a kern alone.
        if n < last:
            after = clusters[n + 1]
            near = (after.glyphs[0][1] - start) * 1000 / size - widths.get(base, default) <= _KERNED
        else:
            after, near = None, True
        alone = len(cluster.glyphs) == len(cluster.text) == 1 and says.get(base) == cluster.text
        if near and alone and not level((height - baseline) / size):
            operand.append(f"{base:04x}")
            pen += widths.get(base, default) / 1000 * size
            continue
        for code in _codes(cluster, after, size, baseline, face):
            operand.append(f"{code:04x}")
            pen += widths.get(code, default) / 1000 * size
    return f"{''.join(operand)}>", origin, pen


def _codes(cluster: Cluster, after: Cluster | None, size: float, baseline: float, face: Face) -> Sequence[int]:
    """The codes that show a cluster and say its text."""
    text, glyphs = cluster.text, cluster.glyphs
    start, turned = glyphs[0][1], right_to_left(text)
    parts: list[Placed] = [(code, (x - start) / size, level((y - baseline) / size)) for code, x, y in glyphs]
    room = face.width(parts[0][0])
    if not turned and len(parts) > 1:
        room = max(1000 * x + face.width(code) for code, x, _ in parts)
    if after is not None:
        # A kern that readers would take for a space belongs to the letter.
        _, x, y = after.glyphs[0]
        gap = (x - start) * 1000 / size - room
        if gap > _KERNED and not (text.isspace() or after.text.isspace()):
            sloping = turned and abs(y - glyphs[0][2]) > LEVEL * size
            room += gap if gap < 1000 * (LEAP if sloping else KERN) else 0
    # Readers turn a right-to-left line around code by code: a code that says two characters would be read backwards.
    # The further characters of a letter get codes of their own, without outline or width.
    if len(text) > 1 and turned:
        main = next(n for n, character in enumerate(text) if right_to_left(character))
        return [
            face.code(parts, character, room) if n == main else face.code((), character, 0)
            for n, character in reversed(list(enumerate(text)))
        ]
    return (face.code(parts, text, room),)
