"""Social media: the post for X, and a square card with its image description."""

from __future__ import annotations

from collections.abc import Iterator

from campaign import languages
from campaign.bidi import direct_numbers
from campaign.channels.draft import marked
from campaign.channels.layout import set_item
from campaign.checks.rules import finding
from campaign.counting.hashtag import safe_hashtag
from campaign.counting.x import X_LIMIT, weighted_length
from campaign.model import Artefact, Campaign, Contact, Finding, Message, Severity
from campaign.typeset.session import Typesetter

__all__ = ["Social", "safe_hashtag", "weighted_length"]

POST = ("post",)
CARD = ("title", "alt", "label:logo_alt")
LAYOUT = "card-1080x1080"

#: The card is 540 pt square: 144 pixels per inch make it 1080 pixels.
PPI = 144


class Social:
    """The social channel: `x.txt`, `card-1080x1080.png` and its alt text."""

    name = "social"

    def __init__(self, campaign: Campaign, typesetter: Typesetter, *, review: bool) -> None:
        self._campaign, self._typesetter, self._review = campaign, typesetter, review

    def shows(self, message: Message, /) -> tuple[str, ...]:
        """The post, and what the card shows with its first helpline."""
        return *POST, *self._card(message)

    def contacts(self, message: Message, /) -> tuple[Contact, ...]:
        """The first helpline."""
        return (message.helplines[0].contact,)

    @staticmethod
    def _card(message: Message) -> tuple[str, ...]:
        return *CARD, f"contact:{message.helplines[0].contact.id}"

    def export(self, message: Message, /) -> Iterator[Artefact]:
        """The post and the card of a message.

        Raises:
            CampaignError: the card's text cannot be shown whole.
        """
        text = message.texts["x"]
        if languages.get(message.locale).rtl:
            text = direct_numbers(text, isolate=True)
        weight = weighted_length(text)
        findings: tuple[Finding, ...] = ()
        if weight > X_LIMIT:
            findings = (
                finding(
                    "length",
                    message.locale,
                    f"{message.audience}/x",
                    f"weighs {weight} on X, the limit is {X_LIMIT}: {weight - X_LIMIT} too many",
                    severity=Severity.ERROR,
                ),
            )
        yield Artefact(
            "x.txt",
            "text/plain",
            (marked(text, message) if self._review else text).encode(),
            message.used(*POST),
            "x",
            findings,
        )
        laid = set_item(self._typesetter, LAYOUT, message, self._campaign, review=self._review)
        yield Artefact(f"{LAYOUT}.png", "image/png", laid.pages(PPI)[0], message.used(*self._card(message)), LAYOUT)
        alt = marked(message.line("alt"), message) if self._review else message.line("alt")
        yield Artefact(f"{LAYOUT}-alt.txt", "text/plain", alt.encode(), message.used("alt"), LAYOUT)
