"""The social platforms: what each counts and takes (data/platforms.toml, dated), and what a text costs there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import get_type_hints

from campaign.counting.units import UNITS, utf8_bytes
from campaign.errors import CampaignError, Problem

#: The table of the platforms, as messages name it.
TABLE = "campaign/data/platforms.toml"


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform; data/platforms.toml says what each field means and where it comes from."""

    id: str
    name: str
    unit: str
    limit: int
    hashtags: int
    image_mb: float
    card: str
    threads: bool
    links: bool
    as_of: str
    source: str
    bytes: int | None = None
    post: int | None = None
    post_why: str = ""
    title: int | None = None
    alt: int | None = None

    @property
    def post_limit(self) -> int:
        """What a post that the campaign builds may count: the limit, or the lower one of a caption or template."""
        return self.post or self.limit

    def cost(self, text: str, /, *, post: bool = False) -> PostCost:
        """Count a text; `post` holds it to the lower limit of what the campaign builds. Raises nothing."""
        limit = self.post_limit if post else self.limit
        return PostCost(self.unit, UNITS[self.unit](text), limit, utf8_bytes(text), self.bytes)


@dataclass(frozen=True, slots=True)
class PostCost:
    """What a text counts on a platform: in its unit, and in UTF-8 bytes where they are limited as well."""

    unit: str
    length: int
    limit: int
    bytes: int
    bytes_limit: int | None

    @property
    def over(self) -> int:
        """How many units are too many; 0 when none."""
        return max(0, self.length - self.limit)

    @property
    def bytes_over(self) -> int:
        """How many bytes are too many; 0 when none, or when the platform counts none."""
        return max(0, self.bytes - self.bytes_limit) if self.bytes_limit else 0

    @property
    def fits(self) -> bool:
        """Whether the platform takes the text as one post."""
        return not self.over and not self.bytes_over


@cache
def platforms() -> Mapping[str, Platform]:
    """Every platform by id, in the order of the data file; read-only. Raises what `parse` raises."""
    return parse(resources.files("campaign").joinpath("data", "platforms.toml").read_text(encoding="utf-8"))


def parse(text: str, /) -> Mapping[str, Platform]:
    """The platforms of a table.

    Raises:
        CampaignError: a platform stands there twice, or a key is missing, unknown or of another kind; all at once.
    """
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CampaignError.single(
            f"is no table of platforms: {error}", where=TABLE, todo="a platform that is there already is changed there"
        ) from error
    if problems := [problem for key, entry in entries.items() for problem in _wrong(key, entry)]:
        raise CampaignError(problems)
    return MappingProxyType({key: Platform(id=key, **entry) for key, entry in entries.items()})


def _wrong(platform: str, entry: object) -> Iterator[Problem]:
    """What keeps an entry from being a platform."""
    kinds, where = get_type_hints(Platform), f"{TABLE}: [{platform}]"
    del kinds["id"]
    if not isinstance(entry, dict):
        yield Problem(where, "is no table", "give it a head in brackets and a line for each key")
        return
    required = {field.name for field in fields(Platform) if field.default is MISSING} & kinds.keys()
    for key in sorted(required - entry.keys()):
        yield Problem(where, f"lacks {key}", "the head of the file explains every key")
    for key, value in entry.items():
        kind = kinds.get(key)
        if kind is None:
            yield Problem(where, f"has an unknown key {key!r}", f"use {', '.join(sorted(kinds))}")
        elif not isinstance(value, float | int if kind is float else kind) or (value is True and kind is not bool):
            yield Problem(where, f"{key} is {value!r}", "the head of the file explains every key")
        elif key == "unit" and value not in UNITS:
            yield Problem(where, f"counts in an unknown unit {value!r}", f"use one of {', '.join(UNITS)}")


def platform(name: str, /) -> Platform:
    """The platform with this id. Raises CampaignError with the known ones when there is none."""
    found = platforms().get(name)
    if found is None:
        raise CampaignError.single(f"unknown platform {name!r}", todo=f"use one of {', '.join(platforms())}")
    return found
