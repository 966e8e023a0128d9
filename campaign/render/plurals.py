"""The plural form that a count takes."""

from __future__ import annotations

from campaign import languages


def plural_index(locale: str, count: int | None) -> int:
    """The gettext plural form that a count takes in a language."""
    from gettext import c2py

    return int(c2py(languages.get(locale).plural.partition("plural=")[2].rstrip("; "))(count or 0))
