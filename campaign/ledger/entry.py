"""One line of a record that proves itself: it begins with the SHA-256 (`id`) of all the rest as it is written."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from itertools import chain
from typing import cast

#: The version of such lines. Those of versions 1 and 2 had no id; a program that knows only them asks for an upgrade.
VERSION = 3

#: What a line says, key by key; the values are whatever JSON holds.
Record = Mapping[str, object]

#: What is given records by id as soon as they are parsed, while they lie in the cache of the processor.
Taker = Callable[[Mapping[str, Record]], None]

_BEGINS, _ID_ENDS = b'{"id":"', 73


class RepeatedKeyError(ValueError):
    """A JSON object that says one thing twice: what a person reads first is not what a program takes."""


def line_of(record: Record, prev: Iterable[str]) -> tuple[str, bytes]:
    """The id and the line (without its end) of a record; `prev` are the heads that its author had before their eyes.

    Raises:
        UnicodeEncodeError: a text holds a lone surrogate.
    """
    whole = {"version": VERSION, **record, "prev": sorted(set(prev))}
    rest = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()[1:]
    own = sha256(b"{" + rest).hexdigest()
    return own, _BEGINS + own.encode() + b'",' + rest


def looks_proven(line: bytes) -> bool:
    """Whether a line claims to prove itself."""
    return line.startswith(_BEGINS)


def proven(line: bytes) -> str:
    """The id of a line that proves itself, else ""."""
    own = sha256(b"{" + line[_ID_ENDS:]).hexdigest()
    return own if line[:_ID_ENDS] == b'{"id":"%b",' % own.encode() else ""


def parsed(line: bytes) -> Record | None:
    """The JSON object of a line; None where it is none, or says one thing twice."""
    try:
        record = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_once)  # json itself takes half characters
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def all_parsed(lines: Mapping[str, bytes]) -> Mapping[str, Record]:
    """The records of proven lines by id, without those that are no JSON object, or hold half a character."""
    joined = b",".join(lines.values())
    found = _at_once(joined, lines)
    if found is None:
        one_by_one = ((own, _own(own, line)) for own, line in lines.items())
        found = {own: record for own, record in one_by_one if record}
    if b"\\" not in joined or b"\\u" not in joined:  # one byte is found ten times faster than two
        return found
    return {own: record for own, record in found.items() if _plain(lines[own], record)}


def _at_once(joined: bytes, lines: Iterable[str]) -> Mapping[str, Record] | None:
    """The records of lines that are all objects, one each; None where one of them is none, or two."""
    try:
        whole = json.loads(f"[{joined.decode()}]", object_pairs_hook=_once)
        ids = [record["id"] for record in whole]
    except (ValueError, RecursionError, TypeError, KeyError):
        return None
    return dict(zip(ids, whole, strict=True)) if ids == [*lines] else None


def _own(own: str, line: bytes) -> Record | None:
    record = parsed(line)
    return record if record and record.get("id") == own else None


def _plain(line: bytes, record: Record) -> bool:
    """Whether a line is written as this program writes: no half of a character can be escaped in it."""
    if b"\\u" not in line:
        return True
    content = {key: value for key, value in record.items() if key not in ("id", "version", "prev")}
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise RepeatedKeyError
    return record


def every_text(lists: Iterable[object]) -> set[str]:
    """Every text of those values that are lists of texts; at once where all of them are, as in nearly every file."""
    lists = [*lists]
    if set(map(type, lists)) <= {list}:
        with contextlib.suppress(TypeError):  # a list in a list
            found = set(chain.from_iterable(cast("list[list[str]]", lists)))
            if set(map(type, found)) <= {str}:
                return found
    return set(chain.from_iterable(texts(each) or () for each in lists))


def texts(value: object) -> tuple[str, ...] | None:
    """A list of texts; None for anything else."""
    if type(value) is not list:
        return None
    try:
        "".join(value)  # it looks at the kind of each, faster than a loop
    except TypeError:
        return None
    return tuple(value)
