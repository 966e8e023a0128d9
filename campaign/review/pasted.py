"""What comes along when words are pasted from Word or a chat and nobody can see: taken out, and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Stray(StrEnum):
    """What was taken out of a text."""

    HYPHEN = "soft hyphens"
    DIRECTION = "marks of direction"
    BYTES = "marks of the byte order"
    SPACE = "spaces that no line can break at"
    CONTROL = "control characters"
    ENDS = "spaces and empty lines at the ends"


#: Line ends of other programs: Word's own (VT), a page's (FF), old Macs', Unicode's two.
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: Embeddings, overrides and isolates: the program puts its own around numbers, and never reads those of a text.
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Single marks. A text that runs from right to left may need them beside Latin letters; another one never does.
_MARKS = re.compile("[\u200e\u200f\u061c]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb]")
_BYTES = re.compile("[\ufeff\ufffe]")
_SOFT = re.compile("\u00ad")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
#: No-break spaces that no language puts there: beside another space, or between two words of two letters or more. A
#: French colon, a guillemet, a number and its unit, a preposition of one letter and its word keep theirs.
_DOUBLE = re.compile("(?:\u00a0|\u202f)+ (?:[ \u00a0\u202f])*| (?:\u00a0|\u202f)[ \u00a0\u202f]*")
_BETWEEN = re.compile(r"(?<=[^\W\d_][^\W\d_])[\u00a0\u202f](?=[^\W\d_][^\W\d_])")
_LINE_END = re.compile("[ \t\u00a0\u202f\u3000]+(?=\n)")
#: What most texts are, to spare them the search: letters, digits, marks and signs with single spaces between them.
_PLAIN = re.compile(
    "[!-~¡-¬®-\u058f\u0606-\u061b\u061d-\u07bf\u0900-\u1fff\u2010-\u2027\u3001-\ud7ff]+"
    "(?: [!-~¡-¬®-\u058f\u0606-\u061b\u061d-\u07bf\u0900-\u1fff\u2010-\u2027\u3001-\ud7ff]+)*"
)
_SPACES = " \t\u00a0\u202f\u3000"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without what nobody sees, and what that was, in the order in which it is named."""

    text: str
    strays: tuple[Stray, ...]


def cleaned(text: str) -> Cleaned:
    """A text as a person means it. Joiners stay: Persian, Indian and Khmer words are spelt with them.

    NUL and lone surrogates stay too: they are no text, and refused.
    """
    if not text or _PLAIN.fullmatch(text):
        return Cleaned(text, ())
    found: list[Stray] = []

    def take(stray: Stray, pattern: re.Pattern[str], by: str = "") -> None:
        nonlocal text
        text, count = pattern.subn(by, text)
        if count and stray not in found:
            found.append(stray)

    text = _BREAKS.sub("\n", text)
    take(Stray.BYTES, _BYTES)
    take(Stray.HYPHEN, _SOFT)
    take(Stray.DIRECTION, _TURNED)
    if not _RIGHT_TO_LEFT.search(text):
        take(Stray.DIRECTION, _MARKS)
    take(Stray.CONTROL, _CONTROL)
    take(Stray.SPACE, _DOUBLE, " ")
    take(Stray.SPACE, _BETWEEN, " ")
    # A line break at the beginning is meant: nobody pastes one along.
    bare = _LINE_END.sub("", text).rstrip(_SPACES + "\n").lstrip(_SPACES)
    if bare != text:
        text = bare
        found.append(Stray.ENDS)
    return Cleaned(text, tuple(found))


def cleaned_forms(forms: Sequence[str], before: Sequence[str]) -> tuple[tuple[str, ...], tuple[Stray, ...]]:
    """The plural forms of a sentence without strays; a form that stood there before stays exactly as it is."""
    known = dict.fromkeys(before)
    made = [Cleaned(form, ()) if form in known else cleaned(form) for form in forms]
    return tuple(each.text for each in made), named(stray for each in made for stray in each.strays)


def named(strays: Iterable[Stray]) -> tuple[Stray, ...]:
    """Each of them once, in the order in which they are named."""
    found = set(strays)
    return tuple(stray for stray in Stray if stray in found)
