"""The leaflet channel: tagged screen PDFs (PDF/UA-1) of the formats that a build makes, and pictures of their pages."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.channels.layout import set_item
from campaign.errors import CampaignError
from campaign.model.artefact import Artefact
from campaign.model.campaign import Campaign
from campaign.model.contact import Contact
from campaign.model.frame import Frame
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.model.unfit import Unfit
from campaign.typeset.session import Typesetter

PREVIEW_PPI = 110


class Leaflet:
    """The leaflet channel: `<format>-screen.pdf` and `<format>-page-N.png` for each format with `build = true`."""

    name = "leaflet"

    def __init__(self, campaign: Campaign, typesetter: Typesetter, *, review: bool) -> None:
        self._campaign, self._typesetter, self._review = campaign, typesetter, review

    def shows(self, message: Message, /) -> tuple[str, ...]:
        """Every printed block and label, and each helpline with its claims."""
        return tuple(dict.fromkeys(name for layout in self._layouts(message) for name in shown(layout, message)))

    def contacts(self, message: Message, /) -> tuple[Contact, ...]:
        """Every helpline and the emergency number."""
        return *(helpline.contact for helpline in message.printed), message.emergency

    def frame(self, message: Message, /) -> Frame:
        """The layouts of the formats that a build makes."""
        return Frame(layouts=tuple(layout.id for layout in self._layouts(message)))

    def export(self, message: Message, /) -> Iterator[Artefact | Unfit]:
        """The formats of a message; one with a text that does not fit or has no glyph is said to be unfit."""
        for layout in self._layouts(message):
            try:
                yield from tuple(self._format(layout, message))
            except CampaignError as error:
                yield Unfit(layout.id, error.problems)

    def _format(self, layout: Layout, message: Message) -> Iterator[Artefact]:
        units = message.used(*shown(layout, message))
        numbers = tuple(contact.id for contact in printed(layout, message))
        laid = set_item(self._typesetter, layout.id, message, self._campaign, review=self._review, shots=(PREVIEW_PPI,))
        yield Artefact(
            f"{layout.id}-screen.pdf", "application/pdf", laid.pdf, units, layout.id, (), numbers, words=laid.words
        )
        for number, page in enumerate(laid.pages(PREVIEW_PPI), start=1):
            yield Artefact(f"{layout.id}-page-{number}.png", "image/png", page, units, layout.id, (), numbers)

    def _layouts(self, message: Message) -> tuple[Layout, ...]:
        own = message.audience == self._campaign.for_all(message.country)
        made = (layout for layout in self._campaign.layouts.values() if layout.build and layout.offered(message))
        return tuple(layout for layout in made if own or not layout.shared)


def shown(layout: Layout, message: Message) -> tuple[str, ...]:
    """The blocks, `label:`s and `contact:`s that a format prints."""
    return *layout.shows, *(f"contact:{helpline.contact.id}" for helpline in layout.helplines(message))


def printed(layout: Layout, message: Message) -> tuple[Contact, ...]:
    """The contacts whose numbers a format prints."""
    return *(helpline.contact for helpline in layout.helplines(message)), message.emergency
