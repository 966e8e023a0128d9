"""What is wrong with a PO file: lines that would be lost, a foreign character set, duplicates, wrong plural forms."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from campaign import languages
from campaign.errors import Problem

if TYPE_CHECKING:
    from translate.storage.pypo import pofile

CORRECT = "correct this entry in a PO editor, or restore an earlier version"

_LINE = re.compile(
    r"""[ \t]* | \#(?![~|]).* | \#~[ \t]* | \#~\ \#.* |
    (?:\#~\|?|\#\|)? [ \t]* (?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]+\])?)[ \t]*)? "(?:[^"\\]|\\.)*" [ \t]*""",
    re.VERBOSE,
)


def find(store: pofile, name: str, locale: str, lines: list[str]) -> list[Problem]:
    """Everything that stops the use of a parsed PO file; `lines` are the lines that it was parsed from."""
    return _header_faults(store, name, lines) or _lost_lines(store, name, lines) or _faults(store, name, locale, lines)


def odd_line(lines: list[str]) -> int:
    """The number of the first line that is no PO syntax, or 1."""
    return next((number for number, line in enumerate(lines, start=1) if not _LINE.fullmatch(line)), 1)


def _lost_lines(store: pofile, name: str, lines: list[str]) -> list[Problem]:
    """The lines that are no PO syntax, or that would not come back when the file is written."""
    back = bytes(store).decode("utf-8", "replace").split("\n")
    if Counter(lines) <= Counter(back) and all(_LINE.fullmatch(line) for line in lines):
        return []  # what nearly every file gives; the rest finds the lines
    written = Counter(map(_squeezed, back))
    problems = []
    for number, line in enumerate(lines, start=1):
        written[_squeezed(line)] -= 1
        if line.strip(" \t") and (not _LINE.fullmatch(line) or written[_squeezed(line)] < 0):
            what = f"is not a valid PO file: {line.strip()[:60]!r} stands where it has no meaning"
            problems.append(Problem(f"{name}:{number}", what, CORRECT))
    return problems


def _squeezed(line: str) -> str:
    """A line without the spaces that PO syntax does not need; comments of obsolete entries lose their `#~`."""
    kept = line.removeprefix("#~ ") if line.startswith("#~ #") else line
    return kept.replace(" ", "").replace("\t", "")


def _header_faults(store: pofile, name: str, lines: list[str]) -> list[Problem]:
    if not any(unit.isheader() for unit in store.units):
        return [Problem(f"{name}:1", "has no header (an entry with an empty msgid at the top)", CORRECT)]
    charset = re.search(r"charset=(\S*)", store.parseheader().get("Content-Type", ""))
    if not charset or charset[1].lower() in ("utf-8", "utf8"):
        return []
    line = next((number for number, text in enumerate(lines, start=1) if "charset=" in text), 1)
    return [Problem(f"{name}:{line}", f"says that it is written in {charset[1]}", "save it as UTF-8, and say so here")]


def _faults(store: pofile, name: str, locale: str, lines: list[str]) -> list[Problem]:
    problems: list[Problem] = []
    starts = [number for number, line in enumerate(lines, start=1) if re.match(r"(#~ ?)?msgid(?!_)", line)]
    seen: dict[tuple[str, str], int] = {}
    nplurals = languages.get(locale).nplurals if locale else None
    # gettext refuses a message that stands twice even when one of the two is obsolete, or is the header.
    for unit, line in zip((unit for unit in store.units if unit.msgid), starts, strict=False):
        place, (context, source) = f"{name}:{line}", (unit.getcontext(), str(unit.source))
        if (context, source) in seen:
            what = f"the message {source[:60]!r} stands twice (first at line {seen[context, source]})"
            problems.append(Problem(place, what, "delete one of the two"))
        seen.setdefault((context, source), line)
        if nplurals and unit.hasplural() and not unit.isobsolete() and list(unit.msgstr) != list(range(nplurals)):
            what = f"{source[:60]!r} has the plural forms {list(unit.msgstr)}, {locale} has {list(range(nplurals))}"
            problems.append(Problem(place, what, f"write msgstr[0] to msgstr[{nplurals - 1}], in this order"))
    return problems
