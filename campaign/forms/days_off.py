"""Days on which an office may be closed: Sundays, and the public holidays of whole countries."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from campaign.model.place import country_of
from campaign.model.sentence import Sentence, say

_SUNDAY = 6
#: Days by which the Julian calendar is behind, 1900 to 2099.
_JULIAN_LAG = 13


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The holidays of a country: `fixed` as MM-DD, `easter` in days from Easter Sunday."""

    fixed: tuple[str, ...] = ()
    easter: tuple[int, ...] = ()
    orthodox: bool = False


@cache
def _known() -> Mapping[str, DaysOff]:
    tables = tomllib.loads(resources.files("campaign").joinpath("data", "holidays.toml").read_text(encoding="utf-8"))
    return {
        code: DaysOff(tuple(table["fixed"]), tuple(table["easter"]), bool(table.get("orthodox")))
        for code, table in tables.items()
    }


def why(day: date, country: str) -> Sentence | None:
    """Why people may find closed doors on a day; None where nothing is known against it."""
    if day.weekday() == _SUNDAY:
        return say("is a Sunday")
    known = _known().get(country_of(country))
    if known is None:
        return None
    sunday = orthodox_easter(day.year) if known.orthodox else easter(day.year)
    moving = {sunday + timedelta(days=days) for days in known.easter}
    closed = day in moving or f"{day:%m-%d}" in known.fixed
    return say("is a public holiday in %(country)s", country=country) if closed else None


def unknown(country: str) -> bool:
    """Whether nothing is known of the holidays of a country."""
    return country_of(country) not in _known()


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    j, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * j - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Eastern churches, in the Gregorian calendar (Meeus)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=_JULIAN_LAG)
