"""The workspace on disk: finds campaign.toml upward, names every path once, reads and writes files safely."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import CampaignError, Problem
from campaign.model.edition import Edition

CONFIG = "campaign.toml"


@dataclass(frozen=True, slots=True)
class Project:
    """Paths of one workspace."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Project:
        """The workspace that holds `start`: the nearest folder upward with a campaign.toml, as git does.

        Raises:
            CampaignError: when no folder upward has one.
        """
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / CONFIG).is_file():
                return cls(folder)
        raise CampaignError.single(
            f"no {CONFIG} here or in any folder above",
            where=str(start),
            todo="go to your campaign's folder, or make a new one with: campaign init DIR",
        )

    @property
    def config(self) -> Path:
        """campaign.toml."""
        return self.root / CONFIG

    @property
    def contacts(self) -> Path:
        """contacts.toml."""
        return self.root / "contacts.toml"

    @property
    def templates(self) -> Path:
        """The folder of messages, channel texts and layouts."""
        return self.root / "templates"

    @property
    def messages(self) -> Path:
        """The folder of message templates."""
        return self.templates / "messages"

    @property
    def layouts(self) -> Path:
        """The folder of Typst layouts."""
        return self.templates / "layouts"

    @property
    def assets(self) -> Path:
        """Illustrations, icons, logos, extra fonts and colour profiles."""
        return self.root / "assets"

    @property
    def pot(self) -> Path:
        """The catalogue template that `extract` writes."""
        return self.root / "locales" / "campaign.pot"

    def catalogue(self, locale: str) -> Path:
        """The PO file of a language."""
        return self.root / "locales" / locale / "LC_MESSAGES" / "campaign.po"

    def ledger(self, locale: str) -> Path:
        """The append-only file of signatures of a language."""
        return self.root / "locales" / locale / "reviews.jsonl"

    def packs(self, edition: Edition) -> Path:
        """The folder of the ZIPs made from one edition: beside the editions, whose folders hold only what was built."""
        return self.root / "output" / "packs" / edition

    def review_packs(self, locale: str) -> Path:
        """The list of the review packs of a language that were sent out."""
        return self.root / "locales" / locale / "packs.jsonl"

    def worksheets(self, locale: str) -> Path:
        """The folder of the printed sheet and the table for a language without a model."""
        return self.root / "output" / "worksheets" / locale

    def output(self, edition: Edition) -> Path:
        """The folder of one edition: review or release."""
        return self.root / "output" / edition

    @property
    def profiles(self) -> Path:
        """The folder of colour profiles of presses."""
        return self.assets / "icc"

    def manifest(self, edition: Edition) -> Path:
        """The list of what an edition holds."""
        return self.output(edition) / "manifest.json"

    @property
    def history(self) -> Path:
        """What was released, packed and recalled, ever; only added to."""
        return self.root / "releases.jsonl"

    def name(self, path: Path) -> str:
        """The path as the user should read it: relative to the workspace where it lies inside."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def absent(name: str) -> CampaignError:
    """The error of a template that a workspace lacks; `name` is its path below the root."""
    todo = "write it, or copy it from a fresh workspace (campaign init)"
    return CampaignError.single("template error: there is no such file", where=name, todo=todo)


def read_text(path: Path, name: str) -> str:
    """The text of a UTF-8 file of the workspace.

    Raises:
        CampaignError: the file is missing, is not UTF-8, or holds a byte order mark, a NUL or CRLF line ends;
            the error names file and line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CampaignError.single(
            f"cannot be read ({error.strerror})", where=name, todo="check that the file exists"
        ) from error
    problems = []
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        problems.append(Problem(f"{name}:1", "starts with a byte order mark", "save it as UTF-8 without BOM"))
    for bad, what, todo in (
        (b"\0", "holds a NUL byte", "open it in a text editor and delete the byte, or restore an earlier version"),
        (b"\r", "has Windows line ends (CRLF)", "save it with Unix line ends (LF)"),
    ):
        if bad in data:
            problems.append(Problem(f"{name}:{data[: data.index(bad)].count(10) + 1}", what, todo))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(10) + 1
        problems.append(Problem(f"{name}:{line}", f"byte 0x{data[error.start]:02x} is not UTF-8", "save it as UTF-8"))
    if problems:
        raise CampaignError(problems)
    return text


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Replace a file in one step: temporary file beside it, fsync, rename. A reader sees the old or the new bytes.

    `durable=False` leaves out the fsync: for built files, whose hashes the manifest (written last) holds.

    Raises:
        CampaignError: no room, no permission, a file where a folder should be; the old file is still there.
    """
    try:
        _replace(path, data, durable)
    except OSError as error:
        raise _unwritable(error, str(path)) from error


def _unwritable(error: OSError, where: str) -> CampaignError:
    return CampaignError.single(
        f"cannot be written ({error.strerror or error})", where=where, todo="check free space, permissions and folders"
    )


def _replace(path: Path, data: bytes, durable: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def locked(path: Path, name: str) -> Iterator[None]:
    """Hold the lock of a file while it is read, changed and replaced.

    Raises:
        CampaignError: another program held the lock for ten seconds, or the folder or file cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=10):
            yield
    except Timeout as error:
        raise CampaignError.single(
            "another campaign command is writing this file",
            where=name,
            todo="wait until it has finished, then try again",
        ) from error
    except OSError as error:
        raise _unwritable(error, name) from error
