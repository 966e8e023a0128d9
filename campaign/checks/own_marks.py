"""Own marks: a language's own punctuation anywhere in a text, and a space behind it where the script puts one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

import regex

from campaign import languages
from campaign.checks.facts import Facts, found, in_form
from campaign.checks.placeholders import MALFORMED, VALID
from campaign.model.finding import Finding
from campaign.model.sentence import Sentence, say
from campaign.model.unit import Unit
from campaign.reading import addresses
from campaign.scripts import SCRIPTS

_ARABIC = {",": "،", ";": "؛", "?": "؟"}
_DANDA = {".": "।"}
_ETHIOPIC = {".": "።", ",": "፣", ";": "፤"}
_IDEOGRAPHIC = {",": "，", ".": "。", ";": "；", "?": "？", "!": "！", ":": "："}

#: Latin marks that a language writes otherwise, by tag (CLDR, exemplar punctuation).
#: Marks that writers of a language use both ways, such as the Ethiopic question mark, are left out.
OWN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "el": {"?": ";"},
        **dict.fromkeys(("ar", "ary", "arz", "ckb", "fa", "prs", "ps", "sd", "ug"), _ARABIC),
        "ur": {**_ARABIC, ".": "۔"},
        **dict.fromkeys(("bn", "hi", "ne", "pa"), _DANDA),
        **dict.fromkeys(("am", "ti"), _ETHIOPIC),
        "hy": {"?": "՞", "!": "՜"},
        **dict.fromkeys(("zh-Hans", "zh-Hant", "ja"), _IDEOGRAPHIC),
        "my": {".": "။"},
        "km": {".": "។"},
    }
)

#: Scripts that part words by spaces, and a mark that a letter follows at once. A full stop needs a capital behind it:
#: what else has one inside is an address, a number or an abbreviation.
_GLUED = regex.compile(
    r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{M}]{2}[)\]\"»”]?)(?P<mark>[,;!?،؛؟۔])(?=[¿¡]?\p{L})"
    r"|(?<=[\p{Ll}\p{Nd}]{2}[)\]\"»”]?)(?P<mark>\.)(?=\p{Lu}\p{Ll})"
)
#: Languages whose questions have a mark at both ends, with a question that lacks the first one. It may also begin as an
#: exclamation (RAE, Ortografía de la lengua española, 3.4.9.3).
_OPENED: Mapping[str, tuple[str, regex.Pattern[str]]] = MappingProxyType(
    {"es": ("¿…?", regex.compile(r"(?:^|\?)[^¿¡?]*\p{L}[)\]\"»”]?(?P<mark>\?)"))}
)


def foreign_marks(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a mark of another script behind a word, and for one that touches the next word."""
    if facts.is_source(unit.locale) or facts.language is None:
        return
    own = OWN.get(unit.locale, {})
    for index, form in enumerate(unit.forms):
        # What is filled in later ends in a figure or a letter: a mark behind it belongs to the text.
        text = addresses.without(MALFORMED.sub("00", VALID.sub("00", form)), (unit.source, unit.plural))
        if own and (match := _foreign(unit.locale).search(text)):
            said = say('"%(mark)s" is written "%(own)s" in this language', mark=match["mark"], own=own[match["mark"]])
            yield found("own-marks", unit, in_form(unit, index, said))
        if match := _unopened(unit.locale, text):
            mark, own_mark = match["mark"], _OPENED[unit.locale][0]
            said = say('"%(mark)s" is written "%(own)s" in this language', mark=mark, own=own_mark)
            yield found("own-marks", unit, in_form(unit, index, said))
        if match := _GLUED.search(text):
            yield found("own-marks", unit, in_form(unit, index, _touching(match)))


def _unopened(tag: str, text: str) -> regex.Match[str] | None:
    """The end of a question that lacks its first mark."""
    return _OPENED[tag][1].search(text) if tag in _OPENED else None


def _touching(match: regex.Match[str]) -> Sentence:
    return say('a space is missing behind "%(mark)s"', mark=match["mark"])


@cache
def _foreign(tag: str) -> regex.Pattern[str]:
    """A mark of another script behind a letter of the language's own, where a sentence or a clause ends."""
    letters = "".join(rf"\p{{{name}}}" for name in SCRIPTS[languages.get(tag).script])
    marks, closed = "".join(map(regex.escape, OWN[tag])), r"[)\]\"'»”）」]"
    return regex.compile(rf"(?<=[{letters}]\p{{M}}?{closed}?)[ \u00a0]?(?P<mark>[{marks}])(?=\s|{closed}|$|\p{{Han}})")
