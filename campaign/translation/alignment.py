"""Which sentences of two texts say the same: alignment by length, numbers, addresses, headings and questions.

Source: W. A. Gale, K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19
(1993): the cost of a pair is -log of how often its kind occurs and of how likely its lengths are. What a leaflet offers
more, its numbers, addresses, headings and words, is added to that cost. Nothing is lost or doubled: the beads cover
both texts in order.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from campaign import sentence_ends
from campaign.translation.lexicon import Lexicon, Likeness, learned, words

#: How often sentences of one text stand for how many of the other one (Gale and Church, table 5; three against one and
#: what was left out are added by measuring: leaflets are cut more often than the parliament's minutes of that paper).
KINDS = {
    (1, 1): 0.87,
    (1, 2): 0.035,
    (2, 1): 0.035,
    (2, 2): 0.008,
    (1, 3): 0.006,
    (3, 1): 0.006,
    (1, 0): 0.02,
    (0, 1): 0.02,
}
#: The variance of the length of a text for each character of the other one (ibid., 6.8).
VARIANCE = 6.8
#: What speaks for a pair or against it, as a cost (natural logarithm of odds).
SHARED, ALONE, MIXED, ACROSS, ASKED, ENDED, FAR = -3.0, 2.5, 2.0, 2.5, 1.5, 1.0, 6.0
#: The most that can speak for a pair: its words and its anchors.
MOST_FOR = 18.0
#: Lengths that differ so much that no word is looked at.
FAR_OFF = 9.0
#: How much the words weigh, and how alike the words of a pair are that says neither yes nor no.
WORDED, USUAL = 12.0, 0.3
#: Pairs that cost less than this teach words, so many at most.
SURE, MOST_TAUGHT = 4.0, 4000
#: Ways are given up that are so much worse than the best one: in texts up to so many cells (sentences times sentences),
#: and in longer ones, which are cut at what stands once in each and are not gone through a second time.
BEAMS, LONG = (60.0, 15.0), 2_000_000

_PLACE = r"%\(\w+\)s"
_ADDRESS = r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\b(?:[a-z0-9-]+\.)+(?:org|com|net|eu|int|info|gov|[a-z]{2})\b(?:/\S*)?"
_NUMBER = r"\+?\p{Nd}(?:[\p{Nd} ./()\u00a0\u202f-]*\p{Nd})?"
_NAME = r"\b\p{Lu}[\p{Lu}\p{Nd}]+\b"
_ANCHOR = regex.compile(f"({_PLACE})|({_ADDRESS})|({_NUMBER})|({_NAME})")
_DIGITS = regex.compile(r"\p{Nd}")
_MARKS = regex.compile(r"\p{M}+")
#: A number with so many digits is a telephone number or the like: it is the same in every language.
CONTACT = 5


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or a heading of a text; `ends` says that its paragraph ends with it.

    anchors   what is written alike in every language: numbers by their digits, addresses, placeholders, short names
    heading   None where nothing tells a heading from a sentence: Thai and Lao write no full stop
    asked     whether it is a question
    """

    text: str
    heading: bool | None = False
    ends: bool = True
    anchors: frozenset[str] = field(default=frozenset())
    asked: bool = False


def segment(text: str, locale: str, *, heading: bool | None = False, ends: bool = True) -> Segment:
    """A sentence with what can be known of it."""
    plain = sentence_ends.plain(sentence_ends.asked(text, locale), locale)
    return Segment(text, heading, ends, frozenset(anchors(text)), "?" in plain)


def anchors(text: str) -> Iterator[str]:
    """What is written alike in every language."""
    for place, address, number, name in _ANCHOR.findall(text):
        if place or address:
            yield (place or address).rstrip(sentence_ends.TAIL).casefold()
        elif number:
            yield "".join(str(unicodedata.digit(digit)) for digit in _DIGITS.findall(number))
        else:
            yield name.casefold()


def contacts(text: str) -> frozenset[str]:
    """The anchors that are telephone numbers, addresses and placeholders: a pair in which they differ is none."""
    return frozenset(
        each for each in anchors(text) if not each.isalnum() or (each.isdecimal() and len(each) >= CONTACT)
    )


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences `source[0]` up to (without) `source[1]` and the sentences of the other text that say the same; one side
    is empty where a sentence has no counterpart. `cost` is how much speaks against it.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    cost: float

    @property
    def paired(self) -> bool:
        """Whether both sides hold something."""
        return self.source[0] < self.source[1] and self.target[0] < self.target[1]


def align(
    source: Sequence[Segment], target: Sequence[Segment], known: Iterable[tuple[str, str]] = ()
) -> tuple[Bead, ...]:
    """The beads of two texts, in order: each segment of either stands in exactly one.

    First by length and anchors alone. What then stands one against one, and the pairs that are `known` to say the same,
    teach which words go together, and with that it is done once more (as hunalign does it: Varga and others, 2005).
    """
    taught = [(words(one), words(two)) for one, two in known]
    long = len(source) * len(target) > LONG
    first = _aligned(source, target, learned(taught), BEAMS[long])
    if long:
        return first
    alone = [bead for bead in first if bead.cost < SURE and _sizes(bead) == (1, 1)][:MOST_TAUGHT]
    taught += [(words(source[bead.source[0]].text), words(target[bead.target[0]].text)) for bead in alone]
    return _aligned(source, target, learned(taught), BEAMS[long])


def _sizes(bead: Bead) -> tuple[int, int]:
    return bead.source[1] - bead.source[0], bead.target[1] - bead.target[0]


def _aligned(source: Sequence[Segment], target: Sequence[Segment], lexicon: Lexicon, beam: float) -> tuple[Bead, ...]:
    beads: list[Bead] = []
    ratio = max(sum(map(_length, source)), 1) / max(sum(map(_length, target)), 1)
    ends = [*_cuts(source, target), (len(source), len(target))]
    i = j = 0
    for to_i, to_j in ends:
        part = _Part(source[i:to_i], target[j:to_j], ratio, lexicon, beam)
        beads += [_moved(bead, i, j) for bead in part.beads()]
        i, j = to_i, to_j
    return tuple(beads)


def _moved(bead: Bead, i: int, j: int) -> Bead:
    (a, b), (c, d) = bead.source, bead.target
    return Bead((a + i, b + i), (c + j, d + j), bead.cost)


def _cuts(source: Sequence[Segment], target: Sequence[Segment]) -> list[tuple[int, int]]:
    """Where long texts are cut: sentences with a number or an address that stands once in each, in the same order."""
    if len(source) * len(target) <= LONG:
        return []
    here, there = _once(source), _once(target)
    pairs = sorted({(here[anchor], there[anchor]) for anchor in here.keys() & there.keys() if len(anchor) > 1})
    tails: list[int] = []
    best: list[tuple[int, int]] = []  # for each pair: the length of the longest run that ends with it, and its target
    for _, j in pairs:
        at = bisect_left(tails, j)
        tails[at : at + 1] = [j]
        best.append((at, j))
    run: list[tuple[int, int]] = []
    wanted = len(tails) - 1
    for (i, j), (at, _) in zip(reversed(pairs), reversed(best), strict=True):
        if at == wanted and (not run or (i < run[-1][0] and j < run[-1][1])):
            run.append((i, j))
            wanted -= 1
    return [pair for pair in reversed(run) if pair != (0, 0)]


def _once(segments: Sequence[Segment]) -> dict[str, int]:
    """The anchors that stand in one sentence only."""
    found: dict[str, int] = {}
    for at, each in enumerate(segments):
        for anchor in each.anchors:
            found[anchor] = -1 if anchor in found else at
    return {anchor: at for anchor, at in found.items() if at >= 0}


#: -log(2 (1 - Φ(δ))) = -log(erfc(δ / √2)) by sixteenths of δ; far ones cost as much as the farthest.
_STEP = 16
_FARTHEST = 5
_COST = tuple(-math.log(math.erfc(at / _STEP / math.sqrt(2))) for at in range(_FARTHEST * _STEP + 1))
_MOVES = tuple((m, n, -math.log(prior)) for (m, n), prior in KINDS.items())


class _Part:
    """Two texts between which the cheapest way is sought: a step for each bead (dynamic programming)."""

    def __init__(
        self, source: Sequence[Segment], target: Sequence[Segment], ratio: float, lexicon: Lexicon, beam: float
    ) -> None:
        self._source, self._target = source, target
        self._likeness = Likeness(lexicon, [each.text for each in source], [each.text for each in target])
        self._here = _sums(source, 1.0)
        self._there = _sums(target, ratio)
        self._beam = beam

    def beads(self) -> list[Bead]:
        """The beads of the cheapest way."""
        n, m = len(self._source), len(self._target)
        rows: list[dict[int, tuple[float, int]]] = [{} for _ in range(n + 4)]
        rows[0][0] = (0.0, -1)
        for i in range(n + 1):
            self._row(rows, i, m)
            if i < n and not rows[i + 1]:  # every way was given up: go on from the best one by leaving a sentence out
                j = min(rows[i], key=lambda at: rows[i][at][0])
                rows[i + 1][j] = (rows[i][j][0] + FAR, 6)
        found = list[Bead]()
        i, j = n, m
        while i or j:
            cost, move = rows[i][j]
            a, b, _ = _MOVES[move]
            found.append(Bead((i - a, i), (j - b, j), cost - rows[i - a][j - b][0]))
            i, j = i - a, j - b
        return found[::-1]

    def _row(self, rows: list[dict[int, tuple[float, int]]], i: int, m: int) -> None:
        """Go on from every place in the text that is reached with `i` sentences of the source."""
        row, n = rows[i], len(self._source)
        best = min((cost for cost, _ in row.values()), default=math.inf)
        for j in range(min(row, default=m + 1), m + 1):
            if j not in row:
                continue
            cost = row[j][0]
            if cost > best + self._beam and i < n:
                continue
            best = min(best, cost)
            for move, (a, b, prior) in enumerate(_MOVES):
                to_i, to_j = i + a, j + b
                if to_i > n or to_j > m:
                    continue
                room = best + self._beam - cost - prior
                total = cost + prior + self._cost(i, to_i, j, to_j, room)
                if total > best + self._beam and to_i < n:
                    continue
                there = rows[to_i].get(to_j)
                if there is None or total < there[0]:
                    rows[to_i][to_j] = (total, move)

    def _cost(self, i: int, to_i: int, j: int, to_j: int, room: float) -> float:
        """What speaks against these sentences being the same; no words are looked at where the lengths say enough."""
        here, there = self._here[to_i] - self._here[i], self._there[to_j] - self._there[j]
        if i == to_i or j == to_j:
            return min(FAR, (here + there) / 40)
        delta = abs(here - there) / math.sqrt(VARIANCE * (here + there) / 2)
        cost = _COST[min(int(delta * _STEP), _FARTHEST * _STEP)]
        if cost > room + MOST_FOR:
            return cost
        if cost < FAR_OFF and (alike := self._likeness.of(i, to_i, j, to_j)) is not None:
            cost += WORDED * (USUAL - alike)
        first, second = self._source[i], self._target[j]
        if to_i - i == to_j - j == 1:
            if first.anchors or second.anchors:
                cost += _anchored(first.anchors, second.anchors)
            cost += MIXED * ({first.heading, second.heading} == {True, False}) + ENDED * (first.ends != second.ends)
            return cost + ASKED * (first.asked != second.asked)
        return cost + self._joined(self._source[i:to_i], self._target[j:to_j])

    def _joined(self, source: Sequence[Segment], target: Sequence[Segment]) -> float:
        """What speaks against several sentences being one: headings and ends of paragraphs between them."""
        anchored = _anchored(
            frozenset().union(*(each.anchors for each in source)), frozenset().union(*(each.anchors for each in target))
        )
        inner = [*source[:-1], *target[:-1]]
        across = ACROSS * sum(each.ends for each in inner) + MIXED * sum(
            bool(each.heading) for each in (*source, *target)
        )
        return anchored + across + ASKED * (any(e.asked for e in source) != any(e.asked for e in target))


def _anchored(here: frozenset[str], there: frozenset[str]) -> float:
    shared = len(here & there)
    return SHARED * min(shared, 3) + ALONE * min(len(here ^ there), 4)


def _length(one: Segment) -> int:
    """How many letters and signs a sentence has; vowel signs and tones of Thai, Khmer or Burmese stand on them."""
    return len(_MARKS.sub("", one.text))


def _sums(segments: Sequence[Segment], scale: float) -> list[float]:
    """How long a text is up to each of its sentences, in characters of the source."""
    sums = [0.0]
    for each in segments:
        sums.append(sums[-1] + max(_length(each), 1) * scale)
    return sums
