"""A whole message: what one sentence alone cannot show."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks.children import child_contacts
from campaign.checks.conditions import unconditional_care
from campaign.checks.pictures import undescribed_picture
from campaign.checks.readability import GRADE, formula, reading
from campaign.checks.rules import finding
from campaign.model.blocks import READABLE
from campaign.model.campaign import Audience
from campaign.model.finding import Finding
from campaign.model.message import Message
from campaign.model.sentence import say


def check_message(message: Message, audience: Audience, source_language: str) -> list[Finding]:
    """The findings about a message as one country's readers get it; those that no language can mend have no locale."""
    found = [*unconditional_care(message, source_language), *undescribed_picture(message), *_hard_text(message)]
    return [*found, *(child_contacts(message) if audience.child else ())]


def _hard_text(message: Message) -> Iterator[Finding]:
    """Yield a finding for a message whose reading ease is below what its language's formula calls easy."""
    known = formula(message.locale)
    text = "\n".join(line for block in READABLE for line in message.blocks.get(block, ()))
    read = reading(text, message.locale)
    if known is None or read is None:
        return
    if read.grade is not None and read.grade > GRADE:
        said = say(
            "reads like a text for the age of %(age)s, about 11 is wanted (Flesch-Kincaid): "
            "shorter words and sentences",
            age=f"{read.grade + 5:.0f}",
        )
        yield finding("plain", message.locale, message.audience, said)
    elif read.ease < known.hard:
        said = say(
            "reading ease %(ease)s, below %(limit)s is hard (%(formula)s): shorter words and sentences",
            ease=f"{read.ease:.0f}",
            limit=f"{known.hard:.0f}",
            formula=known.source,
        )
        yield finding("plain", message.locale, message.audience, said)
