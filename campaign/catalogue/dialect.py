"""A PO file as any program wrote it, in the one writing that the store keeps: UTF-8, Unix line ends, a string a line.

Poedit on Windows, Weblate, Crowdin, msgcat -E and older tools write byte order marks, CRLF, other character sets,
octal and hexadecimal escapes, several strings on a line. All of it means the same text; a file that needs none of this
is given back as it is. Specification: the GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from campaign.errors import CampaignError, Problem
from campaign.foreign import decode, marked, read_bytes, unmerged

#: The character sets that gettext takes in PO files ("Header Entry").
_CHARSETS = (
    *("ascii", "utf-8", "koi8-r", "koi8-u", "koi8-t", "tis-620", "euc-jp", "euc-kr", "gb2312", "gbk", "gb18030"),
    *("big5", "big5hkscs", "shift_jis", "johab"),
    *(f"iso8859-{part}" for part in range(1, 17) if part != 12),
    *(f"cp{page}" for page in (850, 866, 874, 932, 949, 950, *range(1250, 1259))),
)

AGAIN = "save it as UTF-8, and say so here"

_CHARSET = re.compile(r"charset=([^\s\\\"]*)")
_END = re.compile(r"\r*\n|\r")
#: A line that stays as it is: a comment, or one string at most, with the escapes that the store writes.
_PLAIN = re.compile(
    r"""\#(?![~|=]).* | (?:\#~[ ]?|\#\|[ ]?)? (?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]+\])?)[ ])?
    "[^"\\]*+(?:\\[nrt"\\][^"\\]*+)*+" | """,
    re.VERBOSE,
)
_MARK = re.compile(r"[ \t\f\v]*(\#~\||\#~|\#\||)[ \t\f\v]*")
_TOKEN = re.compile(
    r"""(?P<word>msgctxt|msgid_plural|msgid|msgstr(?:[ \t]*\[[ \t]*[0-9]+[ \t]*\])?) | "(?P<text>(?:[^"\\]|\\.)*)" """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_OTHER = re.compile(r"(?:[^\\]|\\[nrt\"\\])*+\\")
_MEANS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WRITES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r"})


@dataclass(frozen=True, slots=True)
class Written:
    """The lines of a file in the store's writing, and for each the number of the file's line that it stands for."""

    lines: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def text(self) -> str:
        """The whole file."""
        return "\n".join(self.lines)

    def number(self, line: int) -> int:
        """The line of the file that line `line` (from 1) stands for."""
        return self.numbers[min(max(line, 1), len(self.numbers)) - 1]


def read(path: Path, name: str) -> Written:
    """A PO file in the store's writing.

    Raises:
        CampaignError: the file cannot be read, is in no character set that gettext knows, or is in another one than it
            says; escapes that are no text; file and line.
    """
    data = read_bytes(path, name, "catalogue_mb")
    if problems := unmerged(data, name):
        raise CampaignError(problems)
    return rewritten(data, name)


def rewritten(data: bytes, name: str) -> Written:
    """The bytes of a PO file in the store's writing; see `read`."""
    text, charset = _decoded(data, name)
    split = _END.split(text)
    if all(map(_PLAIN.fullmatch, split)):  # written by ourselves, most often
        return Written(tuple(split), tuple(range(1, len(split) + 1)))
    lines: list[str] = []
    numbers: list[int] = []
    problems: list[Problem] = []
    escapes = _Escapes(charset)
    for number, (line, following) in enumerate(pairwise([*split, ""]), start=1):
        try:
            plain = _PLAIN.fullmatch(line) and not escapes.open
            new = [line] if plain else list(_tidy(line, following, escapes))
        except ValueError as error:
            problems.append(Problem(f"{name}:{number}", str(error), "write the letters themselves"))
            escapes = _Escapes(charset)
            continue
        lines += new
        numbers += [number] * len(new)
    if escapes.open:
        problems.append(Problem(f"{name}:{number}", "ends in the middle of a letter", "restore the rest of the file"))
    if problems:
        raise CampaignError(problems)
    return Written(tuple(lines), tuple(numbers))


@cache
def _named() -> frozenset[str]:
    """The character sets by Python's names: to ask for all of them loads forty modules."""
    return frozenset(codecs.lookup(name).name for name in _CHARSETS)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file, its header saying UTF-8, and the character set that its escapes are in."""
    marked_as, data = marked(data)
    if marked_as:
        return _utf8(decode(data, marked_as, name)), marked_as
    said = _CHARSET.search(data.decode("latin-1"))
    where = f"{name}:{data[: said.start()].count(10) + 1 if said else 1}"
    charset = said[1] if said else "utf-8"
    try:
        known = codecs.lookup(charset).name
    except (LookupError, ValueError):
        known = ""
    if known != "utf-8" and known not in _named():
        raise CampaignError.single(f"says that it is written in {charset[:40]}", where=where, todo=AGAIN)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _utf8(decode(data, known, name)), known
    if known not in ("utf-8", "ascii") and not data.isascii():
        what = f"says that it is written in {charset}, and is written in UTF-8"
        raise CampaignError.single(what, where=where, todo="say charset=UTF-8 here")
    decode(data, "utf-8", name)
    return text if known == "utf-8" else _utf8(text), known


def _utf8(text: str) -> str:
    return _CHARSET.sub("charset=UTF-8", text, count=1)


class _Escapes:
    """Reads the strings of an entry in their order: a letter may begin in one string and end in the next."""

    def __init__(self, charset: str) -> None:
        self._charset = "utf-8" if charset.startswith("utf") else charset
        self._decoder = codecs.getincrementaldecoder(self._charset)()

    @property
    def open(self) -> bool:
        """Whether a letter has begun and not ended."""
        return bool(self._decoder.getstate()[0])

    def text(self, raw: str) -> str:
        """What a string says, escaped as the store does.

        Raises:
            ValueError: escapes that are no text.
        """
        if not self.open and not _OTHER.match(raw):
            return raw
        data, at = bytearray(), 0
        for found in _ESCAPE.finditer(raw):
            data += raw[at : found.start()].encode(self._charset) + self._bytes(found)
            at = found.end()
        data += raw[at:].encode(self._charset)
        try:
            said = self._decoder.decode(bytes(data))
        except UnicodeDecodeError as error:
            raise ValueError(f"its escapes are no text in {self._charset.upper()}") from error
        if "\0" in said:
            raise ValueError("holds a NUL")
        return said.translate(_WRITES)

    def _bytes(self, found: re.Match[str]) -> bytes:
        octal, hexadecimal, sign = found.groups()
        if octal or hexadecimal:
            return bytes([int(octal, 8) & 0xFF if octal else int(hexadecimal, 16)])
        if sign.isalnum() and sign not in _MEANS:
            raise ValueError(f"holds the escape \\{sign}, which PO files do not have")
        return _MEANS.get(sign, sign).encode(self._charset)


def _tidy(line: str, following: str, escapes: _Escapes) -> Iterator[str]:
    """The same as lines of the store's writing; a line that is no PO syntax stays as it is, to be named as such.

    Raises:
        ValueError: escapes that are no text.
    """
    if line.startswith("#="):  # flags that stay with an entry, as gettext 1.0 may write them: older programs know #,
        yield "#," + line[2:]
        return
    mark, rest = "", line
    if found := _MARK.match(line):
        mark, rest = found[1], line[found.end() :]
    parts = list(_parts(rest))
    if escapes.open and (not parts or parts[0][0]):
        raise ValueError("the string before ends in the middle of a letter")
    alone = bool(parts) and bool(parts[-1][0]) and not _MARK.sub("", following, count=1).startswith('"')
    if not parts or alone:
        yield rest if not mark else line
        return
    start, word = f"{mark} " if mark else "", ""
    for number, (keyword, raw) in enumerate(parts):
        if not keyword:
            yield f'{start}{word}"{escapes.text(raw)}"'
            word = ""
        elif number + 1 < len(parts) and not parts[number + 1][0]:
            word = f"{keyword} "
        else:
            yield f'{start}{keyword} ""'


def _parts(rest: str) -> Iterator[tuple[str, str]]:
    """The keywords and strings of a line, or nothing when something else stands there too."""
    found, at = [], 0
    while at < len(rest):
        token = _TOKEN.match(rest, at)
        if not token:
            return
        found.append((re.sub(r"[ \t]", "", token["word"] or ""), token["text"] or ""))
        at = token.end()
        while at < len(rest) and rest[at] in " \t\f\v":
            at += 1
    yield from found
