"""Notes for translators and names of audiences, in the language of whoever reads them.

A note is written in parts ("first paragraph, for carers; short, at most 12 words"). Each is looked up by itself, so
that it is put into a language once; what nobody put into it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from campaign.spoken import NOTES, texts

#: What stands between the parts of a note: the name of its block, a line break, a semicolon, the comma before a "for".
_BETWEEN = re.compile(r"(^\[[^\]\n]*\] ?|\n|; |, (?=for ))", re.MULTILINE)


def parts(words: str) -> list[str]:
    """The parts of a note that are looked up by themselves, without what stands between them."""
    return [part for part in _BETWEEN.split(words)[::2] if part]


@dataclass(frozen=True, slots=True)
class Guide:
    """What people who work on texts are told in one language; `own` are the words of the workspace, which go first."""

    tag: str
    own: Mapping[str, str] = field(default_factory=dict)

    def said(self, words: str) -> str:
        """A note, or a name, as far as its parts are known in the language."""
        return self.own.get(words) or "".join(map(self._part, _BETWEEN.split(words)))

    def knows(self, words: str) -> bool:
        """Whether any part of it is said in the language."""
        return self.said(words) != words

    def _part(self, part: str) -> str:
        return self.own.get(part) or (texts(self.tag, NOTES).gettext(part) if part else "")
