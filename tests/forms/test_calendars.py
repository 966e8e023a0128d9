"""Second calendars and the clock from six, held against ICU and against days that people know."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from campaign.calendars import Day, buddhist, ethiopian, from_six, persian

KNOWN = [
    (persian, date(2026, 3, 21), Day(1405, 1, 1)),  # Nowruz
    (persian, date(2025, 3, 20), Day(1403, 12, 30)),  # the last day of a leap year
    (persian, date(2026, 12, 11), Day(1405, 9, 20)),
    (ethiopian, date(2026, 9, 11), Day(2019, 1, 1)),  # Enkutatash
    (ethiopian, date(2027, 9, 11), Day(2019, 13, 6)),  # the sixth day of Pagumen, before a leap year
    (ethiopian, date(2027, 9, 12), Day(2020, 1, 1)),
    (ethiopian, date(2026, 1, 7), Day(2018, 4, 29)),  # Genna
    (buddhist, date(2026, 12, 11), Day(2569, 12, 11)),
]


@pytest.mark.parametrize(("calendar", "day", "expected"), KNOWN)
def test_days_that_people_know(calendar, day: date, expected: Day) -> None:
    """New years and feasts stand where the calendars of their countries have them."""
    assert calendar(day) == expected


@pytest.mark.parametrize(("calendar", "name"), [(persian, "persian"), (ethiopian, "ethiopic"), (buddhist, "buddhist")])
def test_forty_years_are_as_icu_counts_them(calendar, name: str) -> None:
    """Every day from 2006 to 2046."""
    icu = pytest.importorskip("icu", reason="PyICU has no wheel: on Debian, python3-icu")
    other = icu.Calendar.createInstance(icu.TimeZone.getGMT(), icu.Locale(f"en@calendar={name}"))
    first = date(2006, 1, 1)
    for number in range(40 * 365 + 10):
        day = first + timedelta(days=number)
        other.setTime((day - date(1970, 1, 1)).days * 86400.0)
        fields = (icu.Calendar.YEAR, icu.Calendar.MONTH, icu.Calendar.DATE)
        year, month, of_month = (other.get(field) for field in fields)
        assert calendar(day) == (year, month + 1, of_month), day


@pytest.mark.parametrize(
    ("official", "said"),
    [
        ("06:00", ("12:00", 0)),
        ("09:30", ("3:30", 0)),
        ("12:00", ("6:00", 1)),
        ("13:45", ("7:45", 1)),
        ("18:00", ("12:00", 2)),
        ("23:59", ("5:59", 2)),
        ("00:00", ("6:00", 3)),
        ("05:59", ("11:59", 3)),
    ],
)
def test_the_clock_counts_from_six(official: str, said: tuple[str, int]) -> None:
    """14:30 in Addis Ababa is half past eight in the afternoon."""
    assert from_six(time.fromisoformat(official)) == said
