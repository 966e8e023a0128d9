"""Letters that do not belong to a language, what to write instead, and the repair of those with one answer only.

data/letters.toml says which letters; presentation forms are Unicode's own (FB1D-FDFF, FE70-FEFF, FB00-FB06).
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import regex

#: Letters as old fonts joined them, and Latin ligatures. Left out: words and signs that only exist so (Allah, rial).
PRESENTED = regex.compile(
    r"[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufbff\ufd50-\ufdf1\ufdf3-\ufdf9\ufe70-\ufefc]+"
)

#: Heh with a joiner as old Sorani keyboards wrote the vowel that Unicode has as U+06D5.
SPLIT_VOWEL = "\u0647\u200c"
WHOLE_VOWEL = "\u06d5"


#: A name in Arabic ("هيئة الإغاثة", "دار الهجرة"): words with its article, and the word that they belong to.
_ARABIC_NAME = regex.compile(r"(?<!\p{L})(?:\p{L}{2,}[ ])?(?:ال\p{L}{3,}[ ]?)+(?!\p{L})")
#: Letters that Arabic alone has, or the article twice.
_SURELY_ARABIC = regex.compile(r"[ةأإؤى]|ال\p{L}+[ ]+ال")


@dataclass(frozen=True, slots=True)
class Letters:
    """`instead` says what to write for a letter that the language does not have; "" when nothing takes its place.

    `keyboard` are those of them that look the same and come from a neighbour's keyboard.
    """

    instead: Mapping[str, str]
    keyboard: frozenset[str]


@cache
def wrong(tag: str) -> Letters:
    """The letters that do not belong to a language; none where nobody made a list."""
    entries = _entries()
    if tag not in entries:
        return Letters({}, frozenset())
    entry = entries[str(entries[tag].get("same_as", tag))]
    return Letters(entry["letters"], frozenset(entry.get("keyboard", ())))


def arabic_names(text: str) -> tuple[str, ...]:
    """Names in Arabic that a text of another language keeps as they are written on the door."""
    return tuple(name for name in _ARABIC_NAME.findall(text) if _SURELY_ARABIC.search(name))


def repaired(text: str, tag: str) -> str:
    """The text in normal form C, presentation forms as letters, and a neighbour's keyboard's letters as the language's
    own where only one can be meant; names in Arabic stay.
    """
    known = wrong(tag)
    plain = PRESENTED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    if tag == "ckb":
        plain = plain.replace(SPLIT_VOWEL, WHOLE_VOWEL)
    answers = {ord(letter): known.instead[letter] for letter in known.keyboard if len(known.instead[letter]) == 1}
    plain = unicodedata.normalize("NFC", plain)
    kept = set(arabic_names(plain)) if answers else set()
    if not kept:
        return plain.translate(answers)
    parts = regex.split("(" + "|".join(map(regex.escape, sorted(kept, key=len, reverse=True))) + ")", plain)
    return "".join(part if part in kept else part.translate(answers) for part in parts)


@cache
def _entries() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = resources.files("campaign").joinpath("data", "letters.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
