"""Figures: the same numbers, and the same contacts in digits that can be dialled, in every text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import regex

from campaign.checks.facts import Facts, found, in_form
from campaign.checks.placeholders import VALID
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import Sentence, say, together
from campaign.model.unit import Unit

#: A number up to this one is often a word in one of two languages.
_SAID_IN_WORDS = 12

_EMAIL = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = regex.compile(r"(?:https?://|www\.)[^\s<>\"'،؛。、)]+", regex.IGNORECASE)
#: What may be an address, and what is said of one that is lost, that became another one, that is new.
_KINDS = (
    (
        _EMAIL,
        say("the e-mail %(address)s is missing"),
        say("the e-mail %(address)s is missing, it became %(became)s"),
        say("the e-mail %(address)s is not in the source"),
    ),
    (
        _URL,
        say("the web address %(address)s is missing"),
        say("the web address %(address)s is missing, it became %(became)s"),
        say("the web address %(address)s is not in the source"),
    ),
)
_NATIVE = say("the number %(number)s is in digits that telephones do not have: write %(digits)s")
_DATE_OR_TIME = regex.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}[:.]\d\d(?:\s?[-–]\s?\d{1,2}[:.]\d\d)?"
)
_RANGE = regex.compile(r"\(?\d{3,4}\s?[-–]\s?\d{3,4}")
_PHONE = regex.compile(r"\+?\(?\d(?:[\s().\-–/]{0,3}\d){5,}")
_SHORT_CODE = regex.compile(r"(?<![\d.,:])\d{3}(?: ?\d{3})?(?![\d.,:]?\d)")
_CALL = regex.compile(r"\b(?:call|dial|ring|phone|telephone|text|sms|number|helpline|hotline)\b", regex.IGNORECASE)
# Without one of these there is no e-mail or web address; what nobody sees may stand inside "www".
_ADDRESS = regex.compile(r"[@/]|w\p{Cf}*w", regex.IGNORECASE)
# Without one of these there is no number.
_FIGURE = regex.compile(r"[\d፩-፼]")
_GROUP = regex.compile(r"[0-9]+")
_ETHIOPIC = regex.compile(r"[፩-፼]+")


def changed_numbers(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each form whose numbers are not those of the source, read in any script's digits.

    A small number on one side only may be a word on the other: that asks for a look.
    """
    for source, form, index in _pairs(unit):
        if not _FIGURE.search(source + form):
            continue
        wanted, have = groups(_without_contacts(source)), groups(_without_contacts(form))
        if wanted == have or "".join(wanted) == "".join(have):
            continue
        missing, extra = Counter(wanted) - Counter(have), Counter(have) - Counter(wanted)
        if not missing and not extra:
            continue
        said = [say("%(what)s is missing", what=", ".join(missing.elements()))] if missing else []
        said += [say("%(what)s is not in the source", what=", ".join(extra.elements()))] if extra else []
        small = all(int(group) <= _SAID_IN_WORDS for group in (*missing, *extra)) and not (missing and extra)
        severity = Severity.WARNING if small else None
        yield found("number", unit, in_form(unit, index, together(*said)), severity=severity)


def changed_contacts(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each number, e-mail or web address that a form changed, and for digits nobody can dial."""
    for source, form, index in _pairs(unit):
        addresses = _addresses(source, form) if _ADDRESS.search(source + form) else ()
        numbers = (*_phones(source, form), *_short_codes(source, form)) if _FIGURE.search(source + form) else ()
        for said in (*addresses, *numbers):
            yield found("contact-changed", unit, in_form(unit, index, said))


def folded_digits(text: str) -> str:
    """The text with the digits of every script as Latin digits, and without soft hyphens, bidi controls and joiners."""
    if text.isascii():
        return text
    text = _ETHIOPIC.sub(lambda match: str(_ethiopic(match[0])), text)
    return "".join(map(_folded, text))


@lru_cache(maxsize=4096)  # an alphabet, met again with every word
def _folded(character: str) -> str:
    category = unicodedata.category(character)
    return str(unicodedata.digit(character)) if category == "Nd" else "" if category == "Cf" else character


def groups(text: str) -> list[str]:
    """The runs of digits of a text as Latin digits, in order."""
    return _GROUP.findall(folded_digits(text))


def _ethiopic(numeral: str) -> int:
    """The value of an Ethiopic numeral: ፳፬ is 24, ፪፻ is 200, ፼ is 10000 (Unicode core specification, 22.3)."""
    total = part = 0
    for sign in numeral:
        value = int(unicodedata.numeric(sign))
        if value == 10000:
            total, part = (total + (part or 1)) * value, 0
        elif value == 100:
            total, part = total + (part or 1) * value, 0
        else:
            part += value
    return total + part


def _pairs(unit: Unit) -> Iterator[tuple[str, str, int]]:
    """Each form with the source text it answers to, both without placeholders, and its place among the forms."""
    for index, form in enumerate(unit.forms):
        if form.strip():
            source = unit.plural if unit.plural and index else unit.source
            yield VALID.sub(" ", source), VALID.sub(" ", form), index


def _without_contacts(text: str) -> str:
    text = folded_digits(text)
    for pattern in (_EMAIL, _URL):
        text = pattern.sub(" ", text)
    return _PHONE.sub(lambda match: " " if _is_phone(match[0]) else match[0], text)


def _addresses(source: str, form: str) -> Iterator[Sentence]:
    for pattern, missing, changed, added in _KINDS:
        wanted, have = (
            Counter(piece.rstrip(".,;:!?»”").lower() for piece in pattern.findall(_visible(text)))
            for text in (source, form)
        )
        lost, new = list((wanted - have).elements()), list((have - wanted).elements())
        for index, piece in enumerate(lost):
            if index < len(new):
                yield changed.given(address=piece, became=new[index])
            else:
                yield missing.given(address=piece)
        for piece in new[len(lost) :]:
            yield added.given(address=piece)


def _phones(source: str, form: str) -> Iterator[Sentence]:
    wanted, have = _numbers(source), _numbers(form)
    spare = list((Counter(have) - Counter(wanted)).elements())
    for number in (Counter(wanted) - Counter(have)).elements():
        became = next((s for s in spare if _alike(number, s)), spare[0] if spare else "")
        if became:
            spare.remove(became)
        yield _how(number, became)
    for number in spare:
        yield say("the number %(number)s is not in the source", number=number)
    for match in _PHONE.finditer(_visible(form)):
        if _digits(match[0]) in wanted and not match[0].isascii() and not _latin(match[0]):
            yield _NATIVE.given(number=match[0], digits=_digits(match[0]))


def _short_codes(source: str, form: str) -> Iterator[Sentence]:
    if not _CALL.search(source):
        return
    wanted = {_digits(match[0]) for match in _SHORT_CODE.finditer(folded_digits(source))}
    rest = _PHONE.sub(" ", _visible(form))
    for match in _SHORT_CODE.finditer(rest):
        if _digits(match[0]) in wanted and not _latin(match[0]):
            yield _NATIVE.given(number=match[0], digits=_digits(match[0]))


def _numbers(text: str) -> list[str]:
    """The telephone numbers of a text as Latin digits."""
    return [_digits(match[0]) for match in _PHONE.finditer(folded_digits(text)) if _is_phone(match[0])]


def _is_phone(piece: str) -> bool:
    """Whether digits in groups are no date, time or span of years (1914-1918)."""
    international = piece.lstrip("(").startswith(("+", "00"))
    return international or not (_DATE_OR_TIME.search(piece) or _RANGE.fullmatch(piece))


def _digits(text: str) -> str:
    return "".join(groups(text))


def _latin(text: str) -> bool:
    return all(c.isascii() for c in text if unicodedata.category(c) == "Nd")


def _visible(text: str) -> str:
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Cf")


def _alike(number: str, other: str) -> bool:
    return (
        other == number[::-1]
        or number.startswith(other)
        or sorted(number) == sorted(other)
        or len(number) == len(other)
    )


def _how(number: str, became: str) -> Sentence:
    if not became:
        return say("the number %(number)s is missing", number=number)
    if became == number[::-1]:
        return say("the number %(number)s is reversed: %(became)s", number=number, became=became)
    if number.startswith(became) or number.endswith(became):
        return say("the number %(number)s is truncated: %(became)s", number=number, became=became)
    return say("the number %(number)s became %(became)s", number=number, became=became)
