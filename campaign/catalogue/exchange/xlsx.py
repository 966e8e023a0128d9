"""The worksheet: one row a sentence, room for a text, an answer and a comment. Only importer of openpyxl.

A worksheet that comes in is looked at before it is opened: size, number and growth of its parts, and no document types
(external entities) in its XML. Formulas are never a text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from campaign import languages, limits
from campaign.catalogue.exchange.answers import ANSWERS, LONGEST, WORDS, Answer, Returned, Row
from campaign.errors import CampaignError
from campaign.model.digest import digest
from campaign.model.verdict import Verdict

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: The first eight are agreed with every worksheet of the program; more may follow.
COLUMNS = ("key", "source_hash", "context", "source", "current text", "state", "your text", "comment")
MORE = ("answer", "note")
WIDTHS = (18, 12, 14, 50, 50, 10, 50, 30, 22, 40)
TEXT, COMMENT, ANSWER = 7, 8, 9

LEGEND = "legend"
FIELDS = {"name": "Your name or pseudonym", "role": "Your role", "pack": "Pack (do not change)"}
HELP = (
    "Read the source and the current text. Leave both as they are.",
    "If the text is right, choose “Good to publish”.",
    "If it is not, write the right text under “your text” and choose “I changed it”.",
    "If you cannot correct it, choose “Not right, because…” and say why under “comment”.",
    "If you are not sure, choose “I don't know”.",
    "Words like %(phone)s are filled in later: keep each one exactly.",
    "Nothing counts as signed unless your name stands above. A signature covers exactly the current text here.",
)

#: Of a file that comes in: parts, growth when it is unpacked, columns. Its bytes and rows are held to [limits].
MOST_PARTS, MOST_GROWTH, MOST_COLUMNS = 200, 120, 60

_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"""
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
    for line in _lines(rows):
        at = sheet.max_row + 1
        for number, text in enumerate(line, start=1):
            cell = sheet.cell(at, number)
            cell.value = text
            cell.data_type = "s"  # a text that begins with = is a text
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
            note = unit.notes + (f"\n({categories[index]})" if unit.plural else "")
            yield [key, unit.source_hash, unit.context, source, text, row.state.value, "", "", "", note]


def _legend(sheet: Worksheet, pack: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 60
    for at, (field, words) in enumerate(FIELDS.items(), start=1):
        sheet.cell(at, 1, words).font = Font(bold=True)
        cell = sheet.cell(at, 2, {"pack": pack, "role": "mediator"}.get(field, ""))
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


def read(data: bytes, name: str) -> Returned:
    """The answers of a worksheet.

    Raises:
        CampaignError: no worksheet of ours, a zip bomb, a part with a document type, other headings, too many rows.
    """
    look_inside(data, name)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
        sheet, legend = book.worksheets[0], _fields(book)
    except Exception as error:
        raise _no(name, f"cannot be read as a worksheet ({type(error).__name__})") from error
    if sheet.title not in languages.registry():
        raise _no(name, f"the first sheet is called {sheet.title[:40]!r}, which is no language")
    heading = tuple(str(cell.value or "") for cell in sheet[1][: len(COLUMNS)])
    if heading != COLUMNS:
        raise _no(name, "the first row does not hold the headings " + ", ".join(COLUMNS))
    if sheet.max_row > limits.limit("import_rows"):
        raise limits.too_much(name, f"has {sheet.max_row} rows", "import_rows")
    if sheet.max_column > MOST_COLUMNS:
        raise _no(name, f"it has {sheet.max_column} columns")
    answers, refused = _answers(sheet)
    return Returned(sheet.title, legend["pack"], legend["name"], legend["role"], answers, refused)


def _no(name: str, what: str) -> CampaignError:
    return CampaignError.single(what, where=name, todo="export a new worksheet and copy the texts into it")


def look_inside(data: bytes, name: str) -> None:
    """Refuse what would do harm when it is opened, without opening it.

    Raises:
        CampaignError: no worksheet, a zip bomb, too many merged cells, a part with a document type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            found = parts.infolist()
            whole = sum(part.file_size for part in found)
            if len(found) > MOST_PARTS or whole > MOST_GROWTH * max(len(data), 4096):
                raise _no(name, "it unpacks to far more than a worksheet needs")
            if whole > limits.limit("import_unpacked_mb") * 1_000_000:
                raise limits.too_much(name, f"unpacks to {whole / 1_000_000:.0f} MB", "import_unpacked_mb")
            merged = 0
            for part in found:
                with parts.open(part) as stream:
                    text = stream.read(part.file_size + 1)
                if len(text) > part.file_size:
                    raise _no(name, "it unpacks to more than it says")
                text = text.replace(b"\0", b"")  # in UTF-16 every second byte is zero
                merged += sum(_cells(*found) for found in _MERGED.findall(text))
                if merged > limits.limit("import_merged_cells"):
                    raise limits.too_much(name, f"merges {merged} cells or more", "import_merged_cells")
                if b"<!doctype" in text.lower() or b"<!entity" in text.lower():
                    raise _no(name, f"{part.filename[:60]!r} declares a document type, which no worksheet needs")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise _no(name, "is no worksheet, or a damaged one") from error
    except Exception as error:
        if isinstance(error, CampaignError):
            raise
        raise _no(name, "is damaged") from error  # zlib.error and the like


def _cells(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    """How many cells a range has: a library makes each of them."""
    columns = abs(_column(right) - _column(left)) + 1
    return columns * (abs(int(bottom) - int(top)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _fields(book: Workbook) -> dict[str, str]:
    """Name, role and pack of the legend; empty ones in a worksheet without it."""
    found = dict.fromkeys(FIELDS, "")
    if LEGEND in book.sheetnames:
        words = {text: field for field, text in FIELDS.items()}
        for label, value in book[LEGEND].iter_rows(min_row=1, max_row=len(FIELDS), max_col=2):
            if str(label.value) in words and value.data_type != "f":
                found[words[str(label.value)]] = " ".join(str(value.value or "").split())
    return found


def _answers(sheet: Worksheet) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    named = {word: code for code, word in WORDS.items()}
    grouped: dict[str, list[dict[str, str]]] = {}
    refused: list[str] = []
    columns = [str(cell.value or "") for cell in sheet[1]]
    for cells in sheet.iter_rows(min_row=2):
        row = dict(zip(columns, cells, strict=False))
        values = {column: _text(cell.value) for column, cell in row.items()}
        place = f"row {cells[0].row}"
        if not values["key"]:
            continue
        if any(row[column].data_type == "f" for column in (*COLUMNS, *(c for c in MORE if c in row))):
            refused.append(f"{place}: a cell holds a formula")
        elif any(len(value) > LONGEST for value in values.values()):
            refused.append(f"{place}: a cell holds more than {LONGEST} characters")
        else:
            grouped.setdefault(values["key"].partition("#")[0], []).append({**values, "place": place})
    answers = []
    for key, forms in grouped.items():
        place, whole = forms[0]["place"], [f"{key}#{number}" for number in range(len(forms))]
        if [form["key"] for form in forms] not in ([key], whole):
            refused.append(f"{place}: the plural forms of {key} are not complete or not in order")
            continue
        shown = tuple(form["current text"] for form in forms)
        given = tuple(form["your text"] or form["current text"] for form in forms)
        given_words = [form["answer"] for form in forms if form.get("answer", "") in named]
        verdict = ANSWERS[named[given_words[0]]] if given_words else Verdict.CHANGE
        comment = "\n".join(form["comment"] for form in forms if form["comment"])
        if any(form["your text"] for form in forms) or given_words or comment:
            text = given if any(form["your text"] for form in forms) else None
            answers.append(Answer(key, forms[0]["source_hash"], digest(*shown), text, verdict, comment, place=place))
    return tuple(answers), tuple(refused)


def _text(value: object) -> str:
    """A cell as text; Excel writes line breaks as LF, and some programs as _x000D_ and LF."""
    return "" if value is None else str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
