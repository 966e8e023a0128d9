"""What is wrong with a PO file: lines that would be lost, duplicates, a wrong number of plural forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue.dialect import Written
from campaign.errors import Problem

if TYPE_CHECKING:
    from translate.storage.pypo import pofile, pounit

CORRECT = "correct this entry in a PO editor, or restore an earlier version"

_LINE = re.compile(
    r"""[ \t]* | \#(?![~|]).* | \#~[ \t]* | \#~\ \#.* |
    (?:\#~\|?|\#\|)? [ \t]* (?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]+\])?)[ \t]*)? "(?:[^"\\]|\\.)*" [ \t]*""",
    re.VERBOSE,
)

_START = re.compile(r"(#~ ?)?msgid(?!_)")


def find(store: pofile, name: str, written: Written) -> list[Problem]:
    """Why nothing can be said about the entries of a PO file: no header, or lines that would not come back.

    `written` is what the file was parsed from.
    """
    return _header_faults(store, name) or _lost_lines(store, name, written)


def odd_line(written: Written) -> int:
    """The number of the first line that is no PO syntax, or 1."""
    return next((number for number, line in _numbered(written) if not _LINE.fullmatch(line)), 1)


def _numbered(written: Written) -> Iterator[tuple[int, str]]:
    """Each line, with the line of the file that it stands for."""
    return zip(written.numbers, written.lines, strict=True)


def _lost_lines(store: pofile, name: str, written: Written) -> list[Problem]:
    """The lines that are no PO syntax, or that would not come back when the file is written."""
    lost = _unwritten(list(written.lines), bytes(store).decode("utf-8", "replace").split("\n"))
    problems = []
    for index, (number, line) in enumerate(_numbered(written), start=1):
        if line.strip(" \t") and (not _LINE.fullmatch(line) or index in lost):
            what = f"is not a valid PO file: {line.strip()[:60]!r} stands where it has no meaning"
            problems.append(Problem(f"{name}:{number}", what, CORRECT))
    return problems


def _unwritten(lines: list[str], written: list[str]) -> set[int]:
    """The numbers of the lines that are not among the written ones, spaces aside."""
    if lines == written:
        return set()
    left, lost = Counter(map(_squeezed, written)), set()
    for number, line in enumerate(lines, start=1):
        left[_squeezed(line)] -= 1
        if left[_squeezed(line)] < 0:
            lost.add(number)
    return lost


def _squeezed(line: str) -> str:
    """A line without the spaces that PO syntax does not need; comments of obsolete entries lose their `#~`."""
    kept = line.removeprefix("#~ ") if line.startswith("#~ #") else line
    return kept.replace(" ", "").replace("\t", "")


def _header_faults(store: pofile, name: str) -> list[Problem]:
    if not any(unit.isheader() for unit in store.units):
        return [Problem(f"{name}:1", "has no header (an entry with an empty msgid at the top)", CORRECT)]
    return []


def places(store: pofile, written: Written) -> Iterator[tuple[pounit, int]]:
    """Each entry, the header too, with the line at which its msgid stands."""
    starts = [number for number, line in _numbered(written) if _START.match(line)]
    return zip((unit for unit in store.units if unit.msgid), starts, strict=False)


def twice(store: pofile, name: str, written: Written) -> list[Problem]:
    """The messages that stand twice."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    # gettext refuses a message that stands twice even when one of the two is obsolete, or is the header.
    for unit, line in places(store, written):
        context, source = unit.getcontext(), str(unit.source)
        if (context, source) in seen:
            what = f"the message {source[:60]!r} stands twice (first at line {seen[context, source]})"
            problems.append(Problem(f"{name}:{line}", what, "delete one of the two"))
        seen.setdefault((context, source), line)
    return problems


def forms(store: pofile, name: str, locale: str, written: Written) -> list[Problem]:
    """The entries that have other plural forms than the language, though the file counts as the language does."""
    problems, wanted = [], list(range(languages.get(locale).nplurals))
    for unit, line in places(store, written):
        if unit.hasplural() and not unit.isobsolete() and list(unit.msgstr) != wanted:
            what = f"{str(unit.source)[:60]!r} has the plural forms {list(unit.msgstr)}, {locale} has {wanted}"
            problems.append(Problem(f"{name}:{line}", what, f"write msgstr[0] to msgstr[{wanted[-1]}], in this order"))
    return problems
