"""`[review]` of campaign.toml and reviewers.toml: whose word counts, and how many people a text needs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from campaign.config.tables import Table, parse, suggestion
from campaign.errors import CampaignError, Problem
from campaign.model.reviewer import Reviewer
from campaign.model.trust import ROLES, Trust
from campaign.people import faces, name_fault
from campaign.project import Project, read_text

#: Keys under which somebody may want to note how a person is reached.
_REACHED = re.compile(
    r"(?i)mail|phone|tel|mobile|gsm|number|whatsapp|signal|telegram|viber|address|contact|reach|link|url"
)
#: An e-mail address, or figures enough to dial.
_DIALLED = re.compile(r"@|(?:\d[\s().+/-]*){6}")
_HEADER = re.compile(r"\s*\[\[\s*[\"']?reviewer[\"']?\s*\]\]")


def read_review(table: Table, tags: tuple[str, ...]) -> tuple[int, Trust, dict[str, int]]:
    """How many people must sign, whose word counts, and how many must in single languages."""
    signatures = _signatures(table, "signatures")
    own = table.table("languages")
    by_language = {}
    for key in own.keys():  # noqa: SIM118 - a Table is not a mapping
        if key not in tags:
            own.problem(key, "is not one of the campaign's languages")
        by_language[key] = _signatures(own, key)
    own.close()
    roles = _roles(table, ("mediator",))
    coordinators, people = _names(table, "coordinators"), _names(table, "people")
    for one, other in itertools.combinations(people, 2):
        if faces(one) & faces(other):
            table.problem("people", f"{one!r} and {other!r} look alike: nobody could tell who signed")
    chosen = {key: bool(table.take(key, bool, False)) for key in ("ssh", "own_text", "item_signatures", "blind")}
    nobody = table.texts("back_translated", ())
    for tag in nobody:
        if tag not in tags:
            table.problem("back_translated", f"{tag!r} is not one of the campaign's languages{suggestion(tag, tags)}")
        if by_language.get(tag, 2) != 2:
            table.problem("back_translated", f"two people read a back-translation of {tag}", f"delete languages.{tag}")
    table.close()
    trust = Trust(
        roles,
        coordinators,
        people,
        chosen["ssh"],
        own_text=chosen["own_text"],
        item_signatures=chosen["item_signatures"],
        blind=chosen["blind"],
        back_translated=nobody,
    )
    return signatures, trust, by_language


def _signatures(table: Table, key: str) -> int:
    signatures = table.take(key, int, 1) or 0
    if signatures not in (1, 2):
        table.problem(key, f"must be 1, or 2 for four eyes, not {signatures}")
    return signatures


def _names(table: Table, key: str) -> tuple[str, ...]:
    names = table.texts(key, ())
    for name in names:
        if fault := name_fault(name):
            table.problem(key, f"{name!r} {fault}")
    return names


def _roles(table: Table, usual: tuple[str, ...]) -> tuple[str, ...]:
    roles = table.texts("roles", usual, some=True)
    for role in roles:
        if role not in ROLES:
            table.problem("roles", f"{role!r} is not one of {', '.join(ROLES)}{suggestion(role, ROLES)}")
    return roles


def reviewers(project: Project) -> Path:
    """reviewers.toml: who reviews; the file may be absent.

    Raises:
        CampaignError: it is a link that leads out.
    """
    return project.inside(project.root / "reviewers.toml")


def with_people(project: Project, trust: Trust, tags: tuple[str, ...], problems: list[Problem]) -> Trust:
    """The same with the people of reviewers.toml, where there is such a file; what is wrong with it goes to `problems`.

    Each stands in a table [[reviewer]] with `name`, `languages`, and if need be `roles`, `from` and `until`.
    """
    try:
        path = reviewers(project)
        if not path.is_file():
            return trust
        name = project.name(path)
        values, text = parse(path, name), read_text(path, name)
    except CampaignError as error:
        problems += error.problems
        return trust
    document = Table(values, "", name, problems)
    if trust.people:
        document.problem(
            "", "says who may sign, and so does [review] people of campaign.toml", "delete that list there"
        )
    found = [_reviewer(table, tags) for table in _numbered(document, text)]
    document.close()
    for (first, one), (second, other) in itertools.combinations(found, 2):
        if one.name == other.name and one.name:
            second.problem("name", f"{other.name!r} stands here twice", "keep one table for each person")
        elif faces(one.name) & faces(other.name):
            second.problem(
                "name", f"{other.name!r} and {one.name!r} ({first.file}) look alike: nobody could tell who signed"
            )
    return replace(trust, reviewers=tuple(reviewer for _, reviewer in found))


def _numbered(document: Table, text: str) -> Iterator[Table]:
    """The tables of the people, each named by the line that it begins in."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    for number, table in enumerate(document.tables("reviewer")):
        if number < len(lines):
            table.file = f"{table.file}:{lines[number]}"
        yield table


def _reviewer(table: Table, tags: tuple[str, ...]) -> tuple[Table, Reviewer]:
    name = table.text("name")
    if fault := name_fault(name) if name else "":
        table.problem("name", f"{name!r} {fault}")
    if _DIALLED.search(name):
        table.problem("name", "says how somebody is reached", "write a name or a pseudonym alone")
    languages = table.texts("languages", some=True)
    for tag in languages:
        if tag not in tags:
            table.problem("languages", f"{tag!r} is not one of the campaign's languages{suggestion(tag, tags)}")
    roles, since, until = _roles(table, ("mediator",)), table.maybe_date("from"), table.maybe_date("until")
    if since and until and until < since:
        table.problem("until", f"{until.isoformat()} comes before `from`")
    for key in table.keys():  # noqa: SIM118 - a Table is not a mapping
        if _REACHED.search(key):
            todo = "delete it: this file goes wherever the workspace goes; keep it where only the coordinator looks"
            table.problem(key, "how a person is reached has no place here", todo)
            table.take(key, object, "")
    table.close()
    return table, Reviewer(name, languages, roles, _day(since), _day(until))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
