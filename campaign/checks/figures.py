"""Figures: the same numbers, and the same contacts in digits that can be dialled, in every text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import regex

from campaign.checks.facts import Facts, found
from campaign.checks.placeholders import VALID
from campaign.model.finding import Finding, Severity
from campaign.model.unit import Unit

#: A number up to this one is often a word in one of two languages.
_SAID_IN_WORDS = 12

_EMAIL = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = regex.compile(r"(?:https?://|www\.)[^\s<>\"'،؛。、)]+", regex.IGNORECASE)
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
    for source, form, label in _pairs(unit):
        if not _FIGURE.search(source + form):
            continue
        wanted, have = groups(_without_contacts(source)), groups(_without_contacts(form))
        if wanted == have or "".join(wanted) == "".join(have):
            continue
        missing, extra = Counter(wanted) - Counter(have), Counter(have) - Counter(wanted)
        if not missing and not extra:
            continue
        said = [f"{', '.join(missing.elements())} is missing"] if missing else []
        said += [f"{', '.join(extra.elements())} is not in the source"] if extra else []
        small = all(int(group) <= _SAID_IN_WORDS for group in (*missing, *extra)) and not (missing and extra)
        severity = Severity.WARNING if small else None
        yield found("number", unit, label + "; ".join(said), severity=severity)


def changed_contacts(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each number, e-mail or web address that a form changed, and for digits nobody can dial."""
    for source, form, label in _pairs(unit):
        addresses = _addresses(source, form) if _ADDRESS.search(source + form) else ()
        numbers = (*_phones(source, form), *_short_codes(source, form)) if _FIGURE.search(source + form) else ()
        for detail in (*addresses, *numbers):
            yield found("contact-changed", unit, label + detail)


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


def _pairs(unit: Unit) -> Iterator[tuple[str, str, str]]:
    """Each form with the source text it answers to and the label of its findings, both without placeholders."""
    for index, form in enumerate(unit.forms):
        if form.strip():
            source = unit.plural if unit.plural and index else unit.source
            label = f"plural form {index}: " if unit.plural else ""
            yield VALID.sub(" ", source), VALID.sub(" ", form), label


def _without_contacts(text: str) -> str:
    text = folded_digits(text)
    for pattern in (_EMAIL, _URL):
        text = pattern.sub(" ", text)
    return _PHONE.sub(lambda match: " " if _is_phone(match[0]) else match[0], text)


def _addresses(source: str, form: str) -> Iterator[str]:
    for kind, pattern in (("e-mail", _EMAIL), ("web address", _URL)):
        wanted, have = (
            Counter(piece.rstrip(".,;:!?»”").lower() for piece in pattern.findall(_visible(text)))
            for text in (source, form)
        )
        lost, new = list((wanted - have).elements()), list((have - wanted).elements())
        for index, piece in enumerate(lost):
            became = f", it became {new[index]}" if index < len(new) else ""
            yield f"the {kind} {piece} is missing{became}"
        for piece in new[len(lost) :]:
            yield f"the {kind} {piece} is not in the source"


def _phones(source: str, form: str) -> Iterator[str]:
    wanted, have = _numbers(source), _numbers(form)
    spare = list((Counter(have) - Counter(wanted)).elements())
    for number in (Counter(wanted) - Counter(have)).elements():
        became = next((s for s in spare if _alike(number, s)), spare[0] if spare else "")
        if became:
            spare.remove(became)
        yield f"the number {number} {_how(number, became)}"
    for number in spare:
        yield f"the number {number} is not in the source"
    for match in _PHONE.finditer(_visible(form)):
        if _digits(match[0]) in wanted and not match[0].isascii() and not _latin(match[0]):
            yield f"the number {match[0]} is in digits that telephones do not have: write {_digits(match[0])}"


def _short_codes(source: str, form: str) -> Iterator[str]:
    if not _CALL.search(source):
        return
    wanted = {_digits(match[0]) for match in _SHORT_CODE.finditer(folded_digits(source))}
    rest = _PHONE.sub(" ", _visible(form))
    for match in _SHORT_CODE.finditer(rest):
        if _digits(match[0]) in wanted and not _latin(match[0]):
            yield f"the number {match[0]} is in digits that telephones do not have: write {_digits(match[0])}"


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


def _how(number: str, became: str) -> str:
    if not became:
        return "is missing"
    if became == number[::-1]:
        return f"is reversed: {became}"
    if number.startswith(became) or number.endswith(became):
        return f"is truncated: {became}"
    return f"became {became}"
