"""The worksheet: one row a sentence, room for a text, an answer and a comment. What comes back is read by workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue.exchange.answers import WORDS, Row
from campaign.catalogue.exchange.sheet import FIELDS
from campaign.catalogue.exchange.workbook import escaped

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: The first eight are agreed with every worksheet of the program; more may follow.
COLUMNS = ("key", "source_hash", "context", "source", "current text", "state", "your text", "comment")
MORE = ("answer", "note")
WIDTHS = (18, 12, 14, 50, 50, 10, 50, 30, 22, 40)
TEXT, COMMENT, ANSWER = 7, 8, 9

#: The number format that spreadsheet programs call Text.
TEXT_FORMAT = "@"

LEGEND = "legend"
HELP = (
    "Read the source and the current text. Leave both as they are.",
    "If the text is right, choose “Good to publish”.",
    "If it is not, write the right text under “your text” and choose “I changed it”.",
    "If you cannot correct it, choose “Not right, because…” and say why under “comment”.",
    "If you are not sure, choose “I don't know”.",
    "Words like %(phone)s are filled in later: keep each one exactly.",
    "Nothing counts as signed unless your name stands above. A signature covers exactly the current text here.",
)


def write(rows: Sequence[Row], locale: str, pack: str) -> bytes:
    """A worksheet of these rows. A plural sentence takes one row per form, its key with `#0`, `#1`, …"""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = locale
    _fill(sheet, rows, locale)
    _legend(book.create_sheet(LEGEND), pack)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Row], locale: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    rtl = languages.get(locale).rtl
    sheet.sheet_view.rightToLeft = rtl
    sheet.freeze_panes = "A2"
    sheet.append([*COLUMNS, *MORE])
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True, color="FFFFFF")
        sheet.cell(1, number).fill = PatternFill("solid", fgColor="0B5563")
    for at, line in enumerate(_lines(rows), start=2):
        for number, text in enumerate(line, start=1):
            cell = sheet.cell(at, number)
            cell.value = escaped(text)
            cell.data_type = "s"  # a text that begins with = is a text
            cell.number_format = TEXT_FORMAT  # what is typed stays as it is typed: 24/7 is no date
            own = number in (5, TEXT)
            cell.alignment = Alignment(
                wrap_text=True,
                vertical="top",
                readingOrder=2 if own and rtl else 1,
                horizontal="right" if own and rtl else "left",
            )
            cell.protection = Protection(locked=number not in (TEXT, COMMENT, ANSWER))
            if number in (TEXT, COMMENT, ANSWER):
                cell.fill = PatternFill("solid", fgColor="FFF8E1")
    choice = DataValidation(type="list", formula1=f"={LEGEND}!$D$1:$D${len(WORDS)}")
    choice.showErrorMessage = False
    sheet.add_data_validation(choice)
    choice.add(f"{get_column_letter(ANSWER)}2:{get_column_letter(ANSWER)}{max(2, sheet.max_row)}")
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _lines(rows: Sequence[Row]) -> Iterator[list[str]]:
    for row in rows:
        unit = row.unit
        categories = languages.get(unit.locale).categories
        for index, text in enumerate(unit.forms):
            key = f"{unit.key}#{index}" if unit.plural else unit.key
            source = unit.plural if unit.plural and categories[index] != "one" else unit.source
            note = "\n".join((*row.objections(), unit.notes)) + (f"\n({categories[index]})" if unit.plural else "")
            yield [key, unit.source_hash, unit.context, source, text, row.state.value, "", "", "", note]


def _legend(sheet: Worksheet, pack: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 60
    for at, (field, words) in enumerate(FIELDS.items(), start=1):
        sheet.cell(at, 1, words).font = Font(bold=True)
        cell = sheet.cell(at, 2, {"pack": pack, "role": "mediator"}.get(field, ""))
        cell.number_format = TEXT_FORMAT
        cell.protection = Protection(locked=field == "pack")
        if field != "pack":
            cell.fill = PatternFill("solid", fgColor="FFF8E1")
    for at, word in enumerate(WORDS.values(), start=1):  # what the answer column offers
        sheet.cell(at, 4, word)
    sheet.column_dimensions["D"].hidden = True
    for at, line in enumerate(HELP, start=len(FIELDS) + 2):
        sheet.cell(at, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=2)
        sheet.row_dimensions[at].height = 32
    sheet.protection.sheet = True
