"""The packs that were sent out: locales/<lang>/packs.jsonl holds, per pack, its number and what stood in it.

An answer counts only when its pack was made for this language and held this sentence with these words: a file that was
edited by hand to sign something else finds no such pack or no such row. The list also names the answers that were
taken, so that a file that is imported twice says nothing a second time.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from campaign.catalogue.exchange.answers import Row
from campaign.errors import CampaignError
from campaign.ledger import book as books
from campaign.ledger import entry, files
from campaign.ledger.book import Book
from campaign.ledger.entry import Record
from campaign.project import locked


@dataclass(frozen=True, slots=True)
class Issued:
    """A pack that was sent out: its number, its kind, the tokens of its rows, the head of the ledger then.

    `items` says by name how the items were that show its sentences (`Cover.whole`); earlier versions kept nothing.
    """

    pack: str
    form: str
    rows: frozenset[str]
    head: str
    items: Mapping[str, str] = field(default_factory=dict)


def issue(
    path: Path,
    name: str,
    form: str,
    rows: Sequence[Row],
    on: date,
    head: str,
    items: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Write a new pack into the list; its number, which nobody can guess. `head` is that of the ledger.

    `items` says how the items are that show its sentences, as `Issued` does.

    Raises:
        CampaignError: the list cannot be written.
    """
    number = secrets.token_hex(8)
    tokens = [row.token for row in rows]
    record: dict[str, object] = {"pack": number, "form": form, "on": on.isoformat(), "rows": tokens, "head": head}
    if items:
        record["items"] = dict(items)
    _add(path, name, record)
    return number


def take(path: Path, name: str, answers: Collection[str], on: date) -> None:
    """Write into the list that these answers were taken.

    Raises:
        CampaignError: the list cannot be written.
    """
    if answers:
        _add(path, name, {"answers": sorted(answers), "on": on.isoformat()})


def _add(path: Path, name: str, record: Record) -> None:
    with locked(path, name):
        book = read(path, name)
        _, line = entry.line_of(record, book.heads)
        files.add(path, name, book, line + b"\n")


def read(path: Path, name: str) -> Book:
    """The lines of the list.

    Raises:
        CampaignError: it cannot be read.
    """
    return books.load(files.read(path, name), earlier)


def earlier(line: bytes) -> Record | None:
    """A line of earlier versions: it said nothing of the lines before it, so the next line of today names them all."""
    record = entry.parsed(line)
    return record if record and ("pack" in record or "answers" in record) else None


def heads(book: Book) -> Iterator[tuple[str, str]]:
    """On which head of the ledger each pack relied, with the day of its export. An empty ledger has none."""
    for record in book.records.values():
        for own in str(record.get("head", "")).split("+"):
            if own.strip("0"):
                yield own, str(record.get("on", ""))


def taken(path: Path) -> frozenset[str]:
    """The answers that were taken before."""
    return frozenset(answer for record in _records(path) for answer in entry.texts(record.get("answers")) or ())


def find(path: Path, number: str) -> Issued | None:
    """The pack with this number, if it was made for this language. A torn line is no pack."""
    for record in _records(path):
        if record.get("pack") == number:
            rows = frozenset(entry.texts(record.get("rows")) or ())
            items = record.get("items")
            shown = {str(item): str(known) for item, known in items.items()} if isinstance(items, dict) else {}
            return Issued(number, str(record.get("form", "")), rows, str(record.get("head", "")), shown)
    return None


def _records(path: Path) -> Iterable[Record]:
    try:
        return read(path, path.name).records.values()
    except CampaignError:
        return ()
