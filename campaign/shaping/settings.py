"""campaign.toml and contacts.toml changed table by table: comments, order and everything else stay as they are."""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.config.tables import ID, parse, suggestion
from campaign.errors import CampaignError
from campaign.project import Project, read_text, write_atomic

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_HEADER = re.compile(r"\s*\[{1,2}[^\]]+\]{1,2}\s*(#.*)?")


@contextlib.contextmanager
def document(project: Project, path: Path) -> Iterator[TOMLDocument]:
    """The file as a document whose comments stay; what was changed in it is written when the block ends.

    Raises:
        CampaignError: it cannot be read, or is no TOML.
    """
    import tomlkit

    name = project.name(path)
    parse(path, name)
    held = tomlkit.parse(read_text(path, name))
    yield held
    write_atomic(path, tomlkit.dumps(held).encode())


def values(project: Project, path: Path) -> dict[str, object]:
    """What the file says."""
    return parse(path, project.name(path))


def table(project: Project, key: str) -> Mapping[str, object]:
    """A table of campaign.toml, empty where there is none."""
    found = values(project, project.config).get(key, {})
    return found if isinstance(found, dict) else {}


def listed(project: Project, key: str) -> list[str]:
    """A list of campaign.toml."""
    found = values(project, project.config).get(key, [])
    return [str(entry) for entry in found] if isinstance(found, list) else []


def contacts(project: Project) -> list[Mapping[str, object]]:
    """The records of contacts.toml, in order."""
    found = values(project, project.contacts).get("contact", [])
    return [record for record in found if isinstance(record, dict)] if isinstance(found, list) else []


def change_list(project: Project, key: str, change: Callable[[list[str]], list[str]]) -> None:
    """Put another list of texts in the place of one that stands at the top of campaign.toml."""
    with document(project, project.config) as held:
        old = [str(entry) for entry in held.get(key, [])]
        wanted = change(old)
        if wanted == old:
            return
        held[key].clear()
        held[key].extend(wanted)


def append(project: Project, path: Path, text: str, *, after: str = "") -> None:
    """Add a table as it is to be read, behind the last one whose header begins with `after`, else at the end."""
    name = project.name(path)
    whole = read_text(path, name)
    lines = whole.splitlines()
    headers = [at for at, line in enumerate(lines) if after and line.lstrip().startswith(after)]
    at = _end(lines, headers[-1]) if headers else len(lines)
    block = text.rstrip("\n").splitlines()
    before, behind = lines[:at], lines[at:]
    while before and not before[-1].strip():
        before.pop()
    wanted = "\n".join([*before, "", *block, *([""] if behind else []), *behind]).strip("\n") + "\n"
    tomllib.loads(wanted)
    write_atomic(path, wanted.encode())


def take_out(project: Project, path: Path, header: str, number: int = 0) -> None:
    """Take a table out, with the comment right above it: the `number`th whose first line is `header`.

    Raises:
        CampaignError: the table stands in the file in a way that only a person can take out.
    """
    name = project.name(path)
    lines = read_text(path, name).splitlines()
    found = [at for at, line in enumerate(lines) if line.split("#")[0].strip() == header]
    if number >= len(found):
        raise CampaignError.single(f"has no line {header!r} to take out", where=name, todo="take the table out by hand")
    start = found[number]
    end = _end(lines, start)
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    while start and not lines[start - 1].strip():
        start -= 1
    behind = lines[end:]
    while behind and not behind[0].strip():  # a table comes and goes without a trace
        behind.pop(0)
    wanted = "\n".join([*lines[:start], *([""] if behind and start else []), *behind]).strip("\n") + "\n"
    write_atomic(path, wanted.encode())


def rename_table(project: Project, kind: str, old: str, new: str) -> None:
    """Write another name into the line that begins a table of campaign.toml.

    Raises:
        CampaignError: the table does not stand there in a line of its own.
    """
    name = project.name(project.config)
    line = re.compile(rf"(?m)^(\s*\[\s*{kind}\s*\.\s*)[\"']?{re.escape(old)}[\"']?(\s*\])")
    text, count = line.subn(lambda found: f"{found[1]}{new}{found[2]}", read_text(project.config, name))
    if not count:
        todo = "rename the table by hand"
        raise CampaignError.single(f"has no line {header(kind, old)!r}", where=name, todo=todo)
    write_atomic(project.config, text.encode())


def header(kind: str, name: str) -> str:
    """The line that begins a table of campaign.toml."""
    return f"[{kind}.{name}]"


def named(name: str, what: str) -> None:
    """Refuse what cannot be the name of a table of campaign.toml.

    Raises:
        CampaignError: it holds something else than small letters, digits and hyphens.
    """
    if not ID.fullmatch(name):
        raise CampaignError.single(
            f"{name!r} is no name for {what}", where="campaign.toml", todo="use small letters, digits and hyphens"
        )


def known(name: str, names: Iterable[str], what: str, where: str) -> None:
    """Refuse a name that none of `names` is.

    Raises:
        CampaignError: with the nearest one.
    """
    names = list(names)
    if name not in names:
        raise CampaignError.single(
            f"{name!r} is not {what}{suggestion(name, names)}",
            where=where,
            todo=f"one of: {', '.join(names) or 'none'}",
        )


def fresh(name: str, names: Iterable[str], what: str, where: str) -> None:
    """Refuse a name that is taken.

    Raises:
        CampaignError: it is there already.
    """
    if name in names:
        raise CampaignError.single(f"{name!r} is {what} already", where=where, todo="choose another name")


def _end(lines: list[str], start: int) -> int:
    """Where the table that begins at `start` ends: before the comment that stands right above the next one."""
    end = next((at for at in range(start + 1, len(lines)) if _HEADER.fullmatch(lines[at])), len(lines))
    while end < len(lines) and end > start + 1 and lines[end - 1].lstrip().startswith("#"):
        end -= 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end
