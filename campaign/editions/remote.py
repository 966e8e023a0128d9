"""What a worker on another machine needs, by value: templates and pictures as bytes, unpacked in its own folder."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from campaign.editions.worker import BuildContext
from campaign.errors import CampaignError
from campaign.executors.context import WorkerContext
from campaign.project import Project
from campaign.workspace.inputs import program_hash

_folders: list[tempfile.TemporaryDirectory[str]] = []


@dataclass(frozen=True, slots=True)
class RemoteContext(WorkerContext):
    """A build's context with the files that are read while items are made, by path; a worker has no cache of ours."""

    context: BuildContext
    program: str
    files: Mapping[str, bytes]

    @classmethod
    def of(cls, context: BuildContext) -> RemoteContext:
        """The context with all of templates/ and assets/."""
        names = sorted(context.ingredients.files) if context.ingredients else ()
        files = {name: context.project.inside(context.project.root / name).read_bytes() for name in names}
        return cls(replace(context, cache=None), program_hash(), files)

    def arrive(self) -> BuildContext:
        """Unpack the files on this worker.

        Raises:
            CampaignError: the program or a library of this worker is another version, which could make other bytes.
        """
        if program_hash() != self.program:
            raise CampaignError.single(
                "a worker has another version of campaign or of a library",
                where="--executor dask",
                todo="install the same versions everywhere: pip install -c constraints.txt 'campaign[scale]'",
            )
        folder = tempfile.TemporaryDirectory(prefix="campaign-worker-", ignore_cleanup_errors=True)
        root = Path(folder.name).resolve()
        for name, data in self.files.items():
            path = root / PurePosixPath(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        # Threads of an earlier build may still read the last folder; the one before it is nobody's.
        _folders[:] = [*_folders[-1:], folder]
        return replace(self.context, project=Project(root))
