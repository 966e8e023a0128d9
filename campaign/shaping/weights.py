"""weights.csv with a row or a column renamed or taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from campaign import delimited
from campaign.foreign import read_bytes
from campaign.project import Project, write_atomic


def row(project: Project, old: str, new: str | None) -> None:
    """Rename the row of an audience, or take it out; nothing where there is no such file or row."""
    _change(
        project,
        lambda rows: [
            [new or "", *cells[1:]] if _is(cells, old) else cells for cells in rows if new or not _is(cells, old)
        ],
    )


def column(project: Project, old: str, new: str | None) -> None:
    """Rename the column of a language, or take it out; nothing where there is no such file or column."""

    def changed(rows: list[list[str]]) -> list[list[str]]:
        header = [cell.strip() for cell in rows[0]] if rows else []
        if old not in header[1:]:
            return rows
        at = header.index(old, 1)
        if new:
            return [[*rows[0][:at], new, *rows[0][at + 1 :]], *rows[1:]]
        return [cells[:at] + cells[at + 1 :] for cells in rows]

    _change(project, changed)


def _is(cells: list[str], name: str) -> bool:
    return bool(cells) and cells[0].strip() == name


def _change(project: Project, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
    path = project.weights
    if not path.exists():
        return
    name = project.name(path)
    rows = [cells for _, cells in delimited.read(read_bytes(path, name), name, "audience")]
    if (wanted := change(rows)) != rows:
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\n").writerows(wanted)
        write_atomic(path, stream.getvalue().encode())
