"""output/<edition>/manifest.json: what was built, from what, and the hash of each file. No clock."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from campaign.bulk import bulk
from campaign.errors import CampaignError
from campaign.model.artefact import Artefact
from campaign.model.job import Job
from campaign.model.state import worst
from campaign.project import write_atomic

VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an edition: `path` is below the edition's folder, `units` are unit keys, `states` counts them,
    `content` is the hash of every word and number that the item shows, `contacts` the ids of the contacts whose
    numbers this file must show: whoever reads it again (`audit.proof`) holds it to them.
    `proof` is what `verify` read from the finished file: the contacts found in it and the hash of the bytes it read.
    """

    path: str
    media_type: str
    size: int
    sha256: str
    audience: str
    locale: str
    country: str
    channel: str
    format: str
    state: str
    units: tuple[str, ...]
    states: Mapping[str, int]
    fallbacks: tuple[str, ...]
    batch: str
    content: str
    contacts: tuple[str, ...]
    proof: Mapping[str, object] | None = None

    @classmethod
    def of(cls, job: Job, artefact: Artefact, path: str, batch: str, content: str, contacts: tuple[str, ...]) -> Entry:
        """The entry of a finished file of a job; `contacts` are those of its item."""
        return cls(
            path,
            artefact.media_type,
            len(artefact.data),
            hashlib.sha256(artefact.data).hexdigest(),
            job.audience,
            job.locale,
            job.country,
            job.channel,
            artefact.format,
            worst({unit.state for unit in artefact.units}).value,
            tuple(unit.key for unit in artefact.units),
            dict(sorted(Counter(unit.state.value for unit in artefact.units).items())),
            tuple(unit.key for unit in artefact.units if unit.fallback),
            batch,
            content,
            contacts if artefact.contacts is None else artefact.contacts,
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """An edition: its entries in path order, the hash of its inputs, and the versions that made it."""

    edition: str
    inputs: str
    tools: Mapping[str, str]
    fonts: tuple[str, ...]
    entries: tuple[Entry, ...]


_FIELDS = tuple(field.name for field in fields(Entry))


@bulk()
def write(path: Path, manifest: Manifest) -> None:
    """Write the manifest in one durable step: only after that does an edition count as built."""
    head = {
        "version": VERSION,
        "edition": manifest.edition,
        "inputs": manifest.inputs,
        "tools": dict(sorted(manifest.tools.items())),
        "fonts": list(manifest.fonts),
    }
    # One line an item: a difference is easy to read, and many items are written fast.
    items = (json.dumps(_plain(entry), ensure_ascii=False) for entry in sorted(manifest.entries, key=_path))
    opened = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    write_atomic(path, (opened + ',\n "items": [\n' + ",\n".join(items) + "\n ]\n}\n").encode())


def _path(entry: Entry) -> str:
    return entry.path


def _plain(entry: Entry) -> dict[str, object]:
    """The fields of an entry; dataclasses.asdict copies deep, which takes ten times as long."""
    return {name: getattr(entry, name) for name in _FIELDS}


@bulk()
def read(path: Path, name: str) -> Manifest:
    """The manifest of an edition.

    Raises:
        CampaignError: there is none, it is damaged, or another version of the program wrote it.
    """
    todo = "build again: campaign build"
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CampaignError.single("nothing was built yet", where=name, todo=todo) from error
    except (OSError, ValueError, RecursionError) as error:
        raise CampaignError.single("is damaged", where=name, todo=todo) from error
    try:
        if document["version"] != VERSION:
            raise CampaignError.single(
                f"has version {document['version']!r}, this program reads {VERSION}", where=name, todo=todo
            )
        entries = tuple(
            Entry(**{**item, **{name: tuple(item[name]) for name in ("units", "fallbacks", "contacts")}})
            for item in document["items"]
        )
        return Manifest(document["edition"], document["inputs"], document["tools"], tuple(document["fonts"]), entries)
    except (KeyError, TypeError) as error:
        raise CampaignError.single("is damaged", where=name, todo=todo) from error


def damaged(folder: Path, entries: Collection[Entry]) -> tuple[tuple[Entry, str], ...]:
    """The entries whose file is missing or has other bytes, each with the reason."""
    found = []
    for entry in entries:
        path = folder / entry.path
        # A manifest is a file like any other: a path in it must not lead outside its edition.
        if not path.resolve().is_relative_to(folder.resolve()):
            found.append((entry, "lies outside the edition"))
            continue
        try:
            data = path.read_bytes()
        except OSError:
            found.append((entry, "is missing"))
            continue
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            found.append((entry, "was changed after it was built"))
    return tuple(found)
