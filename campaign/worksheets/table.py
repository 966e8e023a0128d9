"""A worksheet as XLSX: the table that people fill in, which the review import reads again.

Every cell is a text, also one that begins like a formula; what must come back unchanged is locked.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue.exchange.sheet import ILLEGAL
from campaign.catalogue.exchange.workbook import escaped
from campaign.worksheets.rows import Row

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

#: Row 1 of the first sheet; the import knows the columns by these names.
COLUMNS = ("key", "source_hash", "context", "source", "current text", "state", "your text", "comment")
WIDTHS = (15, 10, 34, 50, 50, 10, 60, 30)
OPEN = ("your text", "comment")

HELP = ("key", "sentence", "place", "agreed terms", "other languages")
HELP_WIDTHS = (15, 50, 26, 60, 70)


def workbook(
    locale: str, rows: Sequence[Row], pictures: Mapping[str, bytes], places: Mapping[str, str], edition: datetime
) -> bytes:
    """The file. `pictures` are PNGs by section with the numbers of its rows; `places` says where each key is seen."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator, book.properties.created = "campaign", edition
    sheet = book.active
    sheet.title = locale
    _fill(sheet, COLUMNS, WIDTHS, (_cells(row) for row in rows), languages.get(locale).rtl)
    _protect(sheet)
    hints = book.create_sheet("help")
    _fill(
        hints,
        HELP,
        HELP_WIDTHS,
        ([row.key, row.source, places.get(row.key, ""), "\n".join(row.terms), _others(row)] for row in rows),
        False,
    )
    _draw(book.create_sheet("places"), pictures)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cells(row: Row) -> list[str]:
    return [row.key, row.source_hash, row.context, row.source, row.current, row.state.value, "", ""]


def _others(row: Row) -> str:
    return "\n".join(f"{languages.get(h.locale).english} {h.label}".strip() + f": {h.text}" for h in row.helps)


def _fill(
    sheet: Worksheet, header: Sequence[str], widths: Sequence[int], lines: Iterable[Sequence[str]], rtl: bool
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    wrapped = Alignment(wrap_text=True, vertical="top")
    mirrored = Alignment(wrap_text=True, vertical="top", horizontal="right", readingOrder=2)
    for column, (name, width) in enumerate(zip(header, widths, strict=True), start=1):
        cell = _text(sheet.cell(1, column), name)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="0B5563")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, line in enumerate(lines, start=2):
        for column, text in enumerate(line, start=1):
            cell = _text(sheet.cell(number, column), text)
            cell.alignment = mirrored if rtl and header[column - 1] in ("current text", "your text") else wrapped
    sheet.freeze_panes = "A2"


def _text(cell: Cell, text: str) -> Cell:
    """Put a text into a cell as a text, so that nothing in it is ever calculated, also after somebody edits it."""
    cell.value = escaped(ILLEGAL.sub("\ufffd", text))
    if text:
        cell.data_type = "s"
    cell.quotePrefix = text[:1] in tuple("=+-@\t\r")
    cell.number_format = "@"
    return cell


def _protect(sheet: Worksheet) -> None:
    """Lock all but the columns to write in; widths and heights stay free. There is no password: it is a guard rail."""
    from openpyxl.styles import PatternFill, Protection

    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if COLUMNS[cell.column - 1] in OPEN:
                cell.protection, cell.fill = Protection(locked=False), PatternFill("solid", fgColor="FFF8E7")
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _draw(sheet: Worksheet, pictures: Mapping[str, bytes]) -> None:
    from openpyxl.drawing.image import Image

    sheet.column_dimensions["A"].width = 30
    row = 1
    for section, data in pictures.items():
        _text(sheet.cell(row, 1), section)
        image = Image(io.BytesIO(data))
        sheet.add_image(image, f"B{row}")
        # A row is 15 pt, 20 px at 96 dpi.
        row += int(image.height) // 20 + 3
