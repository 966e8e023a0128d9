"""Offline translation engines by name. Each is one file, imported when it is asked for."""

from __future__ import annotations

import importlib

from campaign import installed, languages
from campaign.errors import CampaignError
from campaign.protocols import TranslationEngine

#: Engine -> its module, preferred first; each has `available(source, target) -> bool`, `load(source, target)` and
#: `described(source, target)`, which `campaign models list` shows.
ENGINES = {
    "argos": "campaign.engines.argos",
    "bergamot": "campaign.engines.bergamot",
    "ctranslate2": "campaign.engines.own",
}

#: The Argos code of the language that every package is paired with.
PIVOT = "en"


def available(source: str, target: str) -> tuple[str, ...]:
    """The engines that have a model for this pair of language tags on this machine, preferred first."""
    return tuple(name for name, module in ENGINES.items() if importlib.import_module(module).available(source, target))


def load(source: str, target: str, name: str = "") -> TranslationEngine:
    """An engine for this pair, by name or the preferred one.

    Raises:
        CampaignError: unknown engine, no model, or the extra is not installed; says what to do next.
    """
    if name and name not in ENGINES:
        raise CampaignError.single(f"no engine {name!r}", where="--engine", todo=f"use one of {', '.join(ENGINES)}")
    names = (name,) if name else available(source, target)
    if not names or not importlib.import_module(ENGINES[names[0]]).available(source, target):
        raise CampaignError.single(
            f"no offline model from {source} to {target}" + (f" for {name}" if name else ""),
            where=target,
            todo=_instead(source, target),
        )
    engine: TranslationEngine = importlib.import_module(ENGINES[names[0]]).load(source, target)
    return engine


def legs(source: str, target: str) -> tuple[tuple[str, str], ...]:
    """The Argos packages that lead from one language to another, by their codes: each is paired with English, so others
    go by way of it. None where a language has no package.
    """
    start, end = languages.get(source).argos, languages.get(target).argos
    if not start or not end:
        return ()
    return ((start, end),) if PIVOT in (start, end) else ((start, PIVOT), (PIVOT, end))


def _instead(source: str, target: str) -> str:
    """What to do where nothing is installed."""
    wanted = " and ".join(f"campaign models install --download {start}-{end}" for start, end in legs(source, target))
    model = f"{wanted}, or " if wanted else ""
    own = "campaign models add FOLDER with a model of your own, or "
    return f"{model}{own}campaign draft {target} --worksheet ({installed.command_for('draft')} brings the engines)"
