"""Files of strangers that would take minutes and gigabytes: each refused by its name and by the limit that it breaks."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from campaign import config, limits
from campaign.errors import CampaignError
from campaign.limits import BOUNDS, Limits
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.review.import_bundle import take
from campaign.workspace import loader
from campaign.workspace.selection import Selection

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

ON = date(2026, 11, 24)
HEADER = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


@pytest.fixture(autouse=True)
def _usual() -> Iterator[None]:
    yield
    limits.hold(Limits())


@pytest.fixture(scope="module")
def worksheet(_fresh_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A worksheet as the program sends it out."""
    # The pack is written down where it was made: never in the workspace that every test starts from.
    own = Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("worksheet") / "workspace"))
    return export(Project(own), "de", "xlsx", Selection(audiences=("migrants",)), ON).data


def part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The worksheet with one of its parts changed, or one more, packed as before."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info)
            new.writestr(info.filename, change(text) if info.filename == name else text)
        if name not in old.namelist():
            new.writestr(name, change(b"<sst></sst>"))
    return out.getvalue()


def merged(*ranges: str) -> Callable[[bytes], bytes]:
    """The first sheet with these merged ranges."""
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    return lambda text: text.replace(b"</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>".encode())


def far(cell: str) -> Callable[[bytes], bytes]:
    """The first sheet with one cell far away."""
    row = re.sub(r"[A-Z]", "", cell)
    added = f'<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'.encode()
    return lambda text: text.replace(b"</sheetData>", added)


SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
WORKSHEETS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "everything merged": (SHEET, merged("A1:XFD1048576"), "import_merged_cells"),
    "merged in many pieces": (SHEET, merged(*(f"A{n}:ZZ{n + 9}" for n in range(1, 400, 10))), "import_merged_cells"),
    "merged the wrong way round": (SHEET, merged("XFD1048576:A1"), "import_merged_cells"),
    "merged in quotes of the other kind": (
        SHEET,
        lambda text: merged("A1:XFD1048576")(text).replace(b'"A1:XFD1048576"', b"'$A$1:$XFD$1048576'"),
        "import_merged_cells",
    ),
    "a cell in the last column": (SHEET, far("XFD900"), "16384 columns"),
    "a million shared strings": (
        STRINGS,
        lambda text: text.replace(b"</sst>", b"<si><t>a</t></si>" * 4_000_000 + b"</sst>"),
        "unpacks to",
    ),
    "a million styles": (
        STYLES,
        lambda text: text.replace(b"</cellXfs>", b'<xf numFmtId="0" fontId="0"/>' * 3_000_000 + b"</cellXfs>"),
        "unpacks to",
    ),
}


@pytest.mark.parametrize("case", WORKSHEETS)
@pytest.mark.sample(2)
def test_a_worksheet_that_grows_is_refused(
    workspace: Project, worksheet: bytes, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]], case: str
) -> None:
    """Twelve kilobytes that ask for seventeen milliards of cells, and their kin: nothing is changed."""
    name, change, words = WORKSHEETS[case]
    file = tmp_path / "back.xlsx"
    file.write_bytes(part(worksheet, name, change))
    before = contents(workspace.root)
    with pytest.raises(CampaignError, match=words) as caught:
        take(workspace, file, ON)
    assert caught.value.problems[0].where == "back.xlsx"
    assert contents(workspace.root) == before


def test_a_worksheet_of_libreoffice_that_repeats_a_row_without_end_is_refused(
    workspace: Project, tmp_path: Path
) -> None:
    """One row that says that it stands a million times, and one cell that says so sixteen thousand times."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    body = f'<office:body><office:spreadsheet><table:table table:name="de">{row}</table:table></office:spreadsheet></office:body>'
    file = tmp_path / "back.ods"
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
    with pytest.raises(CampaignError, match=r"back\.ods: has 1048576 rows"):
        take(workspace, file, ON)


def test_what_is_not_known_to_harm_is_stopped_by_time(
    workspace: Project, worksheet: bytes, tmp_path: Path, rewrite: Callable[[Path, str, str], None]
) -> None:
    """A worksheet that is read for too long ends in a process of its own, with the file's name."""
    rewrite(workspace.config, "[brand]", "[limits]\nread_seconds = 0.5\nimport_rows = 1000000\n\n[brand]")
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{n}</t></is></c></row>' for n in range(900, 300_000))
    file = tmp_path / "slow.xlsx"
    file.write_bytes(part(worksheet, SHEET, lambda text: text.replace(b"</sheetData>", f"{rows}</sheetData>".encode())))
    with pytest.raises(CampaignError, match=r"slow\.xlsx: takes more than 0\.5 seconds"):
        take(workspace, file, ON)


def test_a_real_worksheet_is_taken(workspace: Project, tmp_path: Path) -> None:
    """What the program sent out comes back: the merged lines of its legend are no attack, nor is a note far below.

    A cell in the last row costs nothing: only the rows that are there are read.
    """
    file = tmp_path / "back.xlsx"
    sent = export(workspace, "de", "xlsx", Selection(audiences=("migrants",)), ON).data
    file.write_bytes(part(sent, SHEET, far("A1048576")))
    assert not take(workspace, file, ON).refused


CATALOGUES: dict[str, tuple[str, str]] = {
    "18 MB of comments": ("# a comment that goes on and on\n" * 580_000 + 'msgid "a"\nmsgstr "b"\n', "catalogue_mb"),
    "a text of a hundred megabytes": ('msgid "' + "a" * 100_000_000 + '"\nmsgstr "b"\n', "catalogue_mb|import_mb"),
    "a long text on one line": ('msgid "' + "a" * 50_000 + '"\nmsgstr "b"\n', "catalogue_characters"),
    "a long text on many lines": ('msgid "a"\nmsgstr ""\n' + '"abcdefgh"\n' * 5_000, "catalogue_characters"),
    "entries without number": ("".join(f'msgid "{n}"\nmsgstr ""\n\n' for n in range(60_000)), "catalogue_entries"),
    "plural forms without number": (
        'msgid "a"\nmsgid_plural "b"\n' + "".join(f'msgstr[{n}] "x"\n' for n in range(300_000)),
        "more than 50 plural forms",
    ),
}


@pytest.mark.parametrize("case", CATALOGUES)
@pytest.mark.sample(2)
def test_a_catalogue_that_is_too_much_is_refused(workspace: Project, tmp_path: Path, case: str) -> None:
    """In the workspace and as a file that comes back."""
    text, words = CATALOGUES[case]
    for place in (workspace.catalogue("de"), tmp_path / "de.po"):
        place.write_text(HEADER + text)
        with pytest.raises(CampaignError, match=words) as caught:
            loader.load(workspace) if place.is_relative_to(workspace.root) else take(workspace, place, ON)
        assert place.name in caught.value.problems[0].where


def test_a_large_catalogue_that_is_right_is_read(workspace: Project) -> None:
    """Two thousand entries with long comments are a campaign, not an attack."""
    entries = "".join(f'# {"why " * 200}\nmsgid "sentence {n}"\nmsgstr "Satz {n}"\n\n' for n in range(2_000))
    workspace.catalogue("de").write_text(HEADER + entries)
    assert len(loader.load(workspace).texts["de"].units) == 2_000


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("contacts.toml", "# " + "x" * 3_000_000, r"contacts.toml: has 3.0 MB, at most 2 are read"),
        ("campaign.toml", "# " + "x" * 3_000_000, r"campaign.toml: has 3.0 MB, at most 2 are read"),
        ("templates/messages/migrants.j2", "x" * 6_000_000, r"templates/messages/migrants.j2: has 6.0 MB"),
        ("templates/channels/page.j2", "x" * 6_000_000, r"templates/channels/page.j2: has 6.0 MB"),
        ("glossary/de.csv", "x" * 6_000_000, r"glossary/de.csv: has 6.0 MB"),
    ],
)
def test_a_text_file_that_is_too_large_is_refused_unread(
    workspace: Project, cli: Any, file: str, text: str, words: str
) -> None:
    """Settings, templates, glossaries."""
    (workspace.root / file).parent.mkdir(exist_ok=True)
    (workspace.root / file).write_text(text)
    ended = cli.run("check", "--no-layout", "--lang", "de", at=workspace)
    assert ended.code == 1
    assert re.search(words, ended.err)
    assert "[limits]" in ended.err


def test_keys_in_keys_end(workspace: Project, rewrite: Callable[[Path, str, str], None]) -> None:
    """A table of half a million parts with as many keys below it takes a TOML reader days."""
    rewrite(workspace.config, "[brand]", "[limits]\nread_seconds = 0.5\n\n[brand]")
    workspace.contacts.write_text("[" + ".".join("a" * 300_000) + "]\n" + "".join(f"k{n}=1\n" for n in range(100_000)))
    with pytest.raises(CampaignError, match=r"contacts\.toml: (takes more than 0\.5 seconds|nests tables)"):
        config.load(workspace)


def test_a_reference_of_an_audit_is_bounded_too(tmp_path: Path, cli: Any) -> None:
    """A contacts.toml of somebody else, given as the reference."""
    (tmp_path / "contacts.toml").write_text("# " + "x" * 3_000_000)
    (tmp_path / "leaflet.txt").write_text("Call 112")
    ended = cli.run("audit", "contacts.toml", "leaflet.txt", at=tmp_path)
    assert ended.code == 1
    assert "contacts.toml: has 3.0 MB" in ended.err


def test_the_notice_of_a_recall_is_bounded_too(workspace: Project) -> None:
    """Its template is a template like the others."""
    from campaign.render.notice import notice
    from campaign.render.templates import Templates

    space = loader.load(workspace)
    limits.hold(replace(Limits(), template_seconds=0.5))
    template = workspace.channel_texts / "notice.j2"
    ten = "".join("{% for i" + str(n) + " in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] %}" for n in range(12))
    template.write_text(template.read_text() + ten + "{% endfor %}" * 12)
    with pytest.raises(CampaignError, match=r"notice\.j2.*template_seconds"):
        notice(Templates(workspace), "de", "BE", space.texts["de"], old="112", new="113")


DRAWINGS = {
    "a filter of ten million octaves": '<filter id="f"><feTurbulence numOctaves="9999999"/></filter><path filter="url(#f)"/>',
    "a filter within a filter": '<filter id="f"><feGaussianBlur stdDeviation="999999"/></filter>',
    "a symbol within a symbol": "".join(
        f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12)
    ),
}


@pytest.mark.parametrize("case", DRAWINGS)
def test_a_drawing_that_takes_minutes_is_refused(workspace: Project, cli: Any, case: str) -> None:
    """By the name of its file."""
    (workspace.illustrations / "migrants.svg").write_text(f"{SVG}{DRAWINGS[case]}</svg>")
    ended = cli.run("build", "--lang", "de", "--audience", "migrants", "--jobs", "1", at=workspace)
    assert ended.code == 1
    assert "assets/illustrations/migrants.svg" in ended.err


# --- the table ---


def test_a_limit_is_a_setting(workspace: Project, rewrite: Callable[[Path, str, str], None]) -> None:
    """Who trusts a file raises its limit; who wants less gets less; the table is checked as every other."""
    rewrite(workspace.config, "[brand]", "[limits]\ntext_mb = 9\ndrawing_mb = 0.001\n\n[brand]")
    assert config.load(workspace).limits == Limits(text_mb=9, drawing_mb=0.001)
    assert limits.held().text_mb == 9
    with pytest.raises(ValueError, match=r"\[limits\] drawing_mb"):
        from campaign.typeset.pictures import drawing

        drawing(f"{SVG}{'<g/>' * 500}</svg>".encode())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("text_mb = 0", "limits.text_mb"),
        ("text_mb = 1e9", "limits.text_mb"),
        ('text_mb = "9"', "must be a number"),
        ("text_mb = nan", "limits.text_mb"),
        ("txt_mb = 9", "did you mean 'text_mb'"),
    ],
)
def test_a_wrong_limit_is_a_problem_with_its_key(
    workspace: Project, rewrite: Callable[[Path, str, str], None], line: str, words: str
) -> None:
    """And the usual limits stay in force."""
    rewrite(workspace.config, "[brand]", f"[limits]\n{line}\n\n[brand]")
    with pytest.raises(CampaignError, match=words):
        config.load(workspace)
    assert limits.held() == Limits()


def test_every_limit_is_explained_with_its_value(repository: Path) -> None:
    """docs/reference/campaign-toml.md has the table that the program keeps."""
    page = (repository / "docs" / "reference" / "campaign-toml.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"(?m)^\| `(\w+_\w+)` \| ([\d.]+ \| [\d.]+, [\d.]+) \|", page))
    wanted = {
        item.name: f"{item.default:.10g} | {BOUNDS[item.name][0]:.10g}, {BOUNDS[item.name][1]:.10g}"
        for item in fields(Limits)
    }
    assert rows == wanted


def test_a_limit_is_no_part_of_an_item(workspace: Project, cli: Any, rewrite: Callable[..., None]) -> None:
    """A changed limit makes no item anew."""
    build = ("build", "--lang", "de", "--audience", "migrants", "--channel", "sms", "--jobs", "1")
    assert cli.run(*build, at=workspace).code == 0
    rewrite(workspace.config, "[brand]", "[limits]\ntext_mb = 9\n\n[brand]")
    assert cli.run(*build, at=workspace).out.startswith("0 items written")
