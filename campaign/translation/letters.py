"""Letters of a catalogue put right where only one can be meant: forms of old fonts, look-alikes of other keyboards."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.catalogue.store import Edit
from campaign.catalogue.warm import WarmCatalogue
from campaign.errors import CampaignError
from campaign.identify.letters import repaired
from campaign.model.state import State
from campaign.project import Project
from campaign.workspace import loader


@dataclass(frozen=True, slots=True)
class Fixed:
    """How many sentences were changed, and the sources of signed ones that would have to be: a person signs again."""

    changed: int
    signed: tuple[str, ...]


def fix_letters(project: Project, locale: str) -> Fixed:
    """Repair the letters of a language's catalogue; sentences that are signed stay as they are.

    Raises:
        CampaignError: the workspace has no such language, or its catalogue cannot be read.
    """
    space = loader.load(project)
    if locale not in space.texts or locale == space.campaign.source_language:
        known = ", ".join(tag for tag in space.texts if tag != space.campaign.source_language)
        raise CampaignError.single(
            "is no language of this campaign to repair", where=locale, todo=f"use one of: {known}"
        )
    texts, path = space.texts[locale], project.catalogue(locale)
    edits: dict[str, Edit] = {}
    signed = []
    for unit in texts.units.values():
        forms = tuple(repaired(form, locale) for form in unit.forms)
        if forms == unit.forms:
            continue
        if texts.states.get(unit.key) is State.SIGNED:
            signed.append(unit.source)
        else:
            edits[unit.key] = Edit(forms, unit.fuzzy, unit.origin)
    if edits:
        seen = {key: texts.units[key].text_hash for key in edits}
        WarmCatalogue(path, project.name(path), locale).edit(edits, seen=seen)
    return Fixed(len(edits), tuple(signed))
