"""Claims: no promise in a text that only the record of a contact can make."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import regex

from campaign.checks.facts import Facts, found
from campaign.model import Finding, Unit

#: Each kind of promise and what it says, in the order of the data file.
KINDS: Mapping[str, str] = {
    "free": "that it costs nothing",
    "anonymous": "that nobody asks for a name",
    "confidential": "that nobody else learns of it",
    "always": "that somebody answers day and night",
    "language": "that somebody speaks the reader's language",
}

# Accents, Arabic vowel signs and hamza. Vowel signs of Indic scripts are letters to a reader: they belong to a script.
_ACCENT = regex.compile(r"(?=\p{Mn})\p{Script=Inherited}")


@dataclass(frozen=True, slots=True)
class _Words:
    """The claim words of one language, and the phrases with such a word that promise nothing; both by kind."""

    claims: Mapping[str, regex.Pattern[str]]
    harmless: Mapping[str, regex.Pattern[str]]


def unbacked_claims(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each kind of promise in a unit that is not compiled from contact records."""
    if facts.compiled:
        return
    sources, forms = _foldings(unit.source, unit.plural), _foldings(*unit.forms)
    source, own = _words(facts.source_language), _words(unit.locale)
    for kind, meaning in KINDS.items():
        # A harmless phrase ("you must work day and night") keeps its words in every translation.
        if _first(source.harmless.get(kind), sources):
            continue
        if words := _first(own.claims.get(kind), forms):
            yield found("claim-unbacked", unit, f'"{words}" promises {meaning}')
        elif words := _first(source.claims.get(kind), sources):
            yield found("claim-unbacked", unit, f'"{words}" in the source promises {meaning}')


def unlisted(locale: str) -> bool:
    """Whether nobody listed the claim words of a language yet: then no finding means "not checked"."""
    return locale not in _document() or locale == "*"


@cache
def _document() -> Mapping[str, Any]:
    text = resources.files("campaign").joinpath("data", "claims.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _words(locale: str) -> _Words:
    entry = _document().get(locale)
    if entry is None:
        # Not even the figures of "*": half a check would look like a whole one, and `unlisted` says that there is none.
        return _Words({}, {})
    entry = _document()[entry["same_as"]] if "same_as" in entry else entry
    claims = {kind: [*entry.get(kind, ()), *_document()["*"].get(kind, ())] for kind in KINDS}
    return _Words(_compiled(claims), _compiled(entry.get("harmless", {})))


def _compiled(patterns: Mapping[str, list[str]]) -> Mapping[str, regex.Pattern[str]]:
    edge = r"[\p{L}\p{M}\p{N}]"
    return {
        kind: regex.compile(rf"(?<!{edge})(?:{'|'.join(map(_folded, some))})(?!{edge})", regex.IGNORECASE)
        for kind, some in patterns.items()
        if some
    }


@dataclass(frozen=True, slots=True)
class _Folding:
    """A text, the same text folded for matching, and for each folded character its place in the text."""

    text: str
    folded: str
    places: tuple[int, ...]


def _foldings(*texts: str) -> list[_Folding]:
    foldings = []
    for text in (unicodedata.normalize("NFC", text) for text in texts if text.strip()):
        pieces: list[tuple[str, int]] = []
        for place, character in enumerate(text):
            for piece in character if character.isascii() and character > " " else _folded(character):
                if piece != " " or not pieces or pieces[-1][0] != " ":
                    pieces.append((piece, place))
        foldings.append(_Folding(text, "".join(p for p, _ in pieces), tuple(place for _, place in pieces)))
    return foldings


def _first(pattern: regex.Pattern[str] | None, foldings: list[_Folding]) -> str | None:
    """The first words that match, as their text writes them."""
    for folding in foldings:
        match = pattern.search(folding.folded) if pattern else None
        if match and match[0]:
            return folding.text[folding.places[match.start()] : folding.places[match.end() - 1] + 1]
    return None


def _folded(text: str) -> str:
    """The text without accents and direction marks, with Latin digits and plain spaces."""
    return "".join(map(_plain, _ACCENT.sub("", unicodedata.normalize("NFD", text))))


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    # Joiners are part of Persian spelling, and the lists name them.
    return "" if unicodedata.category(character) == "Cf" and character not in "\u200c\u200d" else character
