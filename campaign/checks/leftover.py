"""Left over: single words of the source that stayed in a text of the same script, where no whole sentence did."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from campaign.checks import wordlist
from campaign.checks.facts import WORD, Facts, found, in_form
from campaign.checks.placeholders import VALID
from campaign.folded import foldings
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say
from campaign.model.unit import Unit


def left_words(unit: Unit, facts: Facts, index: int, form: str, allowed: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for common words of the source language that the source has, and a form of the text as well.

    One alone may be borrowed and asks for a look; two in a row, as the source has them, are an error. Words that the
    text's own language has too are listed as its own. `form` has no placeholders, `allowed` are names, casefolded.
    """
    own, source = wordlist.words("leftover", unit.locale), wordlist.words("leftover", facts.source_language)
    if own is None or source is None or facts.is_source(unit.locale):
        return
    asked, words = (list(map(str.casefold, WORD.findall(text))) for text in (_prose(unit), form))

    def left(word: str) -> bool:
        texts = foldings(word)
        return word in asked and word not in allowed and source.has("words", texts) and not own.has("own", texts)

    behind = [word for word in words if left(word)]
    if not behind:
        return
    together = set(pairwise(asked))
    two = next((pair for pair in pairwise(words) if pair in together and all(map(left, pair))), None)
    said = say('left in the source language: "%(said)s"', said=" ".join(two) if two else behind[0])
    yield found("script", unit, in_form(unit, index, said), severity=None if two else Severity.WARNING)


def _prose(unit: Unit) -> str:
    return VALID.sub(" ", f"{unit.source} {unit.plural}")
