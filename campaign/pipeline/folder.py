"""An edition's folder: files go in, the manifest comes last, and what it does not list is taken away."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from campaign import manifest as manifests
from campaign.errors import CampaignError
from campaign.manifest import Entry, Manifest
from campaign.model.artefact import Artefact
from campaign.pipeline import record as records
from campaign.pipeline.bench import Item
from campaign.pipeline.record import Record
from campaign.project import Project, write_atomic


def previous(project: Project, edition: str) -> Manifest | None:
    """The manifest of the last build; None when there is none that can be used."""
    try:
        return manifests.read(project.manifest(edition), project.name(project.manifest(edition)))
    except CampaignError:
        return None


def intact(project: Project, old: Manifest, record: Record) -> Collection[str]:
    """The paths of the files that have the bytes which the manifest lists."""
    known = {path: seen for made in record.items.values() for path, seen in made.files.items()} | record.others
    folder = project.output(old.edition)
    return {entry.path for entry in old.entries if records.intact(folder, entry, known.get(entry.path))}


def write(project: Project, edition: str, item: Item, artefact: Artefact) -> Entry:
    """Put a file of an item into the folder; its entry."""
    job = item.job
    path = Path(job.country, job.locale, job.audience, artefact.path)
    # Not durable: the manifest, written last, holds the hash by which the next command trusts the file.
    write_atomic(project.output(edition) / path, artefact.data, durable=False)
    return Entry.of(job, artefact, path.as_posix(), item.batch, item.content, item.contacts)


def drop_packs(project: Project, edition: str) -> None:
    """Take away the packs of an edition that is about to change: nobody shall send what it no longer holds."""
    for path in project.packs(edition).glob("*.zip"):
        path.unlink()


def finish(project: Project, manifest: Manifest) -> None:
    """Write the manifest, then take away every file of the edition that it does not list."""
    manifests.write(project.manifest(manifest.edition), manifest)
    prune(project, manifest.edition, manifest.entries)


def prune(project: Project, edition: str, entries: Sequence[Entry]) -> None:
    """Take away every file that these entries do not list, and the folders that are empty then."""
    folder = project.output(edition)
    listed = {str(folder / entry.path) for entry in entries} | {str(project.manifest(edition))}
    for place, folders, names in os.walk(folder, topdown=False):
        left = 0
        for name in names:
            path = os.path.join(place, name)  # noqa: PTH118 - thousands of files: strings are ten times as fast
            if path in listed:
                left += 1
            else:
                Path(path).unlink()
        for name in folders:
            inner = Path(place, name)
            if inner.is_symlink():
                inner.unlink()
            elif inner.is_dir():
                left += 1
        if not left and Path(place) != folder:
            Path(place).rmdir()
