"""Back-translation on demand: what a text says, for staff who cannot read its language. A hint, never a gate."""

from __future__ import annotations

from collections.abc import Sequence

from campaign import engines
from campaign.drafting import draft
from campaign.errors import CampaignError
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.protocols import TranslationEngine
from campaign.workspace import loader

#: Engines that were loaded: a page asks for one sentence at a time.
_BACK: dict[tuple[str, str], TranslationEngine] = {}

#: Goes wherever a back-translation is shown.
UNRELIABLE = "Machine back-translation, unreliable: it can make good English of a bad translation."


def back_translate(texts: Sequence[str], locale: str, source: str = "en") -> list[str]:
    """Each text of a language in the source language again, for staff who cannot read it; show it with UNRELIABLE.

    Offline; the engine stays loaded. An empty text is one that the engine has nothing for.

    Raises:
        CampaignError: no model from the language to the source language; says what to install.
    """
    if (locale, source) not in _BACK:
        _BACK[locale, source] = engines.load(locale, source)
    return draft.back_translate(_BACK[locale, source], texts, source)


def read_back(project: Project, locale: str) -> list[tuple[Unit, str]]:
    """The drafts of a language that nobody signed, each with what it says in the source language.

    Raises:
        CampaignError: no model back to the source language, or a file that cannot be read.
    """
    space = loader.load(project)
    texts = space.texts.get(locale)
    if texts is None or locale == space.campaign.source_language:
        raise CampaignError.single(
            f"{locale} is not a language of this campaign that is translated",
            where="campaign.toml: languages",
            todo=f"use one of {', '.join(tag for tag in space.texts if tag != space.campaign.source_language)}",
        )
    drafts = [unit for key, unit in texts.units.items() if texts.states[key] is not State.SIGNED and unit.translated]
    backs = back_translate([unit.text for unit in drafts], locale, space.campaign.source_language)
    return list(zip(drafts, backs, strict=True))
