"""A TOML table that is read key by key: it collects problems instead of stopping at the first."""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from campaign import languages, limits
from campaign.errors import CampaignError, Problem
from campaign.project import read_text

Value = TypeVar("Value")

NAMES: dict[type, str] = {
    object: "a number",
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    date: "a date like 2026-11-24",
    list: "a list in [ ]",
    dict: "a table",
}

#: How audiences, formats, profiles, places and crises are named: the names stand in paths and in templates.
ID = re.compile(r"[a-z][a-z0-9-]*")

#: How many tables and lists may stand in each other; campaign.toml has four.
DEEPEST = 50

#: Bidirectional classes of the characters that reorder the text after them.
_REORDERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def suggestion(word: str, known: Iterable[str]) -> str:
    """The words to add to an error when a known word is near: ' (did you mean X?)' or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""


def parse(path: Path, name: str) -> dict[str, object]:
    """The tables of a TOML file.

    Raises:
        CampaignError: unreadable text or broken TOML, with file and line.
    """
    limits.sized(path, name, "settings_mb")
    text = read_text(path, name)
    try:
        with limits.in_time(name, "read_seconds"):
            values = tomllib.loads(text)
            repr(values)  # what cannot be shown could not be reported either
            _bounded(values)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = found[1] if found else text.rstrip("\n").count("\n") + 1
        raise CampaignError.single(
            f"is not valid TOML: {error}",
            where=f"{name}:{line}",
            todo="a language of your own is a table [language.xx]"
            if re.search(r"(?m)^\s*\[\s*languages\s*\.", text)
            else "correct this line; quotes or a bracket may be missing",
        ) from error
    except (RecursionError, ValueError) as error:
        raise CampaignError.single(
            "nests tables or lists too deep, or holds a number with too many digits", where=name, todo="shorten it"
        ) from error
    return values


def placed(problems: Iterable[Problem], path: Path, name: str, key: str) -> list[Problem]:
    """The problems, those of an array of tables ([[key]]) of this file with the line, and the table by its id."""
    problems = list(problems)
    if not any(problem.where.startswith(f"{name}: {key}[") for problem in problems):
        return problems
    text = read_text(path, name)
    values = tomllib.loads(text)[key]
    return [_placed(problem, name, text.splitlines(), key, values) for problem in problems]


def _placed(problem: Problem, file: str, lines: list[str], key: str, values: object) -> Problem:
    """A table without an id keeps its number; of one that is written in another way nobody knows the line."""
    found = re.fullmatch(rf"{re.escape(file)}: {key}\[(\d+)\](?P<rest>(?:\.(?P<entry>\w+).*)?)", problem.where)
    if not found or not isinstance(values, list):
        return problem
    number, entry = int(found[1]), found["entry"]
    value = values[number - 1]
    known = value.get("id") if isinstance(value, dict) else None
    called = known if isinstance(known, str) and known else f"{key}[{number}]"
    heads = [at for at, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{key}\s*\]\]", line)]
    place = ""
    if len(heads) == len(values):
        start, end = heads[number - 1], heads[number] if number < len(heads) else len(lines)
        own = (at for at in range(start, end) if entry and re.match(rf"\s*{entry}\s*=", lines[at]))
        place = f":{next(own, start) + 1}"
    return replace(problem, where=f"{file}{place}: {called}{found['rest']}")


def _bounded(values: dict[str, object]) -> None:
    """Refuse tables in tables without end: how many of them Python itself can show differs from version to version."""
    level: list[object] = [values]
    for _ in range(DEEPEST):
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
    raise RecursionError


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def check_language(table: Table, key: str, tag: str) -> None:
    """Report a language tag that the registry does not have, with the ones that were likely meant."""
    try:
        languages.get(tag)
    except CampaignError as error:
        table.problem(key, f"{tag!r} is not a language tag that the program knows", error.problems[0].todo)


class Table:
    """One TOML table: `take` hands out a key once, `close` reports the keys that nobody took."""

    def __init__(self, values: object, where: str, file: str, problems: list[Problem]) -> None:
        self.file, self.where, self.problems = file, where, problems
        self._asked: list[str] = []
        self._values: dict[str, object] = {}
        if isinstance(values, dict):
            self._values = values
        else:
            self.problem("", f"must be {NAMES[dict]}")

    def problem(self, key: str, what: str, todo: str = "") -> None:
        """Note what is wrong with a key of this table."""
        place = ".".join(part for part in (self.where, key) if part)
        self.problems.append(Problem(f"{self.file}: {place}" if place else self.file, what, todo))

    def take(self, key: str, kind: type[Value], default: Value | None = None) -> Value | None:
        """The value of a key when it has this type; `default` when the key is absent (None: the key is required)."""
        self._asked.append(key)
        if key not in self._values:
            if default is None:
                self.problem(key, f"is missing; it must be {NAMES[kind]}")
            return default
        value = self._values[key]
        right = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        if not right or (kind is date and isinstance(value, datetime)):
            self.problem(key, f"must be {NAMES[kind]}, not {value!r}")
            return default
        return value  # type: ignore[return-value]  # isinstance with a type variable is not narrowed

    def text(self, key: str, default: str | None = None) -> str:
        """A text; empty when it is missing (and reported, when it is required)."""
        value = self.take(key, str, default)
        if value is None:
            return ""
        if default is None and not value.strip():
            self.problem(key, "is empty")
        self._check_characters(key, value)
        return value

    def _check_characters(self, key: str, value: str) -> None:
        """Report a character that would break a printed line or turn its order around."""
        for character in value:
            if unicodedata.category(character) == "Cc" or unicodedata.bidirectional(character) in _REORDERING:
                self.problem(
                    key, f"holds the invisible character U+{ord(character):04X}", "write it on one line without"
                )
                return

    def maybe_date(self, key: str) -> date | None:
        """A date, or None when the key is absent."""
        if key in self._values:
            return self.take(key, date)
        self._asked.append(key)
        return None

    def texts(self, key: str, default: tuple[str, ...] | None = None, *, some: bool = False) -> tuple[str, ...]:
        """A list of texts without repeats; `some` refuses an empty one."""
        values = self.take(key, list, None if default is None else list(default))
        if values is None:
            return ()
        if some and not values:
            self.problem(key, "is empty; name at least one")
        for value in values:
            if not isinstance(value, str):
                self.problem(key, f"must hold texts in quotes, not {value!r}")
            elif not value.strip():
                self.problem(key, "holds an empty text")
            else:
                self._check_characters(key, value)
        words = [value for value in values if isinstance(value, str) and value.strip()]
        for word in sorted({word for word in words if words.count(word) > 1}):
            self.problem(key, f"names {word!r} twice", "delete one of the two")
        return tuple(dict.fromkeys(words))

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A text out of a set; any other value is a problem."""
        allowed = tuple(allowed)
        value = self.text(key, default)
        if value and value not in allowed:
            self.problem(key, f"{value!r} is not one of {', '.join(allowed)}{suggestion(value, allowed)}")
        return value

    def table(self, key: str, *, required: bool = False) -> Table:
        """A table below this one."""
        place = ".".join(part for part in (self.where, key) if part)
        return Table(self.take(key, dict, None if required else {}) or {}, place, self.file, self.problems)

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of an array of tables ([[key]])."""
        for number, value in enumerate(self.take(key, list, []) or [], start=1):
            yield Table(value, f"{key}[{number}]", self.file, self.problems)

    def items(self) -> Iterator[tuple[str, Table]]:
        """Every key of this table with the table it holds."""
        for key, value in self._values.items():
            self._asked.append(key)
            yield key, Table(value, ".".join(part for part in (self.where, key) if part), self.file, self.problems)

    def keys(self) -> tuple[str, ...]:
        """The keys that the file gives."""
        return tuple(self._values)

    def close(self) -> None:
        """Report each key that the program does not know."""
        for key in self._values:
            if key not in self._asked:
                self.problem(key, f"is not a known key{suggestion(key, self._asked)}", "correct or delete it")
