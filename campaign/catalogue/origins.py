"""Where a text says that it comes from: a machine, a memory; and whether a person has changed it since."""

from __future__ import annotations

import re

from campaign.model.unit import Unit

MACHINE, MEMORY = "machine translation, ", "translation memory, "
_MADE = re.compile(rf"(?:{MACHINE}|{MEMORY}).*; text (?P<hash>[0-9a-f]{{8}})")


def untouched(unit: Unit) -> bool:
    """Whether a text is a draft of this program that no person changed: its origin names the hash of the text."""
    made = _MADE.fullmatch(unit.origin)
    return bool(made and unit.fuzzy and made["hash"] == unit.text_hash[:8])
