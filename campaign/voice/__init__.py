"""Signed voice: clips of exact words, numbers put together from digits, sound measured, coded and proved."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from campaign.errors import CampaignError

#: The scripts with which a page takes sound from a microphone.
BROWSER = Path(__file__).with_name("browser")
#: What the extra brings; nothing of it is loaded before somebody works with sound.
NEEDED = ("av", "numpy")


def ready() -> bool:
    """Whether the extra `voice` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in NEEDED)


def needs_extra() -> None:
    """Say what to install before anything is done with sound.

    Raises:
        CampaignError: the extra is not installed.
    """
    if not ready():
        from campaign import installed

        raise CampaignError.single(
            "sound needs libraries that are not installed (av, numpy)",
            where="the channel voice",
            todo=f"run: {installed.command_for('voice')}",
        )
