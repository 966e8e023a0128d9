"""An edition's folder: files go in, the manifest comes last, and what it does not list is taken away."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISREG

from campaign import languages
from campaign.editions.item import Item
from campaign.errors import CampaignError
from campaign.manifest import Entry
from campaign.model import output_path
from campaign.model.artefact import Artefact
from campaign.model.edition import Edition
from campaign.model.place import PLACE
from campaign.model.web_address import MANY
from campaign.project import Project, write_atomic

#: How the ZIPs are called that are made from an edition.
PACKS = ("*-[A-Z][A-Z].zip", "printer_*.zip", "office_*.zip")
#: What may lie in a folder that holds nothing: files by which programs keep it or remember how it looks.
_NOTHING = frozenset({".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini"})


def claim(project: Project, edition: Edition) -> None:
    """Make sure that an edition's folder is this edition's own, before the first file is written or deleted in it.

    It is when its manifest says so; without a manifest, when nothing lies there but what a build that was stopped left.

    Raises:
        CampaignError: the folder holds something else; nothing was touched.
    """
    said = _says(project, edition)
    if said == edition or (not said and all(map(_built, _files(project, edition)))):
        return
    raise CampaignError.single(
        f"holds the {said} edition" if said else f"holds files that no build of the {edition} edition made",
        where=project.name(project.output(edition)),
        todo="move what you want to keep elsewhere and delete the folder: a build deletes what it did not make",
    )


def _files(project: Project, edition: Edition) -> Iterator[str]:
    return (name for name, _ in project.below(project.output(edition), hidden=True))


def _built(name: str) -> bool:
    """Whether a build makes files of this name, or leaves them when it is stopped."""
    parts = name.split("/")
    if parts[-1].startswith(".") and parts[-1].endswith((".tmp", ".lock")):
        parts[-1] = parts[-1][1:].rsplit(".", 2 if parts[-1].endswith(".tmp") else 1)[0]
    if len(parts) == 1:
        return parts[0] in _NOTHING or parts[0] == "manifest.json"
    try:
        file = output_path.parse("/".join(parts))
    except CampaignError:
        return False
    return bool(PLACE.fullmatch(file.country)) and file.locale in {MANY, *languages.registry()}


def _says(project: Project, edition: Edition) -> str:
    """Which edition the folder's manifest, of whatever version, says that it holds; empty without one."""
    try:
        said = json.loads(project.manifest(edition).read_bytes())
    except (OSError, ValueError, RecursionError):
        return ""
    return str(said.get("edition", "")) if isinstance(said, dict) and "items" in said else ""


def write(project: Project, edition: Edition, item: Item, artefact: Artefact) -> Entry:
    """Put a file of an item into the folder; its entry."""
    path = output_path.build(item.job, artefact.path)
    put(project.built(edition, path), artefact.data)
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
    for pattern in PACKS:
        for path in project.files(project.packs(edition), pattern):
            path.unlink()


def prune(project: Project, edition: Edition, listed: Iterable[str]) -> None:
    """Take away every file that is not listed by its path below the edition, and the folders that are empty then."""
    folder = str(project.output(edition))
    if project.output(edition).is_dir():
        kept = {project.manifest(edition).name, *listed}
        _prune(folder, {f"{folder}/{path}" for path in kept})


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
