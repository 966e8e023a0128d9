"""An edition as its last build left it: the line of each file, the files of each item, and which of them are whole."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from campaign import manifest as manifests
from campaign.editions import state as states
from campaign.editions.state import SHORT, Record, Seen
from campaign.errors import CampaignError
from campaign.manifest import Entry, Listing, Manifest
from campaign.model.job import Job
from campaign.project import Project


@dataclass(frozen=True, slots=True)
class Last:
    """`lines` are those of the manifest by path, `jobs` the paths of each item, `known` how files lay on the disk then.

    `seen` is filled with how the files that were found whole lie there now.
    """

    folder: Path
    inputs: str
    lines: Mapping[str, str]
    jobs: Mapping[Job, Collection[str]]
    known: Mapping[str, Seen]
    seen: dict[str, Seen] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, edition: str, record: Record) -> Last:
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
                jobs = {job: made.files.keys() for job, made in record.items.items()}
                return cls(folder, listing.inputs, listing.lines, jobs, known)
        try:
            manifest = manifests.read(path, project.name(path))
        except CampaignError:
            manifest = Manifest(edition, "", {}, (), ())
        found: dict[Job, dict[str, str]] = defaultdict(dict)
        for entry in manifest.entries:
            found[job_of(entry)][entry.path] = entry.sha256[:SHORT]
        record.items = {
            job: made
            for job, made in record.items.items()
            if found.get(job) == {path: seen[0] for path, seen in made.files.items()}
        }
        hashes = {entry.path: entry.sha256[:SHORT] for entry in manifest.entries}
        known = {path: seen for path, seen in known.items() if hashes.get(path) == seen[0]}
        jobs = {job: files.keys() for job, files in found.items()}
        return cls(folder, manifest.inputs, Listing.of(manifest).lines, jobs, known)

    def whole(self, path: str) -> bool:
        """Whether a file has the bytes that the manifest lists.

        One whose size and time of change are as recorded is taken as it is; `campaign verify` reads every byte.
        """
        try:
            # Thousands of files: strings are twice as fast as paths.
            stat = os.lstat(f"{self.folder}/{path}")
        except (OSError, ValueError):  # ValueError: a NUL in the path
            return False
        known = self.known.get(path)
        if known and known[1:] == (stat.st_size, stat.st_mtime_ns) and ".." not in path and path[0] != "/":
            self.seen[path] = known
            return True
        entry = self.entry(path)
        if not states.intact(self.folder, entry):
            return False
        self.seen[path] = (entry.sha256[:SHORT], stat.st_size, stat.st_mtime_ns)
        return True

    def untouched(self) -> bool:
        """Whether every file is whole."""
        return all(map(self.whole, self.lines))

    def entry(self, path: str) -> Entry:
        """The entry of a file."""
        return manifests.entry_of(self.lines[path])

    def entries(self, paths: Iterable[str]) -> list[Entry]:
        """The entries of these files."""
        return [self.entry(path) for path in paths]


def job_of(entry: Entry) -> Job:
    """The job that a built file belongs to."""
    return Job(entry.country, entry.locale, entry.audience, entry.channel)
