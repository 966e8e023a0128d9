"""Workbooks as programs write them: texts whole, and what is no text named for what it is."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.catalogue.exchange import workbook
from campaign.catalogue.exchange.sheet import ILLEGAL, Cell
from campaign.errors import CampaignError

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _book(rows: str, *, texts: str = "", styles: str = "", says: str = "", strict: bool = False) -> bytes:
    """A workbook of one sheet with these rows, these shared texts and these styles."""
    kinds = {"worksheet": "sheets/one.xml", "sharedStrings": "texts.xml", "styles": "styles.xml"}
    refers = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{part}"/>' for kind, part in kinds.items()
    )
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
        'Target="/xl/book.xml"/></Relationships>',
        "xl/_rels/book.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{refers}</Relationships>',
        "xl/book.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr {says}/><sheets>'
        '<sheet name="ar" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/sheets/one.xml": f'<worksheet xmlns="{_MAIN}"><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>',
        "xl/texts.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            if strict:
                text = text.replace(_MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
                text = text.replace(_OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            archive.writestr(name, text)
    return made.getvalue()


def _rows(data: bytes) -> dict[int, list[Cell]]:
    (table,) = workbook.tables(data, "back.xlsx")
    return {number: list(cells) for number, cells in table.rows.items()}


@pytest.mark.parametrize("strict", [False, True])
def test_texts_are_read_as_their_programs_keep_them(strict: bool) -> None:
    """Shared texts in runs, without readings above the letters; texts in the cell; results that programs call texts."""
    texts = "<si><r><t>لا </t></r><r><rPr><b/></rPr><t>تدفع</t></r></si><si><t>警察</t><rPh sb='0' eb='2'><t>けいさつ</t></rPh></si>"
    rows = (
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>'
        '<row r="5"><c t="inlineStr"><is><t>0800 290 290</t></is></c><c t="str"><v>24/7</v></c></row>'
    )
    assert _rows(_book(rows, texts=texts, strict=strict)) == {
        2: [Cell("لا تدفع"), Cell(), Cell("警察")],
        5: [Cell("0800 290 290"), Cell("24/7")],
    }


#: A format of numbers, as files keep it in every country, and what it makes of one.
FORMATS = (
    *(("General", "a number"), ("0.00E+00", "a number"), ('0 "days"', "a number"), ("[Red]0.00", "a number")),
    *((r"0\d", "a number"), ("#,##0_m", "a number"), ("[>=100]0;0.0", "a number"), ("[$€-407] 0", "a number")),
    *(("dd/mm/yyyy", "a date"), ("[$-409]d-mmm-yy", "a date"), ("MM.YYYY", "a date"), ("yyyy年m月", "a date")),
    *(("mmmm", "a date"), ("d/m/yy h:mm", "a date"), ("h:mm", "a time"), ("[h]:mm", "a time"), ("mm:ss.0", "a time")),
    *(("[mm]:ss", "a time"), ("[ss]", "a time"), ("h:mm AM/PM", "a time")),
)


@pytest.mark.parametrize(("written", "kind"), FORMATS)
def test_what_a_number_is_stands_in_its_format(written: str, kind: str) -> None:
    """Colours, conditions, currencies and quoted words make no date of a number."""
    code = written.replace('"', "&quot;").replace(">", "&gt;")
    styles = (
        f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>'
    )
    ((cell,),) = _rows(_book('<row><c s="1"><v>45000</v></c></row>', styles=styles)).values()
    assert cell.kind == kind


@pytest.mark.parametrize(
    ("number", "says", "seen"),
    [
        (14, "", "2023-03-15"),
        (14, 'date1904="1"', "2027-03-16"),
        (31, "", "2023-03-15"),
        (22, "", "2023-03-15"),
        (20, "", "1080000:00:00"),
    ],
)
def test_a_date_is_named_as_the_day_that_people_see(number: int, says: str, seen: str) -> None:
    """By the calendar of the workbook; formats that East Asian programs use are known without being listed."""
    styles = f'<cellXfs><xf numFmtId="{number}"/></cellXfs>'
    ((cell,),) = _rows(_book('<row><c s="0"><v>45000</v></c></row>', styles=styles, says=says)).values()
    assert cell.text == seen


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ('<c><f t="shared" si="0"/><v>x</v></c>', Cell("=", "a formula")),
        ('<c t="str"><f>A1&amp;"x"</f><v>x</v></c>', Cell('=A1&"x"', "a formula")),
        ('<c t="b"><v>0</v></c>', Cell("FALSE", "a truth value")),
        ('<c t="e"><v>#N/A</v></c>', Cell("#N/A", "an error")),
        ('<c t="d"><v>2026-07-24</v></c>', Cell("2026-07-24", "a date")),
        ('<c s="99"><v>800290290</v></c>', Cell("800290290", "a number")),
        ('<c t="n" s="0"><v>1e999</v></c>', Cell("1e999", "a date")),
    ],
)
def test_what_is_no_text_is_named(cell: str, seen: Cell) -> None:
    """A style that the file does not have, a number beyond all calendars: still no text."""
    assert _rows(_book(f"<row>{cell}</row>", styles='<cellXfs><xf numFmtId="14"/></cellXfs>')) == {1: [seen]}


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c t="s"><v>7</v></c></row>',
        '<row><c t="s"><v>-1</v></c></row>',
        '<row><c r="XFD1" t="str"><v>far away</v></c></row>',
        "<row><c>",
    ],
)
def test_a_workbook_that_contradicts_itself_is_refused(rows: str) -> None:
    """A text that the file does not hold is no other text of it; columns are bounded; a damaged sheet is named."""
    with pytest.raises(CampaignError, match=r"back\.xlsx"):
        _rows(_book(rows, texts="<si><t>one</t></si>"))


def test_a_row_number_that_no_sheet_has_costs_nothing() -> None:
    """Rows keep the numbers that people see; a row that says a number twice or none comes next."""
    rows = "".join(
        f'<row r="{said}"><c t="str"><v>{said}</v></c></row>' for said in ("7", "7", "x", "1048576", "99999999999")
    )
    assert list(_rows(_book(rows))) == [7, 8, 9, 1048576, 1048577]


@given(st.lists(st.one_of(st.sampled_from(["_x005F_", "_x0041_", "_", "x0041_", "x"]), st.characters())).map("".join))
def test_no_text_is_taken_for_an_escape(text: str) -> None:
    """What a cell holds comes back, also where it looks like the escape of another character."""
    text = ILLEGAL.sub("", text).replace("\r", "")
    assert workbook.plain(workbook.escaped(text)) == text


def test_an_escape_of_excel_is_the_character() -> None:
    """A line break of Windows is one line break; an underscore that was escaped is one."""
    assert workbook.plain("a_x000D_\nb _x005F_x000D_ x_x") == "a\nb _x000D_ x_x"
