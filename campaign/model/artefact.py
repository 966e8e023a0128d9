"""One finished file in memory."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.model.finding import Finding
from campaign.model.used_unit import UsedUnit


@dataclass(frozen=True, slots=True)
class Artefact:
    """One finished file in memory: a path below the item's folder, its media type, bytes and the units it shows.

    `contacts` are the ids of the contacts whose numbers this file shows; None when it shows all of its item.
    `words` are short hashes of what each page of a PDF says (typeset/layer).
    `small` is a card as a contact sheet shows it (a PNG), set together with the card.
    """

    path: str
    media_type: str
    data: bytes
    units: tuple[UsedUnit, ...]
    format: str = ""
    findings: tuple[Finding, ...] = ()
    contacts: tuple[str, ...] | None = None
    small: bytes = b""
    words: tuple[str, ...] = ()
