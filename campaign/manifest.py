"""output/<edition>/manifest.json: what was built, from what, and the hash of each file. No clock."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from campaign.bulk import bulk
from campaign.errors import CampaignError
from campaign.model.artefact import Artefact
from campaign.model.job import Job
from campaign.model.sentence import Sentence, say
from campaign.model.state import worst
from campaign.project import write_atomic

VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an edition: `path` is below the edition's folder, `units` are unit keys, `states` counts them,
    `content` is the hash of every word and number that the item shows, `contacts` the ids of the contacts whose
    numbers this file must show, `words` short hashes of what each page of a PDF says: whoever reads it again
    (`audit.proof`) holds it to them. `locales` are the languages of a sheet that holds several: it goes into a pack,
    and no manifest lists it.
    `proof` is what `verify` read from the finished file: the contacts found in it and the hash of the bytes it read.
    """

    path: str
    media_type: str
    size: int
    sha256: str
    audience: str
    locale: str
    country: str
    channel: str
    format: str
    state: str
    units: tuple[str, ...]
    states: Mapping[str, int]
    fallbacks: tuple[str, ...]
    batch: str
    content: str
    contacts: tuple[str, ...]
    proof: Mapping[str, object] | None = None
    words: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()

    @property
    def tongues(self) -> tuple[str, ...]:
        """Every language that the file is in."""
        return self.locales or (self.locale,)

    @classmethod
    def of(cls, job: Job, artefact: Artefact, path: str, batch: str, content: str, contacts: tuple[str, ...]) -> Entry:
        """The entry of a finished file of a job; `contacts` are those of its item."""
        return cls(
            path,
            artefact.media_type,
            len(artefact.data),
            hashlib.sha256(artefact.data).hexdigest(),
            job.audience,
            job.locale,
            job.country,
            job.channel,
            artefact.format,
            worst({unit.state for unit in artefact.units}).value,
            tuple(unit.key for unit in artefact.units),
            dict(sorted(Counter(unit.state.value for unit in artefact.units).items())),
            tuple(unit.key for unit in artefact.units if unit.fallback),
            batch,
            content,
            contacts if artefact.contacts is None else artefact.contacts,
            words=artefact.words,
        )


@dataclass(frozen=True, slots=True, order=True)
class NotMade:
    """A format of an item that does not lie in the edition beside its other formats, because it could not be made."""

    country: str
    locale: str
    audience: str
    channel: str
    format: str
    why: tuple[str, ...]

    @property
    def job(self) -> Job:
        """The item that it is a format of."""
        return Job(self.country, self.locale, self.audience, self.channel)


@dataclass(frozen=True, slots=True)
class Head:
    """An edition, the hash of its inputs, the versions that made it, and which formats of its items it lacks."""

    edition: str
    inputs: str
    tools: Mapping[str, str]
    fonts: tuple[str, ...]
    not_made: tuple[NotMade, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Manifest(Head):
    """An edition with its entries in path order."""

    entries: tuple[Entry, ...]


_FIELDS = tuple(field.name for field in fields(Entry) if field.name != "locales")


#: Between the head of a manifest and its items, between two items, and at the end.
_OPEN, _BETWEEN, _CLOSE = ',\n "items": [\n', ",\n", "\n ]\n}\n"


@dataclass(frozen=True, slots=True)
class Listing(Head):
    """A manifest as it is written: the line of each file by its path. A line becomes an entry when somebody asks."""

    lines: Mapping[str, str]

    @classmethod
    def of(cls, manifest: Manifest) -> Listing:
        """The listing of a manifest."""
        lines = {entry.path: line(entry) for entry in manifest.entries}
        head = manifest.edition, manifest.inputs, manifest.tools, manifest.fonts
        return cls(*head, lines, not_made=manifest.not_made)


@bulk()
def write(path: Path, listing: Listing) -> str:
    """Write the manifest in one durable step: only after that does an edition count as built. The hash of its bytes."""
    head = {
        "version": VERSION,
        "edition": listing.edition,
        "inputs": listing.inputs,
        "tools": dict(sorted(listing.tools.items())),
        "fonts": list(listing.fonts),
        **({"not_made": [asdict(each) for each in sorted(listing.not_made)]} if listing.not_made else {}),
    }
    # One line an item: a difference is easy to read, and what stands is written again as it was read.
    items = _BETWEEN.join(listing.lines[name] for name in sorted(listing.lines))
    opened = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    data = f"{opened}{_OPEN}{items}{_CLOSE}".encode()
    write_atomic(path, data)
    return hashlib.sha256(data).hexdigest()


def line(entry: Entry) -> str:
    """An entry as its line of the manifest; dataclasses.asdict copies deep, which takes ten times as long."""
    return json.dumps({name: getattr(entry, name) for name in _FIELDS}, ensure_ascii=False)


def entry_of(line: str) -> Entry:
    """The entry of a line that `line` made."""
    return _entry(json.loads(line))


def _entry(item: Mapping[str, object]) -> Entry:
    values: dict[str, Any] = dict(item)
    values.setdefault("words", ())  # a manifest of an earlier version has none
    return Entry(**{**values, **{name: tuple(values[name]) for name in ("units", "fallbacks", "contacts", "words")}})


def listing(data: bytes) -> Listing:
    """The listing of bytes that `write` made: whoever asks knows their hash. Others are for `read`, which checks them.

    Parsing 24 000 entries takes a quarter of a second, parting their lines a tenth of that.
    """
    opened, _, items = data.decode().partition(_OPEN)
    head = json.loads(opened + "}")
    lines = items.removesuffix(_CLOSE).split(_BETWEEN) if len(items) > len(_CLOSE) else []
    by_path = {_path(line): line for line in lines}
    said = head["edition"], head["inputs"], head["tools"], tuple(head["fonts"])
    return Listing(*said, by_path, not_made=_not_made(head))


def _not_made(head: Mapping[str, object]) -> tuple[NotMade, ...]:
    listed: Any = head.get("not_made", ())
    return tuple(
        NotMade(
            str(each["country"]),
            str(each["locale"]),
            str(each["audience"]),
            str(each["channel"]),
            str(each["format"]),
            tuple(map(str, each["why"])),
        )
        for each in listed
    )


def lacking(path: Path) -> tuple[NotMade, ...]:
    """The formats that an edition's manifest says it lacks; nothing where there is none that can be read."""
    try:
        return _not_made(json.loads(path.read_bytes().decode().partition(_OPEN)[0] + "}"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()


def _path(line: str) -> str:
    """The path of a line, which is its first field."""
    start = len('{"path": "')
    path = line[start : line.index('"', start)]
    return path if "\\" not in path else str(json.loads(line)["path"])


@bulk()
def read(path: Path, name: str) -> Manifest:
    """The manifest of an edition.

    Raises:
        CampaignError: there is none, it is damaged, or another version of the program wrote it.
    """
    todo = "build again: campaign build"
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CampaignError.single("nothing was built yet", where=name, todo=todo) from error
    except (OSError, ValueError, RecursionError) as error:
        raise CampaignError.single("is damaged", where=name, todo=todo) from error
    try:
        if document["version"] != VERSION:
            raise CampaignError.single(
                f"has version {document['version']!r}, this program reads {VERSION}", where=name, todo=todo
            )
        entries = tuple(_entry(item) for item in document["items"])
        said = document["edition"], document["inputs"], document["tools"], tuple(document["fonts"])
        return Manifest(*said, entries, not_made=_not_made(document))
    except (KeyError, TypeError) as error:
        raise CampaignError.single("is damaged", where=name, todo=todo) from error


def damaged(folder: Path, entries: Collection[Entry]) -> tuple[tuple[Entry, Sentence], ...]:
    """The entries whose file is missing or has other bytes, each with the reason."""
    found = []
    for entry in entries:
        path = folder / entry.path
        # A manifest is a file like any other: a path in it must not lead outside its edition.
        if not path.resolve().is_relative_to(folder.resolve()):
            found.append((entry, say("lies outside the edition")))
            continue
        try:
            data = path.read_bytes()
        except OSError:
            found.append((entry, say("is missing")))
            continue
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            found.append((entry, say("was changed after it was built")))
    return tuple(found)
