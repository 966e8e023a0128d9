"""Plain language: short active sentences in everyday words, and what to do instead of what not to do."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from campaign import sentence_ends
from campaign.checks import wordlist
from campaign.checks.facts import Facts, found
from campaign.checks.placeholders import VALID
from campaign.folded import folded, foldings
from campaign.model.blocks import EASY, INSTRUCTING
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit

#: Words in a sentence of the source, and in an Easy Read sentence (Inclusion Europe, Information for all).
WORDS, EASY_WORDS = 20, 15

#: What is known by its letters alone: things, illnesses, and organisations whose vests and doors say no more.
KNOWN = frozenset(
    ("QR", "SMS", "OK", "TV", "PDF", "DRAFT", "SIM", "PIN", "ID", "GPS", "USB", "HIV", "AIDS", "UN", "EU", "UNHCR",
     "UNICEF")
)  # fmt: skip

#: What is said of each kind of words that are hard to read.
_HARD = {
    "idiom": say('"%(said)s" is an idiom: say what you mean'),
    "passive": say('"%(said)s" does not say who acts: name who does it'),
    "jargon": say('"%(said)s" is a word of offices: use an everyday word'),
}
#: What is said of a figure, by whether it has a source and a year.
_LACKS = {
    (False, False): say('"%(said)s" carries no source and no year'),
    (False, True): say('"%(said)s" carries no source'),
    (True, False): say('"%(said)s" carries no year'),
}

_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
_TOKEN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’\-]*|%\(\w+\)s")
_ABBREVIATION = regex.compile(r"(?<![\p{L}\p{N}_(])\p{Lu}{2,}(?:s)?(?![\p{L}\p{N}_])")


def hard_sentences(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield findings for long sentences, idioms, passives, office words and unexplained abbreviations of a source."""
    limit = EASY_WORDS if facts.place.block == EASY else WORDS
    for text in _texts(unit, facts):
        for sentence in sentence_ends.split(text):
            count = len(_TOKEN.findall(sentence))
            if count > limit:
                said = say("a sentence of %(count)s words, at most %(limit)s: make two of it", count=count, limit=limit)
                yield found("plain", unit, said)
        own = wordlist.words("plain", facts.source_language)
        folded = foldings(text)
        for kind, hard in _HARD.items():
            if own and (words := own.first(kind, folded)):
                yield found("plain", unit, hard.given(said=words))
        for short in _unexplained(text, facts):
            said = say("%(short)s is not explained: write the words, then %(short)s in brackets", short=short)
            yield found("plain", unit, said)


def only_forbidding(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a source whose every sentence only says what not to do, in a block that tells what to do.

    Where no block is known, what to do instead may stand in the sentence that comes next.
    """
    own = wordlist.words("instruct", facts.source_language)
    if own is None or facts.place.block not in INSTRUCTING:
        return
    forbids = own.kinds["forbids"]
    for text in _texts(unit, facts):
        parts = [folded(sentence).strip() for sentence in sentence_ends.split(text)]
        if parts and all(forbids.match(part) for part in parts):
            yield found("instruct", unit, say("says only what not to do: add what the reader can do instead"))


def unsourced_figures(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a figure about people in a source without where it comes from and from which year."""
    own = wordlist.words("statistic", facts.source_language)
    for text in _texts(unit, facts) if own else ():
        folded = foldings(VALID.sub(" ", text))
        said = own.first("figure", folded) if own else None
        if not said:
            continue
        lacks = _LACKS.get((bool(own and own.has("source", folded)), bool(_YEAR.search(text))))
        if lacks:
            yield found("statistic", unit, lacks.given(said=said))


def _texts(unit: Unit, facts: Facts) -> list[str]:
    """What a rule about the source reads: the unit's own words when the unit is in the source language."""
    texts = unit.forms if facts.is_source(unit.locale) else (unit.source, unit.plural)
    return [text for text in dict.fromkeys(texts) if text.strip()]


def _unexplained(text: str, facts: Facts) -> list[str]:
    prose = VALID.sub(" ", text)
    if prose == prose.upper():  # a heading in capitals
        return []
    shorts = dict.fromkeys(match.removesuffix("s") for match in _ABBREVIATION.findall(prose))
    return [s for s in shorts if s not in KNOWN and s.casefold() not in facts.names and f"({s})" not in text]
