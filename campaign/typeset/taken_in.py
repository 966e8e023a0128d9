"""What of templates/layouts a layout is made of: its file, and of the files that it takes in what it can reach."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

#: Another file that a layout takes in: `#import "style.typ": *`, `#include "panel.typ"`.
_TAKEN_IN = re.compile(r'(?:import|include)\s+"([^"@]+\.typ)"')
#: Ways to a name or a file that no name in the text shows: a module as a value, a name put together, code as a text.
_UNSEEN = re.compile(r'\b(?:dictionary|eval)\s*\(|\b(?:import|include)\s+(?!")|\bimport\s+"[^"]*"\s*(?!\s*:)')
#: Where a definition of a file begins, and the name; a comment that has a line of its own.
_DEFINITION = re.compile(r"#let\s+([\w-]+)", re.ASCII)
_COMMENT = re.compile(r"\s*//")
#: A name that may be a definition's: after `#` any; else not that of a field (`line.claims`, but `..claims(line)`), nor
#: that of an argument or a key (`claims: 1`).
_NAME = re.compile(r"(?<=#)[A-Za-z_][\w-]*|(?:(?<=\.\.)|(?<![\w.-]))[A-Za-z_][\w-]*(?![\w-]|\s*:)", re.ASCII)
#: Texts and raw stretches that run over line ends: in such a file nothing is taken for a comment.
_SPANS = re.compile(r"`|/\*")


def sources(files: Mapping[str, Path], layout: str) -> Mapping[str, str]:
    """The texts of a layout's file and of every layout file that it takes in; `files` are those there are, by name."""
    found: dict[str, str] = {}
    todo = [f"{layout}.typ"]
    while todo:
        name = todo.pop()
        if name not in found and name in files:
            found[name] = files[name].read_text(encoding="utf-8", errors="replace")
            todo += (_place(name, other) for other in _TAKEN_IN.findall(found[name]))
    return found


def _place(name: str, other: str) -> str:
    """Where a file lies that another one names: a slash at the beginning is the folder, nothing lies outside of it."""
    inside = posixpath.join("/", posixpath.dirname(name), other)
    return posixpath.normpath(inside).lstrip("/")


def reached(layout: str, texts: Mapping[str, str]) -> str:
    """What of these `sources` a layout can use, as one text: its file, and each definition whose name it reaches.

    Comments and repeated empty lines say nothing and are left out. Where a file can reach what it does not name, it is
    all of them.
    """
    own, others = f"{layout}.typ", dict(sorted(texts.items()))
    first = _plain(others.pop(own, ""))
    whole = any(_UNSEEN.search(text) for text in texts.values())
    pieces = [(name, *piece) for name, text in others.items() for piece in _definitions(_plain(text))]
    used: dict[int, None] = {}
    todo = [
        first,
        *(text for number, (_, name, text) in enumerate(pieces) if (whole or not name) and _add(used, number)),
    ]
    while todo:
        names = set(_NAME.findall(todo.pop()))
        todo += (text for number, (_, name, text) in enumerate(pieces) if name in names and _add(used, number))
    return "\n".join((first, *(f"{pieces[number][0]}\n{pieces[number][2]}" for number in sorted(used))))


def _add(used: dict[int, None], number: int) -> bool:
    new = number not in used
    used[number] = None
    return new


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """The definitions of a file with their names; what is none has an empty name and is always used."""
    name, lines = "", list[str]()
    for line in text.split("\n"):
        if line.startswith("#"):
            if lines:
                yield name, "\n".join(lines)
            begins = _DEFINITION.match(line)
            name, lines = begins[1] if begins else "", []
        lines.append(line)
    yield name, "\n".join(lines)


def _plain(text: str) -> str:
    """The text without comments that have a line of their own and without repeated empty lines."""
    kept = [line.rstrip() for line in text.split("\n") if not _COMMENT.match(line)]
    if any(_SPANS.search(line) or re.sub(r"\\.", "", line).count('"') % 2 for line in kept):
        return text
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")
