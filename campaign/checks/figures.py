"""Figures: the same numbers, and the same contacts in digits that can be dialled, in every text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from campaign.checks.facts import Facts, found, in_form
from campaign.checks.placeholders import VALID
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import Sentence, say, together
from campaign.model.unit import Unit
from campaign.reading import addresses, phones
from campaign.reading.fold import Folded, fold
from campaign.reading.quantities import differences
from campaign.reading.seek import Seen, seek, wanted_phone
from campaign.reading.spots import EMAIL, PHONE, SHORT, WEB, Spot, mask, spots

#: A number up to this one is often a word in one of two languages.
_SAID_IN_WORDS = 12
_ROUND = frozenset({15, 24, 45, 48, *range(100, 1001, 100), *range(1000, 10001, 1000), 10**5, 10**6})

#: What may be an address, and what is said of one that is lost, that became another one, that is new.
_KINDS = (
    (
        EMAIL,
        say("the e-mail %(address)s is missing"),
        say("the e-mail %(address)s is missing, it became %(became)s"),
        say("the e-mail %(address)s is not in the source"),
    ),
    (
        WEB,
        say("the web address %(address)s is missing"),
        say("the web address %(address)s is missing, it became %(became)s"),
        say("the web address %(address)s is not in the source"),
    ),
)
_NATIVE = say("the number %(number)s is in digits that telephones do not have: write %(digits)s")
_PLUSLESS = say("the number %(number)s lacks the plus sign of %(contact)s")
# Without one of these there is no e-mail or web address; what nobody sees may stand inside "www".
_ADDRESS = regex.compile(r"[@/]|[\p{L}\p{M}\p{Nd}]\p{Cf}*\.\p{Cf}*[\p{L}]")
# Without one of these there is no number.
_FIGURE = regex.compile(r"[\d፩-፼]")


@lru_cache(maxsize=256)  # each source is met again with every language
def _read(text: str) -> tuple[Folded, tuple[Spot, ...]]:
    folded = fold(text)
    return folded, spots(folded)


def changed_numbers(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each form whose numbers are not those of the source, read in any script's digits.

    A small number on one side only may be a word on the other: that asks for a look.
    """
    for source, form, index in _pairs(unit):
        if not _FIGURE.search(source + form):
            continue
        missing, extra = differences(_bare(source), _bare(form), facts.source_language)
        if not missing and not extra:
            continue
        said = [say("%(what)s is missing", what=", ".join(missing))] if missing else []
        said += [say("%(what)s is not in the source", what=", ".join(extra))] if extra else []
        small = not (missing and extra) and all(map(_word_may_say, (*missing, *extra)))
        severity = Severity.WARNING if small else None
        yield found("number", unit, in_form(unit, index, together(*said)), severity=severity)


def _word_may_say(number: str) -> bool:
    """Whether a number is a word as often as figures: a small one, a round one, a quarter of an hour, a day."""
    value = int("".join(filter(str.isdecimal, number)) or 0)
    return value <= _SAID_IN_WORDS or (value <= 100 and value % 10 == 0) or value in _ROUND


def changed_contacts(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each number, e-mail or web address that a form changed, and for digits nobody can dial."""
    for source, form, index in _pairs(unit):
        addresses = _addresses(source, form) if _ADDRESS.search(source + form) else ()
        numbers = (*_phones(source, form), *_short_codes(source, form)) if _FIGURE.search(source + form) else ()
        for said in (*addresses, *numbers):
            yield found("contact-changed", unit, in_form(unit, index, said))


def _pairs(unit: Unit) -> Iterator[tuple[str, str, int]]:
    """Each form with the source text it answers to, both without placeholders, and its place among the forms."""
    for index, form in enumerate(unit.forms):
        if form.strip():
            source = unit.plural if unit.plural and index else unit.source
            yield VALID.sub(" ", source), VALID.sub(" ", form), index


def _bare(text: str) -> str:
    """The folded text without its telephone numbers and addresses, which are compared as what they are."""
    folded, contacts = _read(text)
    return mask(folded.text, [(spot.start, spot.end) for spot in contacts if spot.kind != SHORT])


def _addresses(source: str, form: str) -> Iterator[Sentence]:
    (_, one), (_, other) = _read(source), _read(form)
    for kind, missing, changed, added in _KINDS:
        wanted, have = ([(_key(spot), spot.text) for spot in found if spot.kind == kind] for found in (one, other))
        lost, new = _beyond(wanted, have), _beyond(have, wanted)
        for index, piece in enumerate(lost):
            if index < len(new):
                yield changed.given(address=piece, became=new[index])
            else:
                yield missing.given(address=piece)
        for piece in new[len(lost) :]:
            yield added.given(address=piece)


def _beyond(some: Sequence[tuple[object, str]], others: Sequence[tuple[object, str]]) -> list[str]:
    """The addresses that stand more often among these than among the others."""
    spare = Counter(key for key, _ in others)
    found = []
    for key, text in some:
        if spare[key]:
            spare[key] -= 1
        else:
            found.append(text)
    return found


def _key(spot: Spot) -> object:
    return addresses.email_key(spot.text) if spot.kind == EMAIL else addresses.web_key(spot.text)


def _phones(source: str, form: str) -> Iterator[Sentence]:
    wanted, spare = _numbers(source), _numbers(form)
    if not wanted and not spare:
        return
    seen = seek([wanted_phone(spot.text) for spot in wanted], _read(form)[0])
    taken = [place for places in seen for place in places]
    spare = [spot for spot in spare if not any(_overlap(spot, place) for place in taken)]
    for number in (spot for spot, places in zip(wanted, seen, strict=True) if not places):
        digits = phones.digits(number.text)
        became = next((spot for spot in spare if _alike(digits, phones.digits(spot.text))), spare[0] if spare else None)
        if became:
            spare.remove(became)
        yield _how(digits, phones.digits(became.text) if became else "")
    known = seek([wanted_phone(spot.text) for spot in spare], _read(source)[0])
    for spot in (spot for spot, places in zip(spare, known, strict=True) if not places):
        yield say("the number %(number)s is not in the source", number=phones.digits(spot.text))
    for number, places in zip(wanted, seen, strict=True):
        for place in places:
            if place.native:
                yield _NATIVE.given(number=place.written, digits=phones.digits(number.text))
            if place.without_plus:
                yield _PLUSLESS.given(number=place.written, contact=number.written)


def _overlap(spot: Spot, place: Seen) -> bool:
    return spot.start < place.end and place.start < spot.end


def _numbers(text: str) -> list[Spot]:
    """The telephone numbers of a text, each once."""
    found = {phones.digits(spot.text): spot for spot in _read(text)[1] if spot.kind == PHONE}
    return list(found.values())


def _short_codes(source: str, form: str) -> Iterator[Sentence]:
    codes = [wanted_phone(spot.text) for spot in _read(source)[1] if spot.kind == SHORT]
    for wanted, places in zip(codes, seek(codes, _read(form)[0]) if codes else (), strict=True):
        for place in places:
            if place.native:
                yield _NATIVE.given(number=place.written, digits=phones.digits(wanted.text))


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
