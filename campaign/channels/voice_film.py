"""The pictures of a film for status and reels: a card of the message, a page for each caption."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.channels.layout_data import card_data, families
from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign
from campaign.model.message import Message
from campaign.provenance.remainder import texts_in
from campaign.typeset import collisions, fonts, guard
from campaign.typeset.session import Typesetter

LAYOUT, PPI = "voice-film", 96


def shows(message: Message) -> tuple[str, ...]:
    """What the card of a film shows beside its captions."""
    return "title", "alt", "label:logo_alt", f"contact:{message.helplines[0].contact.id}"


def pictures(
    typesetter: Typesetter, campaign: Campaign, message: Message, captions: Sequence[str], *, review: bool
) -> tuple[bytes, ...]:
    """A PNG of 720 x 1280 pixels for each caption.

    Raises:
        CampaignError: the workspace lacks the layout, a character has no glyph, a text does not fit or touches another.
    """
    values = card_data(message, campaign, shows(message), review=review, captions=captions)
    where = f"{message.locale}/{message.audience} ({LAYOUT})"
    missing = fonts.missing(typesetter.fonts, families(message), [*texts_in(values)])
    if missing:
        todo = "replace this character"
        raise CampaignError(Problem(where, f"no font shows U+{ord(c):04X}", todo, "glyph") for c in missing)
    laid = typesetter.lay_out(LAYOUT, values, shots=(PPI,))
    todo = "shorten this sentence, or let templates/layouts/voice-film.typ give it more room"
    faults = [f"{frame.id!r} does not fit even at {frame.size:g} pt" for frame in laid.frames if not frame.fits]
    if faults := faults or [*collisions.faults(tuple(guard.opened(laid.pdf)), 0)]:
        raise CampaignError(Problem(where, fault, todo, "clipped") for fault in dict.fromkeys(faults))
    drawn = laid.pages(PPI)
    if len(drawn) != len(captions):
        raise CampaignError.single(f"makes {len(drawn)} pages of {len(captions)} captions", where=where, todo=todo)
    return drawn
