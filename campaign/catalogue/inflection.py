"""What a language writes together with a word: clitics before it, endings behind it; scripts without spaces.

One table for drafting and for checking. It finds more than a grammar would, never another word: letters are added to a
word of the glossary, and only those that are listed, or an ending of so many letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: Letters that an ending has at most: one case or number, or several of them in a row.
ENDING, ENDINGS = 4, 12


@dataclass(frozen=True, slots=True)
class Inflection:
    """`before` is a pattern of what may stand before a word, `behind` how many letters may follow it.

    `article` is what that pattern holds already; `spaced` says that words are parted by spaces.
    """

    before: str = ""
    behind: int = ENDING
    article: str = ""
    spaced: bool = True

    @property
    def stacked(self) -> bool:
        """Whether endings follow each other, so that a word keeps its letters before them."""
        return self.behind > ENDING

    def whole(self, word: str) -> str:
        """A word before stacked endings, as a pattern: only its last letter may be another (kitap, kitabı)."""
        return re.escape(word[:-1]) + _LAST.get(word[-1:], re.escape(word[-1:]))

    def bare(self, word: str) -> str:
        """The word without its article, where something is left of it."""
        return word.removeprefix(self.article) if len(word) > len(self.article) + 1 else word


#: The last letters that change before an ending, with and without their marks.
_LAST = {"p": "[pb]", "ç": "[çc]", "t": "[td]", "k": "[kğg]", "a": "[aáâ]", "e": "[eé]", "i": "[ie]"}

_PLAIN = Inflection()
#: And, so; with, like, for; the article, which for and the article make one.
_ARABIC = Inflection("[وف]?(?:[بك]?ال|لل|[بكلس])?", article="ال")
_HEBREW = Inflection("(?:כש|לכש|[והבכלמש]){0,3}")
_ETHIOPIC = Inflection("(?:ስለ|እንደ|ወደ|ካብ|ናብ|ናይ|እን|በ|ለ|ከ|የ|ብ|ን|ዝ|ም){0,2}")
_STACKED = Inflection(behind=ENDINGS)
_WHOLE = Inflection(spaced=False)

_LANGUAGES: Mapping[str, Inflection] = {
    **dict.fromkeys(("ar", "ary", "arz"), _ARABIC),
    "he": _HEBREW,
    **dict.fromkeys(("am", "ti"), _ETHIOPIC),
    **dict.fromkeys(
        ("tr", "az", "uz", "kk", "ky", "mn", "ug", "hu", "fi", "et", "ka", "eu", "qu", "gn", "ta", "te"), _STACKED
    ),
    **dict.fromkeys(("th", "lo", "km", "my", "zh-Hans", "zh-Hant", "ja"), _WHOLE),
}


def of(locale: str) -> Inflection:
    """How words of a language change; a language that is not listed adds an ending."""
    return _LANGUAGES.get(locale, _PLAIN)
