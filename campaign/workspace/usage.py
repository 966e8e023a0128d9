"""Where readers meet each unit: the block and the audiences, read off the messages themselves."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.checks.facts import AROUND, Place
from campaign.errors import CampaignError
from campaign.model.blocks import NAMES
from campaign.model.message import Message
from campaign.render.renderer import Renderer
from campaign.workspace.loader import Workspace


def places(space: Workspace, renderer: Renderer | None = None) -> Mapping[str, Place]:
    """The place of each unit by its key: the first block that uses it, whether any of its audiences are children, and
    whether all of them are women.

    Every country is looked at: a template may have a sentence for one of them alone. A message that cannot be rendered
    gives no places; laying it out says why. `renderer` is one that renders the same messages for the caller as well.
    """
    campaign, found = space.campaign, dict[str, Place]()
    renderer = renderer or Renderer(space.project, campaign)
    texts = space.texts[campaign.source_language]
    for audience in campaign.audiences.values():
        for country in campaign.countries:
            try:
                message = renderer.message(audience.id, texts.locale, country, texts)
            except CampaignError:
                continue
            for block, key in _used(message):
                known = found.get(key, Place(block, women=True))
                child, women = known.child or audience.child, known.women and audience.women
                found[key] = Place(known.block, child, women)
    return found


def _used(message: Message) -> list[tuple[str, str]]:
    blocks = [(block, unit.key) for block in NAMES for unit in message.units.get(block, ())]
    around = [units for name, units in message.units.items() if name.startswith(("label:", "contact:"))]
    return blocks + [(AROUND, unit.key) for units in around for unit in units]
