"""Printing conditions by name: which ICC profiles describe one, and how much ink it bears."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from campaign.errors import CampaignError, Problem
from campaign.model.print_profile import PrintProfile
from campaign.press.profiles import InkProfile


@dataclass(frozen=True, slots=True)
class Condition:
    """A printing condition (data/conditions.toml): its names, what ICC files call it, the most ink in percent."""

    id: str
    names: tuple[str, ...]
    profiles: re.Pattern[str]
    max_ink: float


@cache
def known() -> tuple[Condition, ...]:
    """Every condition that the program knows."""
    text = resources.files("campaign").joinpath("data", "conditions.toml").read_text(encoding="utf-8")
    return tuple(
        Condition(key, (key, *entry["names"]), re.compile("|".join(entry["profiles"]), re.IGNORECASE), entry["max_ink"])
        for key, entry in tomllib.loads(text).items()
    )


def named(name: str) -> Condition | None:
    """The condition that goes by a name; None for one of a printer's own."""
    plain = _plain(name)
    return next((each for each in known() if plain in map(_plain, each.names)), None)


def described(profile: InkProfile) -> Condition | None:
    """The condition that an ICC profile says it is for; None where its description names none."""
    words = profile.description.replace("_", " ")
    return next((each for each in known() if each.profiles.search(words)), None)


def agree(profile: PrintProfile, convert: InkProfile, intent: InkProfile) -> None:
    """Hold what turns colours into ink, what describes the press and the name of the condition to each other.

    Raises:
        CampaignError: two of them are of different conditions.
    """
    where, meant = f"campaign.toml: print.{profile.id}", named(profile.condition)
    of = {"convert": described(convert), "intent": described(intent)}
    problems = []
    for key, found in of.items():
        wanted = meant or of["intent"]
        if found and wanted and found is not wanted:
            name = getattr(profile, key)
            what = f"{key} = {name} is a profile of {found.id}, the condition is {profile.condition}"
            todo = (
                f"write condition = {found.id!r}, or put a profile of {wanted.id} into assets/icc and name it at {key}"
            )
            problems.append(Problem(where, what, todo))
    if not meant and of["intent"]:
        what = f"condition = {profile.condition!r} is no name of {of['intent'].id}, which the intent describes"
        problems.append(Problem(where, what, f"write condition = {of['intent'].id!r}"))
    if problems:
        raise CampaignError(dict.fromkeys(problems))


def bounded(profile: PrintProfile) -> PrintProfile:
    """A profile that allows no more ink than its condition bears."""
    found = named(profile.condition)
    return replace(profile, max_ink=min(profile.max_ink, found.max_ink)) if found else profile


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()
