"""A text in sentences, with everything around them kept: line ends, bullets, spaces, separators.

Our own splitter, because the one of Argos Translate downloads a model. It errs on the side of not splitting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from campaign.drafting.protect import Span, spans
from campaign.sentence_ends import CLOSER, END, TIGHT

_ABBREVIATIONS = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "vs", "etc", "e.g", "i.e", "a.m", "p.m", "approx", "tel", "fig")
)
_END = regex.compile(rf"{END}+{CLOSER}*(?=\s+\S)|{TIGHT}")
_BULLET = re.compile(r"\s*(?:[-–—•*·▪►▸→➔✓☐]|\d{1,2}[.)]|[a-z]\))\s+")
#: Signs that part two texts on one line; neither side knows of the other.
_SEPARATOR = re.compile(r"\s+[·|•→➔]\s+|\s+[–—]\s+(?=%|\{)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of a text: `lead + core + tail` of all pieces make the text again. An empty core needs no translation."""

    lead: str
    core: str
    tail: str

    @property
    def text(self) -> str:
        """The piece as it stood."""
        return self.lead + self.core + self.tail


def split(text: str, names: Sequence[str] = ()) -> list[Sentence]:
    """The sentences of a text. Nothing inside a protected stretch ends one."""
    found: list[Sentence] = []
    for line in re.split(r"(?<=\n)", text):
        found += _line(line, names)
    return found


def _line(line: str, names: Sequence[str]) -> list[Sentence]:
    bullet = _BULLET.match(line)
    start = bullet.end() if bullet else 0
    protected = spans(line, names)

    def inside(place: int) -> bool:
        return any(span.start < place < span.end for span in protected)

    cuts = {match.end() for match in _END.finditer(line, start) if not inside(match.end()) and _ends(line, match)}
    for match in _SEPARATOR.finditer(line, start):
        if not inside(match.start() + 1):
            cuts |= {match.start(), match.end()}
    places = [start, *sorted(cut for cut in cuts if start < cut < len(line)), len(line)]
    pieces = [_piece(line[a:b]) for a, b in pairwise(places) if a < b]
    if start and pieces:
        return [Sentence(line[:start] + pieces[0].lead, pieces[0].core, pieces[0].tail), *pieces[1:]]
    return pieces or [Sentence(line, "", "")]


def _ends(line: str, match: regex.Match[str]) -> bool:
    """Whether a full stop ends a sentence: no abbreviation before it, a capital, digit or sign after it."""
    word = re.search(r"[\w.]*$", line[: match.start()])
    before = word[0].lower() if word else ""
    following = line[match.end() :].lstrip()[:1]
    if match[0].startswith(".") and (before.strip(".") in _ABBREVIATIONS or re.fullmatch(r"[a-z]", before)):
        return False
    return following == following.title()  # Georgian letters have a large form that begins no sentence


def _piece(text: str) -> Sentence:
    core = text.strip()
    if not re.search(r"[^\W\d_]", core):
        return Sentence(text, "", "")
    start = text.index(core)
    return Sentence(text[:start], core, text[start + len(core) :])


def has_words(text: str, protected: Sequence[Span]) -> bool:
    """Whether anything but protected stretches, digits and signs is there to translate."""
    kept, at = [], 0
    for span in protected:
        kept.append(text[at : span.start])
        at = span.end
    return bool(re.search(r"[^\W\d_]", "".join([*kept, text[at:]])))
