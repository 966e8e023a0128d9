"""Which words of two languages go together, learned from sentences that say the same: no dictionary is needed.

Two words go together as far as they stand in the same pairs (Dice's coefficient). Words count by their first letters,
as endings change; a script without spaces counts by pairs of letters. A word that stands everywhere says nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from campaign.scripts import UNSPACED_LETTERS

#: How many letters of a word count, how often two words must meet, and how many partners of a word are kept.
LETTERS, FEWEST, PARTNERS = 5, 2, 6

_WORD = regex.compile(rf"[{UNSPACED_LETTERS}]+|[\p{{L}}\p{{M}}]+")
_UNSPACED = regex.compile(f"[{UNSPACED_LETTERS}]")


def words(text: str) -> frozenset[str]:
    """The words of a text as they are counted."""
    found: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        if _UNSPACED.match(word):
            found |= {word[at : at + 2] for at in range(max(len(word) - 1, 1))}
        else:
            found.add(word[:LETTERS])
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """By a word of the source its partners with how surely they go together (0 to 1), and how much the word says."""

    partners: Mapping[str, Mapping[str, float]]
    weights: Mapping[str, float]


class Likeness:
    """How far the words of sentences of one text have partners in sentences of another one."""

    def __init__(self, lexicon: Lexicon, source: Sequence[str], target: Sequence[str]) -> None:
        self._there = [words(text) for text in target] if lexicon.partners else []
        self._weights: list[float] = []
        #: For each sentence of the source, by a word of the other language: the places of its words there, how surely.
        self._partners: list[dict[str, list[tuple[int, float]]]] = []
        self._sizes: list[int] = []
        self._known: dict[tuple[int, int], list[float]] = {}
        for text in source if lexicon.partners else ():
            mine = sorted(word for word in words(text) if word in lexicon.partners)
            found: dict[str, list[tuple[int, float]]] = {}
            for place, word in enumerate(mine):
                for other, sure in lexicon.partners[word].items():
                    found.setdefault(other, []).append((place, sure * lexicon.weights[word]))
            self._partners.append(found)
            self._sizes.append(len(mine))
            self._weights.append(sum(lexicon.weights[word] for word in mine))

    def of(self, i: int, to_i: int, j: int, to_j: int) -> float | None:
        """That of some sentences of each, 0 to 1; None where no word is known."""
        whole = sum(self._weights[i:to_i])
        if not whole:
            return None
        if to_j - j == 1:
            return sum(sum(self._met(at, j)) for at in range(i, to_i)) / whole
        return sum(sum(map(max, *(self._met(at, to) for to in range(j, to_j)))) for at in range(i, to_i)) / whole

    def _met(self, i: int, j: int) -> list[float]:
        """What each word of a sentence finds in another one, weighted by what it says."""
        found = self._known.get((i, j))
        if found is None:
            found = [0.0] * self._sizes[i]
            partners = self._partners[i]
            for word in self._there[j]:
                for place, sure in partners.get(word, ()):
                    if sure > found[place]:
                        found[place] = sure
            self._known[i, j] = found
        return found


def learned(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> Lexicon:
    """What these pairs of sentences, as their `words`, teach."""
    here, there = Counter[str](), Counter[str]()
    both: dict[str, Counter[str]] = {}
    for source, target in pairs:
        here.update(source)
        there.update(target)
        for word in source:
            both.setdefault(word, Counter()).update(target)
    partners = {}
    for word, met in both.items():
        sure = {other: 2 * count / (here[word] + there[other]) for other, count in met.items() if count >= FEWEST}
        best = sorted(sure, key=lambda other: (-sure[other], other))[:PARTNERS]
        if best:
            partners[word] = {other: sure[other] for other in best}
    return Lexicon(partners, {word: math.log((len(pairs) + 1) / here[word]) for word in partners})
