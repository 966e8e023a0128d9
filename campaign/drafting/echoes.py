"""Echoes: an engine that says the same again and again, or gives the source back; told by the text, in any language.

Many languages say a word twice on purpose (anak-anak, yavaş yavaş, 慢慢): a word counts from the third time on, a
phrase from the second. What the source says twice its translation may say twice.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import regex

#: Letters of scripts that put no space between words.
_DENSE = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Han}\p{Hiragana}\p{Katakana}"
_TOKEN = regex.compile(r"%\(\w+\)[sd]|\p{N}+|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*")
#: A clause without a space said twice, words of it three times, a letter five times; in other scripts, a syllable four
#: times within a word.
_TIGHT = regex.compile(
    rf"([{_DENSE}\p{{M}}]{{10,60}}?)\1|([{_DENSE}\p{{M}}]{{2,7}}?)\2{{2}}|([{_DENSE}])\3{{4}}"
    r"|([\p{L}\p{M}]{2,6}?)\4{3}|(\p{L})\5{4}"
)
_CLAUSE = regex.compile(rf"[{_DENSE}\p{{M}}]{{10}}")

#: Words of the longest phrase that is looked for, of the shortest, and how often less than that may come in a row.
_LONGEST, _PHRASE, _OFTEN = 12, 3, 3
#: Words of the shortest sentence that can be called a copy, how many of them are no names, and how much is the same.
_FEWEST, _FEWEST_PLAIN, _SAME = 3, 2, 0.9


def loop(text: str) -> str:
    """The first stretch of a text that is said again and again; "" when nothing is."""
    if match := _TIGHT.search(text):
        return str(match[0])
    words = _TOKEN.findall(text.casefold())
    for start in range(len(words)):
        for size in range(1, min(_LONGEST, (len(words) - start) // 2) + 1):
            unit = words[start : start + size]
            times = 1
            while words[start + times * size : start + (times + 1) * size] == unit:
                times += 1
            phrase = size >= _PHRASE or any(map(_CLAUSE.search, unit))
            if any(word[0].isalpha() for word in unit) and times >= (2 if phrase else _OFTEN):
                return " ".join(unit)
    return ""


def copied(source: str, text: str) -> bool:
    """Whether a text is its source. Both come without what no language translates; names in them may stay."""
    words = _TOKEN.findall(source)
    capitals = source == source.upper()
    plain = [word for word in words[1:] if word[0].islower() or (capitals and word[0].isalpha())]
    if len(words) < _FEWEST or len(plain) < _FEWEST_PLAIN:
        return False
    return _alike([word.casefold() for word in words], _TOKEN.findall(text.casefold()))


def _alike(before: Sequence[str], after: Sequence[str]) -> bool:
    return difflib.SequenceMatcher(None, before, after, autojunk=False).ratio() > _SAME
