"""releases.jsonl: every file that ever was released, packed for a receiver, or recalled; lines are only added.

output/ is disposable, what went out is not: this file belongs into the campaign's version control.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from campaign.errors import CampaignError, Problem
from campaign.project import locked

#: The channel under which press files stand in the history: no edition holds them.
PRINTER = "printer"

RELEASED, PACKED, RECALLED = "released", "packed", "recalled"


@dataclass(frozen=True, slots=True)
class Release:
    """One released file: `on` is the day of the release, `numbers` maps the id of each contact to its number then.

    `content` is the hash of what its item showed, as in the manifest; `values` maps the id of each contact to what else
    people know it by: the number as they read it, its web address, its e-mail. Earlier versions wrote neither.
    """

    on: str
    batch: str
    path: str
    sha256: str
    audience: str
    locale: str
    country: str
    channel: str
    format: str
    numbers: Mapping[str, str]
    units: tuple[str, ...]
    content: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, ...]:
        """Whose file it is: audience, language, country, channel, format."""
        return self.audience, self.locale, self.country, self.channel, self.format


@dataclass(frozen=True, slots=True)
class Delivery:
    """One ZIP made for a receiver (a printer, a gateway): its name, the day, and the hashes of the files in it."""

    on: str
    pack: str
    receiver: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """The recall of one released file, known by batch and hash: who, when, why."""

    on: str
    batch: str
    sha256: str
    by: str
    reason: str


Event = Release | Delivery | Recall
_KINDS: Mapping[str, type[Event]] = {RELEASED: Release, PACKED: Delivery, RECALLED: Recall}


@dataclass(frozen=True, slots=True)
class History:
    """The events by kind, each in the order of the file."""

    releases: tuple[Release, ...] = ()
    packs: tuple[Delivery, ...] = ()
    recalls: tuple[Recall, ...] = ()
    lines: int = field(default=0, compare=False)

    def out(self) -> Mapping[str, Release]:
        """The last release of each path: what lies there may be this file and no earlier one."""
        return {release.path: release for release in self.releases}

    def recalled(self, release: Release) -> Recall | None:
        """The recall of a released file; None while it stands."""
        return next((r for r in self.recalls if (r.batch, r.sha256) == (release.batch, release.sha256)), None)

    def packs_of(self, release: Release) -> tuple[Delivery, ...]:
        """The packs that a released file went into."""
        return tuple(pack for pack in self.packs if release.sha256 in pack.files)


def read(path: Path, name: str) -> History:
    """The history; an absent file is an empty one, a last line without its end (a crash) is left out.

    Raises:
        CampaignError: a line that is no event; names file and line.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return History()
    except OSError as error:
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=name, todo="check the file") from error
    events: list[Event] = []
    problems = []
    for number, line in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), start=1):
        event = _event(line)
        if event is None:
            problems.append(Problem(f"{name}:{number}", "is no event of the history", "restore the file from a copy"))
        else:
            events.append(event)
    if problems:
        raise CampaignError(problems)
    return History(
        tuple(event for event in events if isinstance(event, Release)),
        tuple(event for event in events if isinstance(event, Delivery)),
        tuple(event for event in events if isinstance(event, Recall)),
        len(events),
    )


def _event(line: bytes) -> Event | None:
    try:
        record: dict[str, Any] = json.loads(line)
        kind = _KINDS[record.pop("event")]
        values: dict[str, Any] = {key: _frozen(value) for key, value in record.items()}
        return kind(**values)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _frozen(value: object) -> object:
    """A value as an event has it: lists become tuples, inside a table too."""
    if isinstance(value, dict):
        return {str(key): _frozen(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value


def append(path: Path, name: str, events: Iterable[Event]) -> None:
    """Add events at the end, under the file's lock, and return when they are on the disk.

    Raises:
        CampaignError: the history is damaged or cannot be written; nothing was added.
    """
    names = {kind: word for word, kind in _KINDS.items()}
    lines = b""
    for event in events:
        values = {key: getattr(event, key) for key in event.__slots__}
        lines += json.dumps({"event": names[type(event)], **values}, ensure_ascii=False).encode() + b"\n"
    if not lines:
        return
    with locked(path, name):
        read(path, name)
        try:
            with path.open("a+b") as stream:
                # A torn last line would swallow the next event.
                size = stream.seek(0, os.SEEK_END)
                stream.seek(0)
                whole = stream.read().rfind(b"\n") + 1
                if whole < size:
                    stream.truncate(whole)
                stream.write(lines)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise CampaignError.single(
                f"cannot be written ({error.strerror})", where=name, todo="check free space and permissions"
            ) from error
