"""The workspace on disk: finds campaign.toml upward, names every path once, reads and writes files safely."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campaign import limits
from campaign.errors import CampaignError, Problem
from campaign.foreign import unmerged
from campaign.inside import below, leads_out, lies_in
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

    def inside(self, path: Path, within: Path | None = None) -> Path:
        """The path itself, once it is sure that it lies in the workspace, or `within` a folder of it, links followed.

        Whatever is read, written or deleted in a workspace is asked for here, or comes from `files` or `below`.

        Raises:
            CampaignError: a link on the way, or `..`, leads out; names the link and where it leads.
        """
        home = within or self.root
        if not lies_in(path, home):
            raise CampaignError(leads_out(path, home, self.root))
        return path

    def files(self, folder: Path, pattern: str) -> list[Path]:
        """The files directly in a folder of the workspace whose names match, in order; none where there is no folder.

        Raises:
            CampaignError: one is a link that leads out.
        """
        return [path for path in sorted(self.inside(folder).glob(pattern)) if self.inside(path).is_file()]

    def below(self, folder: Path, *, links_out: bool = False, hidden: bool = False) -> Iterator[tuple[str, Path]]:
        """Every file below a folder of the workspace with its name there, in order. Links inside are followed.

        `links_out` leaves out links that lead out and refuses none; `hidden` takes names with a dot in front too.

        Raises:
            CampaignError: every link that leads out.
        """
        problems: list[Problem] = []
        yield from below(self.inside(folder), self.root, problems, hidden=hidden)
        if problems and not links_out:
            raise CampaignError(problems)

    def _at(self, *names: str) -> Path:
        return self.inside(self.root.joinpath(*names))

    @property
    def config(self) -> Path:
        """campaign.toml."""
        return self._at(CONFIG)

    @property
    def contacts(self) -> Path:
        """contacts.toml."""
        return self._at("contacts.toml")

    @property
    def weights(self) -> Path:
        """weights.csv: how many people each message is for."""
        return self._at("weights.csv")

    @property
    def templates(self) -> Path:
        """The folder of messages, channel texts and layouts."""
        return self._at("templates")

    @property
    def messages(self) -> Path:
        """The folder of message templates."""
        return self._at("templates", "messages")

    @property
    def channel_texts(self) -> Path:
        """The folder of the templates of texts and pages."""
        return self._at("templates", "channels")

    @property
    def layouts(self) -> Path:
        """The folder of Typst layouts."""
        return self._at("templates", "layouts")

    @property
    def assets(self) -> Path:
        """Illustrations, icons, logos, extra fonts and colour profiles."""
        return self._at("assets")

    @property
    def illustrations(self) -> Path:
        """The folder of the pictures of messages."""
        return self._at("assets", "illustrations")

    @property
    def fonts(self) -> Path:
        """The folder of the campaign's own fonts; each is looked at, as the compiler takes the whole folder."""
        list(self.below(self._at("assets", "fonts"), hidden=True))  # refuses a font that leads out
        return self._at("assets", "fonts")

    @property
    def profiles(self) -> Path:
        """The folder of colour profiles of presses."""
        return self._at("assets", "icc")

    @property
    def consents(self) -> Path:
        """The record of who agreed to be shown."""
        return self._at("assets", "consents.toml")

    def glossary(self, locale: str) -> Path:
        """The agreed terms of a language."""
        return self._at("glossary", f"{locale}.csv")

    @property
    def pot(self) -> Path:
        """The catalogue template that `extract` writes."""
        return self._at("locales", "campaign.pot")

    def catalogue(self, locale: str) -> Path:
        """The PO file of a language."""
        return self._at("locales", locale, "LC_MESSAGES", "campaign.po")

    def ledger(self, locale: str) -> Path:
        """The append-only file of signatures of a language."""
        return self._at("locales", locale, "reviews.jsonl")

    def review_packs(self, locale: str) -> Path:
        """The list of the review packs of a language that were sent out."""
        return self._at("locales", locale, "packs.jsonl")

    def packs(self, edition: Edition) -> Path:
        """The folder of the ZIPs made from one edition: beside the editions, whose folders hold only what was built."""
        return self._at("output", "packs", edition)

    def worksheets(self, locale: str) -> Path:
        """The folder of the printed sheet and the table for a language without a model."""
        return self._at("output", "worksheets", locale)

    def notices(self, contact: str, country: str, locale: str) -> Path:
        """The folder of the notice that a contact's number has changed."""
        recall = self._at("output", "recall")
        return self.inside(recall / contact / country / locale, within=recall)

    def output(self, edition: Edition) -> Path:
        """The folder of one edition: review or release."""
        return self._at("output", edition)

    def built(self, edition: Edition, path: str) -> Path:
        """A file of an edition by its path below the edition's folder, which it does not leave."""
        folder = self.output(edition)
        return self.inside(folder / path, within=folder)

    def record(self, edition: Edition) -> Path:
        """How everything in an edition was made: beside the edition, not in it, because it tells the time."""
        return self._at("output", ".build", f"{edition}.json")

    def manifest(self, edition: Edition) -> Path:
        """The list of what an edition holds."""
        return self._at("output", edition, "manifest.json")

    @property
    def history(self) -> Path:
        """What was released, packed and recalled, ever; only added to."""
        return self._at("releases.jsonl")

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
    limits.sized(path, name, "text_mb")
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise CampaignError.single(what, where=name, todo="check that the file exists") from error
    problems = unmerged(data, name)
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


def write_atomic(path: Path, data: bytes, *, durable: bool = True, mode: int = 0o644) -> None:
    """Replace a file in one step: temporary file beside it, fsync, rename. A reader sees the old or the new bytes.

    `durable=False` leaves out the fsync: for built files, whose hashes the manifest holds. `mode`: who may read it.

    Raises:
        CampaignError: no room, no permission, a file where a folder should be; the old file is still there.
    """
    try:
        _replace(path, data, durable, mode)
    except OSError as error:
        raise _unwritable(error, str(path)) from error


def _unwritable(error: OSError, where: str) -> CampaignError:
    return CampaignError.single(
        f"cannot be written ({error.strerror or error})", where=where, todo="check free space, permissions and folders"
    )


def _replace(path: Path, data: bytes, durable: bool, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def locked(path: Path, name: str) -> Iterator[None]:
    """Hold the lock of a file while it is read, changed and replaced; whoever holds it already keeps it.

    Raises:
        CampaignError: another program held the lock for ten seconds, or the folder or file cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(f".{path.name}.lock")
        if lock.is_symlink():  # a lock is emptied when it is taken: where a link leads that may be anything
            raise CampaignError.single("its lock is a link", where=name, todo=f"delete the link {lock.name} beside it")
        with FileLock(lock, timeout=10, is_singleton=True):
            yield
    except Timeout as error:
        raise CampaignError.single(
            "another campaign command is writing this file",
            where=name,
            todo="wait until it has finished, then try again",
        ) from error
    except OSError as error:
        raise _unwritable(error, name) from error
