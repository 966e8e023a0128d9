"""Worksheets that people filled in with any spreadsheet program: understood, or named by row and column."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from campaign.catalogue import store, warm
from campaign.catalogue.exchange import sheet as rules
from campaign.catalogue.exchange.answers import ANSWERS, WORDS
from campaign.catalogue.exchange.xlsx import HELP
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError
from campaign.ledger import ledger
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.review.import_bundle import Taken, take
from campaign.spoken import PACK, SPOKEN, TURNED, texts
from campaign.workspace import loader
from campaign.workspace.selection import Selection

#: Each file is read in a process of its own.
pytestmark = pytest.mark.slow

ON = date(2026, 11, 24)
TITLE, CALL, RIGHTS = "You have rights, whatever your papers", "In danger now? Call %(emergency)s", "Your rights"
TEXT, COMMENT, ANSWER = 7, 8, 9


class Sheet:
    """A worksheet that somebody fills in."""

    def __init__(self, project: Project, tmp_path: Path, locale: str = "ar") -> None:
        self.project, self.path = project, tmp_path / "back.xlsx"
        self.book: Any = load_workbook(io.BytesIO(export(project, locale, "xlsx", Selection(), ON).data))
        self.table = self.book.worksheets[0]
        self.book["legend"]["B1"].value = "ه. صالح"
        path = project.catalogue(locale)
        self.units = {unit.source: unit for unit in store.read(path, path.name, locale).units}

    def row(self, key: str) -> int:
        """The number of the row with this key."""
        return next(cells[0].row for cells in self.table.iter_rows() if cells[0].value == key)

    def put(self, source: str, column: int, value: Any, form: int | None = None) -> int:
        """Type something; the number of the row."""
        unit = self.units[source]
        number = self.row(unit.key if form is None else f"{unit.key}#{form}")
        self.table.cell(number, column).value = value
        return number

    @property
    def plural(self) -> Unit:
        """A sentence with plural forms."""
        return next(unit for unit in self.units.values() if unit.plural)

    def take(self) -> Taken:
        """Send it back."""
        self.book.save(self.path)
        return take(self.project, self.path, ON)


@pytest.fixture
def sheet(workspace: Project, tmp_path: Path) -> Sheet:
    """A worksheet of the whole workspace in Arabic."""
    return Sheet(workspace, tmp_path)


def states(project: Project, locale: str = "ar") -> dict[str, State]:
    """The states of a language by source."""
    found = loader.load(project).texts[locale]
    return {unit.source: found.states[key] for key, unit in found.units.items()}


def test_every_cell_to_type_in_is_a_text(sheet: Sheet) -> None:
    """The number format is Text, so that Excel and LibreOffice keep 24/7 and 0800290290 as they are typed."""
    cells = [cell for row in sheet.table.iter_rows(min_row=2) for cell in row[TEXT - 1 : ANSWER]]
    assert cells and {cell.number_format for cell in cells} == {"@"}
    assert {sheet.book["legend"].cell(row, 2).number_format for row in (1, 2, 3)} == {"@"}


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (800290290, "a number (800290290)"),
        (0.5, "a number (0.5)"),
        (True, "a truth value (TRUE)"),
        (datetime(1924, 7, 24), "a date (1924-07-24)"),
        (datetime(2026, 7, 24, 10, 30), "a date (2026-07-24T10:30:00)"),
        (time(9, 0), "a time (09:00:00)"),
        ("=1+1", "a formula (=1+1)"),
        ("#REF!", "an error (#REF!)"),
    ],
)
@pytest.mark.parametrize("column", [TEXT, COMMENT, ANSWER])
@pytest.mark.sample(3)
def test_what_a_program_made_of_a_cell_is_never_a_text(sheet: Sheet, value: Any, seen: str, column: int) -> None:
    """Refused by row and column with what was seen; the other rows are taken."""
    number = sheet.put(CALL, column, value)
    sheet.put(TITLE, TEXT, "لك حقوق دائمًا")
    taken = sheet.take()
    named = {TEXT: "your text", COMMENT: "comment", ANSWER: "answer"}[column]
    assert taken.texts == 1
    assert taken.refused == (f"row {number}, “{named}”: came back as {seen}: make the cell Text and type it again",)


def test_figures_that_are_typed_as_text_are_a_text(sheet: Sheet) -> None:
    """24/7 and a number with its zero stay what they are."""
    sheet.put(TITLE, TEXT, "24/7")
    sheet.put(RIGHTS, TEXT, "0800290290")
    assert sheet.take().texts == 2
    path = sheet.project.catalogue("ar")
    assert {"24/7", "0800290290"} <= {unit.text for unit in store.read(path, path.name, "ar").units}


SAID = {
    "good to publish": Verdict.SIGN,
    "Good to publish ": Verdict.SIGN,
    " GOOD  TO PUBLISH.": Verdict.SIGN,
    "good": Verdict.SIGN,
    "صالح للنشر": Verdict.SIGN,
    "Not right, because...": Verdict.REJECT,
    "not right because": Verdict.REJECT,
    "Not right, because …": Verdict.REJECT,
    "I don’t know": Verdict.UNSURE,
    "I dont know": Verdict.UNSURE,
    "I don`t know": Verdict.UNSURE,
    "I donʼt know!": Verdict.UNSURE,
    "I Changed It": Verdict.CHANGE,
}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.sample(2)
def test_an_answer_is_understood_as_people_type_it(sheet: Sheet, said: str) -> None:
    """Other dots, apostrophes, capitals and spaces, and the languages that the program speaks."""
    sheet.put(TITLE, ANSWER, said)
    sheet.put(TITLE, COMMENT, "لماذا")
    taken = sheet.take()
    assert taken.refused == ()
    (event,) = ledger.read(sheet.project.ledger("ar"), "ar").events
    assert event.verdict == (Verdict.COMMENT if SAID[said] is Verdict.CHANGE else SAID[said])


def test_every_word_of_every_language_means_one_thing() -> None:
    """What each page offers is understood, and no word means two answers."""
    for tag in SPOKEN:
        for code, words in WORDS.items():
            assert rules.verdicts()[rules.letters(texts(tag, PACK).gettext(words))] is ANSWERS[code], (tag, code)


@pytest.mark.parametrize("said", ["perhaps", "x", "ok?", "نعم", "Good to publish, I think"])
@pytest.mark.sample(1)
def test_an_unknown_answer_is_listed_and_the_exit_code_says_so(sheet: Sheet, cli: Any, said: str) -> None:
    """It is not taken for another one; the text of its row is a suggestion."""
    number = sheet.put(TITLE, ANSWER, said)
    sheet.put(TITLE, TEXT, "لك حقوق دائمًا")
    sheet.book.save(sheet.path)
    done = cli.run("review", "import", str(sheet.path), at=sheet.project)
    assert done.code == 1
    assert f"row {number}" in done.err and repr(said) in done.err
    assert "0 texts changed" in done.out


def test_what_stands_beside_an_unknown_answer_is_kept(sheet: Sheet) -> None:
    """A comment is a remark, other words are a suggestion; nothing is signed, rejected or changed."""
    sheet.put(TITLE, ANSWER, "geht so")
    sheet.put(TITLE, COMMENT, "zu lang")
    sheet.put(RIGHTS, ANSWER, "hm")
    sheet.put(RIGHTS, TEXT, "حقوقك أنت")
    taken = sheet.take()
    assert (taken.texts, taken.signed, taken.comments, len(taken.refused)) == (0, 0, 2, 2)
    events = ledger.read(sheet.project.ledger("ar"), "ar").events
    assert {(event.verdict, event.comment, event.forms) for event in events if event.verdict == "suggest"} == {
        (Verdict.SUGGEST, "", ("حقوقك أنت",))
    }
    assert [event.comment for event in events if event.verdict == "comment"] == ["zu lang"]


@pytest.mark.sample(1)
@pytest.mark.parametrize("forms", [(1, 2), (2, 1), (0, 5), (5, 0)])
def test_a_rejection_in_one_plural_row_rejects(sheet: Sheet, forms: tuple[int, int]) -> None:
    """Whatever the other rows say: the sentence is not right, with the comment as the reason."""
    good, bad = forms
    sheet.put(sheet.plural.source, ANSWER, "Good to publish", good)
    sheet.put(sheet.plural.source, ANSWER, "Not right, because…", bad)
    sheet.put(sheet.plural.source, COMMENT, "المثنى خطأ", bad)
    taken = sheet.take()
    assert (taken.signed, taken.comments, taken.refused) == (0, 1, ())
    (event,) = ledger.read(sheet.project.ledger("ar"), "ar").events
    assert (event.verdict, event.reason) == (Verdict.REJECT, "المثنى خطأ")


def test_who_does_not_know_one_plural_form_signs_none(sheet: Sheet) -> None:
    """Five rows are good, one is not known: nothing is signed."""
    for form in range(6):
        sheet.put(sheet.plural.source, ANSWER, "I don't know" if form == 3 else "Good to publish", form)
    taken = sheet.take()
    assert (taken.signed, taken.refused) == (0, ())


def test_a_text_corrected_in_the_wrong_column_is_named(sheet: Sheet) -> None:
    """Typed over the source or the current text, with an answer or without one: the row says where it belongs."""
    rows = [
        sheet.put(TITLE, 5, "لك حقوق دائمًا"),
        sheet.put(RIGHTS, 4, "حقوقك أنت"),
        sheet.put(CALL, 5, "خطر؟ %(emergency)s"),
    ]
    sheet.put(CALL, ANSWER, "I changed it")
    taken = sheet.take()
    assert taken.texts == 0
    assert {refused.partition(":")[0] for refused in taken.refused} == {f"row {row}" for row in rows}
    assert all("your text" in refused for refused in taken.refused)


def extra(table: Any) -> None:
    """Columns of one's own, before, between and behind."""
    table.insert_cols(1)
    table.insert_cols(6)
    for row in range(1, table.max_row + 1):
        table.cell(row, 1).value = f"note {row}"
        table.cell(row, 6).value = row
        table.cell(row, table.max_column).value = 3.5


def titled(table: Any) -> None:
    """A title and an empty row above."""
    table.insert_rows(1, 2)
    table.cell(1, 1).value = "Texte für Arabisch, bitte bis Freitag"


def renamed(table: Any) -> None:
    """Another name of the sheet."""
    table.title = "Tabelle1"


def sorted_by_source(table: Any) -> None:
    """Rows in another order, plural forms from the last to the first."""
    rows = [[cell.value for cell in row] for row in table.iter_rows(min_row=2)]
    for number, values in enumerate(sorted(rows, key=lambda row: (row[3] or "", row[0]), reverse=True), start=2):
        for column, value in enumerate(values, start=1):
            table.cell(number, column).value = value


def moved(table: Any) -> None:
    """The key at the end, the headings in capitals."""
    last = table.max_column + 1
    for row in range(1, table.max_row + 1):
        table.cell(row, last).value = table.cell(row, 1).value
    table.delete_cols(1)
    for cell in table[1]:
        cell.value = str(cell.value or "").upper()


def missing(table: Any) -> None:
    """What nobody needs to read is gone: context, state, note."""
    for column in (10, 6, 3):
        table.delete_cols(column)


def second(table: Any) -> None:
    """A sheet of their own, before ours."""
    table.parent.create_sheet("Notizen", 0)["A1"].value = "key"


@pytest.mark.parametrize("change", [extra, titled, renamed, sorted_by_source, moved, missing, second])
@pytest.mark.sample(1)
def test_people_may_change_a_worksheet_as_they_like(sheet: Sheet, change: Callable[[Any], None]) -> None:
    """Columns and rows added, moved, left out, sorted; another name: the same texts, signatures and comments."""
    sheet.put(CALL, TEXT, "خطر؟ %(emergency)s")
    sheet.put(TITLE, ANSWER, "Good to publish")
    sheet.put(RIGHTS, COMMENT, "جيد؟")
    sheet.put(sheet.plural.source, TEXT, "يتحدثون بلغتين اثنتين:", 2)
    before = sheet.plural.forms
    change(sheet.table)
    assert sheet.take() == Taken("ar", texts=2, signed=1, comments=1, same=0, refused=())
    path = sheet.project.catalogue("ar")
    after = {unit.source: unit for unit in store.read(path, path.name, "ar").units}[sheet.plural.source].forms
    assert after == (*before[:2], "يتحدثون بلغتين اثنتين:", *before[3:])


def test_a_worksheet_without_the_current_text_signs_nothing(sheet: Sheet) -> None:
    """Its texts and comments are taken; what somebody saw who signed cannot be told."""
    sheet.put(CALL, TEXT, "خطر؟ %(emergency)s")
    sheet.put(TITLE, ANSWER, "Good to publish")
    sheet.table.delete_cols(5)
    taken = sheet.take()
    assert (taken.texts, taken.signed, len(taken.refused)) == (1, 0, 1)


def test_two_sheets_with_answers_are_no_guess(sheet: Sheet) -> None:
    """A copy of the sheet in the same file: which one counts, nobody can say."""
    sheet.book.copy_worksheet(sheet.table)
    with pytest.raises(CampaignError, match="2 sheets have the headings"):
        sheet.take()


def test_a_table_that_says_no_language_is_asked_for_it(sheet: Sheet, cli: Any) -> None:
    """Without pack and with another name: the command says which option to give, and then takes it."""
    sheet.put(CALL, TEXT, "خطر؟ %(emergency)s")
    sheet.table.title, sheet.book["legend"]["B3"].value = "Blatt 1", None
    sheet.book.save(sheet.path)
    done = cli.run("review", "import", str(sheet.path), at=sheet.project)
    assert done.code == 1 and "--language TAG" in done.err
    done = cli.run("review", "import", str(sheet.path), "--language", "ar", at=sheet.project)
    assert "1 texts changed" in done.out


@pytest.mark.parametrize("said", ["Mediator", " mediator ", "وسيط", "Mediatrice/Mediatore", ""])
@pytest.mark.sample(1)
def test_a_role_is_understood_in_the_languages_of_the_page(sheet: Sheet, said: str) -> None:
    """As the page offers it; what is none is refused by the rules of signing."""
    sheet.book["legend"]["B2"].value = said
    sheet.put(TITLE, ANSWER, "good")
    taken = sheet.take()
    assert taken.signed == (rules.role(said) == "mediator")


@pytest.mark.slow
@pytest.mark.parametrize("tag", SPOKEN)
@pytest.mark.sample(2)
def test_a_worksheet_speaks_the_language_of_who_fills_it_in(workspace: Project, tmp_path: Path, tag: str) -> None:
    """Its answers, labels and help; filled in with these words it signs, whatever language the texts are in."""
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(export(workspace, "ar", "xlsx", Selection(audiences=("migrants",)), ON, tag).data)
    book = load_workbook(file)
    legend, spoken = book["legend"], texts(tag, PACK).gettext
    said = [cell.value for row in legend.iter_rows(max_col=1) for cell in row if cell.value]
    assert said[0] == spoken(rules.FIELDS["name"]) and any(spoken(WORDS["good"]) in each for each in said)
    assert not any("%(good)s" in each for each in said) and any("%(phone)s" in each for each in said)
    assert any("\u2066%(phone)s\u2069" in each for each in said) == (tag in TURNED)
    assert (tag == "en") == (said[-1] == HELP[-1]) and legend.sheet_view.rightToLeft == (tag in TURNED)
    legend["B1"].value = "A. Haddad"
    row = next(cells[0].row for cells in book.worksheets[0].iter_rows(min_row=2) if cells[3].value == TITLE)
    book.worksheets[0].cell(row, 9).value = legend["D1"].value
    book.save(file)
    assert take(workspace, file, ON).signed == 1


# Two people, one sentence


def test_the_second_correction_of_a_sentence_is_kept_as_a_suggestion(workspace: Project, tmp_path: Path) -> None:
    """The first text stands; the second and its comment are in the ledger, and the command says so."""
    one, two = Sheet(workspace, tmp_path / "1"), Sheet(workspace, tmp_path / "2")
    for number, each in enumerate((one, two)):
        each.path.parent.mkdir()
        each.book["legend"]["B1"].value = ("Haddad", "Nour")[number]
        each.put(TITLE, TEXT, ("لك حقوق دائمًا", "حقوقك محفوظة")[number])
        each.put(TITLE, COMMENT, ("", "أقصر")[number])
    assert one.take().texts == 1
    taken = two.take()
    assert taken.texts == 0
    assert len(taken.refused) == 1 and "kept as a suggestion" in taken.refused[0]
    events = ledger.read(workspace.ledger("ar"), "ar").events
    assert {(event.verdict, event.reviewer, event.forms, event.comment) for event in events} == {
        (Verdict.CHANGE, "Haddad", ("لك حقوق دائمًا",), ""),
        (Verdict.SUGGEST, "Nour", ("حقوقك محفوظة",), ""),
        (Verdict.COMMENT, "Nour", ("حقوقك محفوظة",), "أقصر"),
    }
    before = workspace.ledger("ar").read_bytes()
    two.take()
    assert workspace.ledger("ar").read_bytes() == before, "a file imported twice says nothing more"


def test_a_text_that_nobody_typed_is_no_suggestion(workspace: Project, tmp_path: Path) -> None:
    """A PO pack holds every text: one that was only left as it was is stale and nothing more."""
    file = tmp_path / "de.po"
    file.write_bytes(export(workspace, "de", "po", Selection(), ON).data)
    path = workspace.catalogue("de")
    unit = next(unit for unit in store.read(path, path.name, "de").units if unit.source == TITLE)
    warm.edit(path, path.name, "de", {unit.key: Edit(("Neu",), fuzzy=True)})
    taken = take(workspace, file, ON)
    assert len(taken.refused) == 1 and "suggestion" not in taken.refused[0]
    assert not workspace.ledger("de").exists()


# LibreOffice itself

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(not OFFICE, reason="soffice is not installed (Debian: libreoffice-calc-nogui)")

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item></oor:items>
"""


def convert(file: Path, kind: str, locale: str, tmp_path: Path) -> Path:
    """A file through LibreOffice, set to a country."""
    assert OFFICE
    home = tmp_path / f"office-{locale}"
    (home / "user").mkdir(parents=True, exist_ok=True)
    (home / "user" / "registrymodifications.xcu").write_text(SETTINGS.format(locale=locale), encoding="utf-8")
    target = tmp_path / f"out-{kind.partition(':')[0]}-{locale}"
    command = [OFFICE, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", kind, "--outdir", target]
    if file.suffix == ".csv":
        command.append("--infilter=CSV:44,34,76")  # commas, quotes, UTF-8
    subprocess.run([*map(str, command), str(file)], capture_output=True, check=True, timeout=180)
    (made,) = target.iterdir()
    return made


@needs_office
@pytest.mark.parametrize("locale", ["en-GB", "de-DE", "ar-EG"])
@pytest.mark.breadth
def test_libreoffice_gives_back_what_was_typed(sheet: Sheet, tmp_path: Path, locale: str) -> None:
    """Saved as .ods, as .csv and as .xlsx again, in three countries: the same texts, signatures and comments."""
    sheet.put(CALL, TEXT, "خطر؟  %(emergency)s\nالآن")
    sheet.put(RIGHTS, TEXT, "24/7")
    sheet.put(TITLE, ANSWER, "Good to publish")
    sheet.put(sheet.plural.source, COMMENT, "0800290290", 1)
    sheet.book.save(sheet.path)
    root = sheet.project.root
    ods = convert(sheet.path, "ods", locale, tmp_path)
    files = {
        "ods": ods,
        "xlsx": convert(ods, "xlsx", locale, tmp_path),
        "csv": convert(sheet.path, "csv:Text - txt - csv (StarCalc):44,34,76", locale, tmp_path),
    }
    for kind, file in files.items():
        project = Project(Path(shutil.copytree(root, tmp_path / f"workspace-{kind}")))
        if kind == "csv":  # the second sheet, with the name and the pack, does not stand in such a file
            taken = take(project, file, ON, "ar")
            assert (taken.texts, taken.signed, taken.comments, len(taken.refused)) == (2, 0, 1, 1)
        else:
            assert take(project, file, ON) == Taken("ar", 2, 1, 1, 0, ())
        path = project.catalogue("ar")
        after = {unit.source: unit.text for unit in store.read(path, path.name, "ar").units}
        assert (after[CALL], after[RIGHTS]) == ("خطر؟  %(emergency)s\nالآن", "24/7"), kind


@needs_office
@pytest.mark.breadth
def test_what_libreoffice_makes_of_a_csv_is_refused_by_row(sheet: Sheet, tmp_path: Path) -> None:
    """From csv to a worksheet it reads figures as figures: the date and the number are named."""
    rows = {sheet.put(source, TEXT, text) for source, text in ((TITLE, "2026-07-24"), (RIGHTS, "0800290290"))}
    sheet.book.save(sheet.path)
    csv = convert(sheet.path, "csv:Text - txt - csv (StarCalc):44,34,76", "en-GB", tmp_path)
    for kind in ("ods", "xlsx"):
        refused = take(sheet.project, convert(csv, kind, "en-GB", tmp_path), ON, "ar").refused
        named = [text for text in refused if "“your text”: came back as a " in text]
        assert sorted(text.partition(",")[0] for text in named) == sorted(f"row {row}" for row in rows), (kind, refused)
