"""Any catalogue, through any kind of file and back: the same units, or a refusal that names what could not be kept."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import shutil
import subprocess
import tempfile
import textwrap
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from translate.storage import pypo

from campaign import delimited, languages
from campaign.catalogue import store
from campaign.catalogue.exchange import html, mail, ods, po, safe_xml, segments, sheet, workbook, xliff, xliff2, xlsx
from campaign.catalogue.exchange.answers import Answer, Returned, Row
from campaign.catalogue.exchange.segments import Sentence
from campaign.catalogue.exchange.sheet import Cell, Table
from campaign.checks import check_unit
from campaign.errors import CampaignError
from campaign.model.finding import Severity
from campaign.model.placeholders import placeholders
from campaign.model.state import State
from campaign.model.unit import Unit

pytestmark = pytest.mark.slow
EXAMPLES = int(os.environ.get("CAMPAIGN_EXAMPLES", "15"))

_letters = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff\ufeff")
_signs = st.sampled_from(
    ["\n", "\t", '"', "\\", "\\n", "\\331", "%(phone)s", "%%", "<b>&amp;", ";", ",", "=1+1", "0800", "#", "> ", "//"]
)
_texts = st.lists(st.text(_letters, max_size=8) | _signs, min_size=1, max_size=4).map("".join)


@st.composite
def _catalogues(draw: st.DrawFn) -> list[Unit]:
    """Sentences with and without contexts and plural forms, of any letters."""
    locale, found = draw(st.sampled_from(["ar", "de", "ja", "pl"])), dict[tuple[str, str], Unit]()
    for source in draw(st.lists(_texts.filter(str.strip), min_size=1, max_size=4, unique=True)):
        plural, context = draw(st.sampled_from(["", f"{source}s"])), draw(st.just("") | _texts.filter(str.strip))
        count = languages.get(locale).nplurals if plural else 1
        forms = tuple(draw(_texts.filter(lambda text: bool(text.strip()))) for _ in range(count))
        found[context, source] = Unit(locale, context, source, plural, forms, True)
    return list(found.values())


def _po(change: Callable[[str], bytes]) -> Callable[[list[Unit]], Returned]:
    def through(units: list[Unit]) -> Returned:
        locale = units[0].locale
        made = store.new(locale, "x", "2026-11-24")
        for unit in units:
            entry = pypo.pounit(encoding="UTF-8")
            entry.source = [unit.source, unit.plural] if unit.plural else unit.source
            entry.setcontext(unit.context)
            entry.target = list(unit.forms) if unit.plural else unit.text
            entry.markfuzzy(True)
            made.units.append(entry)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "back.po")
            path.write_bytes(change(bytes(made).decode()))
            return po.read(path, path.name, lambda pack: "")

    return through


def _octal(text: str) -> bytes:
    """As `msgcat -E` writes it: every letter beyond ASCII by its bytes."""
    return b"".join(bytes([byte]) if byte < 128 else b"\\%03o" % byte for byte in text.encode())


def _rows(units: list[Unit]) -> list[list[str]]:
    """A worksheet in which somebody typed every text anew."""
    head = [sheet.KEY, sheet.HASH, sheet.TEXT]
    named = [
        (f"{u.key}#{n}" if u.plural else u.key, u.source_hash, form) for u in units for n, form in enumerate(u.forms)
    ]
    return [head, *map(list, named)]


def _tables(units: list[Unit], tables: list[Table]) -> Returned:
    return sheet.read(tables, "back", lambda pack: "", units[0].locale)


def _xlsx(units: list[Unit]) -> Returned:
    book = load_workbook(io.BytesIO(xlsx.write([Row(unit, State.DRAFT) for unit in units], units[0].locale, "")))
    for cells in book.worksheets[0].iter_rows(min_row=2):
        cells[xlsx.TEXT - 1].value = cells[4].value
        cells[xlsx.TEXT - 1].data_type = "s"
    made = io.BytesIO()
    book.save(made)
    return _tables(units, workbook.tables(made.getvalue(), "back.xlsx"))


def _ods(units: list[Unit]) -> Returned:
    """As LibreOffice writes it: a paragraph a line, spaces and tabs as elements."""

    def cell(text: str) -> str:
        lines = "".join(
            "<text:p>" + escape(line).replace("\t", "<text:tab/>").replace(" ", "<text:s/>") + "</text:p>"
            for line in text.split("\n")
        )
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    spaces = " ".join(f"xmlns:{name}={quoteattr(address)}" for name, address in names.items())
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in _rows(units))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("content.xml", f"<x {spaces}><table:table table:name='x'>{body}</table:table></x>")
    return _tables(units, ods.tables(made.getvalue(), "back.ods"))


def _csv(delimiter: str, charset: str) -> Callable[[list[Unit]], Returned]:
    def through(units: list[Unit]) -> Returned:
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows(_rows(units))
        rows = delimited.read(text.getvalue().encode(charset), "back.csv", sheet.KEY)
        return _tables(units, [Table("x", {number: [Cell(cell) for cell in cells] for number, cells in rows})])

    return through


def _answers(units: list[Unit]) -> bytes:
    given = [
        {
            **{"key": unit.key, "source_hash": unit.source_hash, "text_hash": unit.text_hash},
            **{"forms": list(unit.forms), "answer": "changed", "comment": ""},
        }
        for unit in units
    ]
    about = {"campaign-answers": 1, "pack": "", "language": units[0].locale, "name": "", "role": "mediator"}
    return json.dumps({**about, "answers": given}).encode()


def _mail(units: list[Unit]) -> Returned:
    """The block that the page offers, wrapped and quoted by a mail program."""
    data = _answers(units)
    block = f"CAMPAIGN ANSWERS BEGIN {base64.b64encode(data).decode()} CAMPAIGN ANSWERS END {zlib.crc32(data):08x}"
    quoted = "\r\n".join(f"> {line}" for line in textwrap.wrap(block, 60))
    found = mail.find(f"Dear all,\r\n{quoted}\r\n--\r\nsent from my phone".encode("utf-8-sig"), "mail.txt")
    assert found is not None
    return html.read(found, "mail.txt")


def _xliff(version: str) -> Callable[[list[Unit]], Returned]:
    def through(units: list[Unit]) -> Returned:
        module, locale = (xliff, xliff2)[version == "2.0"], units[0].locale
        data = module.write([Sentence(Row(unit, State.DRAFT)) for unit in units], "en", locale, "")
        answers, refused = segments.answers([*module.read(safe_xml.parse(data, "back.xlf"))], locale)
        return Returned(locale, "", "", "translator", answers, refused)

    return through


THROUGH: dict[str, Callable[[list[Unit]], Returned]] = {
    "PO": _po(str.encode),
    "PO with a mark and CRLF": _po(lambda text: text.replace("\n", "\r\n").encode("utf-8-sig")),
    "PO with octal escapes": _po(_octal),
    "PO in UTF-16": _po(lambda text: text.encode("utf-16")),
    "XLSX": _xlsx,
    "ODS": _ods,
    "CSV": _csv(",", "utf-8"),
    "CSV of Spain": _csv(";", "utf-8-sig"),
    "tabs in UTF-16": _csv("\t", "utf-16"),
    "answer file": lambda units: html.read(_answers(units), "back.json"),
    "e-mail": _mail,
    "XLIFF 1.2": _xliff("1.2"),
    "XLIFF 2.0": _xliff("2.0"),
}


@pytest.mark.parametrize("form", THROUGH)
@settings(max_examples=EXAMPLES)
@given(_catalogues())
@pytest.mark.sample(7)
def test_any_catalogue_comes_back_the_same_or_is_refused_by_name(form: str, units: list[Unit]) -> None:
    """Every key with every form exactly; nothing else; a sentence that is missing is named."""
    try:
        returned = THROUGH[form](units)
    except CampaignError as error:
        assert str(error)
        return
    by_key: dict[str, Answer] = {answer.key: answer for answer in returned.answers}
    wanted = {unit.key: unit.forms for unit in units}
    assert by_key.keys() <= wanted.keys()
    unseen = {unit.key for unit in units if not unit.translated}  # nothing but invisible signs: it counts as missing
    for key, answer in by_key.items():
        assert answer.forms == wanted[key] or (key in unseen and answer.forms is None)
    assert len(by_key) == len(wanted) or returned.refused


def test_ordinary_catalogues_are_refused_by_no_format() -> None:
    """Plural forms, placeholders, quotes, line breaks, leading zeros: each format takes all of them."""
    units = [
        Unit("ar", "", "Call %(phone)s", "", ("اتصل بـ %(phone)s\nالآن، «24/7»",), True),
        Unit("ar", "button", "%(n)s day", "%(n)s days", tuple(f"{n} 0800 \"x\" 'y'" for n in range(6)), True),
    ]
    for form, through in THROUGH.items():
        returned = through(units)
        assert returned.refused == (), form
        assert {answer.key: answer.forms for answer in returned.answers} == {unit.key: unit.forms for unit in units}, (
            form
        )


_signed_texts = st.lists(
    st.sampled_from(
        ["a", "é", " ", "\n", "%", "%%", "%(phone)s", "%s", "%d", "100 %", "50%", "%(phone)", "\t", "\\", '"']
    ),
    min_size=1,
    max_size=6,
).map("".join)


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="msgfmt is not installed (Debian package gettext)")
@example([("%%(phone)", "a", "%", True)])  # a percent sign and a word in brackets: no placeholder
@settings(max_examples=2 * EXAMPLES)
@given(st.lists(st.tuples(_signed_texts, _signed_texts, _signed_texts, st.booleans()), min_size=1, max_size=25))
def test_msgfmt_accepts_what_check_calls_clean(texts: list[tuple[str, str, str, bool]]) -> None:
    """Percent signs, half placeholders, line breaks at the ends: what no rule objects to compiles with `msgfmt -c`."""
    made, known = store.new("de", "x", "2026-11-24"), set[str]()
    for source, text, other, plural in texts:
        many = f"{source.rstrip(chr(10))}s{source[len(source.rstrip(chr(10))) :]}"  # it ends as the one does
        unit = Unit("de", "", source, many if plural else "", (text, other) if plural else (text,))
        bad = any(found.severity is Severity.ERROR for found in check_unit(unit))
        if source in known or bad or not source.strip() or not unit.translated or not _possible(source):
            continue
        known.add(source)
        entry = pypo.pounit(encoding="UTF-8")
        entry.source, entry.target = ([source, unit.plural], list(unit.forms)) if plural else (source, text)
        entry.settypecomment("python-format", bool(placeholders(source)))
        made.units.append(entry)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "de.po")
        store.write(path, made)
        done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + path.read_text(encoding="utf-8")


def _possible(source: str) -> bool:
    """Whether a template can give such a source: Jinja2 doubles a percent sign beside a placeholder."""
    return "%(" not in source or "%" not in source.replace("%%", "").replace("%(phone)s", "")
