"""Text files of other people's programs: their bytes, the marks at their beginning, their character sets."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from campaign import limits
from campaign.errors import CampaignError, Problem

#: The marks that say how a text is written.
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: How git marks the two versions of a place that it could not unite.
_OURS, _THEIRS = re.compile(rb"^<{7} .", re.MULTILINE), re.compile(rb"^>{7} .", re.MULTILINE)


def read_bytes(path: Path, name: str, key: str = "text_mb") -> bytes:
    """The bytes of a file; `key` is the limit of its size.

    Raises:
        CampaignError: the file is too large or cannot be read.
    """
    limits.sized(path, name, key)
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise CampaignError.single(what, where=name, todo="check that the file exists") from error


def unmerged(data: bytes, name: str) -> list[Problem]:
    """Where git stopped in the middle of a merge and left both versions in the file, by line; source: git-merge(1)."""
    if b"<<<<<<< " not in data or not _THEIRS.search(data):
        return []
    return [
        Problem(
            f"{name}:{data[: found.start()].count(10) + 1}",
            "git left two versions here (<<<<<<< and >>>>>>>), because two people changed the same place",
            "keep one of them, delete the marks, then git add and git commit (docs/how-to/together.md)",
        )
        for found in _OURS.finditer(data)
    ]


def marked(data: bytes) -> tuple[str, bytes]:
    """The character set that the mark at the beginning says ("" where there is none), and the bytes behind it."""
    for mark, charset in MARKS:
        if data.startswith(mark):
            return charset, data.removeprefix(mark)
    return "", data


def decode(data: bytes, charset: str, name: str) -> str:
    """The text of bytes in a character set.

    Raises:
        CampaignError: a byte that is no text there, or a NUL; file and line.
    """
    try:
        text = data.decode(charset)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(10) + 1
        what = f"byte 0x{data[error.start]:02x} is not {charset.upper()}"
        raise CampaignError.single(what, where=f"{name}:{line}", todo="save it as UTF-8") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        todo = "open it in a text editor and delete the byte, or restore an earlier version"
        raise CampaignError.single("holds a NUL byte", where=f"{name}:{line}", todo=todo)
    return text
