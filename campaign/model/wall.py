"""One place where a sheet of several languages hangs, or is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wall:
    """A place, as a table of campaign.toml describes it: `languages` are those that people speak there, the one that
    leads first; `formats` are the sheets that are made for it. `strips`: its poster ends in strips to tear off.
    """

    id: str
    name: str
    country: str
    audience: str
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    strips: bool = False
