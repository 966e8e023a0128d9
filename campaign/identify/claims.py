"""Claims: which languages have the words of a text among their commonest ones (data/frequent.toml)."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import regex

from campaign import languages
from campaign.model.language import Language
from campaign.scripts import SCRIPTS, script_of

_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼʻ‘", "'"))
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*")
#: They put no space between words: each letter counts for itself.
_DENSE = frozenset({"Han", "Hiragana", "Katakana"})


@dataclass(frozen=True, slots=True)
class Claims:
    """How often words of a text are claimed, by the set of languages that claim them; `words` counts all of them."""

    words: int
    by: Mapping[frozenset[str], int]

    def against(self, one: str, other: str) -> int:
        """How many words `one` claims and `other` does not."""
        return sum(count for tags, count in self.by.items() if one in tags and other not in tags)

    def beyond(self, tag: str) -> int:
        """How many words others claim and this language does not."""
        return sum(count for tags, count in self.by.items() if tag not in tags)

    def own(self, tag: str) -> int:
        """How many words a language claims."""
        return sum(count for tags, count in self.by.items() if tag in tags)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What data/frequent.toml says of a language."""

    words: frozenset[str]
    letters: frozenset[str]
    alike: frozenset[str]
    close: frozenset[str]


_NOBODY: frozenset[str] = frozenset()


@lru_cache(maxsize=2048)
def claims(text: str) -> Claims:
    """Count the claimed words of a text."""
    found: Counter[frozenset[str]] = Counter()
    total = 0
    for word in _WORD.findall(unicodedata.normalize("NFC", text).translate(_APOSTROPHES)):
        for tags in _claimed(word):
            total += 1
            if tags:
                found[tags] += 1
    return Claims(total, found)


@lru_cache(maxsize=32768)  # a language says most things with few words
def _claimed(word: str) -> tuple[frozenset[str], ...]:
    """The languages that claim a word; where there is no space between words, those that claim each letter."""
    known, letters = _known()
    word = word.lower().replace("i\u0307", "i")
    return tuple(
        known.get(part, _NOBODY).union(*(letters[character] for character in {*part} & letters.keys()))
        for part in (word if script_of(word[0]) in _DENSE else (word,))
    )


def rival(tag: str, found: Claims, *, fewest: int, share: float, odds: float) -> str:
    """The language of the same script that claims a text much more than `tag` does; empty when there is none.

    `fewest` is the least number of words that it must claim and `tag` must not, `share` the least part of all words
    that it must claim, `odds` how many times its own words must outnumber those that only `tag` claims.
    """
    best, most = "", 0
    if found.beyond(tag) < fewest:
        return best
    for other in _neighbours(tag, languages.own()):
        ahead, behind = found.against(other, tag), found.against(tag, other)
        enough = ahead >= max(fewest, odds * behind) and found.own(other) >= share * found.words
        if enough and ahead - behind > most:
            best, most = other, ahead - behind
    return best


def leader(found: Claims, *, fewest: int, odds: float) -> str:
    """The language that claims a text so much more than every other one that it is in it; empty when none does."""
    tags = {tag for group in found.by for tag in group}
    for tag in sorted(tags, key=lambda tag: (-found.own(tag), tag)):
        rest = tags - alike(tag) - {tag}
        if found.own(tag) >= fewest and all(
            found.against(tag, other) >= max(2, odds * found.against(other, tag)) for other in rest
        ):
            return tag
    return ""


@cache
def alike(tag: str) -> frozenset[str]:
    """The languages that a text in this one cannot be told from."""
    return _both_ways(tag, {other: entry.alike for other, entry in _entries().items()})


@cache
def close(tag: str) -> frozenset[str]:
    """The languages that say short sentences in the same words as this one; those of another country's way of writing
    one of them too (pt-BR).
    """
    near = _both_ways(tag, {other: entry.close for other, entry in _entries().items()})
    for own in alike(tag):
        near |= _both_ways(own, {other: entry.close for other, entry in _entries().items()})
    return near.union(*map(alike, near)) - {tag}


def _both_ways(tag: str, said: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return said.get(tag, frozenset()) | {other for other, tags in said.items() if tag in tags}


@cache
def listed(tag: str) -> bool:
    """Whether somebody listed what tells a language from its neighbours."""
    return tag in _entries()


@cache
def _neighbours(tag: str, _: tuple[Language, ...]) -> tuple[str, ...]:
    """The listed languages of the same script that can be told from this one, none for one without a list.

    Of a language that the workspace describes nobody knows which words it shares with its neighbours.
    """
    if not listed(tag):
        return ()
    known = languages.registry()
    own = set(SCRIPTS[known[tag].script])
    return tuple(
        other
        for other in _entries()
        if other != tag and other not in alike(tag) and own & set(SCRIPTS[known[other].script])
    )


@cache
def _entries() -> Mapping[str, _Entry]:
    text = resources.files("campaign").joinpath("data", "frequent.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    entries = {}
    for tag, table in tables.items():
        shared = tables[table.get("same_as", tag)]
        words = frozenset(unicodedata.normalize("NFC", word) for word in shared.get("words", "").split())
        entries[tag] = _Entry(
            words,
            frozenset(shared.get("letters", "").lower()),
            frozenset(table.get("alike", ())),
            frozenset(table.get("close", ())),
        )
    return entries


@cache
def _known() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Word -> the languages that have it, letter -> the languages that have it."""
    words: dict[str, set[str]] = defaultdict(set)
    letters: dict[str, set[str]] = defaultdict(set)
    for tag, entry in _entries().items():
        for word in entry.words:
            words[word].add(tag)
        for letter in entry.letters:
            letters[letter].add(tag)
    return {word: frozenset(tags) for word, tags in words.items()}, {c: frozenset(tags) for c, tags in letters.items()}
