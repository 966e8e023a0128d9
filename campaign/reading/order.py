"""The order in which the eye meets a line: the Unicode Bidirectional Algorithm (UAX #9) over a whole paragraph."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from campaign.reading.embedding import ISOLATES, REMOVED, explicit, first, matches, sequences

_NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
#: Brackets that belong together (Bidi_Paired_Bracket): those that people put around numbers and words.
_PAIRS = (
    "()[]{}⁅⁆⁽⁾₍₎⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⦅⦆〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_MIRRORED = {
    **_CLOSING,
    **{close: opened for opened, close in _CLOSING.items()},
    "<": ">",
    ">": "<",
    "«": "»",
    "»": "«",
}


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    return unicodedata.bidirectional(character) or "L"


def visual(line: str) -> list[tuple[int, bool]]:
    """(place in the line, mirrored) of each character that is shown, from left to right.

    The line is a paragraph of its own, with the direction of its first strong letter (P2, P3). Controls are left out.
    """
    kinds = [_kind(character) for character in line]
    matching = matches(kinds)
    base = first(kinds, 0, len(kinds), matching) or 0
    levels = _levels(line, kinds, base, matching)
    shown = [i for i, kind in enumerate(kinds) if kind not in REMOVED]
    highest = max((levels[i] for i in shown), default=0)
    for level in range(highest, 0, -1):  # L2
        index = 0
        while index < len(shown):
            end = index
            while end < len(shown) and levels[shown[end]] >= level:
                end += 1
            shown[index:end] = shown[index:end][::-1]
            index = max(end, index + 1)
    return [(i, levels[i] % 2 == 1) for i in shown if unicodedata.category(line[i]) != "Cf"]


def as_shown(line: str, start: int, end: int) -> str:
    """What the eye meets where line[start:end] stands, from left to right: all between its ends, mirrored (L4)."""
    order = visual(line)
    places = [place for place, (index, _) in enumerate(order) if start <= index < end]
    if not places:
        return ""
    part = order[places[0] : places[-1] + 1]
    return "".join(_MIRRORED.get(line[i], line[i]) if turned else line[i] for i, turned in part)


def _levels(line: str, kinds: list[str], base: int, matching: dict[int, int]) -> list[int]:
    embedded, types = explicit(kinds, base, matching)
    levels = list(embedded)
    for sequence in sequences(kinds, embedded, matching):
        level = embedded[sequence[0]]
        start, end = _edges(sequence, kinds, embedded, base, matching)
        _weak(sequence, types, start)
        _brackets(line, sequence, types, kinds, level, start)
        _neutral(sequence, types, level, start, end)
        for index in sequence:  # I1, I2
            kind = types[index]
            if level % 2 == 0:
                levels[index] += 1 if kind == "R" else 2 if kind in ("AN", "EN") else 0
            else:
                levels[index] += 1 if kind in ("L", "AN", "EN") else 0
    trailing = True  # L1
    for index in range(len(kinds) - 1, -1, -1):
        kind = kinds[index]
        if kind in ("S", "B"):
            trailing = True
            levels[index] = base
        elif kind in ("WS", *ISOLATES, "PDI", *REMOVED):
            if trailing:
                levels[index] = base
        else:
            trailing = False
    return levels


def _edges(
    sequence: list[int], kinds: list[str], levels: list[int], base: int, matching: dict[int, int]
) -> tuple[str, str]:
    """sos and eos of a sequence (X10)."""
    level = levels[sequence[0]]
    before = next((levels[i] for i in range(sequence[0] - 1, -1, -1) if kinds[i] not in REMOVED), base)
    last = sequence[-1]
    after = base
    if not (kinds[last] in ISOLATES and last not in matching):
        after = next((levels[i] for i in range(last + 1, len(kinds)) if kinds[i] not in REMOVED), base)
    return ("R" if max(level, before) % 2 else "L"), ("R" if max(level, after) % 2 else "L")


def _weak(sequence: list[int], types: list[str], start: str) -> None:
    """W1 to W7."""
    last = start
    for index in sequence:  # W1
        if types[index] == "NSM":
            types[index] = "ON" if last in (*ISOLATES, "PDI") else last
        last = types[index]
    _arabic(sequence, types, start)
    for one, place, other in zip(sequence, sequence[1:], sequence[2:], strict=False):  # W4
        sign = types[place]
        if types[one] == types[other] in ("EN", "AN") and (sign == "CS" or (sign == "ES" and types[one] == "EN")):
            types[place] = types[one]
    _terminators(sequence, types)
    strong = start
    for index in sequence:  # W6, W7
        if types[index] in ("ES", "ET", "CS"):
            types[index] = "ON"
        elif types[index] in ("L", "R"):
            strong = types[index]
        elif types[index] == "EN" and strong == "L":
            types[index] = "L"


def _arabic(sequence: list[int], types: list[str], start: str) -> None:
    """W2, W3: after an Arabic letter Latin digits are Arabic numbers; then its letters are right-to-left ones."""
    strong = start
    for index in sequence:  # W2
        if types[index] in ("L", "R", "AL"):
            strong = types[index]
        if types[index] == "EN" and strong == "AL":
            types[index] = "AN"
    for index in sequence:  # W3
        if types[index] == "AL":
            types[index] = "R"


def _terminators(sequence: list[int], types: list[str]) -> None:
    """W5: signs like % and $ beside a number belong to it."""
    place = 0
    while place < len(sequence):
        end = place
        while end < len(sequence) and types[sequence[end]] == "ET":
            end += 1
        if end > place:
            beside = {types[sequence[i]] for i in (place - 1, end) if 0 <= i < len(sequence)}
            for i in range(place, end) if "EN" in beside else ():
                types[sequence[i]] = "EN"
        place = max(end, place + 1)


def _direction(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else kind if kind == "L" else ""


def _bracket_pairs(line: str, sequence: list[int], types: list[str]) -> list[tuple[int, int]]:
    """The places of the brackets that belong together, in order of the opening ones (BD16)."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, index in enumerate(sequence):
        sign = line[index]
        if types[index] != "ON":
            continue
        if sign in _CLOSING:
            if len(opened) == 63:
                break
            opened.append((_CLOSING[sign], place))
        elif (back := next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == sign), -1)) >= 0:
            pairs.append((opened[back][1], place))
            del opened[back:]
    return sorted(pairs)


def _brackets(line: str, sequence: list[int], types: list[str], kinds: list[str], level: int, start: str) -> None:
    """N0: a pair of brackets takes the direction of what is in it, or of what is before it."""
    own = "R" if level % 2 else "L"
    for one, other in _bracket_pairs(line, sequence, types):
        inside = {_direction(types[sequence[i]]) for i in range(one + 1, other)} - {""}
        if own in inside:
            side = own
        elif inside:
            before = next((d for i in range(one - 1, -1, -1) if (d := _direction(types[sequence[i]]))), start)
            side = before if before != own else own
        else:
            continue
        for place in (one, other):
            types[sequence[place]] = side
            for after in range(place + 1, len(sequence)):
                if kinds[sequence[after]] != "NSM":
                    break
                types[sequence[after]] = side


def _neutral(sequence: list[int], types: list[str], level: int, start: str, end: str) -> None:
    """N1, N2."""
    own = "R" if level % 2 else "L"
    place = 0
    while place < len(sequence):
        stop = place
        while stop < len(sequence) and types[sequence[stop]] in _NEUTRAL:
            stop += 1
        if stop > place:
            before = _direction(types[sequence[place - 1]]) if place else start
            after = _direction(types[sequence[stop]]) if stop < len(sequence) else end
            for i in range(place, stop):
                types[sequence[i]] = before if before == after else own
        place = max(stop, place + 1)
