"""Strings of a content stream as Typst writes them: the codes that they show, and the texts that they are."""

from __future__ import annotations

import re
import struct
from functools import lru_cache

#: A number.
NUMBER = rb"-?[\d.]++"
#: A string in parentheses, which may hold pairs of them, two deep.
_PLAIN = rb"[^\\()]*+(?:\\.[^\\()]*+)*+"
_PAIR = rb"\(" + _PLAIN + rb"(?:\(" + _PLAIN + rb"\)" + _PLAIN + rb")*+\)"
LITERAL = rb"\(" + _PLAIN + rb"(?:" + _PAIR + _PLAIN + rb")*+\)"
#: A string, in hexadecimal figures or in parentheses.
STRING = rb"(?:<[0-9A-Fa-f\s]*>|" + LITERAL + rb")"
_SHOWN_PART = re.compile(rb"(" + STRING + rb")|(" + NUMBER + rb")", re.DOTALL)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})")


class _Escaped(dict[bytes, bytes]):
    """What stands for what behind a backslash (ISO 32000-1, 7.3.4.2), filled as it turns up."""

    def __missing__(self, what: bytes) -> bytes:
        self[what] = value = bytes([int(what, 8) & 255]) if what.isdigit() else what
        return value


_ESCAPED = _Escaped({b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"})


def shown(parts: bytes) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """What the operand of TJ shows: how far back each glyph is moved (thousandths of an em), and its code."""
    shifts: list[float] = []
    shown: tuple[int, ...] = ()
    moved = 0.0
    for string, shift in _SHOWN_PART.findall(parts):
        if shift:
            moved += float(shift)
        elif codes := _codes(string):
            shifts += (moved, *(0.0,) * (len(codes) - 1))
            shown += codes
            moved = 0.0
    return tuple(shifts), shown


def unmoved(string: bytes) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """The same of the operand of Tj."""
    codes = _codes(string)
    return (0.0,) * len(codes), codes


@lru_cache(maxsize=16384)
def _codes(string: bytes) -> tuple[int, ...]:
    """The codes of two bytes that a string of a content stream shows; most strings are short and come often."""
    data = _bytes(string)
    return struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])


def _bytes(string: bytes) -> bytes:
    """What a string of a content stream holds (ISO 32000-1, 7.3.4)."""
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())
    parts = _ESCAPE.split(string[1:-1])
    parts[1::2] = map(_ESCAPED.__getitem__, parts[1::2])
    return b"".join(parts)


@lru_cache(maxsize=2048)
def text(string: bytes) -> str:
    """A text string (ISO 32000-1, 7.9.2.2): UTF-16 with its mark, or one byte a character."""
    data = _bytes(string)
    return data[2:].decode("utf-16-be", "replace") if data.startswith(b"\xfe\xff") else data.decode("latin-1")
