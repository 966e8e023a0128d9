"""Packs for people elsewhere: what goes out comes back without loss, and what was tampered with changes nothing."""

from __future__ import annotations

import functools
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from campaign.catalogue import store, warm
from campaign.catalogue.exchange import mail
from campaign.catalogue.exchange.xlsx import COLUMNS
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError
from campaign.ledger import ledger
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.review.import_bundle import Taken, take
from campaign.review.session import Desk
from campaign.workspace import loader
from campaign.workspace.selection import Selection

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

ON = date(2026, 11, 24)
MIGRANTS = Selection(audiences=("migrants",))
SMS = Selection(audiences=("migrants",), channels=("sms",))
CALL = "In danger now? Call %(emergency)s"
TITLE = "You have rights, whatever your papers"

Contents = Callable[[Path], dict[str, bytes]]


def units(project: Project, locale: str = "de") -> dict[str, Unit]:
    """The units of a language by source."""
    path = project.catalogue(locale)
    return {unit.source: unit for unit in store.read(path, path.name, locale).units}


def states(project: Project, locale: str = "de") -> dict[str, State]:
    """The states of a language by source."""
    texts = loader.load(project).texts[locale]
    return {unit.source: texts.states[key] for key, unit in texts.units.items()}


def put(tmp_path: Path, name: str, data: bytes | str) -> Path:
    """A file that came by e-mail."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.fixture(scope="module")
def untouched(_fresh_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One workspace for all tests that prove that nothing changes."""
    return Project(Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("packs") / "workspace")))


# The HTML pack


@pytest.fixture(scope="module")
def _exported(_fresh_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[bytes, bytes]]:
    """A pack of the migrants in Arabic, and the list of packs that it stands in; each form is made once."""

    @functools.cache
    def make(form: str) -> tuple[bytes, bytes]:
        root = shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("exported") / "workspace")
        project = Project(Path(root))
        return export(project, "ar", form, MIGRANTS, ON).data, project.review_packs("ar").read_bytes()

    return make


@pytest.fixture
def exported(workspace: Project, _exported: Callable[[str], tuple[bytes, bytes]]) -> Callable[[str], bytes]:
    """`exported(form)` is a pack of the migrants in Arabic that the workspace knows as its own."""

    def send(form: str) -> bytes:
        data, listed = _exported(form)
        with workspace.review_packs("ar").open("ab") as packs:
            packs.write(listed)
        return data

    return send


@pytest.fixture
def page(exported: Callable[[str], bytes]) -> str:
    """An HTML pack of the migrants in Arabic."""
    return exported("html").decode()


def answer_file(page: str, *answers: dict[str, Any], **changes: Any) -> str:
    """The answer file that the page's script makes."""
    about = json.loads(re.search(r'id="about"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    whole = {
        "campaign-answers": 1,
        "pack": about["pack"],
        "language": about["language"],
        "name": "ه. صالح",
        "role": "mediator",
        "answers": list(answers),
    }
    return json.dumps({**whole, **changes}, ensure_ascii=False)


def about(unit: Unit, **changes: Any) -> dict[str, Any]:
    """An answer about a sentence."""
    return {
        "key": unit.key,
        "source_hash": unit.source_hash,
        "text_hash": unit.text_hash,
        "forms": list(unit.forms),
        "answer": "good",
        "comment": "",
        **changes,
    }


def test_the_page_is_one_file_that_asks_for_nothing(page: str, workspace: Project) -> None:
    """Font, pictures, script inside; a policy that forbids every connection; each sentence of the audience once."""
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "default-src 'none'" in page
    assert page.count("data:image/png;base64,") == 6, "two leaflet pages and four cards"
    assert "url(data:font/woff;base64," in page
    shown = {key for item in Desk(workspace).sheet("ar").items if item.job.audience == "migrants" for key in item.keys}
    assert sorted(re.findall(r'data-key="(\w+)"', page)) == sorted(shown)


def test_the_page_speaks_the_language_of_its_reader(untouched: Project) -> None:
    """The pack's own language where the program speaks it, another one on request; a draft says that it is one."""
    arabic = export(untouched, "ar", "html", SMS, ON).data.decode()
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "صالح للنشر" in arabic
    assert "مسودة لم يراجعها أحد بعد" in arabic
    assert '<option value="mediator">وسيط</option>' in arabic
    assert "Good to publish" not in arabic
    english = export(untouched, "ar", "html", SMS, ON, "en").data.decode()
    assert '<html lang="en" dir="ltr">' in english
    assert "Good to publish" in english
    assert "nobody has reviewed" not in english


def test_a_phone_keeps_the_answers_and_gives_them_back(
    workspace: Project, page: str, tmp_path: Path, chromium: Any, axe: Callable[[Any], list[str]]
) -> None:
    """Offline at 360 px: answer, close, open again, make the file, import it; the words are signed or changed."""
    file = put(tmp_path, "pack.html", page)
    context = chromium.new_context(viewport={"width": 360, "height": 780}, offline=True)
    phone = context.new_page()
    phone.goto(file.as_uri())
    known = units(workspace, "ar")
    phone.fill("#name", "ه. صالح")
    phone.locator(f"[data-key='{known[TITLE].key}'] input[value=good]").check()
    phone.locator(f"[data-key='{known[CALL].key}'] .form").fill("خطر؟ اتصل: %(emergency)s")
    phone.reload()
    assert phone.locator(".answered").count() == 2
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(phone) == []
    phone.click("#make")
    with phone.expect_download() as download:
        phone.click("#file")
    made = Path(download.value.path()).read_bytes()
    assert mail.find(phone.input_value("#text").encode(), "mail.txt") == made, "what is offered to paste says the same"
    taken = take(workspace, put(tmp_path, "back.json", made), ON)
    context.close()

    assert taken == Taken("ar", texts=1, signed=1, comments=0, same=0, refused=())
    assert units(workspace, "ar")[CALL].text == "خطر؟ اتصل: %(emergency)s"
    assert states(workspace, "ar")[TITLE] is State.SIGNED
    assert states(workspace, "ar")[CALL] is State.DRAFT


def test_the_same_file_twice_is_taken_once(workspace: Project, page: str, tmp_path: Path, contents: Contents) -> None:
    """An e-mail that is imported a second time changes nothing more."""
    known = units(workspace, "ar")
    rejected = about(known["Your rights"], answer="unsure", comment="؟")
    file = put(tmp_path, "a.json", answer_file(page, about(known[TITLE]), rejected))
    assert take(workspace, file, ON).signed == 1
    before = contents(workspace.root)
    assert take(workspace, file, ON) == Taken("ar", 0, 0, 0, 2, ())
    assert contents(workspace.root) == before


def test_without_a_name_nothing_is_signed(workspace: Project, page: str, tmp_path: Path) -> None:
    """Texts and comments are taken; signatures and rejections are not."""
    known = units(workspace, "ar")
    file = answer_file(
        page,
        about(known[TITLE]),
        about(known["Your rights"], answer="reject", comment="لا"),
        about(known[CALL], forms=["خطر؟ %(emergency)s"], answer="changed"),
        name=" ",
    )
    taken = take(workspace, put(tmp_path, "a.json", file), ON)
    assert (taken.texts, taken.signed) == (1, 0)
    assert len(taken.refused) == 2
    (event,) = ledger.read(workspace.ledger("ar"), "ar").events
    assert (event.verdict, event.reviewer, event.comment) == ("comment", "no name", "لا")


@pytest.fixture(scope="module")
def forged(untouched: Project) -> dict[str, str]:
    """Answer files that were edited by hand."""
    page = export(untouched, "ar", "html", MIGRANTS, ON).data.decode()
    arabic, german = units(untouched, "ar"), units(untouched, "de")
    other = next(unit for source, unit in arabic.items() if "school" in source)
    good = about(arabic[TITLE])
    return {
        "another sentence": answer_file(page, about(other)),
        "another language": answer_file(page, about(german[TITLE]), language="de"),
        "other words": answer_file(page, {**good, "text_hash": "0" * 64}),
        "words that were never shown": answer_file(page, {**good, "text_hash": arabic[CALL].text_hash}),
        "no such sentence": answer_file(page, {**good, "key": "0" * 12}),
        "another source": answer_file(page, {**good, "source_hash": arabic[CALL].source_hash}),
        "another pack": answer_file(page, good, pack="0" * 16),
        "no pack": answer_file(page, good, pack=""),
        "a role that may not sign": answer_file(page, good, role="staff"),
        "a role that is none": answer_file(page, good, role="director"),
        "the same sentence twice": answer_file(page, good, good),
        "another shape": answer_file(page, good, more="x"),
        "a number for a text": answer_file(page, {**good, "forms": [1]}),
        "too many forms": answer_file(page, {**good, "forms": ["a", "b"]}),
        "an unknown answer": answer_file(page, {**good, "answer": "sign"}),
        "a lost placeholder": answer_file(page, about(arabic[CALL], forms=["خطر؟"], answer="changed")),
        "a script": answer_file(page, about(arabic[TITLE], forms=["<script>x</script>"], answer="changed")),
        "a long name": answer_file(page, good, name="x" * 500),
        "deep": "[" * 100_000,
        "no JSON": "{",
        "the pack itself": page,
    }


FORGED = (
    "another sentence",
    "another language",
    "other words",
    "words that were never shown",
    "no such sentence",
    "another source",
    "another pack",
    "no pack",
    "a role that may not sign",
    "a role that is none",
    "the same sentence twice",
    "another shape",
    "a number for a text",
    "too many forms",
    "an unknown answer",
    "a long name",
    "deep",
    "no JSON",
    "the pack itself",
)
#: Texts that cannot be taken are words that somebody typed all the same: suggestions, and nothing else.
KEPT = ("a lost placeholder", "a script")


@pytest.mark.parametrize("case", FORGED)
@pytest.mark.sample(3)
def test_an_answer_file_edited_by_hand_changes_nothing(
    untouched: Project, forged: dict[str, str], tmp_path: Path, contents: Contents, case: str
) -> None:
    """Refused, with a reason; texts, ledgers and lists stay byte for byte."""
    file = put(tmp_path, "a.json", forged[case])
    before = contents(untouched.root / "locales")
    try:
        assert len(take(untouched, file, ON).refused) == 1
    except CampaignError as error:
        assert str(error)
    assert contents(untouched.root / "locales") == before


@pytest.mark.parametrize("case", KEPT)
@pytest.mark.sample(1)
def test_words_that_cannot_be_taken_are_kept_as_a_suggestion(
    untouched: Project, forged: dict[str, str], tmp_path: Path, contents: Contents, case: str
) -> None:
    """Refused, with a reason; no text, list or signature changes, and what was typed stands in the ledger."""
    file = put(tmp_path, "a.json", forged[case])
    ledger, before = untouched.ledger("ar"), contents(untouched.root / "locales")
    lines = ledger.read_bytes() if ledger.exists() else b""
    assert len(take(untouched, file, ON).refused) == 1
    after = contents(untouched.root / "locales")
    name = ledger.relative_to(untouched.root / "locales").as_posix()
    assert {path: data for path, data in after.items() if path != name} == {
        path: data for path, data in before.items() if path != name
    }
    assert ledger.read_bytes().startswith(lines)
    added = [json.loads(line) for line in ledger.read_bytes()[len(lines) :].splitlines()]
    assert [line["verdict"] for line in added] == ["suggest"]


def test_a_name_is_taken_without_what_nobody_sees(workspace: Project, page: str, tmp_path: Path) -> None:
    """What came along when it was pasted costs nobody their answers; the command says so."""
    file = answer_file(page, about(units(workspace, "ar")[TITLE]), name="A.\u200b Haddad\u202c\ufeff")
    taken = take(workspace, put(tmp_path, "a.json", file), ON)
    assert taken.signed == 1 and taken.cleaned == ("the name: taken out: characters that nobody sees",)
    assert {event.reviewer for event in ledger.read(workspace.ledger("ar"), "ar").events} == {"A. Haddad"}


def test_stale_answers_are_named_one_by_one_and_the_rest_is_taken(
    workspace: Project, page: str, tmp_path: Path
) -> None:
    """A text that changed while the pack was away is not overwritten and not signed; the other answers count."""
    known = units(workspace, "ar")
    path = workspace.catalogue("ar")
    warm.edit(path, path.name, "ar", {known[CALL].key: Edit(("هنا: %(emergency)s",), fuzzy=True)})
    file = answer_file(
        page,
        about(known[CALL], forms=["هناك: %(emergency)s"], answer="changed"),
        about(known[TITLE]),
        about(known["Your rights"], forms=["حقوقك أنت"], answer="changed"),
    )
    taken = take(workspace, put(tmp_path, "a.json", file), ON)

    assert (taken.texts, taken.signed, len(taken.refused)) == (1, 1, 1)
    assert "stale" in taken.refused[0]
    assert units(workspace, "ar")[CALL].text == "هنا: %(emergency)s"


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.sample(1)
def test_an_answer_covers_what_the_pack_showed(workspace: Project, tmp_path: Path, earlier: bool) -> None:
    """The picture changes while the pack is away: who answered did not see it, and did see the old one.

    A pack of an earlier version kept nothing of it: its answers are held to nothing.
    """
    picture = workspace.illustrations / "migrants.svg"
    kept, pack = picture.read_bytes(), export(workspace, "de", "html", Selection(), ON).data.decode()
    if earlier:
        book = workspace.review_packs("de")
        (record,) = map(json.loads, book.read_text(encoding="utf-8").splitlines())
        old = {name: record[name] for name in ("pack", "form", "on", "rows", "head")}
        book.write_text(json.dumps(old) + "\n", encoding="utf-8")
    picture.write_bytes(kept.replace(b"</svg>", b'<path d="M0 0h9v9z"/></svg>'))
    answers = answer_file(pack, *map(about, units(workspace).values()))
    taken = take(workspace, put(tmp_path, "answers.json", answers), ON)
    assert taken.signed and not taken.refused

    def signed() -> set[str]:
        sheet = Desk(workspace).sheet("de")
        return {
            item.job.channel
            for item in sheet.items
            if sheet.state_of(item) is State.SIGNED and item.job.audience == "migrants"
        }

    assert signed() == ({"leaflet", "sms", "social", "web"} if earlier else {"sms"})
    picture.write_bytes(kept)
    assert signed() == {"leaflet", "sms", "social", "web"}


def test_a_ledger_that_cannot_be_read_leaves_the_texts_alone(
    workspace: Project, page: str, tmp_path: Path, contents: Contents
) -> None:
    """All or nothing: when the signatures cannot be written, no text is."""
    known = units(workspace, "ar")
    workspace.ledger("ar").mkdir()
    before = contents(workspace.root)
    file = answer_file(page, about(known[TITLE]), about(known["Your rights"], forms=["حقوقك أنت"], answer="changed"))
    with pytest.raises(CampaignError):
        take(workspace, put(tmp_path, "a.json", file), ON)
    assert contents(workspace.root) == before


# The worksheet


@pytest.fixture
def book(exported: Callable[[str], bytes]) -> Any:
    """A worksheet of the migrants in Arabic, opened."""
    return load_workbook(io.BytesIO(exported("xlsx")))


def row_of(sheet: Any, key: str) -> int:
    """The number of a row."""
    return next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[0].value == key)


def saved(tmp_path: Path, book: Any, name: str = "back.xlsx") -> Path:
    """The worksheet as it comes back."""
    book.save(tmp_path / name)
    return tmp_path / name


def test_the_worksheet_has_the_agreed_columns_and_reads_from_the_right(workspace: Project, book: Any) -> None:
    """Headings in the agreed order, the language as title, keys locked, texts open, plural forms a row each."""
    sheet = book.worksheets[0]
    assert sheet.title == "ar"
    assert sheet.sheet_view.rightToLeft
    assert tuple(cell.value for cell in sheet[1])[:8] == COLUMNS
    assert COLUMNS == ("key", "source_hash", "context", "source", "current text", "state", "your text", "comment")
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[2]] == [True] * 6 + [False] * 3 + [True]
    assert all(cell.alignment.wrap_text for cell in sheet[2])
    plural = next(unit for unit in units(workspace, "ar").values() if unit.plural)
    assert [row[0].value for row in sheet.iter_rows(min_row=2) if row[0].value.startswith(plural.key)] == [
        f"{plural.key}#{n}" for n in range(6)
    ]
    assert (
        not load_workbook(io.BytesIO(export(workspace, "de", "xlsx", MIGRANTS, ON).data))
        .worksheets[0]
        .sheet_view.rightToLeft
    )


def test_a_worksheet_comes_back_with_texts_comments_and_signatures(
    workspace: Project, book: Any, tmp_path: Path
) -> None:
    """A new text, a plural with one new form, a comment, a signature under the name of the second sheet."""
    sheet, known = book.worksheets[0], units(workspace, "ar")
    plural = next(unit for unit in known.values() if unit.plural)
    sheet.cell(row_of(sheet, known[CALL].key), 7).value = "خطر؟ %(emergency)s"
    sheet.cell(row_of(sheet, f"{plural.key}#2"), 7).value = "يتحدثون بلغتين اثنتين:"
    sheet.cell(row_of(sheet, known["Your rights"].key), 8).value = "جيد؟"
    sheet.cell(row_of(sheet, known[TITLE].key), 9).value = "Good to publish"
    book["legend"]["B1"].value = "ه. صالح"
    taken = take(workspace, saved(tmp_path, book), ON)

    assert taken == Taken("ar", texts=2, signed=1, comments=1, same=0, refused=())
    after = units(workspace, "ar")[plural.source].forms
    assert after[2] == "يتحدثون بلغتين اثنتين:"
    assert after[:2] + after[3:] == plural.forms[:2] + plural.forms[3:]
    assert states(workspace, "ar")[TITLE] is State.SIGNED


def test_a_worksheet_without_name_or_pack_signs_nothing(workspace: Project, book: Any, tmp_path: Path) -> None:
    """No name: no signature. A name but no pack of this workspace: none either."""
    sheet, known = book.worksheets[0], units(workspace, "ar")
    sheet.cell(row_of(sheet, known[TITLE].key), 9).value = "Good to publish"
    assert "no name" in take(workspace, saved(tmp_path, book), ON).refused[0]
    book["legend"]["B1"].value, book["legend"]["B3"].value = "ه. صالح", None
    assert "not signed" in take(workspace, saved(tmp_path, book), ON).refused[0]
    assert not workspace.ledger("ar").exists()


def test_a_worksheet_with_the_agreed_columns_alone_is_taken(workspace: Project, tmp_path: Path) -> None:
    """A worksheet made for languages without a model: eight columns, maybe more after them, texts in the seventh."""
    known = units(workspace, "ar")
    path = workspace.catalogue("ar")
    warm.edit(path, path.name, "ar", {known[CALL].key: Edit(("",), fuzzy=False)})
    plain = Workbook()
    sheet = plain.active
    assert sheet is not None
    sheet.title = "ar"
    sheet.append([*COLUMNS, "engine", "glossary"])
    sheet.append(
        [known[CALL].key, known[CALL].source_hash, "", CALL, None, "missing", "خطر؟ %(emergency)s", None, "none"]
    )
    taken = take(workspace, saved(tmp_path, plain), ON)

    assert (taken.texts, taken.refused) == (1, ())
    assert units(workspace, "ar")[CALL].text == "خطر؟ %(emergency)s"
    assert states(workspace, "ar")[CALL] is State.DRAFT


def test_formulas_are_no_texts_and_texts_are_no_formulas(workspace: Project, book: Any, tmp_path: Path) -> None:
    """A formula in a cell refuses its row; a text that begins with = goes out as a text."""
    sheet, known = book.worksheets[0], units(workspace, "ar")
    sheet.cell(row_of(sheet, known[CALL].key), 7).value = '=HYPERLINK("http://evil.example","%(emergency)s")'
    sheet.cell(row_of(sheet, known["Your rights"].key), 8).value = "=1+1"
    taken = take(workspace, saved(tmp_path, book), ON)
    assert (taken.texts, taken.comments) == (0, 0)
    assert ["formula" in text for text in taken.refused] == [True, True]

    path = workspace.catalogue("ar")
    warm.edit(path, path.name, "ar", {known["Your rights"].key: Edit(("=cmd|' /C calc'!A0",), fuzzy=True)})
    out = load_workbook(io.BytesIO(export(workspace, "ar", "xlsx", MIGRANTS, ON).data)).worksheets[0]
    cell = out.cell(row_of(out, known["Your rights"].key), 5)
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")


def test_stale_rows_of_a_worksheet_are_refused_by_row(workspace: Project, book: Any, tmp_path: Path) -> None:
    """Another text or another source meanwhile: the row is named, its text is not taken."""
    sheet, known = book.worksheets[0], units(workspace, "ar")
    for source, text in ((CALL, "خطر؟ %(emergency)s"), ("Your rights", "حقوقك أنت"), (TITLE, "لك حقوق دائمًا")):
        sheet.cell(row_of(sheet, known[source].key), 7).value = text
    path = workspace.catalogue("ar")
    warm.edit(path, path.name, "ar", {known[CALL].key: Edit(("هنا: %(emergency)s",), fuzzy=True)})
    sheet.cell(row_of(sheet, known["Your rights"].key), 2).value = "0" * 64
    taken = take(workspace, saved(tmp_path, book), ON)

    assert taken.texts == 1
    assert all(re.match(r"row \d+: stale", text) for text in taken.refused)
    assert len(taken.refused) == 2


def test_a_source_is_never_changed(workspace: Project, book: Any, tmp_path: Path) -> None:
    """A source typed over in the file is simply not read."""
    sheet, known = book.worksheets[0], units(workspace, "ar")
    row = row_of(sheet, known[TITLE].key)
    sheet.cell(row, 4).value, sheet.cell(row, 7).value = "Other words", "لك حقوق دائمًا"
    take(workspace, saved(tmp_path, book), ON)
    assert units(workspace, "ar")[TITLE].text == "لك حقوق دائمًا"
    assert "Other words" not in workspace.catalogue("ar").read_text(encoding="utf-8")


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)

#: Worksheets that attack whoever opens them, from the parts and the bytes of a good one.
HOSTILE: dict[str, Callable[[dict[str, bytes], bytes], bytes]] = {
    "zip bomb": lambda parts, good: zipped({**parts, "xl/media/x.bin": bytes(20_000_000)}),
    "huge sheet": lambda parts, good: zipped({**parts, SHEET: parts[SHEET] + b" " * 20_000_000}),
    "many parts": lambda parts, good: zipped({f"x{n}": b"" for n in range(500)}),
    "external entity": lambda parts, good: zipped({**parts, SHEET: DOCTYPE + parts[SHEET]}),
    "external entity in UTF-16": lambda parts, good: zipped(
        {**parts, SHEET: (DOCTYPE + parts[SHEET]).decode().encode("utf-16")}
    ),
    "entities in strings": lambda parts, good: zipped({**parts, "xl/sharedStrings.xml": LAUGHS + b"]><sst>&j;</sst>"}),
    "no sheet": lambda parts, good: zipped({"a.txt": b"x"}),
    "damaged": lambda parts, good: good[:3000] + bytes([good[3000] ^ 0xFF]) + good[3001:],
    "cut off": lambda parts, good: good[: len(good) // 2],
    "only the beginning": lambda parts, good: b"PK\x03\x04",
    "other headings": lambda parts, good: zipped({**parts, SHEET: parts[SHEET].replace(b">key<", b">number<")}),
}


@pytest.fixture(scope="module")
def good(untouched: Project) -> bytes:
    """A worksheet as it was exported."""
    return export(untouched, "ar", "xlsx", MIGRANTS, ON).data


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.sample(6)
def test_a_hostile_worksheet_is_refused_whole(
    untouched: Project, good: bytes, tmp_path: Path, contents: Contents, case: str
) -> None:
    """Refused in words before it is opened; nothing changes."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    file = put(tmp_path, "a.xlsx", HOSTILE[case](parts, good))
    before = contents(untouched.root / "locales")
    with pytest.raises(CampaignError) as caught:
        take(untouched, file, ON)
    assert "a.xlsx" in str(caught.value)
    assert contents(untouched.root / "locales") == before


# PO files: Poedit, Weblate, gettext's own tools


def gettext(*command: str | Path) -> str:
    """Run a tool of GNU gettext, or skip."""
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed (Debian: apt-get install gettext)")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_po_file_comes_back_unchanged_without_a_trace(workspace: Project, tmp_path: Path, contents: Contents) -> None:
    """Out and in again: not one byte of the catalogue differs."""
    file = put(tmp_path, "de.po", export(workspace, "de", "po", Selection(), ON).data)
    before = workspace.catalogue("de").read_bytes()
    taken = take(workspace, file, ON)
    assert (taken.texts, taken.refused) == (0, ())
    assert workspace.catalogue("de").read_bytes() == before


@pytest.mark.parametrize("tool", ["msgcat", "msgattrib", "msgmerge", "pofile"])
@pytest.mark.sample(2)
def test_what_an_editor_changed_comes_back_without_loss(workspace: Project, tmp_path: Path, tool: str) -> None:
    """Through gettext's tools and translate-toolkit: text, mark and comment arrive, everything else stays; msgfmt agrees."""
    from translate.storage import pypo

    file = put(tmp_path, "de.po", export(workspace, "de", "po", MIGRANTS, ON).data)
    if tool == "pofile":
        pofile = pypo.pofile.parsefile(str(file))
        pofile.savefile(str(file))
    elif tool == "msgmerge":
        gettext("msgmerge", "--no-fuzzy-matching", "--output-file", file, file, workspace.pot)
    else:
        gettext(tool, "--no-wrap", "--output-file", file, file)
    text = file.read_text(encoding="utf-8")
    entry = next(part for part in text.split("\n\n") if f'msgid "{TITLE}"' in part)
    edited = re.sub(r'msgstr ".*"', 'msgstr "Du hast Rechte, immer"', entry).replace("#, fuzzy\n", "")
    file.write_text(text.replace(entry, f"# Frau K. fand es zu lang\n{edited}"), encoding="utf-8")
    before = units(workspace)
    taken = take(workspace, file, ON)

    after = units(workspace)
    assert (taken.texts, taken.refused) == (1, ())
    assert after[TITLE].text == "Du hast Rechte, immer"
    assert not after[TITLE].fuzzy
    assert states(workspace)[TITLE] is State.DRAFT, "an editor's file signs nothing"
    assert "# Frau K. fand es zu lang" in workspace.catalogue("de").read_text(encoding="utf-8")
    assert {s: u for s, u in after.items() if s != TITLE} == {s: u for s, u in before.items() if s != TITLE}
    gettext("msgfmt", "-c", "-o", "/dev/null", workspace.catalogue("de"))


def test_editing_a_signed_entry_lapses_it(signed: Project, tmp_path: Path) -> None:
    """A signed text changed in Poedit is a draft again, and the ledger says that its signature lapsed."""
    file = put(tmp_path, "de.po", export(signed, "de", "po", MIGRANTS, ON).data)
    text = file.read_text(encoding="utf-8")
    known = units(signed)[TITLE].text
    file.write_text(text.replace(f'"{known}"', '"Du hast Rechte, immer"'), encoding="utf-8")
    assert states(signed)[TITLE] is State.SIGNED
    take(signed, file, ON)

    assert states(signed)[TITLE] is State.DRAFT
    assert ledger.read(signed.ledger("de"), "de").events[-1].verdict == "lapse"


def test_an_edit_of_the_catalogue_itself_lapses_by_itself(signed: Project, cli: Any) -> None:
    """Poedit or Weblate on the file of the workspace: no import is needed for the signature to be gone."""
    path = signed.catalogue("de")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(units(signed)[TITLE].text, "Du hast Rechte, immer"), encoding="utf-8")
    assert states(signed)[TITLE] is State.DRAFT


def test_a_po_file_from_elsewhere_never_replaces_what_was_signed(signed: Project, tmp_path: Path) -> None:
    """A file without a pack's number may correct drafts; over signed words it is refused, by sentence."""
    text = signed.catalogue("de").read_text(encoding="utf-8")
    draft = next(
        s
        for s, state in states(signed).items()
        if state is State.DRAFT and not units(signed)[s].plural and "%" not in s
    )
    text = text.replace(f'"{units(signed)[TITLE].text}"', '"Du hast Rechte, immer"')
    text = text.replace(f'"{units(signed)[draft].text}"', '"Neue Worte hier"')
    taken = take(signed, put(tmp_path, "de.po", text), ON)

    assert taken.texts == 1
    assert len(taken.refused) == 1
    assert states(signed)[TITLE] is State.SIGNED


def test_the_commands_export_and_import(workspace: Project, cli: Any, tmp_path: Path) -> None:
    """`review export` writes the file it names; `review import` reports every stale row and exits 1 for them."""
    target = tmp_path / "x.po"
    done = cli.run(
        "review", "export", "de", "--to", "po", "--audience", "migrants", "--output", str(target), at=workspace
    )
    assert (done.code, target.exists()) == (0, True)
    known = units(workspace)
    path = workspace.catalogue("de")
    warm.edit(path, path.name, "de", {known[CALL].key: Edit(("Hier: %(emergency)s",), fuzzy=True)})
    target.write_text(target.read_text(encoding="utf-8").replace("Your rights", "My rights"), encoding="utf-8")
    done = cli.run("review", "import", str(target), at=workspace)
    assert done.code == 1
    assert "no such sentence" in done.err
    assert "Hier: %(emergency)s" in done.err
    assert cli.run("review", "export", "xx", "--to", "po", at=workspace).code == 1
    assert cli.run("review", "import", str(put(tmp_path, "a.txt", "hello")), at=workspace).code == 1


def test_signing_one_item_by_its_path(workspace: Project, cli: Any) -> None:
    """`--item BE/ar/migrants/sms`, as the file lies in the output folder."""
    done = cli.run("review", "sign", "--item", "BE/ar/migrants/sms", "--name", "ه. صالح", at=workspace)
    assert done.code == 0, done.err
    assert sum(state is State.SIGNED for state in states(workspace, "ar").values()) == 1
    for wrong in (
        ["--item", "BE/ar/migrants"],
        ["--item", "BE/ar/migrants/fax"],
        ["ar"],
        ["ar", "--item", "BE/ar/migrants/sms"],
    ):
        assert cli.run("review", "sign", *wrong, "--name", "x", at=workspace).code in (1, 2)


def test_the_audit_report_says_who_signed_which_words(signed: Project, cli: Any, tmp_path: Path) -> None:
    """Every event with its words, hostile comments as text, and whether the words still hold."""
    known = units(signed)[TITLE]
    path = signed.catalogue("de")
    warm.edit(path, path.name, "de", {known.key: Edit(("Neu",), fuzzy=True)})
    report = tmp_path / "audit.html"
    assert cli.run("review", "log", "de", "--html", str(report), at=signed).code == 0
    text = report.read_text(encoding="utf-8")
    assert f'<td lang="de" dir="ltr">{known.text}</td>' in text
    assert "M. Weber" in text
    assert "changed since" in text
    assert "the item BE/migrants/leaflet as a whole" in text
    assert ledger.read(signed.ledger("de"), "de").head in text


def test_a_pack_that_is_sent_again_finds_what_was_typed(
    workspace: Project, page: str, tmp_path: Path, chromium: Any
) -> None:
    """Another number, the same sentences: the words are there. A sentence with another text shows them beside it."""
    known = units(workspace, "ar")
    context = chromium.new_context(viewport={"width": 360, "height": 740}, offline=True)
    phone = context.new_page()
    phone.goto(put(tmp_path, "one.html", page).as_uri())
    phone.locator(f"[data-key='{known[CALL].key}'] .form").fill("خطر؟ اتصل: %(emergency)s")
    phone.locator(f"[data-key='{known[TITLE].key}'] .comment").fill("جيد")
    phone.click("#make")
    assert phone.locator("#unnamed").is_visible(), "without a name it asks first"
    assert not phone.locator("#file").is_visible()
    again = page.replace(re.search(r'"pack": "(\w+)"', page)[1], "f" * 16)  # type: ignore[index]
    phone.goto(put(tmp_path, "two.html", again.replace(known[TITLE].text_hash, "0" * 64)).as_uri())
    assert phone.input_value(f"[data-key='{known[CALL].key}'] .form") == "خطر؟ اتصل: %(emergency)s"
    assert phone.input_value(f"[data-key='{known[TITLE].key}'] .comment") == ""
    assert "جيد" in phone.locator(f"[data-key='{known[TITLE].key}'] .older").inner_text()
    context.close()


def test_where_no_script_runs_nothing_can_be_typed(page: str, tmp_path: Path, chromium: Any) -> None:
    """The preview of an iPhone or of a mail program: the page says what to do, and every field is shut."""
    context = chromium.new_context(java_script_enabled=False)
    preview = context.new_page()
    preview.goto(put(tmp_path, "pack.html", page).as_uri())
    assert preview.locator("#still").is_visible()
    assert preview.locator("textarea:enabled, input:enabled, select:enabled").count() == 1, (
        "the copy to paste is hidden"
    )
    context.close()


@pytest.mark.breadth
def test_beside_a_sentence_stands_what_helps(workspace: Project) -> None:
    """What its placeholders say, what is to be looked at, and with `cuts` the part of the page that holds it."""
    chosen = Selection(audiences=("migrants",), channels=("leaflet",))
    small = export(workspace, "de", "html", chosen, ON, "en").data.decode()
    assert '<code dir="ltr">%(emergency)s</code> = <bdi>112</bdi>' in small
    assert 'class="cut"' not in small
    one = Selection(audiences=("migrants",), channels=("leaflet",), countries=("BE",))
    cut = export(workspace, "de", "html", one, ON, "en", cuts=True).data
    assert cut.count(b'class="cut"') > 20
    assert len(cut) < 3_000_000
