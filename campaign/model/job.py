"""One thing to build."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.model.subject import ITEM


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One thing to build: an audience in a language for a country on a channel."""

    country: str
    locale: str
    audience: str
    channel: str

    @property
    def name(self) -> str:
        """How people and `--item` name it: BE/ar/migrants/leaflet."""
        return f"{self.country}/{self.locale}/{self.audience}/{self.channel}"

    @property
    def item(self) -> str:
        """The name of the item in the ledger of its language; no unit key looks like it."""
        return f"{ITEM}{self.country}/{self.audience}/{self.channel}"
