"""How easily each message reads, by language: a formula where one is established, and the CDC index where it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campaign.checks.clarity import ITEMS, Clarity, clarity
from campaign.checks.readability import Reading, formula, reading
from campaign.errors import CampaignError
from campaign.model.blocks import READABLE
from campaign.model.message import Message
from campaign.render.renderer import Renderer
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Selection


@dataclass(frozen=True, slots=True)
class Easy:
    """One message in one language, as the first of the chosen countries reads it.

    `reading` is None where no formula was fitted to the language, or the text is too short for one.
    """

    audience: str
    locale: str
    reading: Reading | None
    clarity: Clarity

    @property
    def hard(self) -> bool:
        """Whether the text is below what its language's formula calls easy."""
        known = formula(self.locale)
        return known is not None and self.reading is not None and self.reading.ease < known.hard

    @property
    def lacks(self) -> str:
        """The items of the index that the message does not meet, in words."""
        return "; ".join(f"{number} {ITEMS[number][0]}" for number in self.clarity.unmet)


def easy(space: Workspace, chosen: Selection, renderer: Renderer) -> Iterator[Easy]:
    """Each chosen message in each chosen language that has all of its texts."""
    for audience in chosen.audiences:
        for locale in chosen.locales:
            try:
                message = renderer.message(audience, locale, chosen.countries[0], space.texts[locale])
            except CampaignError:
                continue  # it says so elsewhere
            if not _borrowed(message):
                text = "\n".join(line for block in READABLE for line in message.blocks.get(block, ()))
                measured = clarity(message, space.campaign.source_language)
                yield Easy(audience, locale, reading(text, locale), measured)


def _borrowed(message: Message) -> bool:
    """Whether words of the source stand in for missing ones."""
    return any(unit.fallback for block in message.blocks for unit in message.units.get(block, ()))
