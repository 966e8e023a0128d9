"""The packs that were sent out: locales/<lang>/packs.jsonl holds, per pack, its number and what stood in it.

An answer counts only when its pack was made for this language and held this sentence with these words: a file that was
edited by hand to sign something else finds no such pack or no such row. The list also names the answers that were
taken, so that a file that is imported twice says nothing a second time.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign.catalogue.exchange.answers import Row
from campaign.project import locked


@dataclass(frozen=True, slots=True)
class Issued:
    """A pack that was sent out: its number, its kind, the tokens of its rows, the head of the ledger then."""

    pack: str
    form: str
    rows: frozenset[str]
    head: str


def issue(path: Path, name: str, form: str, rows: Sequence[Row], on: date, head: str) -> str:
    """Write a new pack into the list; its number, which nobody can guess. `head` is that of the ledger.

    Raises:
        CampaignError: the list cannot be written.
    """
    number = secrets.token_hex(8)
    record = {"pack": number, "form": form, "on": on.isoformat(), "rows": [row.token for row in rows], "head": head}
    _add(path, name, record)
    return number


def take(path: Path, name: str, answers: Collection[str], on: date) -> None:
    """Write into the list that these answers were taken.

    Raises:
        CampaignError: the list cannot be written.
    """
    if answers:
        _add(path, name, {"answers": sorted(answers), "on": on.isoformat()})


def _add(path: Path, name: str, record: Mapping[str, object]) -> None:
    with locked(path, name), path.open("a+b") as stream:
        # A line that a full disk or a crash tore would swallow this one.
        if stream.seek(0, os.SEEK_END):
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                stream.write(b"\n")
        stream.write(json.dumps(dict(record)).encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def taken(path: Path) -> frozenset[str]:
    """The answers that were taken before."""
    return frozenset(str(answer) for record in _records(path) for answer in _texts(record.get("answers")))


def find(path: Path, number: str) -> Issued | None:
    """The pack with this number, if it was made for this language. A torn line is no pack."""
    for record in _records(path):
        if record.get("pack") == number:
            rows = frozenset(map(str, _texts(record.get("rows"))))
            return Issued(number, str(record.get("form", "")), rows, str(record.get("head", "")))
    return None


def _records(path: Path) -> Iterator[dict[str, object]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            yield record


def _texts(value: object) -> list[object]:
    return value if isinstance(value, list) else []
