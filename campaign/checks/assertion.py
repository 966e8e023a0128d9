"""Assertion: words count only where a text says them itself, not where it denies them or reports what others say."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from campaign import sentence_ends
from campaign.checks import wordlist
from campaign.checks.wordlist import Words
from campaign.folded import Folding

# What parts a denial from the next thought: "Do not worry, you will be safe" still promises.
_CLAUSE = regex.compile(sentence_ends.CLAUSE)
_SENTENCE = regex.compile(sentence_ends.END)


def asserted(words: Words, kind: str, texts: Iterable[Folding], locale: str, *, within: bool) -> str | None:
    """The first words of a kind that a text asserts, as it writes them.

    A negation in the same clause denies them; `within` says whether one among the words themselves does too ("you need
    no papers"), or belongs to them ("nobody will find you"). Without a list of negations nothing is denied.
    """
    negations = wordlist.words("negation", locale)
    pattern = negations.kinds["negation"] if negations else None
    for text, start, end in words.matches(kind, texts):
        left, right = _around(_CLAUSE, text.folded, start, end)
        denials = pattern.finditer(text.folded, left, right) if pattern else ()
        if not any(within or denial.end() <= start or end <= denial.start() for denial in denials):
            return text.written(start, end)
    return None


def reported(words: Words, kind: str, texts: Iterable[Folding], source_language: str) -> bool:
    """Whether a source has words of a kind, and tells with each of them what others say ("they promise …")."""
    promises = wordlist.words("promise", source_language)
    telling = promises.kinds.get("reported") if promises else None
    found = list(words.matches(kind, texts)) if telling else []
    return bool(found) and all(
        telling is not None and telling.search(text.folded, _around(_SENTENCE, text.folded, start, end)[0], end)
        for text, start, end in found
    )


def _around(ends: regex.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between the marks before `start` and after `end`."""
    left = max((match.end() for match in ends.finditer(text, 0, start)), default=0)
    after = ends.search(text, end)
    return left, after.start() if after else len(text)
