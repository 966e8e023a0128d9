"""A place that material is made for: a country (ISO 3166-1 alpha-2), or a region of one (ISO 3166-2)."""

from __future__ import annotations

import re

#: A place, and a region alone, by form: the standard has 249 countries and more than five thousand regions.
PLACE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def country_of(place: str) -> str:
    """The country that a place lies in, or is."""
    return place.partition("-")[0]
