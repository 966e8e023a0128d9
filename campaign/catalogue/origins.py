"""Where a text says that it comes from: a machine, a memory; and whether a person has changed or read it since."""

from __future__ import annotations

import re
from collections.abc import Collection

from campaign.model.unit import Unit

MACHINE, MEMORY = "machine translation, ", "translation memory, "
_MADE = re.compile(rf"(?:{MACHINE}|{MEMORY}).*; text (?P<hash>[0-9a-f]{{8}})")


def untouched(unit: Unit) -> bool:
    """Whether a text is a draft of this program that no person changed: its origin names the hash of the text."""
    made = _MADE.fullmatch(unit.origin) if unit.fuzzy else None
    return bool(made and made["hash"] == unit.text_hash[:8])


def raw(unit: Unit, read: Collection[tuple[str, str]]) -> bool:
    """Whether a text is a machine's that no person has edited or read.

    `read` are the words, as (source hash, text hash), about which somebody said something.
    """
    return untouched(unit) and MACHINE in unit.origin and (unit.source_hash, unit.text_hash) not in read
