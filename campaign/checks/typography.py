"""Typography: words that stand twice, brackets, line breaks and the last mark, over translate-toolkit's checks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import regex

from campaign.checks.facts import Facts, found
from campaign.checks.placeholders import MALFORMED, VALID
from campaign.model.finding import Finding
from campaign.model.unit import Unit

#: They double words on purpose: reduplication makes plurals, intensity or distribution (WALS, chapter 27).
REDUPLICATING = frozenset(
    {"am", "az", "bn", "fil", "gu", "ha", "hi", "hy", "id", "ja", "ka", "kk", "km", "ko", "ky", "lo", "mk", "mn", "my"}
    | {"ne", "om", "pa", "pcm", "rom", "si", "so", "sw", "ta", "te", "th", "ti", "tr", "ug", "ur", "uz", "vi", "yo"}
    | {"zh-Hans", "zh-Hant"}
)  # fmt: skip

#: Words that two sentences or a grammar put side by side.
_DOUBLED = {
    "nl": {"die", "dat"}, "fr": {"nous", "vous"}, "de": {"die", "der", "das", "sie"}, "en": {"that", "had"},
    "it": {"mano"}, "el": {"της", "του"},
}  # fmt: skip

#: The full stop, question mark, colon and so on of each script as the Latin mark that the toolkit knows everywhere.
_MARKS = str.maketrans(
    dict.fromkeys("।॥۔。．።៕։", ".")
    | dict.fromkeys("؟？፧՞", "?")
    | dict.fromkeys("：፦፡៖", ":")
    | dict.fromkeys("！՜", "!")
    | dict.fromkeys("؛；፤", ";")
    | dict.fromkeys("،，、፣", ",")
    | {"（": "(", "）": ")", "［": "[", "］": "]"}
)

_END = regex.compile(r"[.!?:;…።፧፦।۔؟。！？]+(?=\s)")

_SPACED = regex.compile(r"[ \u00a0\u202f]+(?=[?!:;.»”]+$)")

#: They write no full stop.
_UNPOINTED = frozenset({"th", "lo"})

#: The toolkit's own name of a language where it is not the tag.
_TOOLKIT = {"pt-BR": "pt_BR", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "prs": "fa", "sr-Cyrl": "sr"}


def doubled_words(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a word that stands twice in a row, where the language does not double words on purpose."""
    if unit.locale in REDUPLICATING:
        return
    for form in unit.forms:
        # The toolkit drops full stops; the end of a sentence parts two words all the same.
        prose = _END.sub(" | ", VALID.sub(lambda match: f"<{match.start()}>", form))
        if word := _failure(unit.locale, "doublewords", unit.source, prose):
            doubled = word.split("'")[1] if "'" in word else word
            if any(c.isalpha() for c in doubled) and doubled not in _DOUBLED.get(unit.locale, ()):
                yield found("repetition", unit, f'"{doubled}" stands twice in a row')
                return


def changed_punctuation(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for brackets, line breaks or a final mark that are not those of the source."""
    if facts.is_source(unit.locale) or facts.language is None:
        return
    for index, form in enumerate(unit.forms):
        source = unit.plural if unit.plural and index else unit.source
        # What is filled in later is no punctuation: the name of a placeholder stands in brackets.
        source, text = (MALFORMED.sub("x", VALID.sub("x", part)).translate(_MARKS) for part in (source, form))
        if unit.locale == "el":  # the Greek question mark is a semicolon
            text = text.replace(";", "?").replace("\u037e", "?").replace("·", ";")
        source, tight = source.strip(" \u00a0"), _tight(text)
        for check, words in (
            ("brackets", "brackets are"),
            ("newlines", "line breaks are"),
            ("endpunc", "the last mark is"),
        ):
            # A plural form may say its number in a word and put the digits in brackets.
            if (check == "endpunc" and unit.locale in _UNPOINTED) or (check == "brackets" and unit.plural):
                continue
            # French puts a space before some marks; joiners and direction marks are no punctuation.
            if text.strip() and _failure("en", check, source, tight):
                label = f"plural form {index}: " if unit.plural else ""
                yield found("punctuation", unit, f"{label}{words} not as in the source")


def _tight(text: str) -> str:
    visible = text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _SPACED.sub("", visible.strip())


def _failure(locale: str, check: str, source: str, text: str) -> str | None:
    """What a check of translate-toolkit says, None when it passes."""
    checker, failure = _checker(locale)
    try:
        getattr(checker, check)(source, text)
    except failure as error:
        return str(error)
    return None


@cache
def _checker(locale: str) -> tuple[Any, type[Exception]]:
    from translate.filters.checks import CheckerConfig, FilterFailure, StandardChecker

    return StandardChecker(CheckerConfig(targetlanguage=_TOOLKIT.get(locale, locale))), FilterFailure
