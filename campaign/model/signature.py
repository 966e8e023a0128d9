"""One verdict of one person."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Signature:
    """One verdict of one person on the exact words of one unit. Dates are ISO 8601 (YYYY-MM-DD).

    `source` is (context, source, plural source) and `forms` the text: the words behind the two hashes, for whoever
    reads the history later. Events of an earlier version have none, and so have events about a whole item.
    `facts` are (item, hash of its numbers and promises) of items that show the unit; the ledger writes what is new.
    """

    unit_key: str
    source_hash: str
    text_hash: str
    reviewer: str
    role: str
    on: str
    verdict: str
    comment: str = ""
    source: tuple[str, ...] = field(default=(), compare=False)
    forms: tuple[str, ...] = field(default=(), compare=False)
    facts: tuple[tuple[str, str], ...] = field(default=(), compare=False)
