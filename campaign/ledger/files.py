"""A record on the disk: read whole, added to at its end, never rewritten."""

from __future__ import annotations

import os
from pathlib import Path

from campaign.errors import CampaignError
from campaign.ledger.book import Book


def read(path: Path, name: str) -> bytes:
    """The bytes of a record; none of an absent file.

    Raises:
        CampaignError: the file cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise CampaignError.single(
            f"cannot be read ({error.strerror})", where=name, todo="check the file and its permissions"
        ) from error


def add(path: Path, name: str, book: Book, lines: bytes) -> bytes:
    """Add lines behind those of a book that was just read, synced; the bytes that the file has then. Hold its lock.

    A torn last line is moved to `<file>.torn` first; one that only lacks its end gets it.

    Raises:
        CampaignError: the file cannot be written.
    """
    if not lines:
        return book.data
    whole = book.data
    try:
        if book.tail:
            whole = book.data[: book.data.rfind(b"\n") + 1]
            set_aside(path, book.tail + b"\n")
            _cut(path, len(whole))
        end = b"\n" if book.open_end else b""
        with path.open("ab") as stream:
            stream.write(end + lines)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise CampaignError.single(
            f"cannot be written ({error.strerror})", where=name, todo="check free space and permissions"
        ) from error
    return whole + end + lines


def set_aside(path: Path, lines: bytes) -> None:
    """Keep lines that are no records beside the file, so that nobody's bytes are lost."""
    with path.with_name(path.name + ".torn").open("ab") as stream:
        stream.write(lines)
        stream.flush()
        os.fsync(stream.fileno())


def _cut(path: Path, size: int) -> None:
    with path.open("r+b") as stream:
        stream.truncate(size)
        stream.flush()
        os.fsync(stream.fileno())
