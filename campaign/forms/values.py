"""What an office typed, checked slot by slot. No message names a value: messages are shown, copied and logged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

import regex

from campaign.calendars import Day
from campaign.catalogue.date_words import DAYS
from campaign.errors import Problem
from campaign.forms import days_off
from campaign.model.contact import Contact
from campaign.model.form import Form, Slot
from campaign.reading.fold import fold
from campaign.reading.spots import EMAIL, PHONE, WEB, spots

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_RANGE = re.compile(r"(\S+) ?[-–] ?(\S+)")
#: Years that the Nepali calendar is ahead, before and after its new year in April.
_NEPALI_AHEAD = (56, 57)
_MOST_DAYS, _MOST_MONTHS = 32, 12
#: Seconds that the pattern of a case number may take.
_PATTERN_SECONDS = 0.5
#: Countries that write a point before cents (CLDR); the others a comma.
_POINT = frozenset({"GB", "IE", "US", "CA", "AU", "NZ", "MT", "IL", "IN", "PK", "BD", "NP", "LK", "NG", "KE", "GH"})
_POINT |= {"UG", "CN", "HK", "TW", "JP", "KR", "TH", "PH", "MY", "SG", "ET"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it was typed and understood: one of the fields is set, by the type of the slot."""

    slot: Slot
    text: str = ""
    day: date | None = None
    by_hand: Day | None = None
    times: tuple[time, ...] = ()
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The values of a form by slot, an empty optional one left out; what is wrong, and what somebody should look at."""

    values: Mapping[str, Value]
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """Where and when a form is filled in."""

    country: str
    today: date
    contacts: Mapping[str, Contact]


class _Wrong(Exception):  # noqa: N818 - never leaves this module
    """Why a value cannot stand, and what to type."""


def check(form: Form, typed: Mapping[str, object], again: Mapping[str, object], office: Office) -> Checked:
    """The values of a form; `again` is what a second person typed from the original."""
    problems, warnings, found = list[Problem](), list[str](), dict[str, Value]()
    for name in sorted({*typed, *again} - {*form.slots}):
        known = ", ".join(form.slots)
        problems.append(Problem(f"{form.id}: {_name(name)}", "is no slot of this form", f"use {known}"))
    for name, slot in form.slots.items():
        where = f"{form.id}: {name}"
        try:
            value = _value(slot, typed.get(name), office)
        except _Wrong as wrong:
            what, todo = wrong.args
            problems.append(Problem(where, what, todo))
            continue
        if name in form.twice and (value or again.get(name)) and _plain(typed.get(name)) != _plain(again.get(name)):
            what = "was not typed again" if not again.get(name) else "was typed differently the second time"
            problems.append(Problem(where, what, "a second person types it from the original, not from the screen"))
        if value is None:
            continue
        found[name] = value
        if value.day:
            warnings += _about(name, value.day, office.country)
    return Checked(found, tuple(problems), tuple(warnings))


def _name(name: object) -> str:
    """A name that is no slot's, so that it cannot be a value typed in the wrong place."""
    return str(name) if re.fullmatch(r"[a-z_]{1,20}", str(name)) else "another name"


def _plain(typed: object) -> object:
    if isinstance(typed, dict):
        return {str(key): _plain(value) for key, value in typed.items()}
    return unicodedata.normalize("NFC", " ".join(str(typed).split())) if typed is not None else ""


def _about(name: str, day: date, country: str) -> Iterable[str]:
    """What is said back of a date. The day of the week is the check digit that all calendars share."""
    yield f"{name}: a {DAYS[day.weekday()]}; is that what the letter says?"
    if reason := days_off.why(day, country):
        yield f"{name}: {reason}: is the office open?"
    elif days_off.unknown(country):
        yield f"{name}: the public holidays of {country} are not known to the program"


def _value(slot: Slot, typed: object, office: Office) -> Value | None:
    """The value of a slot; None where an optional one is left out.

    Raises:
        _Wrong: it cannot stand.
    """
    if typed is None or typed == "":
        if slot.optional:
            return None
        raise _Wrong("is missing", "type it; only an optional slot may stay empty")
    if slot.type == "date":
        return _date(slot, typed, office)
    if isinstance(typed, bool) or not isinstance(typed, str | int | float | Decimal):
        raise _Wrong("is no text", "write it in quotes")
    text = unicodedata.normalize("NFC", " ".join(str(typed).split()))
    _printable(text)
    return _READERS[slot.type](slot, text, office)


def _printable(text: str) -> None:
    for character in text:
        kind = unicodedata.category(character)
        if kind in ("Cc", "Cs", "Co", "Cn") or (kind == "Cf" and character not in "\u200c\u200d"):
            raise _Wrong(f"holds the invisible character U+{ord(character):04X}", "type it without")
        if character.isdigit() and not character.isascii():
            raise _Wrong("holds digits of another script", "write the figures 0 to 9")


def _date(slot: Slot, typed: object, office: Office) -> Value:
    by_hand = None
    if isinstance(typed, dict):
        written = str(typed.get("nepali", ""))
        typed = typed.get("date")
        year, month, day = (int(part) for part in written.split("-")) if _DATE.fullmatch(written) else (0, 0, 0)
        if not (1 <= month <= _MOST_MONTHS and 1 <= day <= _MOST_DAYS):
            raise _Wrong("its Nepali date is none", 'write {"date": "2026-12-11", "nepali": "2083-08-25"}')
        by_hand = Day(year, month, day)
    if not isinstance(typed, str) or not _DATE.fullmatch(typed):
        raise _Wrong("is no date", "write year-month-day, like 2026-12-11")
    try:
        day_typed = date.fromisoformat(typed)
    except ValueError:
        raise _Wrong("is no day of the calendar", "look at the letter again") from None
    if day_typed < office.today:
        raise _Wrong("lies in the past", "look at the year in the letter again")
    if day_typed > office.today + timedelta(days=slot.within):
        raise _Wrong(f"lies more than {slot.within} days ahead", "look at the year in the letter again")
    if by_hand and by_hand.year - day_typed.year not in _NEPALI_AHEAD:
        raise _Wrong("its Nepali date is of another year", "look at a Nepali calendar again")
    return Value(slot, day=day_typed, by_hand=by_hand)


def _times(slot: Slot, text: str, _office: Office) -> Value:
    pair = _RANGE.fullmatch(text) if slot.type == "time-range" else None
    parts = pair.groups() if pair else (text,)
    if not all(_TIME.fullmatch(part) for part in parts) or (slot.type == "time-range" and not pair):
        like = "09:00-12:30" if slot.type == "time-range" else "14:30, in 24 hours"
        raise _Wrong("is no time", f"write hours and minutes, like {like}")
    times = tuple(time.fromisoformat(part) for part in parts)
    if list(times) != sorted(set(times)):
        raise _Wrong("ends before it begins", "a time over midnight is two: write the first")
    return Value(slot, times=times)


def _text(slot: Slot, text: str, _office: Office) -> Value:
    if len(text) > slot.longest:
        raise _Wrong(f"has more than {slot.longest} characters", "shorten it")
    if kinds := {spot.kind for spot in spots(fold(text))} & {PHONE, EMAIL, WEB}:
        kind = {PHONE: "telephone number", EMAIL: "e-mail address", WEB: "web address"}[min(kinds)]
        raise _Wrong(f"holds a {kind}", "numbers to call come from contacts.toml alone: use a slot of type phone")
    return Value(slot, text)


def _case(slot: Slot, text: str, _office: Office) -> Value:
    try:
        fits = regex.fullmatch(slot.pattern, text, timeout=_PATTERN_SECONDS)
    except TimeoutError:
        fits = None
    if not fits:
        raise _Wrong("is not written like case numbers of this office", f"campaign.toml says: {slot.pattern}")
    return Value(slot, text)


def _phone(slot: Slot, text: str, office: Office) -> Value:
    known = [contact.id for contact in office.contacts.values() if contact.country == office.country]
    contact = office.contacts.get(text)
    if contact is None or contact.country != office.country:
        raise _Wrong("is the name of no contact of this country", f"never type a number; use one of {', '.join(known)}")
    return Value(slot, contact=contact)


def _amount(slot: Slot, text: str, office: Office) -> Value:
    try:
        amount = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise _Wrong("is no amount", "write figures alone, like 1250.50; the currency is in campaign.toml") from None
    exponent = amount.as_tuple().exponent
    if not amount.is_finite() or not isinstance(exponent, int) or exponent < -2 or not 0 <= amount <= slot.most:
        raise _Wrong(f"is no amount from 0 to {slot.most}", "write it with two figures after the point at most")
    said = f"{amount:.2f}" if exponent else f"{amount:f}"
    return Value(slot, f"{said if office.country in _POINT else said.replace('.', ',')} {slot.currency}")


def _days(slot: Slot, text: str, _office: Office) -> Value:
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) > slot.most:
        raise _Wrong(f"is no number of days up to {slot.most}", "write a whole number alone: the label says days")
    return Value(slot, str(int(text)))


def _choice(slot: Slot, text: str, _office: Office) -> Value:
    if text not in slot.options:
        raise _Wrong("is none of the sentences", f"use one of {', '.join(slot.options)}")
    return Value(slot, text)


_READERS: Mapping[str, Callable[[Slot, str, Office], Value]] = {
    "time": _times,
    "time-range": _times,
    "place": _text,
    "room": _text,
    "person": _text,
    "case": _case,
    "phone": _phone,
    "amount": _amount,
    "days": _days,
    "choice": _choice,
}
