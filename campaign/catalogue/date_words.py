"""The words of dates: which a language needs, what they are called in the catalogue, and drafts of them.

They are signed like any sentence: nothing that a library says of months is printed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from campaign.model.form import Words
from campaign.model.unit import Unit

#: The language in which the catalogue calls its entries.
NAMED_IN = "en"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HALVES = ("January", "February", "March", "April", "May", "June"), ("July", "August", "September", "October")
MONTHS = (*_HALVES[0], *_HALVES[1], "November", "December")
_PERSIAN = (
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
)
_ETHIOPIAN = (
    "Meskerem",
    "Tikimt",
    "Hidar",
    "Tahsas",
    "Tir",
    "Yekatit",
    "Megabit",
    "Miyazya",
    "Ginbot",
    "Sene",
    "Hamle",
)
_NEPALI = ("Baisakh", "Jestha", "Ashadh", "Shrawan", "Bhadra", "Ashwin", "Kartik", "Mangsir", "Poush", "Magh", "Falgun")
#: The months of each second calendar as the catalogue calls them; those of the Buddhist one are the Gregorian ones.
SECOND: Mapping[str, tuple[str, ...]] = {
    "persian": (*_PERSIAN, "Esfand"),
    "ethiopian": (*_ETHIOPIAN, "Nehasse", "Pagumen"),
    "nepali": (*_NEPALI, "Chaitra"),
}
CALENDARS = {name: Words("calendar", f"{name.capitalize()} calendar") for name in (*SECOND, "buddhist")}
PATTERN = Words("date in words", "%(day)s %(month)s %(year)s")
BY_NUMBER = Words("date in numbers", "%(day)s.%(number)s.%(year)s")
CLOCK = Words("clock", "Clock that counts from six")
PARTS = tuple(Words("clock", text) for text in ("in the morning", "in the afternoon", "in the evening", "at night"))
_NOTES = {
    "weekday": "day of the week, alone before a date",
    "month": "month of the Gregorian calendar, as it stands after the number of the day",
    "date in words": "how day, month and year follow each other; keep the three",
    "date in numbers": "how people write a date with the number of the month; keep the three",
    "calendar": "name of the second calendar, before its date",
    "clock": "the clock that counts from six, beside the official time; its parts are 06:00, 12:00, 18:00, 00:00 on",
}


@dataclass(frozen=True, slots=True)
class DateWords:
    """What a language needs for dates, and drafts: empty where nobody knows them. `calendar` is its second one."""

    weekdays: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    pattern: str = ""
    by_number: str = ""
    calendar: str = ""
    called: str = ""
    second: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()

    def drafts(self) -> Iterator[tuple[Words, str]]:
        """Each word that the language needs, with its draft."""
        yield from zip(map(weekday, range(7)), self.weekdays or ("",) * 7, strict=True)
        yield from zip(map(month, range(1, 13)), self.months, strict=False)
        if self.by_number:
            yield BY_NUMBER, self.by_number
        if self.pattern:
            yield PATTERN, self.pattern
        if self.calendar:
            yield CALENDARS[self.calendar], self.called
            words = range(1, len(SECOND.get(self.calendar, ())) + 1)
            yield from zip((second_month(self.calendar, number) for number in words), self.second, strict=True)
        if self.clock:
            yield from zip((CLOCK, *PARTS), self.clock, strict=True)


def weekday(number: int) -> Words:
    """A day of the week, 0 for Monday."""
    return Words("weekday", DAYS[number])


def month(number: int) -> Words:
    """A month of the Gregorian calendar, 1 for January."""
    return Words("month", MONTHS[number - 1])


def second_month(calendar: str, number: int) -> Words:
    """A month of a second calendar, from 1; the Buddhist one has those of the Gregorian."""
    return Words(f"{calendar} month", SECOND[calendar][number - 1]) if calendar in SECOND else month(number)


@cache
def _known() -> Mapping[str, DateWords]:
    tables = tomllib.loads(resources.files("campaign").joinpath("data", "dates.toml").read_text(encoding="utf-8"))
    return {tag: _words(entry) for tag, entry in tables.items()}


def _words(entry: Mapping[str, object]) -> DateWords:
    texts = {key: str(value) for key, value in entry.items() if isinstance(value, str)}
    lists = {key: tuple(map(str, value)) for key, value in entry.items() if isinstance(value, list)}
    return DateWords(
        lists.get("weekdays", ()),
        lists.get("months", ()),
        texts.get("pattern", ""),
        texts.get("by_number", ""),
        texts.get("calendar", ""),
        texts.get("called", ""),
        lists.get("second", ()),
        lists.get("clock", ()),
    )


def of(locale: str) -> DateWords:
    """What a language needs; of one that the program does not have, weekdays alone."""
    return _known().get(locale, DateWords())


@cache
def needed(locale: str) -> Mapping[str, Words]:
    """The words that a language needs, by the keys of their units."""
    return {words.key: words for words, _ in of(locale).drafts()}


@cache
def all_words() -> Mapping[str, Words]:
    """Every word of dates that some language needs, in order, by the keys of their units."""
    first = (*map(weekday, range(7)), *map(month, range(1, 13)), PATTERN, BY_NUMBER, CLOCK, *PARTS, *CALENDARS.values())
    second = (second_month(name, number) for name in SECOND for number in range(1, len(SECOND[name]) + 1))
    return {words.key: words for words in (*first, *second)}


def meant_for(unit_key: str, locale: str) -> bool:
    """Whether a sentence is for this language: all are, but words of dates only where daily life has them."""
    return unit_key not in all_words() or unit_key in needed(locale)


def note(words: Words) -> str:
    """What translators are told of a word."""
    return _NOTES.get(words.context, "month of a second calendar, as it stands in a date")


def draft(unit: Unit) -> str:
    """The draft of a word of dates in the language of its unit; empty where there is none."""
    return next((text for words, text in of(unit.locale).drafts() if words.key == unit.key), "")
