"""The packs that were sent out: locales/<lang>/packs.jsonl holds, per pack, its number and what stood in it.

An answer counts only when its pack was made for this language and held this sentence with these words: a file that was
edited by hand to sign something else finds no such pack or no such row.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign.catalogue.exchange.answers import Row
from campaign.project import locked


@dataclass(frozen=True, slots=True)
class Issued:
    """A pack that was sent out: its number, its kind, and the tokens of its rows."""

    pack: str
    form: str
    rows: frozenset[str]


def issue(path: Path, name: str, form: str, rows: Sequence[Row], on: date) -> str:
    """Write a new pack into the list; its number, which nobody can guess.

    Raises:
        CampaignError: the list cannot be written.
    """
    number = secrets.token_hex(8)
    record = {"pack": number, "form": form, "on": on.isoformat(), "rows": [row.token for row in rows]}
    with locked(path, name), path.open("a+b") as stream:
        # A line that a full disk or a crash tore would swallow this one.
        if stream.seek(0, os.SEEK_END):
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                stream.write(b"\n")
        stream.write(json.dumps(record).encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    return number


def find(path: Path, number: str) -> Issued | None:
    """The pack with this number, if it was made for this language. A torn line is no pack."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return None
    for line in lines:
        try:
            record = json.loads(line)
            if record["pack"] == number:
                return Issued(number, str(record["form"]), frozenset(map(str, record["rows"])))
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return None
