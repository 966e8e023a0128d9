"""Readability: how hard a text is to read, in the languages for which somebody fitted a formula.

Syllables are counted with Pyphen, whose hyphenation patterns come from LibreOffice; they miss a few. A Turkish syllable
has one vowel, so that counting these is exact. The formulas are
those of Flesch for each language; one language's says nothing about another, so the others are "not measured".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Protocol

import regex

from campaign import sentence_ends
from campaign.checks.placeholders import VALID

_WORD = regex.compile(r"[\p{L}][\p{L}\p{M}'’]*")

#: The vowels of languages whose syllables have one each, in place of a dictionary of hyphenation.
_VOWELS: Mapping[str, frozenset[str]] = MappingProxyType({"tr": frozenset("aeıioöuüâîûAEIİOÖUÜÂÎÛ")})

#: Fewer words than this give a figure that a single name can turn round.
FEWEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Formula:
    """ease = base - length * words_a_sentence - weight * syllables_a_word; below `hard` a text is hard to read."""

    base: float
    length: float
    weight: float
    dictionary: str
    hard: float
    source: str


#: Reading ease by the language part of a tag: 0 is hardest, 100 easiest; Flesch calls 60 to 70 plain, below 50 hard.
FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "en": Formula(206.835, 1.015, 84.6, "en_US", 60, "Flesch (1948)"),
        "de": Formula(180, 1.0, 58.5, "de_DE", 50, "Amstad (1978)"),
        "nl": Formula(206.84, 0.93, 77.0, "nl_NL", 50, "Douma (1960)"),
        "fr": Formula(207, 1.015, 73.6, "fr", 50, "Kandel and Moles (1958)"),
        "es": Formula(206.84, 1.02, 60.0, "es", 55, "Fernández Huerta (1959), corrected"),
        "it": Formula(217, 1.3, 60.0, "it_IT", 50, "Franchina and Vacca (1986)"),
        "pt": Formula(248.835, 1.015, 84.6, "pt_BR", 50, "Martins et al. (1996)"),
        "ru": Formula(206.835, 1.3, 60.1, "ru_RU", 50, "Oborneva (2006)"),
        "tr": Formula(198.825, 2.610, 40.175, "tr", 50, "Ateşman (1997)"),
    }
)

#: The school year that reads an English text follows from the same two figures (Kincaid et al., 1975: Flesch-Kincaid);
#: pupils of the sixth year are about 11.
GRADE_LANGUAGE, GRADE = "en", 6.0


class Hyphenation(Protocol):
    """The patterns of a language, as Pyphen has them."""

    def positions(self, word: str, /) -> Sequence[int]:
        """The places at which the word may be parted."""


def formula(locale: str) -> Formula | None:
    """The formula of a language; None means "not measured"."""
    return FORMULAS.get(locale.partition("-")[0])


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a text is: reading ease, and the school year that reads it (None in other languages than English)."""

    ease: float
    grade: float | None


def reading(text: str, locale: str) -> Reading | None:
    """How hard a text is to read; None where nobody fitted a formula, or where the text has under 60 words."""
    known = formula(locale)
    prose = VALID.sub(" ", text)
    words = _WORD.findall(prose)
    if known is None or len(words) < FEWEST_WORDS:
        return None
    length = len(words) / len([part for part in sentence_ends.split(prose) if _WORD.search(part)])
    weight = sum(_syllables(known.dictionary, word) for word in words) / len(words)
    grade = 0.39 * length + 11.8 * weight - 15.59 if locale.partition("-")[0] == GRADE_LANGUAGE else None
    return Reading(known.base - known.length * length - known.weight * weight, grade)


@lru_cache(maxsize=16384)
def _syllables(dictionary: str, word: str) -> int:
    if vowels := _VOWELS.get(dictionary):
        return max(1, sum(letter in vowels for letter in word))
    return 1 + len(_hyphenation(dictionary).positions(word))


@cache
def _hyphenation(dictionary: str) -> Hyphenation:
    from pyphen import Pyphen

    patterns: Hyphenation = Pyphen(lang=dictionary)
    return patterns
