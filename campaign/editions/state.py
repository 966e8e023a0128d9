"""The last build: its manifest, and output/.build/<edition>.json with how each item was made. The record is disposable.

The manifest says what an edition holds; the record lets the next build see in a moment what is up to date. Where the
two differ, or the record is damaged or gone, the item is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypedDict

from campaign import manifest as manifests
from campaign.bulk import bulk
from campaign.editions.fingerprint import PARTS
from campaign.errors import CampaignError
from campaign.inside import lies_in
from campaign.manifest import Entry, Listing, Manifest, NotMade
from campaign.model.edition import Edition
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.project import Project, write_atomic

VERSION = 4

#: Digits of a hash that are kept where it only tells a change.
SHORT = 12

#: How a file lies on the disk: first digits of its SHA-256, size in bytes, time of change in ns.
OnDisk = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class BuiltItem:
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
    files: Mapping[str, OnDisk]
    warnings: tuple[Finding, ...] = ()


_FIELDS = tuple(item.name for item in fields(BuiltItem))


@dataclass(slots=True)
class Record:
    """An edition's items, each language's units in short as they were then, and its collected files.

    `others` maps the path of a collected file to how it lay on the disk and the hash of what it was collected from.
    `manifest` is the hash of the manifest that was written with it, `details` what the keys consisted of (explain.py).
    """

    items: dict[Job, BuiltItem] = field(default_factory=dict)
    prints: dict[str, Mapping[str, str]] = field(default_factory=dict)
    others: dict[str, tuple[OnDisk, str]] = field(default_factory=dict)
    manifest: str = ""
    details: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def files(self) -> dict[str, OnDisk]:
        """How every file of the edition lay on the disk."""
        items = {path: lying for built in self.items.values() for path, lying in built.files.items()}
        return items | {path: lying for path, (lying, _) in self.others.items()}


@bulk()
def read(project: Project, edition: Edition) -> Record:
    """The record of the last build; an empty one when there is none that this program can use."""
    try:
        document: dict[str, Any] = json.loads(project.record(edition).read_text(encoding="utf-8"))
        if document["version"] != VERSION or document["parts"] != list(PARTS):
            return Record()
        sets = [tuple(map(str, keys)) for keys in document["units"]]
        return Record(
            {Job(*job): _item(entry, sets) for *job, entry in document["items"]},
            {str(locale): dict(prints) for locale, prints in document["prints"].items()},
            {path: (_on_disk(lying), str(parts)) for path, (lying, parts) in document["others"].items()},
            str(document["manifest"]),
            {str(part): dict(names) for part, names in document["details"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return Record()


class _Stored(TypedDict):
    """A built item as the record holds it; `units` is its place among the sets of units."""

    trace: str
    units: int
    made: str
    key: str
    parts: list[str]
    layouts: list[str]
    state: str
    files: dict[str, OnDisk]
    warnings: list[dict[str, object]]


def _item(entry: _Stored, sets: list[tuple[str, ...]]) -> BuiltItem:
    files = {path: _on_disk(lying) for path, lying in entry["files"].items()}
    warnings = tuple(map(Finding.read, entry["warnings"]))
    return BuiltItem(
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


def _on_disk(entry: OnDisk) -> OnDisk:
    sha, size, time = entry
    return sha, size, time


def _plain(built: BuiltItem, units: int) -> dict[str, object]:
    """The fields of an item; dataclasses.asdict copies deep, which takes ten times as long."""
    plain = {name: getattr(built, name) for name in _FIELDS}
    return {**plain, "units": units, "warnings": [found.as_data() for found in built.warnings]}


@bulk()
def write(project: Project, edition: Edition, record: Record) -> None:
    """Write the record in one step."""
    sets: dict[tuple[str, ...], int] = {}
    items = [
        (job.country, job.locale, job.audience, job.channel, _plain(item, sets.setdefault(item.units, len(sets))))
        for job, item in sorted(record.items.items())
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
    write_atomic(project.record(edition), data, durable=False)


def on_disk(folder: Path, entries: Iterable[Entry]) -> dict[str, OnDisk]:
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


@dataclass(frozen=True, slots=True)
class LastBuild:
    """`lines` are those of the manifest by path, `jobs` the paths of each item, `known` how files lay on the disk then.

    `not_made` are the formats that items of it lack. `on_disk` is filled with how the files that were found intact lie
    there now.
    """

    folder: Path
    inputs: str
    lines: Mapping[str, str]
    jobs: Mapping[Job, Collection[str]]
    known: Mapping[str, OnDisk]
    not_made: tuple[NotMade, ...] = ()
    on_disk: dict[str, OnDisk] = field(default_factory=dict)
    _inside: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, edition: Edition, record: Record) -> LastBuild:
        """The last build by its manifest; one of nothing when there is none that can be used.

        A manifest that is byte for byte the one of the record is not parsed. Against any other the record's items are
        held one by one; what does not agree goes from the record.
        """
        path, folder = project.manifest(edition), project.output(edition)
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        known = record.files()
        if data and hashlib.sha256(data).hexdigest() == record.manifest:
            listing = manifests.listing(data)
            if known.keys() == listing.lines.keys():
                jobs = {job: item.files.keys() for job, item in record.items.items()}
                return cls(folder, listing.inputs, listing.lines, jobs, known, listing.not_made)
        try:
            manifest = manifests.read(path, project.name(path))
        except CampaignError:
            manifest = Manifest(edition, "", {}, (), ())
        found: dict[Job, dict[str, str]] = defaultdict(dict)
        for entry in manifest.entries:
            found[job_of(entry)][entry.path] = entry.sha256[:SHORT]
        record.items = {
            job: item
            for job, item in record.items.items()
            if found.get(job) == {path: lying[0] for path, lying in item.files.items()}
        }
        hashes = {entry.path: entry.sha256[:SHORT] for entry in manifest.entries}
        known = {path: lying for path, lying in known.items() if hashes.get(path) == lying[0]}
        jobs = {job: files.keys() for job, files in found.items()}
        return cls(folder, manifest.inputs, Listing.of(manifest).lines, jobs, known, manifest.not_made)

    def intact(self, path: str) -> bool:
        """Whether a file has the bytes that the manifest lists.

        One whose size and time of change are as recorded is taken as it is; `campaign verify` reads every byte.
        """
        try:
            # Thousands of files: strings are twice as fast as paths.
            stat = os.lstat(f"{self.folder}/{path}")
        except (OSError, ValueError):  # ValueError: a NUL in the path
            return False
        known = self.known.get(path)
        if known and known[1:] == (stat.st_size, stat.st_mtime_ns) and self._stays(path):
            self.on_disk[path] = known
            return True
        entry = self.entry(path)
        if not intact(self.folder, entry):
            return False
        self.on_disk[path] = (entry.sha256[:SHORT], stat.st_size, stat.st_mtime_ns)
        return True

    def _stays(self, path: str) -> bool:
        """Whether the folder of a file lies in the edition, links followed; asked once for each folder."""
        folder = os.path.dirname(path)  # noqa: PTH120 - as above
        if folder not in self._inside:
            self._inside[folder] = lies_in(self.folder / folder, self.folder)
        return self._inside[folder]

    def without(self, paths: Collection[str]) -> LastBuild:
        """The same as if these files had never been built."""
        lines = {path: line for path, line in self.lines.items() if path not in paths}
        jobs = {job: [path for path in own if path not in paths] for job, own in self.jobs.items()}
        return replace(self, lines=lines, jobs=jobs)

    def all_intact(self) -> bool:
        """Whether every file is intact."""
        return all(map(self.intact, self.lines))

    def entry(self, path: str) -> Entry:
        """The entry of a file."""
        return manifests.entry_of(self.lines[path])

    def entries(self, paths: Iterable[str]) -> list[Entry]:
        """The entries of these files."""
        return [self.entry(path) for path in paths]


def job_of(entry: Entry) -> Job:
    """The job that a built file belongs to."""
    return Job(entry.country, entry.locale, entry.audience, entry.channel)
