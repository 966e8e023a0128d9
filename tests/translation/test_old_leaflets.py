"""An organisation's old leaflets become proposals: pairs in a table, accepted ones drafts with their origin."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from campaign.catalogue import store, warm
from campaign.catalogue.memory import accepted
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError
from campaign.ledger import ledger
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.review.assist import remembered
from campaign.translation.old_leaflets import GOOD, accept, offer
from campaign.translation.old_texts import segments

#: Files are read in processes of their own.
pytestmark = pytest.mark.slow

ON = date(2026, 11, 24)
TITLE = "You have rights, whatever your papers"
ENGLISH = (
    TITLE,
    "You can see a doctor. The doctor does not call the police.",
    "Nobody may take your passport. Call 0800 123 456 or write to help@example.org.",
)
GERMAN = (
    "Sie haben Rechte, egal welche Papiere Sie haben",
    "Sie können zum Arzt gehen, und der Arzt ruft nicht die Polizei.",
    "Niemand darf Ihnen den Pass wegnehmen. Rufen Sie 0800 123 456 an oder schreiben Sie an help@example.org.",
)


def word(path: Path, paragraphs: tuple[str, ...]) -> Path:
    """A Word file."""
    from docx import Document

    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def pdf(path: Path, paragraphs: tuple[str, ...]) -> Path:
    """A PDF whose lines are broken as a narrow page breaks them."""
    import typst

    source = path.with_suffix(".typ")
    source.write_text("#set page(width: 9cm)\n" + "\n\n".join(paragraphs).replace("@", "\\@"), encoding="utf-8")
    typst.compile(str(source), output=str(path))
    return path


def rows(data: bytes) -> list[tuple[Any, ...]]:
    """The rows of a table below its headings."""
    return list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=2, values_only=True))


def answered(path: Path, data: bytes, *answers: str, change: Any = None) -> Path:
    """The table with an answer beside each pair."""
    book = load_workbook(io.BytesIO(data))
    for row, answer in enumerate(answers, start=2):
        book.worksheets[0].cell(row, 1).value = answer
    if change:
        change(book.worksheets[0])
    book.save(path)
    return path


@pytest.fixture
def leaflets(tmp_path: Path) -> tuple[Path, Path]:
    """The old leaflet in Word and in PDF."""
    return word(tmp_path / "old-en.docx", ENGLISH), pdf(tmp_path / "old-de.pdf", GERMAN)


def test_two_leaflets_become_a_table(workspace: Project, leaflets: tuple[Path, Path]) -> None:
    """Word and PDF: the pairs in their order, one that is two sentences for one is marked, lines of the page are joined."""
    made = offer(workspace, "de", leaflets)
    found = rows(made.data)
    assert [(source, text) for _, source, text, _ in found] == [
        (ENGLISH[0], GERMAN[0]),
        (ENGLISH[1], GERMAN[1]),
        *zip(*(text.replace(". ", ".|").split("|") for text in (ENGLISH[2], GERMAN[2])), strict=True),
    ]
    assert [fit for *_, fit in found] == [GOOD, "look: 2 sentences for 1", GOOD, GOOD]
    assert (made.pairs, made.good, made.alone) == (4, 3, 0)


def emptied(project: Project, source: str) -> Unit:
    """A sentence of the campaign without a text."""
    path = project.catalogue("de")
    unit = next(unit for unit in store.read(path, path.name, "de").units if unit.source == source)
    warm.edit(path, path.name, "de", {unit.key: Edit(("",), True)})
    return unit


def test_an_accepted_pair_is_a_draft_with_its_origin(
    workspace: Project, leaflets: tuple[Path, Path], tmp_path: Path
) -> None:
    """It fills the same sentence, fuzzy, unsigned; the rest is remembered; the same table again brings nothing."""
    unit = emptied(workspace, TITLE)
    path = answered(tmp_path / "m.xlsx", offer(workspace, "de", leaflets).data, "Ja", "", "no", "YES ")
    taken = accept(workspace, path, "A. Haddad", ON)
    assert (taken.new, taken.known, taken.left, taken.drafted, taken.refused) == (2, 0, 2, 1, ())
    now = store.read(workspace.catalogue("de"), "de", "de").by_key()[unit.key]
    assert (now.text, now.fuzzy) == (GERMAN[0], True)
    said = "translation memory, same source; old leaflets old-en.docx | old-de.pdf, accepted by A. Haddad, 2026-11-24"
    assert now.origin.startswith(said)
    assert list(ledger.read(workspace.ledger("de"), "de").events) == []
    known = remembered(workspace, "de")
    alike = known.similar(replace(unit, source=f"{TITLE}!"))
    assert len(known) == 2 and alike is not None and alike.unit.text == GERMAN[0]
    again = accept(workspace, path, "A. Haddad", ON)
    assert (again.new, again.known, again.drafted) == (0, 2, 0)


def test_a_text_that_somebody_wrote_is_never_replaced(
    workspace: Project, leaflets: tuple[Path, Path], tmp_path: Path
) -> None:
    """A sentence that has a text keeps it."""
    before = workspace.catalogue("de").read_bytes()
    accept(workspace, answered(tmp_path / "m.xlsx", offer(workspace, "de", leaflets).data, "yes"), "A. Haddad", ON)
    assert workspace.catalogue("de").read_bytes() == before


def test_what_cannot_be_kept_is_named_by_row(workspace: Project, leaflets: tuple[Path, Path], tmp_path: Path) -> None:
    """Another number, an empty text, a number for a text, an answer that is none: the other pairs are kept."""

    def change(sheet: Any) -> None:
        sheet.cell(3, 3).value = None
        sheet.cell(5, 3).value = "Rufen Sie 0800 123 457 an oder schreiben Sie an help@example.org."
        sheet.append(["yes", "Number", 800290290, ""])
        sheet.append(["maybe", "a", "b", ""])

    path = answered(
        tmp_path / "m.xlsx", offer(workspace, "de", leaflets).data, "yes", "yes", "yes", "yes", change=change
    )
    taken = accept(workspace, path, "A. Haddad", ON)
    assert taken.new == 2
    assert taken.refused == (
        "row 3: has nothing under “text”",
        "row 6: “text” came back as a number (800290290): make the cell Text and type it again",
        "row 7, “accept”: 'maybe': write yes or no",
        "row 5: other numbers or addresses in the text than in the source (0800123456, 0800123457)",
    )


def table(path: Path, *cells: tuple[Any, ...]) -> Path:
    """A spreadsheet of somebody."""
    book = Workbook()
    for row in cells:
        book.active.append(row)
    book.save(path)
    return path


def test_a_table_of_two_languages_is_read_row_by_row(workspace: Project, tmp_path: Path) -> None:
    """Headings, numbers beside the texts, the languages the other way round, several sentences in a cell."""
    lines = [
        (number, german, english) for number, (english, german) in enumerate(zip(ENGLISH, GERMAN, strict=True), start=1)
    ]
    made = offer(workspace, "de", [table(tmp_path / "old.xlsx", ("no", "German", "English"), *lines)])
    found = rows(made.data)
    assert found[0][1:3] == (ENGLISH[0], GERMAN[0])
    assert len(found) == 4 and made.alone == 0


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (("de", "en"), "is not in English"),
        (("en", "bomb"), "refused"),
        (("en", "text.odp"), "is of no kind that is read here"),
        (("en.pptx",), "is no table"),
        (("one.xlsx",), "no two columns"),
        (("empty", "de"), "holds no sentence"),
    ],
)
@pytest.mark.sample(3)
def test_a_wrong_or_hostile_file_is_refused_by_its_name(
    workspace: Project, tmp_path: Path, files: tuple[str, ...], said: str
) -> None:
    """Leaflets the other way round, a zip bomb, another kind of file, a table of one column, no text: nothing is written."""
    paths = []
    for name in files:
        path = tmp_path / name
        if name in ("de", "en", "empty"):
            path = tmp_path / f"{name}.txt"
            path.write_text("\n".join({"de": GERMAN, "en": ENGLISH, "empty": ()}[name]) + "\n...", encoding="utf-8")
        elif name == "bomb":
            path = word(tmp_path / "bomb.docx", GERMAN)
            with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("word/media/x.bin", b"0" * 40_000_000)
        elif name == "one.xlsx":
            table(path, ("Rights",), ("Doctor",))
        else:
            path.write_bytes(b"PK\3\4")
        paths.append(path)
    with pytest.raises(CampaignError, match=said):
        offer(workspace, "de", paths)
    assert not accepted(workspace, "de").exists()


def test_lines_of_a_page_are_joined_and_lists_are_not() -> None:
    """A full line goes on; a short one, a list and a heading end; Chinese goes on without a space."""
    page = "Your rights\nYou can see a doctor whenever you\nneed one, with or without papers.\n• a bed for the night\n• food\n1. Call us"
    assert [each.text for each in segments(page, "en", wrapped=True)] == [
        "Your rights",
        "You can see a doctor whenever you need one, with or without papers.",
        "a bed for the night",
        "food",
        "Call us",
    ]
    assert [each.text for each in segments("无论有没有证件您都可\n以看医生。", "zh-Hans", wrapped=True)] == [
        "无论有没有证件您都可以看医生。"
    ]
