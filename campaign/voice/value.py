"""What a signature covers of a reading, as the one word that a ledger keeps: voice, clips, digits, uses, tools."""

from __future__ import annotations

from campaign.voice.recordings import USES


def voice_of(value: str) -> str:
    """The pseudonym in the value of a reading, as a ledger keeps it; empty for none."""
    return value.partition(",")[0]


def uses_of(value: str) -> tuple[str, ...]:
    """What a voice agreed to, in the value of a reading; everything before it was asked."""
    if not value:
        return ()
    return tuple(filter(None, value.split(",")[3].split("+"))) or tuple(USES)


def digits_of(value: str) -> str:
    """The hash of the digit clips in the value of a reading."""
    return value.split(",")[2] if value.count(",") > 2 else ""
