"""What can be drafted: for a language, the model on this machine, the one that is published, or none."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from enum import StrEnum

from campaign.engines import ENGINES, legs, packages


class Standing(StrEnum):
    """How far a language is from a draft."""

    INSTALLED = "installed"
    PUBLISHED = "published"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Model:
    """One way to draft a language. `pivot` says that it goes by way of English; `size` is in bytes, 0 when unknown."""

    locale: str
    standing: Standing
    engine: str = ""
    name: str = ""
    version: str = ""
    size: int = 0
    licence: str = ""
    pivot: bool = False

    @property
    def todo(self) -> str:
        """What to do when it is not installed."""
        match self.standing:
            case Standing.INSTALLED:
                return ""
            case Standing.PUBLISHED:
                pairs = self.name.split("+")
                return "; ".join(f"campaign models install --download {pair}" for pair in pairs)
            case Standing.NONE:
                return f"no model: use a worksheet (campaign draft {self.locale} --worksheet), or campaign models add"


def models(source: str, locale: str) -> tuple[Model, ...]:
    """Every model that drafts a language from the source language; one entry that says what to do when there is none.

    The index of Argos packages is not asked: the registry says which languages it had in the middle of 2025, where each
    is paired with English. Size and version of a package are known once it is here.
    """
    engines = map(importlib.import_module, ENGINES.values())
    if found := tuple(
        Model(locale, Standing.INSTALLED, *engine.described(source, locale))
        for engine in engines
        if engine.available(source, locale)
    ):
        return found
    wanted = legs(source, locale)
    if not wanted:
        return (Model(locale, Standing.NONE),)
    have = {(package.source, package.target) for package in packages.installed()}
    missing = "+".join(f"{a}-{b}" for a, b in wanted if (a, b) not in have)
    return (Model(locale, Standing.PUBLISHED, "argos", missing, pivot=len(wanted) > 1),)
