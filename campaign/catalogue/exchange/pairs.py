"""The table in which somebody accepts pairs of sentences of old leaflets: out, and back from any program."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaign import languages
from campaign.catalogue.exchange.answers import LONGEST
from campaign.catalogue.exchange.sheet import ILLEGAL, TITLES, Cell, Table, letters, no
from campaign.catalogue.exchange.workbook import escaped
from campaign.catalogue.exchange.xlsx import TEXT_FORMAT

ACCEPT, SOURCE, TEXT, FIT = COLUMNS = ("accept", "source", "text", "fit")
WIDTHS = (10, 60, 60, 34)
LANGUAGE, FILES = "Language (do not change)", "Old leaflets"
HELP = (
    "Write “yes” beside each pair whose text says the same as its source. You may correct both first.",
    "Nothing is signed by that: accepted texts are offered as drafts for the same sentences, with their origin.",
)

#: How people say yes and no, as `letters`, in the languages that the program speaks.
YES = frozenset(
    (
        "yes",
        "y",
        "x",
        "ok",
        "true",
        "ja",
        "j",
        "oui",
        "sì",
        "si",
        "ναι",
        "نعم",
        "wahr",
        "vrai",
        "vero",
        "αληθές",
        "waar",
        "1",
    )
)
NO = frozenset(
    ("no", "n", "nein", "nee", "non", "όχι", "لا", "false", "falsch", "faux", "falso", "ψευδές", "onwaar", "0")
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A pair of sentences; one side is empty where a sentence has no counterpart. `fit` says what to look at."""

    source: str
    text: str
    fit: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A table that came back: its language, from which leaflets, the accepted pairs, how many were left, and what of it
    cannot be taken, by row.
    """

    locale: str
    files: str
    accepted: tuple[Offer, ...]
    left: int
    refused: tuple[str, ...]


def write(offers: Sequence[Offer], locale: str, files: str) -> bytes:
    """The table of these pairs."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet, about = book.active, book.create_sheet("about")
    sheet.title = locale
    sheet.append([*COLUMNS])
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True, color="FFFFFF")
        sheet.cell(1, number).fill = PatternFill("solid", fgColor="0B5563")
    sides = (False, False, languages.get(locale).rtl, False)
    looks = [
        Alignment(wrap_text=True, vertical="top", readingOrder=1 + rtl, horizontal="right" if rtl else "left")
        for rtl in sides
    ]
    for row, offer in enumerate(offers, start=2):
        for column, text in enumerate(("", offer.source, offer.text, offer.fit), start=1):
            cell = sheet.cell(row, column)
            cell.value = escaped(ILLEGAL.sub("\ufffd", text))
            cell.data_type, cell.number_format, cell.alignment = "s", TEXT_FORMAT, looks[column - 1]
    sheet.freeze_panes = "A2"
    for row, line in enumerate(((LANGUAGE, locale), (FILES, files), *((line, "") for line in HELP)), start=1):
        for column, text in enumerate(line, start=1):
            cell = about.cell(row, column)
            cell.value, cell.data_type, cell.number_format = text, "s", TEXT_FORMAT
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 60, 60
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(tables: Sequence[Table], name: str) -> Chosen:
    """What somebody accepted.

    Raises:
        CampaignError: no table of pairs, or it does not say its language.
    """
    said = {
        letters(label.text): value.text.strip()
        for each in tables
        for row in each.rows.values()
        for label, value in pairwise(row)
    }
    locale, files = said.get(letters(LANGUAGE), ""), said.get(letters(FILES), "")
    found = [(table, at) for table in tables if (at := _headings(table))]
    if len(found) != 1 or locale not in languages.registry():
        what = "does not say its language" if len(found) == 1 else "no sheet has the headings " + ", ".join(COLUMNS[:3])
        raise no(name, what)
    (table, at), accepted, refused, left = found[0], list[Offer](), list[str](), 0
    columns = [" ".join(cell.text.split()).casefold() for cell in table.rows[at]]
    for number, cells in sorted(table.rows.items()):
        row = {column: cell for column, cell in zip(columns, cells, strict=False) if column in COLUMNS}
        if number <= at or not any(cell.text for cell in row.values()):
            continue
        answer = letters(row.get(ACCEPT, Cell()).text)
        if answer not in YES:
            left += 1
            refused += (
                []
                if not answer or answer in NO
                else [f"row {number}, “{ACCEPT}”: {row[ACCEPT].text[:40]!r}: write yes or no"]
            )
        elif fault := _fault(row):
            refused.append(f"row {number}: {fault}")
        else:
            accepted.append(Offer(row[SOURCE].text.strip(), row[TEXT].text.strip(), "", f"row {number}"))
    return Chosen(locale, files, tuple(accepted), left, tuple(refused))


def _headings(table: Table) -> int:
    for number, cells in sorted(table.rows.items()):
        names = {" ".join(cell.text.split()).casefold() for cell in cells}
        if number <= TITLES and {ACCEPT, SOURCE, TEXT} <= names:
            return number
    return 0


def _fault(row: Mapping[str, Cell]) -> str:
    """Why a pair that somebody accepted cannot be kept."""
    for column in (SOURCE, TEXT):
        cell = row.get(column, Cell())
        if cell.kind:
            return f"“{column}” came back as {cell.kind} ({cell.text[:40]}): make the cell Text and type it again"
        if not cell.text.strip():
            return f"has nothing under “{column}”"
        if len(cell.text) > LONGEST:
            return f"holds more than {LONGEST} characters under “{column}”"
    return ""
