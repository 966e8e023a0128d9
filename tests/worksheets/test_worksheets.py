"""Worksheets: everything a person needs to translate on paper or in a table, and a table that comes back safely."""

from __future__ import annotations

import io
import re
from datetime import datetime

import openpyxl
import pypdfium2
import pytest

from campaign.catalogue import store
from campaign.catalogue.glossary import Glossary
from campaign.catalogue.memory import Memory
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.worksheets import table
from campaign.worksheets.rows import Row, rows
from campaign.workspace import loader


@pytest.fixture(scope="module")
def _made(tmp_path_factory):
    return {}


@pytest.fixture
def made(workspace, cli, rewrite, _made):
    """The worksheets of Tigrinya for the small workspace: (project, PDF bytes, workbook). Made once."""
    if not _made:
        rewrite(workspace.config, '"de", "ar"]', '"de", "ar", "ti"]')
        (workspace.root / "glossary").mkdir()
        (workspace.root / "glossary" / "ti.csv").write_text(
            "term,translation,note\ndoctor,ሓኪም,not a nurse\n", encoding="utf-8"
        )
        ended = cli.run("draft", "ti", "--worksheet", at=workspace)
        assert ended.code == 0, ended.err
        folder = workspace.worksheets("ti")
        data = (folder / "worksheet-ti.xlsx").read_bytes()
        _made["all"] = (workspace, (folder / "worksheet-ti.pdf").read_bytes(), openpyxl.load_workbook(io.BytesIO(data)))
    return _made["all"]


@pytest.mark.slow
def test_the_table_has_the_agreed_columns_and_a_row_for_every_form(made):
    """The first sheet is what the review import reads: named like the language, keys and hashes of every unit."""
    project, _, book = made
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert sheet.title == "ti"
    assert rows[0] == ("key", "source_hash", "context", "source", "current text", "state", "your text", "comment")
    wanted = {}
    for unit in loader.source_units(project):
        for key in (f"{unit.key}#0", f"{unit.key}#1") if unit.plural else (unit.key,):
            wanted[key] = unit.source_hash
    assert {row[0]: row[1] for row in rows[1:]} == wanted
    assert {row[5] for row in rows[1:]} == {"missing"}
    assert any(row[3] == "They speak %(count)s languages:" for row in rows if str(row[0]).endswith("#1"))


@pytest.mark.slow
def test_only_the_answer_and_the_comment_can_be_written(made):
    """Sheet protection locks the rest."""
    sheet = made[2].worksheets[0]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[2]] == [True] * 6 + [False] * 2


@pytest.mark.slow
def test_the_table_helps_with_terms_other_languages_and_pictures(made):
    """A second sheet with the place, the agreed term and the Arabic text; a third with numbered pages."""
    _, _, book = made
    assert book.sheetnames == ["ti", "help", "places"]
    rows = {row[1]: row for row in book["help"].iter_rows(min_row=2, values_only=True)}
    doctor = rows["You can see a doctor, whatever your papers."]
    assert doctor[3].startswith("doctor: ሓኪም; not a nurse") and doctor[4].startswith("Arabic: ")
    assert re.fullmatch(r"leaflet, page 2, number \d+ in the picture of shared", doctor[2])
    assert len(book["places"]._images) >= 4


@pytest.mark.slow
def test_the_sheet_prints_every_sentence_with_its_number_and_lines_to_write_on(made):
    """A4 pages with the source, the draft so far, the term and the picture of the place."""
    _, pdf, book = made
    document = pypdfium2.PdfDocument(pdf)
    assert [round(size / 72 * 25.4) for size in document[0].get_size()] == [210, 297]
    text = " ".join("".join(page.get_textpage().get_text_range()) for page in document)
    plain = re.sub(r"\s+", "", text)
    sources = [row[3] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert [source for source in sources if re.sub(r"\s+", "", source) not in plain] == []
    assert "ትግርኛ" in text and "ሓኪም" in text


@pytest.mark.slow
def test_signed_sentences_are_left_out(signed, cli):
    """What is finished needs no work; German is partly signed."""
    ended = cli.run("draft", "de", "--worksheet", at=signed)
    assert ended.code == 0, ended.err
    book = openpyxl.load_workbook(signed.worksheets("de") / "worksheet-de.xlsx")
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    states = loader.load(signed).texts["de"].states
    assert 0 < len(rows) < len(states)
    assert {states[row[0].partition("#")[0]] for row in rows} == {State.DRAFT}
    path = signed.catalogue("de")
    current = {unit.key: unit.text for unit in store.read(path, path.name, "de").units if not unit.plural}
    assert all(row[4] == current[row[0]] for row in rows if "#" not in row[0])


def test_nothing_in_a_cell_is_a_formula():
    """Texts that begin like one stay texts; what XML cannot hold is replaced."""
    evil = ["=1+1", "+32", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "a\x00b"]
    rows = [Row(n, "s", "b", f"{n:012x}", "h", "=c", text, text, State.DRAFT) for n, text in enumerate(evil)]
    data = table.workbook("ar", rows, {}, {}, datetime(2026, 11, 24))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [sheet.cell(n, 4).value for n in range(2, 8)] == evil[:6]
    assert all(sheet.cell(n, 4).quotePrefix for n in range(2, 8))
    assert sheet.cell(8, 4).value == "a\ufffdb"
    assert sheet.cell(2, 7).alignment.readingOrder == 2, "Arabic answers are written from the right"


def test_what_has_no_worksheet_is_said(workspace, cli):
    """The source language, a stranger, an unknown tag."""
    for tag, words in (("en", "name another language"), ("nl", "add its tag there"), ("xx", "unknown language")):
        ended = cli.run("draft", tag, "--worksheet", at=workspace)
        assert ended.code == 1 and words in ended.err


def test_words_of_dates_have_a_section_to_stand_in():
    """Tigrinya has a calendar of its own: its entries are called "date in words", with spaces; none is left without a heading."""
    notes = ("[dates/date in words] keep the three", "[dates/ethiopian month] month", "[labels/web] link", "")
    units = [Unit("ti", "", f"Sentence {number}", "", ("",), notes=note) for number, note in enumerate(notes)]
    found = rows(units, {}, ("other",), Glossary("ti"), Memory(()), {})
    assert [row.section for row in found] == ["dates", "dates", "labels", "texts"]
