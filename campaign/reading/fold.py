"""A text folded for reading: Latin digits, plain spaces and dashes, nothing invisible; every place leads back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Ethiopic numerals (U+1369-U+137C) and their values; they add and multiply, there is no zero.
_ETHIOPIC = {chr(0x1368 + n): n for n in range(1, 10)} | {chr(0x1371 + n): 10 * n for n in range(1, 10)}
_HUNDRED, _MYRIAD = "\u137b", "\u137c"
_ETHIOPIC_RUN = re.compile("[\u1369-\u137c]+")
_SIGNS = {"\u066b": ".", "\u066c": ",", "\u2044": "/", "\u2215": "/", "\u2212": "-", "\u207a": "+", "\u30fc": "-"}


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded text; `places` has the index in `original` of each of its characters, or is empty when the
    two run side by side.
    """

    original: str
    text: str
    places: tuple[int, ...] = ()

    def source(self, start: int, end: int) -> str:
        """The original characters behind text[start:end]."""
        if start >= end:
            return ""
        if not self.places:
            return self.original[start:end]
        # An Ethiopic numeral stands for several digits: the last of them still lies on the same character.
        return self.original[self.places[start] : self.places[end - 1] + 1]


class _Plain(dict[int, str]):
    """Character -> its folded form, filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        self[code] = value = _plain(chr(code))
        return value


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs" or character in "\t\x0b":
        return " "
    if category in ("Zl", "Zp") or character in "\r\x0c\x85":
        return "\n"
    if category == "Pd":
        return "-"
    if category in ("Cf", "Cs", "Co") or character == "\x00" or "\ufe00" <= character <= "\ufe0f":
        return ""
    if character in _SIGNS:
        return _SIGNS[character]
    if "\uff00" <= character <= "\uffef" or "\ufe50" <= character <= "\ufe6f":  # full-width and small forms
        wide = unicodedata.normalize("NFKC", character)
        return wide if len(wide) == 1 else character
    return character


_TABLE = _Plain()


def fold(text: str) -> Folded:
    """Fold a text for reading numbers and addresses.

    Digits of every script become 0-9, full-width and small forms ASCII, every space a space, every line end a newline,
    dashes a hyphen; soft hyphens, bidirectional controls and other invisible characters go. Ethiopic numerals become
    the number that they write.
    """
    if _ETHIOPIC_RUN.search(text):
        return _mapped(text)
    folded = text.translate(_TABLE)
    return Folded(text, folded) if len(folded) == len(text) else _mapped(text)


def _mapped(text: str) -> Folded:
    pieces: list[str] = []
    places: list[int] = []
    index = 0
    while index < len(text):
        run = _ETHIOPIC_RUN.match(text, index)
        if run:
            digits = _ethiopic(run[0])
            pieces.append(digits)
            places += [index] * (len(digits) - 1) + [run.end() - 1]
            index = run.end()
            continue
        piece = _TABLE[ord(text[index])]
        pieces.append(piece)
        places += [index] * len(piece)
        index += 1
    return Folded(text, "".join(pieces), tuple(places))


def _ethiopic(run: str) -> str:
    """The digits of a run of Ethiopic numerals: its value, or digit by digit where only units stand side by side."""
    if len(run) > 1 and all(_ETHIOPIC.get(character, 10) < 10 for character in run):
        return "".join(str(_ETHIOPIC[character]) for character in run)
    total, myriads = 0, 0
    pending = 0
    for character in run:
        if character == _HUNDRED:
            total, pending = total + 100 * (pending or 1), 0
        elif character == _MYRIAD:
            myriads, total, pending = (myriads + (total + pending or 1)) * 10_000, 0, 0
        else:
            pending += _ETHIOPIC[character]
    return str(myriads + total + pending)


#: Letters that people take for digits.
_ALIKE = str.maketrans({**dict.fromkeys("OoОоΟο", "0"), **dict.fromkeys("lIІ|ӀΙ", "1")})


def alike(text: str) -> str:
    """The text with every sign that a person reads as a digit as that digit, none of which a telephone can dial:
    letters like O and l, raised and lowered digits, digits in circles. Every character keeps its place.
    """
    return "".join(_digit(c) for c in text.translate(_ALIKE))


def _digit(character: str) -> str:
    value = unicodedata.digit(character, None) if unicodedata.category(character) == "No" else None
    return character if value is None else str(value)


_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def named(text: str) -> str:
    """The text with each invisible character as its Unicode name in angle brackets: a person can look for that."""
    return _UNSEEN.sub(lambda match: f"<{unicodedata.name(match[0], f'U+{ord(match[0]):04X}')}>", text)


def latin(text: str) -> bool:
    """Whether every digit of a piece of text is a Latin one: what a telephone shows on its keys."""
    return not any((c.isdecimal() and not c.isascii()) or "\u1369" <= c <= "\u137c" for c in text)
