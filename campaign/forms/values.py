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
from campaign.errors import Problem
from campaign.forms import days_off
from campaign.model.contact import Contact
from campaign.model.form import Form, Slot
from campaign.model.place import country_of
from campaign.model.sentence import Sentence, say
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
#: The days of the week, Monday first.
_WEEKDAYS = (
    *(say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday")),
    *(say("Friday"), say("Saturday"), say("Sunday")),
)
_ADDRESSES = {
    PHONE: say("holds a telephone number"),
    EMAIL: say("holds an e-mail address"),
    WEB: say("holds a web address"),
}


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
class Fault:
    """Why the value of a slot cannot stand, and what to type; `todo` is empty where somebody should only look."""

    slot: str
    what: Sentence
    todo: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The values of a form by slot, an empty optional one left out; what is wrong, and what somebody should look at.

    `strange` are names that are no slot's: only a file has them, no page.
    """

    form: str
    values: Mapping[str, Value]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    strange: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong, as a terminal says it."""
        slots = (Problem(f"{self.form}: {each.slot}", str(each.what), str(each.todo)) for each in self.faults)
        return (*self.strange, *slots)

    @property
    def warnings(self) -> tuple[str, ...]:
        """All that somebody should look at, as a terminal says it."""
        return tuple(f"{each.slot}: {each.what}" for each in self.notes)


@dataclass(frozen=True, slots=True)
class Office:
    """Where and when a form is filled in."""

    country: str
    today: date
    contacts: Mapping[str, Contact]


class _Wrong(Exception):  # noqa: N818 - never leaves this module
    """Why a value cannot stand, and what to type."""

    def __init__(self, what: Sentence, todo: Sentence) -> None:
        super().__init__(str(what))
        self.what, self.todo = what, todo


def check(form: Form, typed: Mapping[str, object], again: Mapping[str, object], office: Office) -> Checked:
    """The values of a form; `again` is what a second person typed from the original."""
    faults, notes, found = list[Fault](), list[Fault](), dict[str, Value]()
    known = f"use {', '.join(form.slots)}"
    strange = [
        Problem(f"{form.id}: {_name(name)}", "is no slot of this form", known)
        for name in sorted({*typed, *again} - {*form.slots})
    ]
    for name, slot in form.slots.items():
        try:
            value = _value(slot, typed.get(name), office)
        except _Wrong as wrong:
            faults.append(Fault(name, wrong.what, wrong.todo))
            continue
        if name in form.twice and (value or again.get(name)) and _plain(typed.get(name)) != _plain(again.get(name)):
            missing, other = say("was not typed again"), say("was typed differently the second time")
            todo = say("a second person types it from the original, not from the screen")
            faults.append(Fault(name, other if again.get(name) else missing, todo))
        if value is None:
            continue
        found[name] = value
        if value.day:
            notes += (Fault(name, said) for said in _about(value.day, office.country))
    chosen = [value.text for value in found.values() if value.slot.type == "choice"]
    for name, slot in form.slots.items():
        if name not in found and slot.missing_with(chosen) and name not in {fault.slot for fault in faults}:
            faults.append(Fault(name, say("is missing"), say("the chosen sentence speaks of it")))
    return Checked(form.id, found, tuple(faults), tuple(notes), tuple(strange))


def _name(name: object) -> str:
    """A name that is no slot's, so that it cannot be a value typed in the wrong place."""
    return str(name) if re.fullmatch(r"[a-z_]{1,20}", str(name)) else "another name"


def _plain(typed: object) -> object:
    if isinstance(typed, dict):
        return {str(key): _plain(value) for key, value in typed.items()}
    return unicodedata.normalize("NFC", " ".join(str(typed).split())) if typed is not None else ""


def _about(day: date, country: str) -> Iterable[Sentence]:
    """What is said back of a date. The day of the week is the check digit that all calendars share."""
    yield say("a %(weekday)s; is that what the letter says?", weekday=_WEEKDAYS[day.weekday()])
    if reason := days_off.why(day, country):
        yield say("%(reason)s: is the office open?", reason=reason)
    elif days_off.unknown(country):
        yield say("the public holidays of %(country)s are not known to the program", country=country)


def _value(slot: Slot, typed: object, office: Office) -> Value | None:
    """The value of a slot; None where an optional one is left out.

    Raises:
        _Wrong: it cannot stand.
    """
    if typed is None or typed == "":
        if slot.optional:
            return None
        raise _Wrong(say("is missing"), say("type it: only what says so may stay empty"))
    if slot.type == "date":
        return _date(slot, typed, office)
    if isinstance(typed, bool) or not isinstance(typed, str | int | float | Decimal):
        raise _Wrong(say("is no text"), say("write it in quotes"))
    text = unicodedata.normalize("NFC", " ".join(str(typed).split()))
    _printable(text)
    return _READERS[slot.type](slot, text, office)


def _printable(text: str) -> None:
    for character in text:
        kind = unicodedata.category(character)
        if kind in ("Cc", "Cs", "Co", "Cn") or (kind == "Cf" and character not in "\u200c\u200d"):
            what = say("holds the invisible character %(code)s", code=f"U+{ord(character):04X}")
            raise _Wrong(what, say("type it again without it"))
        if character.isdigit() and not character.isascii():
            raise _Wrong(say("holds digits of another script"), say("write the figures 0 to 9"))


def _date(slot: Slot, typed: object, office: Office) -> Value:
    by_hand = None
    if isinstance(typed, dict):
        written = str(typed.get("nepali", ""))
        typed = typed.get("date")
        year, month, day = (int(part) for part in written.split("-")) if _DATE.fullmatch(written) else (0, 0, 0)
        if not (1 <= month <= _MOST_MONTHS and 1 <= day <= _MOST_DAYS):
            raise _Wrong(say("its Nepali date is none"), say("write year-month-day, like %(like)s", like="2083-08-25"))
        by_hand = Day(year, month, day)
    if not isinstance(typed, str) or not _DATE.fullmatch(typed):
        raise _Wrong(say("is no date"), say("write year-month-day, like %(like)s", like="2026-12-11"))
    try:
        day_typed = date.fromisoformat(typed)
    except ValueError:
        raise _Wrong(say("is no day of the calendar"), say("look at the letter again")) from None
    if day_typed < office.today:
        raise _Wrong(say("lies in the past"), say("look at the year in the letter again"))
    if day_typed > office.today + timedelta(days=slot.within):
        what = say("lies more than %(days)s days ahead", days=slot.within)
        raise _Wrong(what, say("look at the year in the letter again"))
    if by_hand and by_hand.year - day_typed.year not in _NEPALI_AHEAD:
        raise _Wrong(say("its Nepali date is of another year"), say("look at a Nepali calendar again"))
    return Value(slot, day=day_typed, by_hand=by_hand)


def _times(slot: Slot, text: str, _office: Office) -> Value:
    pair = _RANGE.fullmatch(text) if slot.type == "time-range" else None
    parts = pair.groups() if pair else (text,)
    if not all(_TIME.fullmatch(part) for part in parts) or (slot.type == "time-range" and not pair):
        like = "09:00-12:30" if slot.type == "time-range" else "14:30"
        raise _Wrong(say("is no time"), say("write hours and minutes in 24 hours, like %(like)s", like=like))
    times = tuple(time.fromisoformat(part) for part in parts)
    if list(times) != sorted(set(times)):
        raise _Wrong(say("ends before it begins"), say("a time over midnight is two: write the first"))
    return Value(slot, times=times)


def _text(slot: Slot, text: str, _office: Office) -> Value:
    if len(text) > slot.longest:
        raise _Wrong(say("has more than %(most)s characters", most=slot.longest), say("shorten it"))
    if kinds := {spot.kind for spot in spots(fold(text))} & {PHONE, EMAIL, WEB}:
        raise _Wrong(_ADDRESSES[min(kinds)], say("numbers and addresses come from the campaign's contacts alone"))
    return Value(slot, text)


def _case(slot: Slot, text: str, _office: Office) -> Value:
    try:
        fits = regex.fullmatch(slot.pattern, text, timeout=_PATTERN_SECONDS)
    except TimeoutError:
        fits = None
    if not fits:
        what = say("is not written like case numbers of this office")
        raise _Wrong(what, say("look at the letter again; the pattern is %(pattern)s", pattern=slot.pattern))
    return Value(slot, text)


def _phone(slot: Slot, text: str, office: Office) -> Value:
    known = {each.id: each for each in office.contacts.values() if each.number and each.serves(office.country)}
    contact = known.get(text)
    if contact is None:
        what, todo = (
            say("is the name of no contact of this country"),
            say("choose one of %(known)s", known=", ".join(known)),
        )
        raise _Wrong(what, todo)
    return Value(slot, contact=contact)


def _amount(slot: Slot, text: str, office: Office) -> Value:
    try:
        amount = Decimal(text.replace(",", "."))
    except InvalidOperation:
        todo = say("write figures alone, without the currency, like %(like)s", like="1250.50")
        raise _Wrong(say("is no amount"), todo) from None
    exponent = amount.as_tuple().exponent
    if not amount.is_finite() or not isinstance(exponent, int) or exponent < -2 or not 0 <= amount <= slot.most:
        what = say("is no amount from 0 to %(most)s", most=slot.most)
        raise _Wrong(what, say("write it with two figures after the point at most"))
    said = f"{amount:.2f}" if exponent else f"{amount:f}"
    return Value(slot, f"{said if country_of(office.country) in _POINT else said.replace('.', ',')} {slot.currency}")


def _days(slot: Slot, text: str, _office: Office) -> Value:
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) > slot.most:
        what = say("is no number of days up to %(most)s", most=slot.most)
        raise _Wrong(what, say("write a whole number alone: the label says days"))
    return Value(slot, str(int(text)))


def _choice(slot: Slot, text: str, _office: Office) -> Value:
    if text not in slot.options:
        raise _Wrong(say("is none of the sentences"), say("choose one of %(known)s", known=", ".join(slot.options)))
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
