"""output/.build/<edition>.json: from what each item was made, and how its files lay on the disk. Disposable.

The manifest says what an edition holds; the record lets the next build see in a moment what still stands. Where the two
differ, or the record is damaged or gone, the item is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from campaign.bulk import bulk
from campaign.editions.fingerprint import PARTS
from campaign.manifest import Entry
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.project import Project, write_atomic

VERSION = 4

#: Digits of a hash that are kept where it only tells a change.
SHORT = 12

#: How a file lies on the disk: first digits of its SHA-256, size in bytes, time of change in ns.
Seen = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Made:
    """One item as it was made: the hash of its parts, the parts in short (PARTS), its layouts, and its files.

    `units` are the keys of the units of its message, `trace` the hash of everything the message is rendered from.
    """

    trace: str
    units: tuple[str, ...]
    made: str
    key: str
    parts: tuple[str, ...]
    layouts: tuple[str, ...]
    state: str
    files: Mapping[str, Seen]
    warnings: tuple[Finding, ...] = ()


_FIELDS = tuple(item.name for item in fields(Made))


@dataclass(slots=True)
class Record:
    """An edition's items, each language's units in short as they were then, and its collected files.

    `others` maps the path of a collected file to how it lay on the disk and the hash of what it was collected from.
    `manifest` is the hash of the manifest that was written with it, `details` what the keys consisted of (causes.py).
    """

    items: dict[Job, Made] = field(default_factory=dict)
    prints: dict[str, Mapping[str, str]] = field(default_factory=dict)
    others: dict[str, tuple[Seen, str]] = field(default_factory=dict)
    manifest: str = ""
    details: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def files(self) -> dict[str, Seen]:
        """How every file of the edition lay on the disk."""
        items = {path: seen for made in self.items.values() for path, seen in made.files.items()}
        return items | {path: seen for path, (seen, _) in self.others.items()}


def path_of(project: Project, edition: str) -> Path:
    """Where the record lies: beside the edition, not in it, because it tells the time."""
    return project.output(edition).parent / ".build" / f"{edition}.json"


@bulk()
def read(project: Project, edition: str) -> Record:
    """The record of the last build; an empty one when there is none that this program can use."""
    try:
        document: dict[str, Any] = json.loads(path_of(project, edition).read_text(encoding="utf-8"))
        if document["version"] != VERSION or document["parts"] != list(PARTS):
            return Record()
        sets = [tuple(map(str, keys)) for keys in document["units"]]
        return Record(
            {Job(*job): _made(entry, sets) for *job, entry in document["items"]},
            {str(locale): dict(prints) for locale, prints in document["prints"].items()},
            {path: (_seen(seen), str(parts)) for path, (seen, parts) in document["others"].items()},
            str(document["manifest"]),
            {str(part): dict(names) for part, names in document["details"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return Record()


def _made(entry: dict[str, Any], sets: list[tuple[str, ...]]) -> Made:
    files = {path: _seen(seen) for path, seen in entry["files"].items()}
    warnings = tuple(map(Finding.read, entry["warnings"]))
    return Made(
        entry["trace"],
        sets[entry["units"]],
        entry["made"],
        entry["key"],
        tuple(entry["parts"]),
        tuple(entry["layouts"]),
        entry["state"],
        files,
        warnings,
    )


def _seen(entry: list[Any]) -> Seen:
    sha, size, time = entry
    return sha, size, time


def _plain(made: Made, units: int) -> dict[str, object]:
    """The fields of an item; dataclasses.asdict copies deep, which takes ten times as long."""
    plain = {name: getattr(made, name) for name in _FIELDS}
    return {**plain, "units": units, "warnings": [found.as_data() for found in made.warnings]}


@bulk()
def write(project: Project, edition: str, record: Record) -> None:
    """Write the record in one step."""
    sets: dict[tuple[str, ...], int] = {}
    items = [
        (job.country, job.locale, job.audience, job.channel, _plain(made, sets.setdefault(made.units, len(sets))))
        for job, made in sorted(record.items.items())
    ]
    document = {
        "version": VERSION,
        "parts": list(PARTS),
        "manifest": record.manifest,
        "details": record.details,
        "units": list(sets),
        "prints": record.prints,
        "others": record.others,
        "items": items,
    }
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    write_atomic(path_of(project, edition), data, durable=False)


def seen(folder: Path, entries: Iterable[Entry]) -> dict[str, Seen]:
    """How these files lie on the disk now; one that cannot be looked at is left out, and made again next time."""
    found = {}
    for entry in entries:
        try:
            stat = (folder / entry.path).stat()
        except OSError:
            continue
        found[entry.path] = (entry.sha256[:SHORT], stat.st_size, stat.st_mtime_ns)
    return found


def intact(folder: Path, entry: Entry) -> bool:
    """Whether a file has the bytes that the manifest lists; a path that leads out of the edition is refused."""
    path = folder / entry.path
    try:
        inside = ".." not in path.parts and path.resolve().is_relative_to(folder.resolve())
        return inside and hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return False
