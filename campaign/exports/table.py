"""CSV that a spreadsheet opens without harm: UTF-8 with a byte order mark, RFC 4180, no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

#: What makes a spreadsheet program compute a cell (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: str, /) -> str:
    """The cell with an apostrophe before it when it would be a formula; so one that has such an apostrophe already."""
    bare = cell.lstrip("'")
    return f"'{cell}" if bare.startswith(_FORMULA) else cell


def restored(cell: str, /) -> str:
    """The cell as it was before `neutral`."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def write(columns: Sequence[str], rows: Iterable[Sequence[str | int]], /, *, delimiter: str = ",") -> bytes:
    """A CSV file; `delimiter` is the one character between two cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "surrogatepass")


def read(data: bytes, /, *, delimiter: str = ",") -> tuple[Mapping[str, str], ...]:
    """The rows of such a file by column, every character as it was written."""
    text = io.StringIO(data.decode("utf-8-sig", "surrogatepass"), newline="")
    rows = csv.DictReader(text, delimiter=delimiter)
    return tuple({key: restored(value or "") for key, value in row.items() if key} for row in rows)
