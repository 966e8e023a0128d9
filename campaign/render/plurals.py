"""The plural form that a count takes."""

from __future__ import annotations

from campaign import languages
from campaign.model import plural_rule


def plural_index(locale: str, count: int | None) -> int:
    """The gettext plural form that a count takes in a language."""
    return plural_rule.parse(languages.get(locale).plural).index(count or 0)
