"""The worksheet: one row a sentence, room for a text, an answer and a comment. What comes back is read by workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue.exchange.answers import WORDS, Row
from campaign.catalogue.exchange.sheet import FIELDS
from campaign.catalogue.exchange.workbook import escaped
from campaign.spoken import PACK, TURNED, texts

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
#: What the second sheet explains; columns keep the names that every program knows, answers are as the list offers them.
HELP = (
    "Read “source” and “current text”, and leave both as they are.",
    "If the text is right, choose “%(good)s” under “answer”.",
    "If it is not, write the right text under “your text” and choose “%(changed)s”.",
    "If you cannot correct it, choose “%(reject)s” and say why under “comment”.",
    "If you are not sure, choose “%(unsure)s”.",
    "Words like %(phone)s are filled in later: keep each one exactly.",
    "Nothing counts as signed unless your name stands above. A signature covers exactly the current text here.",
)
DRAFT = "The words of this page are a draft that nobody has reviewed yet."


def write(rows: Sequence[Row], locale: str, pack: str, interface: str = "en") -> bytes:
    """A worksheet of these rows. A plural sentence takes one row per form, its key with `#0`, `#1`, …

    `interface` is the language in which its answers and its second sheet speak, one of `campaign.spoken.SPOKEN`.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = locale
    _fill(sheet, rows, locale, interface)
    _legend(book.create_sheet(LEGEND), pack, interface)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Row], locale: str, interface: str) -> None:
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
    for at, line in enumerate(_lines(rows, interface), start=2):
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


def _lines(rows: Sequence[Row], interface: str) -> Iterator[list[str]]:
    spoken = texts(interface, PACK).gettext
    for row in rows:
        unit = row.unit
        categories = languages.get(unit.locale).categories
        for index, text in enumerate(unit.forms):
            key = f"{unit.key}#{index}" if unit.plural else unit.key
            source = unit.plural if unit.plural and categories[index] != "one" else unit.source
            note = "\n".join((*row.objections(spoken), unit.notes)) + (
                f"\n({categories[index]})" if unit.plural else ""
            )
            yield [key, unit.source_hash, unit.context, source, text, row.state.value, "", "", "", note]


def _legend(sheet: Worksheet, pack: str, interface: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    spoken, turned = texts(interface, PACK).gettext, interface in TURNED
    sheet.sheet_view.rightToLeft = turned
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 60
    for at, (field, words) in enumerate(FIELDS.items(), start=1):
        sheet.cell(at, 1, spoken(words)).font = Font(bold=True)
        cell = sheet.cell(at, 2, {"pack": pack, "role": spoken("mediator")}.get(field, ""))
        cell.number_format = TEXT_FORMAT
        cell.protection = Protection(locked=field == "pack")
        if field != "pack":
            cell.fill = PatternFill("solid", fgColor="FFF8E1")
    answers = {name: spoken(word) for name, word in WORDS.items()}
    for at, word in enumerate(answers.values(), start=1):  # what the answer column offers
        sheet.cell(at, 4, word)
    sheet.column_dimensions["D"].hidden = True
    # In a line from the right its percent sign would stand at the other end, without an isolate (UAX #9).
    piece = "\u2066%(phone)s\u2069" if turned else "%(phone)s"
    lines = [spoken(line).replace("%(phone)s", piece) for line in HELP]
    for name, word in answers.items():
        lines = [line.replace(f"%({name})s", word) for line in lines]
    for at, line in enumerate([*lines, spoken(DRAFT)] if interface != "en" else lines, start=len(FIELDS) + 2):
        sheet.cell(at, 1, line).alignment = Alignment(wrap_text=True, vertical="top", readingOrder=2 if turned else 1)
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=2)
        sheet.row_dimensions[at].height = 32
    sheet.protection.sheet = True
