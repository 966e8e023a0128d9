"""An item's files as one block of bytes for the cache, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields

from campaign.model.artefact import Artefact
from campaign.model.finding import Finding
from campaign.model.used_unit import UsedUnit

_OTHER = ("data", "small", "units", "findings", "contacts", "words")

#: What an artefact says beside its bytes, its units and its findings.
_PLAIN = tuple(field.name for field in fields(Artefact) if field.name not in _OTHER)


@dataclass(frozen=True, slots=True)
class CachedItem:
    """An item as it was put away: its key, the layouts behind it, its files."""

    key: str
    layouts: tuple[str, ...]
    artefacts: tuple[Artefact, ...]


def pack(key: str, layouts: tuple[str, ...], artefacts: Iterable[Artefact]) -> bytes:
    """A line of JSON, then the bytes of every file. States of units are left out: they are the ledger's to say."""
    artefacts = tuple(artefacts)
    head = {
        "key": key,
        "layouts": layouts,
        "artefacts": [
            {
                "size": len(artefact.data),
                "small": len(artefact.small),
                "units": [unit.key for unit in artefact.units],
                "findings": [each.as_data() for each in artefact.findings],
                "contacts": artefact.contacts,
                "words": artefact.words,
                **{name: getattr(artefact, name) for name in _PLAIN},
            }
            for artefact in artefacts
        ],
    }
    return b"".join(
        (
            json.dumps(head).encode(),
            b"\n",
            *(part for artefact in artefacts for part in (artefact.data, artefact.small)),
        )
    )


def unpack(data: bytes, used: Iterable[UsedUnit]) -> CachedItem | None:
    """The files with the states that their units have now; None when this is no item, or shows other units."""
    line, _, rest = data.partition(b"\n")
    units, at, artefacts = {unit.key: unit for unit in used}, 0, []
    try:
        head = json.loads(line)
        for entry in head["artefacts"]:
            end = at + int(entry["size"])
            after = end + int(entry["small"])
            artefacts.append(
                Artefact(
                    **{name: entry[name] for name in _PLAIN},
                    data=rest[at:end],
                    small=rest[end:after],
                    units=tuple(units[key] for key in entry["units"]),
                    findings=tuple(map(Finding.read, entry["findings"])),
                    contacts=None if entry["contacts"] is None else tuple(entry["contacts"]),
                    words=tuple(entry["words"]),
                )
            )
            at = after
        return CachedItem(head["key"], tuple(head["layouts"]), tuple(artefacts)) if at == len(rest) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
