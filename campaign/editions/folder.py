"""An edition's folder: files go in, the manifest comes last, and what it does not list is taken away."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG

from campaign.editions.worker import Item
from campaign.manifest import Entry
from campaign.model import output_path
from campaign.model.artefact import Artefact
from campaign.model.edition import Edition
from campaign.project import Project, write_atomic


def write(project: Project, edition: Edition, item: Item, artefact: Artefact) -> Entry:
    """Put a file of an item into the folder; its entry."""
    path = output_path.build(item.job, artefact.path)
    put(project.output(edition) / path, artefact.data)
    return Entry.of(item.job, artefact, path, item.batch, item.content, item.contacts)


def put(place: Path, data: bytes) -> None:
    """Write a file of an edition; one that has these bytes already stands untouched."""
    if not _holds(place, data):
        # Not durable: the manifest, written last, holds the hash by which the next command trusts the file.
        write_atomic(place, data, durable=False)


def _holds(place: Path, data: bytes) -> bool:
    """Whether a file of its own, no link, has these bytes."""
    try:
        stat = place.lstat()
        return S_ISREG(stat.st_mode) and stat.st_size == len(data) and place.read_bytes() == data
    except OSError:
        return False


def drop_packs(project: Project, edition: Edition) -> None:
    """Take away the packs of an edition that is about to change: nobody shall send what it no longer holds."""
    for path in project.packs(edition).glob("*.zip"):
        path.unlink()


def prune(project: Project, edition: Edition, listed: Iterable[str]) -> None:
    """Take away every file that is not listed by its path below the edition, and the folders that are empty then."""
    folder = str(project.output(edition))
    if project.output(edition).is_dir():
        _prune(folder, {f"{folder}/{path}" for path in listed} | {f"{folder}/{project.manifest(edition).name}"})


def _prune(folder: str, listed: set[str]) -> bool:
    """Whether anything is left. Thousands of files: strings are ten times as fast as paths."""
    left = False
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if _prune(path, listed):
                left = True
            else:
                Path(path).rmdir()
        elif path in listed:
            left = True
        else:
            Path(path).unlink()
    return left
