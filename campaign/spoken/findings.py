"""What a check found, in the language of whoever reads it.

The words of a finding stand in a call of `say` where the finding is made, and those of a rule in its `Rule`; Babel
takes them from there (`make words`), and gettext translates them. Values are never translated.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from gettext import NullTranslations

from campaign.model.sentence import Sentence
from campaign.spoken import FINDINGS, TURNED, texts


def detail(said: Sentence, tag: str) -> str | None:
    """What a finding says in a language, None where nobody wrote its words there: show it in English then."""
    if tag == "en":
        return str(said)
    missing = False

    def words(msgid: str) -> str:
        nonlocal missing
        translated = _catalogue(tag).gettext(msgid)
        missing = missing or not translated
        return translated

    told = said.told(words, lambda value: _isolated(value, tag))
    return None if missing else told


def rule(words: str, tag: str) -> str:
    """A rule's words in a language; as they are where nobody wrote them."""
    return Sentence(_catalogue(tag).gettext(words) or words).told(str, lambda value: _isolated(value, tag))


class _Nothing(NullTranslations):
    """What a catalogue says of words that it does not have."""

    def gettext(self, message: str) -> str:
        return ""


@cache
def _catalogue(tag: str) -> NullTranslations:
    known = texts(tag, FINDINGS)
    known.add_fallback(_Nothing())
    return known


def _isolated(value: str, tag: str) -> str:
    """A value that keeps its own direction, and the sentence around it its own, where one of them is right-to-left."""
    turned = tag in TURNED or any(unicodedata.bidirectional(character) in ("R", "AL") for character in value)
    return f"\u2068{value}\u2069" if turned else value
