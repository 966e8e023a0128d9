"""fills.jsonl: which forms were filled in, by a random id. No value and no hash of values: a day can be guessed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from campaign.errors import CampaignError
from campaign.project import Project, locked, read_text

#: Letters and figures of an id that nobody mistakes for each other.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Fill:
    """One form that was filled in: what of it was signed, in which languages, with which contacts, on which day."""

    id: str
    form: str
    frame: str
    country: str
    languages: tuple[str, ...]
    contacts: tuple[str, ...]
    on: str


def path_of(project: Project) -> Path:
    """fills.jsonl."""
    return project.inside(project.root / "fills.jsonl")


def new_id() -> str:
    """A random id: 50 bits, nothing of the values in it."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def append(project: Project, fill: Fill) -> None:
    """Add a line, and return when it is on the disk.

    Raises:
        CampaignError: the file cannot be written.
    """
    path, name = path_of(project), project.name(path_of(project))
    with locked(path, name):
        try:
            with path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(asdict(fill), ensure_ascii=False) + "\n")
                stream.flush()
        except OSError as error:
            todo = "check free space and permissions"
            raise CampaignError.single(f"cannot be written ({error.strerror})", where=name, todo=todo) from error


def read(project: Project) -> Iterator[Fill]:
    """Every line that is one of ours, oldest first.

    Raises:
        CampaignError: the file cannot be read.
    """
    path = path_of(project)
    if not path.is_file():
        return
    for line in read_text(path, project.name(path)).splitlines():
        try:
            values = json.loads(line)
            plain = [str(values[key]) for key in ("id", "form", "frame", "country")]
            languages, contacts = (tuple(map(str, values[key])) for key in ("languages", "contacts"))
            yield Fill(plain[0], plain[1], plain[2], plain[3], languages, contacts, str(values["on"]))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue  # a line that was cut off by a crash names no form


def find(project: Project, target: str) -> tuple[Fill, ...]:
    """The filled forms with this id, as it is read aloud or typed, or that show this contact."""
    wanted = target.replace("-", "").replace(" ", "").upper()
    return tuple(fill for fill in read(project) if fill.id == wanted or target in fill.contacts)
