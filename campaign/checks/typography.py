"""Typography: words that stand twice, brackets and the last mark, over translate-toolkit's checks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

import regex

from campaign import sentence_ends
from campaign.checks.facts import Facts, found, in_form
from campaign.checks.placeholders import MALFORMED, VALID
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit
from campaign.scripts import UNSPACED_LETTERS

#: They double words on purpose: reduplication makes plurals, intensity or distribution (WALS, chapter 27).
REDUPLICATING = frozenset(
    {"am", "az", "bn", "fil", "gu", "ha", "hi", "hy", "id", "ja", "ka", "kk", "km", "ko", "ky", "lo", "mk", "mn", "my"}
    | {"ne", "om", "pa", "pcm", "rom", "si", "so", "sw", "ta", "te", "th", "ti", "tr", "ug", "ur", "uz", "vi", "yo"}
    | {"zh-Hans", "zh-Hant"}
)  # fmt: skip

#: Words that two sentences or a grammar put side by side.
_DOUBLED = {
    "nl": {"die", "dat"}, "fr": {"nous", "vous"}, "de": {"die", "der", "das", "sie"}, "en": {"that", "had"},
    "it": {"mano"}, "el": {"της", "του"}, "sq": {"të"},
}  # fmt: skip

_WORD = r"[\p{L}\p{M}][\p{L}\p{M}\p{Nd}'’ʼ\u200c\u200d-]*+"
_TWICE = regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}'’-])({_WORD})[^\S\n]+\1(?![\p{{L}}\p{{M}}\p{{N}}'’-])")
#: One to four words that are said three times or more, whatever stands between: what a translation engine does that has
#: lost the thread. Scripts without spaces between words repeat letters instead.
_THRICE = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}'’-])({_WORD}(?:\s+{_WORD}){{0,3}}?)(?:[\s\p{{P}}]+\1(?![\p{{L}}\p{{M}}\p{{N}}])){{2,}}",
    regex.IGNORECASE,
)
_UNSPACED = regex.compile(rf"([{UNSPACED_LETTERS}]{{2,24}}?)(?:[\s\p{{P}}]*\1){{2,}}")

#: The toolkit's checks of punctuation, and what is said where one fails.
_CHANGED = {
    "brackets": say("brackets are not as in the source"),
    "endpunc": say("the last mark is not as in the source"),
}

_GLOSS = regex.compile(r"\(([\p{Lu}\p{N}][\p{L}\p{N}.&-]{1,15})\)")
_SPACED = regex.compile(r"[ \u00a0\u202f]+(?=[?!:;.»”]+$)")
#: Brackets as East Asian scripts write them, as the Latin ones that do the same work.
_BRACKETS = str.maketrans("（）［］｛｝", "()[]{}")
#: What may close behind the last mark or before it: „So.“ and „So“. end alike.
_CLOSED = regex.compile(rf"(?:(?![)\]]){sentence_ends.CLOSER})+(?=\p{{P}}*$)")


def doubled_words(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for words that stand three times or more, and for one that stands twice in a row where the
    language does not double words on purpose.
    """
    sources = (unit.source, unit.plural)
    for form in unit.forms:
        # A placeholder and the end of a sentence part two words.
        prose = VALID.sub(" | ", form)
        if (again := _repeated(prose)) and not any(map(_repeated, sources)):
            times, words = again
            said = say('"%(said)s" stands %(times)s times in a row', said=words, times=times)
            yield found("repetition", unit, said)
            return
        if unit.locale not in REDUPLICATING and (doubled := _doubled(prose, unit, facts)):
            yield found("repetition", unit, say('"%(said)s" stands twice in a row', said=doubled))
            return


def _repeated(text: str) -> tuple[int, str] | None:
    """How often words are said in a row, and which, where it is three times or more."""
    match = _THRICE.search(text) or _UNSPACED.search(text)
    if match is None:
        return None
    return match[0].casefold().count(match[1].casefold()), match[1]


def _doubled(text: str, unit: Unit, facts: Facts) -> str:
    """The first word that stands twice in a row and is no name, no pair of the grammar, and not twice in the source."""
    twice = [match[1] for match in _TWICE.finditer(text)]
    if not twice:
        return ""
    said = {match[1].casefold() for source in (unit.source, unit.plural) for match in _TWICE.finditer(source)}
    fine = said | facts.names | _DOUBLED.get(unit.locale, set())
    return next((word for word in twice if word.casefold() not in fine), "")


def changed_punctuation(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for brackets or a final mark that are not those of the source."""
    if facts.is_source(unit.locale) or facts.language is None:
        return
    for index, form in enumerate(unit.forms):
        source = unit.plural if unit.plural and index else unit.source
        filled = not regex.search(r"\p{L}", VALID.sub("", source))
        # What is filled in later is no punctuation: the name of a placeholder stands in brackets.
        source, text = (MALFORMED.sub("x", VALID.sub("x", part)).translate(_BRACKETS) for part in (source, form))
        text = _without_glosses(text, source)
        source = _CLOSED.sub("", _tight(sentence_ends.plain(source)))
        text = sentence_ends.asked(text, unit.locale) if source.endswith("?") else text
        text = _CLOSED.sub("", _tight(sentence_ends.plain(text, unit.locale)))
        for check, said in _CHANGED.items():
            # A plural form may say its number in a word and put the digits in brackets.
            if (check == "endpunc" and unit.locale in sentence_ends.UNPOINTED) or (check == "brackets" and unit.plural):
                continue
            # A date alone is no sentence: some languages end it with a short form of "year" and its point.
            if check == "endpunc" and filled:
                continue
            if text.strip() and _differs(check, source, text):
                yield found("punctuation", unit, in_form(unit, index, said))


def _without_glosses(text: str, source: str) -> str:
    """The text without the brackets around a short form of the source, which stands there behind the words for it."""
    return _GLOSS.sub(
        lambda gloss: f" {gloss[1]} " if gloss[1] in source and gloss[0] not in source else gloss[0], text
    )


def _tight(text: str) -> str:
    """The text without the space that French puts before some marks, and without joiners and direction marks."""
    visible = text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _SPACED.sub("", visible.strip())


def _differs(check: str, source: str, text: str) -> bool:
    """Whether a check of translate-toolkit fails."""
    checker, failure = _checker()
    try:
        getattr(checker, check)(source, text)
    except failure:
        return True
    return False


@cache
def _checker() -> tuple[object, type[Exception]]:
    from translate.filters.checks import CheckerConfig, FilterFailure, StandardChecker

    return StandardChecker(CheckerConfig(targetlanguage="en")), FilterFailure
