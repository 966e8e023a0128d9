"""The tables of an OpenDocument spreadsheet (.ods), as LibreOffice saves a worksheet.

Specification: OASIS OpenDocument 1.3, part 3, "Table" and "Data types of cells".
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from campaign import limits
from campaign.catalogue.exchange.sheet import FORMULA, Cell, Table, no

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The only part that is read, and what the part `mimetype` says of such a file.
CONTENT, MIMETYPE = "content.xml", b"application/vnd.oasis.opendocument.spreadsheet"

#: Columns that are looked at; a program repeats empty cells up to its last column.
MOST_COLUMNS = 100

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_KINDS = {
    "float": "a number",
    "percentage": "a number",
    "currency": "a number",
    "date": "a date",
    "time": "a time",
    "boolean": "a truth value",
}


@cache
def _q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def is_ods(data: bytes) -> bool:
    """Whether a ZIP says that it is such a spreadsheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return parts.read("mimetype").strip().startswith(MIMETYPE)
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return False


def tables(data: bytes, name: str) -> list[Table]:
    """The sheets of a file whose parts were looked at before (`unpacked.look_inside`).

    Raises:
        CampaignError: no such spreadsheet, or too many rows.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            root = etree.fromstring(parts.read(CONTENT), parser)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise no(name, "cannot be read as a worksheet") from error
    return [_table(sheet, name) for sheet in root.iter(_q("table:table"))]


def _table(sheet: Element, name: str) -> Table:
    rows: dict[int, list[Cell]] = {}
    number = 0
    for row in sheet.iter(_q("table:table-row")):
        cells, times = _cells(row), _times(row, "table:number-rows-repeated")
        if cells:
            if len(rows) + times > limits.limit("import_rows"):
                raise limits.too_much(name, f"has {len(rows) + times} rows", "import_rows")
            rows |= {number + each: cells for each in range(1, times + 1)}
        number += times
    return Table(str(sheet.get(_q("table:name"), "")), rows)


def _times(element: Element, name: str) -> int:
    """How often a row or a cell stands there."""
    written = str(element.get(_q(name), "1"))
    return int(written) if written.isdigit() and len(written) < 9 else 1


def _cells(row: Element) -> list[Cell]:
    """The cells of a row without the empty ones at its end."""
    cells: list[Cell] = []
    for element in row:
        if element.tag in (_q("table:table-cell"), _q("table:covered-table-cell")):
            times = min(_times(element, "table:number-columns-repeated"), MOST_COLUMNS - len(cells))
            cells += [_cell(element)] * times
    while cells and not cells[-1].text:
        cells.pop()
    return cells


def _cell(element: Element) -> Cell:
    kind = str(element.get(_q("office:value-type"), ""))
    shown = "\n".join("".join(_words(part)) for part in element.iterchildren(_q("text:p")))
    if element.get(_q("table:formula")) is not None:
        return Cell(shown or "=", FORMULA)
    if kind in _KINDS:
        return Cell(shown or str(element.get(_q("office:value"), kind)), _KINDS[kind])
    return Cell(str(element.get(_q("office:string-value"), "")) or shown)


def _words(paragraph: Element) -> Iterator[str]:
    """The words of a paragraph; spaces and breaks are elements of their own."""
    yield paragraph.text or ""
    for part in paragraph:
        if part.tag == _q("text:s"):
            yield " " * min(_times(part, "text:c"), 1000)
        elif part.tag == _q("text:tab"):
            yield "\t"
        elif part.tag == _q("text:line-break"):
            yield "\n"
        elif part.tag in (_q("text:span"), _q("text:a")):
            yield from _words(part)
        yield part.tail or ""
