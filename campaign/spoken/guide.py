"""Notes for translators and names of audiences, in the language of whoever reads them.

A note is written in parts ("first paragraph, for carers; short, at most 12 words"). Each is looked up by itself, so
that it is put into a language once; what nobody put into it stays as it is. Templates have the notes in the language
that the campaign is written in; the program's own are in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from campaign.spoken import FOLDER, NOTED, NOTES, texts

#: What stands between the parts of a note: the name of its block, a line break, a semicolon, the comma before a "for".
_BETWEEN = re.compile(r"(^\[[^\]\n]*\] ?|\n|; |, (?=for ))", re.MULTILINE)


def parts(words: str) -> list[str]:
    """The parts of a note that are looked up by themselves, without what stands between them."""
    return [part for part in _BETWEEN.split(words)[::2] if part]


@dataclass(frozen=True, slots=True)
class Guide:
    """What people who work on texts are told in one language; `own` are the words of the workspace, which go first.

    `written` is the language that the campaign is written in. Without a `tag` notes stay as they are written.
    """

    tag: str
    own: Mapping[str, str] = field(default_factory=dict)
    written: str = "en"

    def said(self, words: str) -> str:
        """A note, or a name, as far as its parts are known in the language."""
        return self.own.get(words) or "".join(map(self._part, _between(self.written).split(words)))

    def knows(self, words: str) -> bool:
        """Whether any part of it is said in the language."""
        return self.said(words) != words

    def _part(self, part: str) -> str:
        english = _english(self.written).get(part, part)
        if known := self.own.get(part) or self.own.get(english):
            return known
        return texts(self.tag, NOTES).gettext(english) if part and self.tag else part


def rewritten(words: str, old: str, new: str) -> str:
    """A note written in one language, in another: its parts stand between semicolons, so that they are found again."""
    told = Guide(new, written=old)
    pieces = _between(old).split(words)
    return "".join(told.said("; " if piece == ", " else piece) for piece in pieces)


@cache
def _between(tag: str) -> re.Pattern[str]:
    """What stands between the parts of a note in a language: some write another semicolon."""
    own = texts(tag, NOTES).gettext("; ")
    return re.compile(f"{_BETWEEN.pattern[:-1]}|{re.escape(own)})", re.MULTILINE)


@cache
def _english(tag: str) -> Mapping[str, str]:
    """What each note of a language is in English."""
    path = FOLDER / tag / "LC_MESSAGES" / f"{NOTES}.po"
    if tag not in NOTED[1:] or not path.is_file():
        return MappingProxyType({})
    from babel.messages import pofile

    with path.open("rb") as stream:
        said = [(str(entry.string), str(entry.id)) for entry in pofile.read_po(stream) if entry.id]
    return MappingProxyType(dict(reversed(said)))
