"""The calendars of daily life beside the Gregorian one, and the clock that counts from six: arithmetic alone, no words.

Sources: Calendrical Calculations (Reingold, Dershowitz) in the form that ICU uses, to which the tests hold it.
"""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple

#: Day number of a date: days since noon of 1 January 4713 BC (Julian), at which ICU's formulas begin.
_JULIAN = 1721425
_PERSIAN_EPOCH, _ETHIOPIAN_EPOCH = 1948320, 1723856
_BUDDHIST_YEARS = 543
#: Days of the six months of 31 days with which a Persian year begins.
_LONG_MONTHS = 186
#: Four years with one leap year.
_FOUR_YEARS = 1461


class Day(NamedTuple):
    """A day of some calendar; months count from 1."""

    year: int
    month: int
    day: int


def persian(day: date) -> Day:
    """The day of the Persian solar calendar (33-year cycle, right from 1799 to 2123)."""
    days = day.toordinal() + _JULIAN - _PERSIAN_EPOCH
    year = 1 + (33 * days + 3) // 12053
    of_year = days - (365 * (year - 1) + (8 * year + 21) // 33)
    month, day_of_month = divmod(of_year, 31) if of_year < _LONG_MONTHS else divmod(of_year - _LONG_MONTHS, 30)
    return Day(year, month + 1 + (6 if of_year >= _LONG_MONTHS else 0), day_of_month + 1)


def ethiopian(day: date) -> Day:
    """The day of the Ethiopian calendar, years of mercy (Amete Mihret); the thirteenth month has five or six days."""
    cycles, rest = divmod(day.toordinal() + _JULIAN - _ETHIOPIAN_EPOCH, _FOUR_YEARS)
    of_year = 365 if rest == _FOUR_YEARS - 1 else rest % 365
    year = 4 * cycles + rest // 365 - rest // (_FOUR_YEARS - 1)
    return Day(year, of_year // 30 + 1, of_year % 30 + 1)


def buddhist(day: date) -> Day:
    """The day as Thailand writes it: the same day and month, years of the Buddhist era."""
    return Day(day.year + _BUDDHIST_YEARS, day.month, day.day)


#: Those that are computed, by name. The Nepali calendar is decided year by year: it is typed by hand.
COMPUTED = {"persian": persian, "ethiopian": ethiopian, "buddhist": buddhist}
BY_HAND = ("nepali",)


def from_six(moment: time) -> tuple[str, int]:
    """The hour of the clock that counts from six as `H:MM`, and the part of the day: 0 morning, 1 afternoon, 2 evening,
    3 night, each six hours long from 06:00 on.
    """
    hour = (moment.hour - 6) % 12 or 12
    return f"{hour}:{moment.minute:02}", (moment.hour - 6) % 24 // 6
