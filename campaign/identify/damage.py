"""Damage: text that is no text any more, because a file went through the wrong character set, font or tool."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from campaign.identify.letters import PRESENTED, SPLIT_VOWEL
from campaign.model.sentence import Sentence, say

#: Runs of question marks, and one inside a word: what is left of letters in a character set that lacks them.
_RUN = regex.compile(r"\?{2,}")
_INSIDE = regex.compile(r"(?<![/=&.]\p{L}*)\p{L}\?\p{Ll}")
_LONG = 4

#: What UTF-8 looks like when it is read as Latin-1, Windows-1252 or Windows-1251: asked before ftfy, which is slow.
_GARBLED = regex.compile(
    r"[ÂÃÄÅ][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]|[ÐÑØÙÚÛÎÏ×][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]"
    r"|à[¤-»][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]|á[\u0080-\u00bfˆ‰Š‹Œ][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]"
    r"|[РС][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u0490\u2013-\u2122][РС]|â€|[бв][\u0402\u201a\u20ac]"
)

#: Burmese as Zawgyi fonts wrote it: the vowel before its consonant, a bare stacker, forms that Unicode gives others.
_ZAWGYI = regex.compile(
    r"(?<![\u1000-\u1021\u1025\u103b-\u103f\u104e])\u1031|\u1039(?![\u1000-\u1021])|[\u1060-\u1097]"
)
_BURMESE = regex.compile(r"\p{Myanmar}")

#: Bengali and Hindi as fonts before Unicode wrote them: Latin letters with signs inside the words (Bijoy, Kruti Dev).
_LEGACY = regex.compile(
    r"[A-Za-z][†‡ˆ‰Š‹Œ®©¯¨¶•„…”“ªºµ¸±¼½¾Øÿ|¡¢£¤¥¦§«»¬][A-Za-z]?|[†‡‰Š‹][A-Za-z]|[A-Za-z]v[A-Z]|Zz|Kw[A-Z]"
)
_LEGACY_SCRIPTS = {"bn": r"\p{Bengali}", "hi": r"\p{Devanagari}", "ne": r"\p{Devanagari}"}

_CONFLICT = regex.compile(r"(?m)^(?:<{7}|>{7}|\|{7})(?: |$)|^={7}$")


def damage(text: str, tag: str, source: str = "") -> Iterator[Sentence]:
    """Yield what is wrong with a text that is to be in the language `tag`; what the source has as well is right."""
    if ("?" in text and _question_marks(text, source)) or ("\ufffd" in text and "\ufffd" not in source):
        yield say("question marks stand in place of letters: open the original and save it as UTF-8")
    if _GARBLED.search(text) and (fixed := _ungarbled(text)):
        yield say('went through a wrong character set: write "%(piece)s", or save the original as UTF-8', piece=fixed)
    if tag in ("my", "") and _zawgyi(text):
        yield say("is written for Zawgyi fonts: convert it to Unicode, else telephones show other letters")
    if tag in _LEGACY_SCRIPTS and _legacy(text, tag):
        yield say("is typed for an old font (such as Bijoy or Kruti Dev): convert it to Unicode")
    if _CONFLICT.search(text):
        yield say("holds the marks of two versions that a merge tool could not join: choose one and delete the marks")


def presented(text: str, tag: str) -> str:
    """The first stretch of a text in presentation forms, or in two signs for one letter; empty when there is none."""
    if match := PRESENTED.search(text):
        return str(match[0])
    return SPLIT_VOWEL if tag == "ckb" and SPLIT_VOWEL in text else ""


def _question_marks(text: str, source: str) -> bool:
    runs = [run for run in _RUN.findall(text) if run not in source]
    inside = [word for word in _INSIDE.findall(text) if word not in source]
    letters = sum(c.isalpha() for c in text)
    lost = sum(map(len, runs))
    # "What??" shouts; what is lost stands in rows.
    return (len(runs) >= 2 and lost > letters / 4) or any(len(run) >= _LONG for run in runs) or len(inside) >= 2


def _ungarbled(text: str) -> str:
    """The text as it was before it went through the wrong character set; empty when it did not."""
    from ftfy import badness, fix_encoding

    if not badness.is_bad(text):
        return ""
    fixed = str(fix_encoding(text))
    line = " ".join(fixed.split())
    return "" if fixed == text else line[:60]


def _zawgyi(text: str) -> bool:
    broken = len(_ZAWGYI.findall(unicodedata.normalize("NFC", text)))
    return broken >= 2 or (broken == 1 and len(_BURMESE.findall(text)) < 40)


def _legacy(text: str, tag: str) -> bool:
    own, latin = len(regex.findall(_LEGACY_SCRIPTS[tag], text)), len(regex.findall(r"[A-Za-z]", text))
    return latin > 4 * own and len(_LEGACY.findall(text)) >= 2
