"""The tables of a workbook (.xlsx) as Excel, LibreOffice, Google Sheets and libraries save it.

A cell says itself whether it is a text, a formula, a truth value; whether a number is a date stands in its style.
Standard: ECMA-376, part 1, 18.2 to 18.4 (SpreadsheetML), 18.8.30 (formats of numbers), 22.9.2.19 (_xHHHH_).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, TYPE_CHECKING

from campaign import limits
from campaign.catalogue.exchange import package
from campaign.catalogue.exchange.sheet import EMPTY, FORMULA, Cell, Table, no

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Columns of a file that comes in. Its bytes and rows are held to [limits].
MOST_COLUMNS = 60

DATE, TIME, NUMBER, TRUTH = "a date", "a time", "a number", "a truth value"

#: What the numbers of formats mean that a file need not list: dates (27 to 58 in East Asia, 71 to 81 in Thailand).
_BUILT_IN = {
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58, *range(71, 75), 77, 81), DATE),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 46, 47, 55, 56, 75, 76, 78, 79, 80), TIME),
}

#: What a format shows as it stands (quoted, escaped, as wide as a letter, repeated); colours, languages, conditions.
_SHOWN = re.compile(r'"[^"]*"|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)

#: How a text holds what XML cannot: a line break of Windows is _x000D_ and LF, a _ before such a thing is _x005F_.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # they may overlap


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share: texts, what the numbers of each style are, the day that is number 0."""

    texts: Sequence[str]
    kinds: Sequence[str]
    first: datetime


def tables(data: bytes, name: str) -> list[Table]:
    """The sheets of a file whose parts were looked at before (`unpacked.look_inside`).

    Raises:
        CampaignError: no spreadsheet, or too many rows.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [*_tables(archive, name)]
    except (KeyError, ValueError, IndexError, etree.LxmlError, zipfile.BadZipFile, OSError, EOFError) as error:
        raise no(name, f"cannot be read as a worksheet ({type(error).__name__})") from error
    if not found:
        raise no(name, "has no sheet")
    return found


def _tables(archive: zipfile.ZipFile, name: str) -> Iterator[Table]:
    main = package.main(archive)
    root, refers = package.parsed(archive, main) if main else None, list(package.refers(archive, main))
    if root is None:
        return

    def part(end: str) -> Element | None:
        return next((package.parsed(archive, target) for kind, target, _ in refers if kind.endswith(end)), None)

    says = next(root.iter("{*}workbookPr"), None)
    late = says is not None and says.get("date1904") in ("1", "true")
    book = _Book(_texts(part("/sharedStrings")), _kinds(part("/styles")), _FIRST[late])
    sheets = {id_: target for kind, target, id_ in refers if kind.endswith("/worksheet")}
    for sheet in root.iter("{*}sheet"):
        if (target := sheets.get(str(sheet.get(package.REFERS)))) is not None:
            with archive.open(target) as stream:
                yield Table(str(sheet.get("name", "")), _rows(stream, book, name))


#: The day that is number 0: in 1900's calendar, which knows a 29 February 1900, from 1 March on; in 1904's.
_FIRST = datetime(1899, 12, 30), datetime(1904, 1, 1)


def _texts(root: Element | None) -> list[str]:
    return [] if root is None else [_text(each) for each in root.iter("{*}si")]


def _text(element: Element) -> str:
    """The text of a cell, its runs put together, without what says how to pronounce it."""
    found = ""
    for part in element:
        tag = str(part.tag).rpartition("}")[2]
        if tag == "t":
            found += part.text or ""
        elif tag == "r":
            found += "".join(each.text or "" for each in part.iter("{*}t"))
    return plain(found)


def plain(text: str) -> str:
    """A text as people see it in the cell; its lines end with LF."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def escaped(text: str) -> str:
    """A text as a cell holds it, so that nothing of it is taken for an escape."""
    return _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text


def _kinds(root: Element | None) -> list[str]:
    """What a number is, by the number of its cell's style."""
    formats = dict(_BUILT_IN)
    for each in () if root is None else root.iter("{*}numFmt"):
        code = str(each.get("numFmtId", ""))
        if code.isdecimal():
            formats[int(code)] = _kind(str(each.get("formatCode", "")))
    styles = () if root is None else root.iterfind("{*}cellXfs/{*}xf")
    codes = (str(style.get("numFmtId", "0")) for style in styles)
    return [formats.get(int(code), NUMBER) if code.isdecimal() else NUMBER for code in codes]


def _kind(written: str) -> str:
    """What a format makes of a number: General, 0.00 a number, dd/mm/yyyy a date, [h]:mm a time."""
    letters = set(_SHOWN.sub("", written.partition(";")[0]).casefold())
    if letters & {"d", "y"} or ("m" in letters and not letters & {"h", "s"} and "[" not in letters):
        return DATE
    return TIME if letters & {"h", "s"} or "[" in letters else NUMBER


def _rows(stream: IO[bytes], book: _Book, name: str) -> Mapping[int, Sequence[Cell]]:
    """The rows that hold something; what a file says of its size is not believed, and no row stays in memory."""
    from lxml import etree

    most, rows, number = limits.limit("import_rows"), dict[int, Sequence[Cell]](), 0
    for _, row in etree.iterparse(stream, tag="{*}row", **package.SAFE):
        said = str(row.get("r", ""))
        number = max(number + 1, int(said) if said.isdecimal() and len(said) < 9 else 0)
        cells = _cells(row, book, name)
        if cells:
            rows[number] = cells
            if len(rows) > most:
                raise limits.too_much(name, f"has more than {most:g} rows", "import_rows")
        row.clear(keep_tail=False)
        while row.getprevious() is not None:
            del row.getparent()[0]
    return rows


def _cells(row: Element, book: _Book, name: str) -> list[Cell]:
    """The cells of a row without the empty ones at its end; a cell need not say in which column it is."""
    cells, column = list[Cell](), -1
    for element in row:
        place = _column(str(element.get("r", "")))
        column = place if place >= 0 else column + 1
        cell = _cell(element, book)
        if cell.text:
            if column >= MOST_COLUMNS:
                raise no(name, f"it has {column + 1} columns")
            cells += [EMPTY] * (column + 1 - len(cells))
            cells[column] = cell
    return cells


def _column(place: str) -> int:
    """The number of a column from 0, -1 where none is named: "A7" is in 0, "AB7" in 27."""
    number = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell(element: Element, book: _Book) -> Cell:
    form, value = element.get("t"), ""
    for part in element:
        tag = str(part.tag)
        if tag.endswith("}v"):
            value = part.text or ""
        elif tag.endswith("}is"):
            return Cell(_text(part))
        elif tag.endswith("}f"):
            return Cell(f"={part.text or ''}", FORMULA)
    if not value:
        return EMPTY
    if form == "s":
        if not value.isdecimal():
            raise ValueError(value)
        return Cell(book.texts[int(value)])
    if form == "str":
        return Cell(plain(value))
    if form == "b":
        return Cell("TRUE" if value in ("1", "true") else "FALSE", TRUTH)
    if form in ("e", "d"):
        return Cell(value, "an error" if form == "e" else DATE)
    style = str(element.get("s", "0"))
    kind = book.kinds[int(style)] if style.isdecimal() and int(style) < len(book.kinds) else NUMBER
    return Cell(value if kind == NUMBER else _day(value, kind, book.first), kind)


def _day(value: str, kind: str, first: datetime) -> str:
    """A number as the date or the time that it stands for; as it is where it stands for none."""
    try:
        seconds = round(float(value) * 86_400)
        if kind == TIME:
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return (first + timedelta(seconds=seconds)).isoformat().removesuffix("T00:00:00")
    except (ValueError, OverflowError):
        return value
