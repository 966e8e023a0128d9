"""What a text object shows: the codes of its letters, each of which says its letter, and the shifts between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from campaign.typeset.mending.face import Added, wanted
from campaign.typeset.mending.letters import Cluster
from campaign.typeset.mending.stream import LOW, level, number, right_to_left

#: em: how wide a gap is within a line of Nastaliq, and a kern; what is the same height.
LEAP, KERN, LEVEL = 0.9, 0.3, 0.005
#: Thousandths of an em: a wider gap behind a letter readers take for a space.
_KERNED = 40


class Shown(NamedTuple):
    """The operand of TJ, with places for the codes that are to be added to the font; where it begins and ends (pt)."""

    operand: str
    added: tuple[Added, ...]
    start: float
    end: float


def shown(clusters: Sequence[Cluster], size: float, baseline: float, upem: int) -> Shown:
    """What shows these clusters, in a font with so many units in an em."""
    operand: list[str] = []
    added: list[Added] = []
    origin = pen = clusters[0].glyphs[0][1]
    for cluster, after in zip_longest(clusters, clusters[1:]):
        glyphs = cluster.glyphs
        (base, says, width), start, height = glyphs[0]
        shift = (pen - start) * 1000 / size
        if abs(shift) >= 0.5:
            operand.append(f">{number(round(shift, 2))}<")
            pen = start
        # Most letters are one glyph on the line which says them; what comes after is asked for a kern alone.
        if (
            says == cluster.text
            and len(glyphs) == len(says) == 1
            and (after is None or (after.glyphs[0][1] - start) * 1000 / size - width <= _KERNED)
            and abs((height - baseline) / size) < LOW
        ):
            operand.append(f"{base:04x}")
            pen += width / 1000 * size
            continue
        for code in _codes(cluster, after, size, baseline, upem):
            if isinstance(code, int):
                operand.append(f"{code:04x}")
                pen += width / 1000 * size
            else:
                operand.append("%04x")
                added.append(code)
                pen += code[2] * 1000 / upem / 1000 * size
    return Shown(f"<{''.join(operand)}>", tuple(added), origin, pen)


def _codes(cluster: Cluster, after: Cluster | None, size: float, baseline: float, upem: int) -> Sequence[int | Added]:
    """The codes that show a cluster and say its text."""
    text, glyphs = cluster.text, cluster.glyphs
    start, turned = glyphs[0][1], right_to_left(text)
    parts = [(sign, (x - start) / size, level((y - baseline) / size)) for sign, x, y in glyphs]
    room = parts[0][0][2]
    if not turned and len(parts) > 1:
        room = max(1000 * x + sign[2] for sign, x, _ in parts)
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
            wanted(parts, character, room, upem) if n == main else wanted((), character, 0, upem)
            for n, character in reversed(list(enumerate(text)))
        ]
    return (wanted(parts, text, room, upem),)
