"""The ledger of a language: an append-only file of who approved or rejected exactly which words, and when.

locales/<lang>/reviews.jsonl holds one JSON object a line. Each line carries the SHA-256 of the line before it (`prev`),
so that an edited or deleted line shows. A last line that was torn by a crash is set aside on the next write.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from campaign.catalogue.states import Approvals
from campaign.errors import CampaignError, Problem
from campaign.model import Signature
from campaign.project import locked

SIGN, REJECT, COMMENT, WAIVE, LAPSE = VERDICTS = ("sign", "reject", "comment", "waive", "lapse")
ROOT = "0" * 64

_FIELDS = tuple(field.name for field in fields(Signature))


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a ledger file says: its events in order, whether its last line is torn, and its size in whole lines."""

    events: tuple[Signature, ...] = ()
    torn: bool = False
    head: str = ROOT
    whole_bytes: int = 0

    def approvals(self, roles: Collection[str]) -> Approvals:
        """The people, by the words they approved, whose last verdict on these words is `sign` in one of these roles."""
        standing: dict[tuple[str, str], set[str]] = defaultdict(set)
        for event in self.events:
            words = (event.source_hash, event.text_hash)
            if event.verdict == SIGN and event.role in roles:
                standing[words].add(event.reviewer)
            elif event.verdict in (REJECT, LAPSE):
                # A rejection by anyone voids these words until somebody signs them again.
                standing[words].clear()
        return {words: frozenset(people) for words, people in standing.items() if people}


def read(path: Path, name: str) -> Ledger:
    """The ledger of a language; an absent file is an empty ledger, a torn last line is reported, not fatal.

    Raises:
        CampaignError: a line that is no event, or a broken chain: the history was edited. Names file and line.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise CampaignError.single(
            f"cannot be read ({error.strerror})", where=name, todo="check the file and its permissions"
        ) from error
    whole = data[: data.rfind(b"\n") + 1]
    events: list[Signature] = []
    problems: list[Problem] = []
    head = ROOT
    for number, line in enumerate(whole.splitlines(), start=1):
        event = _event(line)
        if event is None:
            problems.append(
                Problem(f"{name}:{number}", "is not an event of the ledger", "restore the file from a copy")
            )
        elif json.loads(line)["prev"] != head:
            problems.append(
                Problem(
                    f"{name}:{number}",
                    "does not follow the line before it: the history was edited",
                    "restore the file from a copy; signatures after this line cannot be trusted",
                )
            )
        else:
            events.append(event)
        head = hashlib.sha256(line).hexdigest()
    if problems:
        raise CampaignError(problems)
    return Ledger(tuple(events), torn=len(whole) < len(data), head=head, whole_bytes=len(whole))


def _event(line: bytes) -> Signature | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or set(record) != {"prev", *_FIELDS}:
        return None
    if not all(isinstance(value, str) for value in record.values()) or record["verdict"] not in VERDICTS:
        return None
    return Signature(**{field: record[field] for field in _FIELDS})


def append(path: Path, name: str, events: Iterable[Signature]) -> None:
    """Add events at the end, under the file's lock, and return when they are on the disk.

    A torn last line is moved to `<ledger>.torn` first.

    Raises:
        CampaignError: the ledger cannot be trusted or is locked; nothing was added.
    """
    with locked(path, name):
        ledger = read(path, name)
        if ledger.torn:
            _set_torn_line_aside(path, ledger.whole_bytes)
        head, lines = ledger.head, b""
        for event in events:
            try:
                line = json.dumps({"prev": head, **asdict(event)}, ensure_ascii=False).encode()
            except UnicodeEncodeError as error:
                what = f"the {event.verdict} of {event.reviewer!r} holds a lone surrogate"
                raise CampaignError.single(what, where=name, todo="type the name and the comment again") from error
            head = hashlib.sha256(line).hexdigest()
            lines += line + b"\n"
        with path.open("ab") as stream:
            stream.write(lines)
            stream.flush()
            os.fsync(stream.fileno())


def _set_torn_line_aside(path: Path, whole_bytes: int) -> None:
    data = path.read_bytes()
    with path.with_name(path.name + ".torn").open("ab") as stream:
        stream.write(data[whole_bytes:] + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    with path.open("r+b") as stream:
        stream.truncate(whole_bytes)
        stream.flush()
        os.fsync(stream.fileno())
