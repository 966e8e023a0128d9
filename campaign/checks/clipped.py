"""Clipped text: what the layout says when a frame cannot show all of it."""

from __future__ import annotations

from campaign.checks.rules import finding
from campaign.model.finding import Finding
from campaign.model.sentence import say


def clipped_finding(locale: str, where: str, frame: str) -> Finding:
    """The finding for a frame that cuts or covers its text; only the layout can know, so it calls this."""
    said = say("the frame %(frame)s cannot show all of its text: shorten the text", frame=frame)
    return finding("clipped", locale, where, said)
