"""Texts folded for matching: no accents, Arabic vowel signs, hamza and direction marks; Latin digits, plain spaces."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

# Accents, Arabic vowel signs and hamza. Vowel signs of Indic scripts are letters to a reader: they belong to a script.
_ACCENT = regex.compile(r"(?=\p{Mn})\p{Script=Inherited}")


@dataclass(frozen=True, slots=True)
class Folding:
    """A text, the same text folded for matching, and for each folded character its place in the text."""

    text: str
    folded: str
    places: tuple[int, ...]

    def written(self, start: int, end: int) -> str:
        """The stretch of the text that the folded characters from start to end come from."""
        return self.text[self.places[start] : self.places[end - 1] + 1]


def foldings(*texts: str) -> list[Folding]:
    """The texts, blank ones left out, each with its folded form."""
    return [_folding(text) for text in texts if text.strip()]


@lru_cache(maxsize=4096)
def _folding(raw: str) -> Folding:
    text = unicodedata.normalize("NFC", raw)
    pieces: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        for piece in character if character.isascii() and character > " " else _letter(character):
            if piece != " " or not pieces or pieces[-1][0] != " ":
                pieces.append((piece, place))
    return Folding(text, "".join(p for p, _ in pieces), tuple(place for _, place in pieces))


@lru_cache(maxsize=4096)  # an alphabet, met again with every word
def _letter(character: str) -> str:
    return folded(character)


def folded(text: str) -> str:
    """The text without accents and direction marks, with Latin digits, plain spaces and plain apostrophes."""
    return "".join(map(_plain, _ACCENT.sub("", unicodedata.normalize("NFD", text))))


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if character in "’ʼ":
        return "'"
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    # Joiners are part of Persian spelling, and the lists name them.
    return "" if unicodedata.category(character) == "Cf" and character not in "\u200c\u200d" else character
