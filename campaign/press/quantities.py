"""How many of each: a table of language, audience and format, as a spreadsheet program saves it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from campaign import delimited, limits
from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign
from campaign.project import Project

COLUMNS = ("language", "audience", "format", "quantity")
#: A column that may be left out: a row without it is for every country.
COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Quantities:
    """The quantity by country (empty: any), language, audience and format."""

    of: Mapping[tuple[str, str, str, str], int]

    def quantity(self, country: str, locale: str, audience: str, layout: str) -> int | None:
        """How many of one job; None where the table does not say."""
        return self.of.get((country, locale, audience, layout), self.of.get(("", locale, audience, layout)))


def read(project: Project, name: str, campaign: Campaign) -> Quantities:
    """The table beside campaign.toml; nothing when the profile names none.

    Raises:
        CampaignError: no such file, no table, a language, audience or format that the campaign lacks, no whole number,
            the same job twice; every problem, with its line.
    """
    if not name:
        return Quantities({})
    path = project.inside(project.config.parent / name)
    limits.sized(path, name, "text_mb")
    try:
        data = path.read_bytes()
    except OSError as error:
        todo = f"save a table with the columns {', '.join(COLUMNS)}"
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=name, todo=todo) from error
    (_, heading), *rows = delimited.read(data, name, "language") or [(1, [])]
    heads = [cell.strip().casefold() for cell in heading]
    if missing := [column for column in COLUMNS if column not in heads]:
        raise CampaignError.single(
            f"lacks the column {missing[0]}", where=f"{name}:1", todo=f"name {', '.join(COLUMNS)}"
        )
    found, problems = dict[tuple[str, str, str, str], int](), list[Problem]()
    for line, cells in rows:
        row = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        key = (row.get(COUNTRY, ""), row.get("language", ""), row.get("audience", ""), row.get("format", ""))
        wrong = [*_unknown(key, campaign), *_number(row.get("quantity", ""))]
        if key in found:
            wrong.append("this job stands in an earlier line too")
        if wrong:
            problems += [Problem(f"{name}:{line}", what, "correct the line, or take it out") for what in wrong]
        else:
            found[key] = int(row["quantity"])
    if problems:
        raise CampaignError(problems)
    return Quantities(found)


def _unknown(key: tuple[str, str, str, str], campaign: Campaign) -> list[str]:
    known: tuple[tuple[str, Collection[str]], ...] = (
        ("country", ("", *campaign.countries)),
        ("language", campaign.languages),
        ("audience", campaign.audiences),
        ("format", campaign.layouts),
    )
    return [
        f"{name} {value!r} is not in campaign.toml"
        for (name, of), value in zip(known, key, strict=True)
        if value not in of
    ]


def _number(text: str) -> list[str]:
    whole = text.isascii() and text.isdigit() and 0 < int(text) <= 10_000_000
    return [] if whole else [f"{text!r} is no whole number from 1 to 10000000"]
