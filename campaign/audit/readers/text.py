"""Plain text, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json

from campaign.audit.document import Document, UnreadableError

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes) -> str:
    """The text of UTF-8 bytes, or of UTF-16 bytes with a byte order mark.

    Raises:
        UnreadableError: other bytes: a guess could change a letter or a digit.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    if "\x00" in text:
        raise UnreadableError("holds NUL bytes and is no text")
    return text


def read_text(data: bytes) -> Document:
    """A plain text file."""
    text = decoded(data)
    return Document(text, text)


def read_csv(data: bytes) -> Document:
    """A table: one line per cell, so that no number runs into the next column."""
    text = decoded(data)
    try:
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    except csv.Error as error:
        raise UnreadableError(f"is not a CSV table ({error})") from error
    lines = "\n".join(cells)
    return Document(lines, lines)


def read_json(data: bytes) -> Document:
    """Every text of a JSON document, one line each; numbers of the format itself (sizes, counts) are no contacts.

    A list `parts` holds the pieces of one SMS, which may end inside a number: it is one text.
    """
    try:
        document = json.loads(decoded(data))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"is not JSON ({error})") from error
    texts, rest = [], [document]
    while rest:
        value = rest.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            rest += reversed([_whole(key, inner) for key, inner in value.items()])
        elif isinstance(value, list):
            rest += reversed(value)
    lines = "\n".join(texts)
    return Document(lines, lines)


def _whole(key: str, value: object) -> object:
    texts = isinstance(value, list) and all(isinstance(piece, str) for piece in value)
    return "".join(value) if key == "parts" and texts and isinstance(value, list) else value
