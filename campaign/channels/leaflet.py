"""The A5 leaflet: a tagged screen PDF (PDF/UA-1) and a preview picture of each page."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.channels.layout import set_item
from campaign.model import Artefact, Campaign, Contact, Message
from campaign.typeset.session import Typesetter

LAYOUT = "leaflet-a5"
PREVIEW_PPI = 110
BLOCKS = (
    "title",
    "lead",
    "signs_title",
    "signs",
    "rights_title",
    "rights",
    "steps_title",
    "steps",
    "closing",
    "alt",
    *(f"label:{name}" for name in ("contacts_title", "emergency_line", "scan", "qr_alt", "edition_line", "logo_alt")),
)


class Leaflet:
    """The leaflet channel: `leaflet-a5-screen.pdf` and `leaflet-a5-page-N.png`."""

    name = "leaflet"

    def __init__(self, campaign: Campaign, typesetter: Typesetter, *, review: bool) -> None:
        self._campaign, self._typesetter, self._review = campaign, typesetter, review

    def shows(self, message: Message, /) -> tuple[str, ...]:
        """Every printed block and label, and each helpline with its claims."""
        return *BLOCKS, *(f"contact:{helpline.contact.id}" for helpline in message.helplines)

    def contacts(self, message: Message, /) -> tuple[Contact, ...]:
        """Every helpline and the emergency number."""
        return *(helpline.contact for helpline in message.helplines), message.emergency

    def export(self, message: Message, /) -> Iterator[Artefact]:
        """The leaflet of a message.

        Raises:
            CampaignError: a text that does not fit or has no glyph.
        """
        units = message.used(*self.shows(message))
        laid = set_item(self._typesetter, LAYOUT, message, self._campaign, review=self._review)
        yield Artefact(f"{LAYOUT}-screen.pdf", "application/pdf", laid.pdf, units, LAYOUT)
        for number, page in enumerate(laid.pages(PREVIEW_PPI), start=1):
            yield Artefact(f"{LAYOUT}-page-{number}.png", "image/png", page, units, LAYOUT)
