"""Tables as text, as spreadsheet programs of every country save them: comma, semicolon or tab, UTF-8 or UTF-16."""

from __future__ import annotations

import csv
import io
import re

from campaign import foreign
from campaign.errors import CampaignError

DELIMITERS = (",", ";", "\t")

#: Excel reads and writes a first line that names the delimiter.
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)

#: A row: the line at which it ends, and its cells.
Row = tuple[int, list[str]]


def read(data: bytes, name: str, heading: str) -> list[Row]:
    """The rows that hold something. `heading` is a cell of the first one: the delimiter is the one that finds it.

    Raises:
        CampaignError: another character set than UTF-8 and UTF-16, or no table; file and line.
    """
    if problems := foreign.unmerged(data, name):
        raise CampaignError(problems)
    charset, data = foreign.marked(data)
    text = foreign.decode(data, charset or "utf-8", name)
    said = _SAID.match(text)
    candidates = (said[1],) if said else DELIMITERS
    body = text[said.end() :] if said else text
    tables, problem = [], ""
    for delimiter in candidates:
        try:
            tables.append(_rows(body, delimiter))
        except csv.Error as error:
            problem = problem or f"is no CSV: {error}"
    if not tables:
        raise CampaignError.single(problem, where=name, todo="save it as CSV (UTF-8)")
    rows = next((rows for rows in tables if rows and heading in map(_plain, rows[0][1])), tables[0])
    return [(line + bool(said), cells) for line, cells in rows]


def _rows(text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]


def _plain(cell: str) -> str:
    return cell.strip().casefold()
