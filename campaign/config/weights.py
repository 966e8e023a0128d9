"""weights.csv: how many people each message is for, by audience and language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from campaign import delimited
from campaign.config.tables import suggestion
from campaign.errors import CampaignError, Problem
from campaign.foreign import read_bytes
from campaign.model.campaign import Campaign

#: (audience, language) -> people; 0 means that nothing is planned for them.
Weights = Mapping[tuple[str, str], int]


def read(path: Path, name: str, campaign: Campaign) -> Weights:
    """The table: a header `audience,<tag>,<tag>…`, then a line per audience with whole numbers. An empty cell is 0.

    Any spreadsheet program may have saved it (`delimited`).

    Raises:
        CampaignError: unknown audiences or languages, repeats, cells that are no whole number; every problem at once.
    """
    rows = delimited.read(read_bytes(path, name), name, "audience")
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    while header and not header[-1]:  # a column that was emptied
        header.pop()
    problems = []
    if header[:1] != ["audience"]:
        problems.append(Problem(f"{name}:1", "must begin with: audience,<language tag>,<language tag>…"))
    for tag in header[1:]:
        if tag not in campaign.languages:
            what = f"{tag!r} is not a language of the campaign{suggestion(tag, campaign.languages)}"
            problems.append(Problem(f"{name}:1", what, "correct the tag or take the column out"))
        elif header.count(tag) > 1:
            problems.append(Problem(f"{name}:1", f"names {tag!r} twice", "keep one column"))
    weights: dict[tuple[str, str], int] = {}
    for number, row in rows[1:]:
        audience, where = row[0].strip(), f"{name}:{number}"
        if audience not in campaign.audiences:
            near = suggestion(audience, campaign.audiences)
            problems.append(Problem(where, f"{audience!r} is not an audience of the campaign{near}"))
            continue
        for tag, cell in zip(header[1:], [*row[1:], *[""] * len(header)], strict=False):
            people = cell.strip() or "0"
            if not (people.isascii() and people.isdigit()):
                problems.append(Problem(where, f"{people!r} ({tag}) is not a whole number", "write people as 1200"))
            elif (audience, tag) in weights:
                problems.append(Problem(where, f"names {audience!r} twice", "keep one line"))
                break
            else:
                weights[audience, tag] = int(people)
    if problems:
        raise CampaignError(dict.fromkeys(problems))
    return weights


def unlisted(weights: Weights, campaign: Campaign) -> tuple[str, ...]:
    """The audiences that the table has no line for: nothing is planned for them, which may be an oversight."""
    listed = {audience for audience, _ in weights}
    return tuple(audience for audience in campaign.audiences if audience not in listed)
