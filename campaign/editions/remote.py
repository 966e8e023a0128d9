"""What a worker on another machine needs, by value: templates and pictures as bytes, unpacked in its own folder."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from campaign.editions.fingerprint import Ingredients
from campaign.editions.release_gate import Gate
from campaign.editions.worker import prepare
from campaign.errors import CampaignError
from campaign.model.campaign import Campaign
from campaign.project import Project
from campaign.render.texts import Texts
from campaign.workspace.inputs import program_hash

_folders: list[tempfile.TemporaryDirectory[str]] = []


def pack(project: Project, ingredients: Ingredients) -> Mapping[str, bytes]:
    """The files of templates/ and assets/ by path: all that is read while items are made."""
    return {name: (project.root / name).read_bytes() for name in sorted(ingredients.files)}


def prepare_remote(
    files: Mapping[str, bytes],
    campaign: Campaign,
    texts: Mapping[str, Texts],
    edition: str,
    gate: Gate | None,
    ingredients: Ingredients,
) -> None:
    """Unpack the files on this worker and say what it works on.

    Raises:
        CampaignError: the program or a library of this worker is another version, which could make other bytes.
    """
    if program_hash() != ingredients.program:
        raise CampaignError.single(
            "a worker has another version of campaign or of a library",
            where="--executor dask",
            todo="install the same versions everywhere: pip install -c constraints.txt 'campaign[scale]'",
        )
    folder = tempfile.TemporaryDirectory(prefix="campaign-worker-", ignore_cleanup_errors=True)
    root = Path(folder.name).resolve()
    for name, data in files.items():
        path = root / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    # Threads of an earlier build may still read the last folder; the one before it is nobody's.
    _folders[:] = [*_folders[-1:], folder]
    prepare(Project(root), campaign, texts, edition, gate, ingredients)
