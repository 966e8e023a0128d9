"""Files of every kind: text, HTML, PDF and Word are read for what people see, and harmful ones are refused."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from dataclasses import replace

import pytest
import typst

from campaign import limits
from campaign.audit import bounded, readers
from campaign.audit.document import UnreadableError
from campaign.audit.readers.pdf import read_pdf
from campaign.identify.names import declared
from campaign.typeset.fonts import load

docx = pytest.importorskip("docx", reason="python-docx is in the extra audit")

WRONG = {"phone": "+32 3 201 16 09"}


def as_html(text, tag, rtl=False):
    """A page with a number in a left-to-right isolate, a tel: link, a script and an English comment."""
    body = text.replace(
        "+32 3 201 16 90", '<bdi dir="ltr"><a href="tel:+3232011690">+32&nbsp;3 201&thinsp;16 90</a></bdi>'
    )
    return f'<!doctype html><html lang="{tag}" dir="{"rtl" if rtl else "ltr"}"><head><title>+32 1 234 56 78</title></head><body><script>var n = "+32 9 999 99 99";</script><!-- +32 8 888 88 88 --><p>{body}</p></body></html>'.encode()


def as_pdf(text, tag, rtl=False):
    """A PDF whose number is kept left to right, as our layouts do."""
    text = text.replace("@", "\\@").replace("\u200e", "")
    fonts = '("Noto Sans", "Noto Sans Arabic", "Noto Sans Bengali", "Noto Sans Ethiopic")'
    source = f'#set text(lang: "{tag}", dir: {"rtl" if rtl else "ltr"}, font: {fonts})\n#show regex("[+]?[0-9][0-9 ]+[0-9]"): it => box(text(dir: ltr, it))\n{text}'
    return bytes(typst.compile(source.encode(), font_paths=load(None)))


def as_docx(text, tag, rtl=False):
    """A Word file: the text in a table, the contacts of the last sentence in a footer."""
    document = docx.Document()
    body, _, last = text.rpartition(". ")
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = body
    document.sections[0].footer.paragraphs[0].text = last
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "make", "tags"),
    [
        ("html", as_html, ("de", "el", "bn", "ti", "ar", "fa")),
        ("pdf", as_pdf, ("de", "el", "bn", "ti", "ar", "fa")),
        ("docx", as_docx, ("de", "el", "bn", "ti")),
    ],
)
@pytest.mark.sample(2)
def test_every_format_is_read_as_people_see_it(cli, tmp_path, leaflet, ending, make, tags):
    """A right file has no finding, the same file with two turned digits has one; the reference is plain text."""
    (tmp_path / "reference-en.txt").write_text(leaflet("en"), encoding="utf-8")
    for tag in tags:
        rtl = tag in ("ar", "fa")
        (tmp_path / f"right-{tag}.{ending}").write_bytes(make(leaflet(tag), tag, rtl))
        (tmp_path / f"wrong-{tag}.{ending}").write_bytes(make(leaflet(tag, **WRONG), tag, rtl))
    names = [f"{kind}-{tag}.{ending}" for tag in tags for kind in ("right", "wrong")]
    ended = cli.run("audit", "reference-en.txt", *names, "--json", "--jobs", "2", at=tmp_path)
    assert ended.code == 1
    for name, entry in zip(names, json.loads(ended.out)["files"], strict=True):
        assert (entry["file"], entry["language"]) == (name, name[6:8])
        if name.startswith("right"):
            assert entry["findings"] == [], name
            continue
        (found,) = entry["findings"]
        assert set(found) == {"code", "severity", "locale", "where", "detail", "rule"}
        assert found["detail"].startswith("changed: +32 3 201 16 ")


@pytest.mark.slow
def test_a_link_that_dials_another_number_is_an_error(cli, tmp_path, leaflet):
    """The text is right, the link behind it is not."""
    (tmp_path / "en.txt").write_text(leaflet("en"), encoding="utf-8")
    page = as_html(leaflet("de"), "de").replace(b"tel:+3232011690", b"tel:+3232011609")
    (tmp_path / "seite-de.html").write_bytes(page)
    ended = cli.run("audit", "en.txt", "seite-de.html", at=tmp_path)
    assert ended.code == 1
    assert (
        "link: ☎ +3232011609 is not in the reference" in ended.out or "+3232011609 is not in the reference" in ended.out
    )


def test_word_text_boxes_and_right_to_left_runs(tmp_path):
    """A text box is stored twice and read once; a number that is no right-to-left run stands as it is read."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph._p.get_or_add_pPr().append(paragraph._p.makeelement(docx.oxml.ns.qn("w:bidi"), {}))
    paragraph.add_run("اتصل على ").font.rtl = True
    paragraph.add_run("+32 3 201 16 90")
    data = io.BytesIO()
    document.save(data)
    text = readers.READERS[readers.TYPES[".docx"]](data.getvalue()).text
    assert "\u2066+32 3 201 16 90\u2069" in text


def test_a_table_of_cells_and_a_json_report_are_read_cell_by_cell():
    """Numbers of two columns never run together; the parts of an SMS are one text."""
    assert readers.READERS["text/csv"](b"112,116000\n").text == "112\n116000"
    report = json.dumps({"units": [160], "parts": ["Call 116 0", "00"]}).encode()
    assert readers.READERS["application/json"](report).text == "Call 116 000"


def test_the_language_is_read_off_name_folder_and_file():
    """leaflet-ar.pdf, ar/leaflet.pdf, page.pt-BR.html, or what the page says of itself; names that only look like a tag do not count."""
    assert [declared(name, own) for name, own in (
        ("leaflet-ar.pdf", ""), ("out/ar/leaflet.pdf", ""), ("page.pt-BR.html", ""), ("page.html", "pt-PT"), ("flyer.txt", ""), ("ti.txt", ""),
    )] == ["ar", "ar", "pt-BR", "pt", "", "ti"]  # fmt: skip


def archive(**parts):
    """A zip file as Word's begins."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        for name, part in parts.items():
            made.writestr(f"word/{name}.xml", part)
    return data.getvalue()


HOSTILE = {
    "bomb.docx": lambda: archive(document=b" " * 60_000_000),
    "external.docx": lambda: archive(document=b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    "laughs.docx": lambda: archive(styles='<!DOCTYPE a [<!ENTITY a "ha">]><a>&a;</a>'.encode("utf-16")),
    "rubbish.docx": lambda: os.urandom(100_000),
    "empty.docx": lambda: archive(document=b"<a/>"),
    "deep.html": lambda: b"<div>" * 2_000_000,
    "wide.html": lambda: b"<p>+32 3 201 16 9</p>a@" * 450_000,
    "rubbish.pdf": lambda: b"%PDF-1.7\n" + os.urandom(100_000),
    "loop.pdf": lambda: (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 9/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>"
    ),
    "letters.txt": lambda: b"a@" * 5_000_000,
    "binary.txt": lambda: b"\x00\x01\xfe",
    "picture.png": lambda: b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.slow
def test_harmful_files_are_refused_and_the_others_are_read(cli, tmp_path, leaflet):
    """Zip bomb, external and exploding entities, deep and large HTML, damaged PDF: each says so, none stops the rest."""
    (tmp_path / "en.txt").write_text(leaflet("en"), encoding="utf-8")
    (tmp_path / "good-de.txt").write_text(leaflet("de"), encoding="utf-8")
    for name, make in HOSTILE.items():
        (tmp_path / name).write_bytes(make())
    ended = cli.run("audit", "en.txt", *HOSTILE, "good-de.txt", "--json", "--jobs", "2", at=tmp_path)
    assert ended.code == 1
    files = {entry["file"]: entry["findings"] for entry in json.loads(ended.out)["files"]}
    assert files.pop("good-de.txt") == []
    assert {name: [found["code"] for found in findings] for name, findings in files.items()} == {
        name: ["file-unreadable"] for name in HOSTILE
    }


def sleep(seconds):
    """Stands for a reader that does not come back."""
    time.sleep(seconds)


def eat(megabytes):
    """Stands for a reader that unpacks without end."""
    return len(bytearray(megabytes * 1_000_000))


def die(code):
    """Stands for a library that crashes."""
    os._exit(code)


@pytest.mark.slow
def test_a_reader_that_hangs_grows_or_crashes_costs_its_own_file_only(monkeypatch):
    """Time, memory and the process are bounded; the next file is read as if nothing had happened."""
    monkeypatch.setattr(limits, "_inforce", [replace(limits.Limits(), read_seconds=0.8)])
    with bounded.readers(1) as pool:
        (late,) = pool.run(sleep, [60])
        limits.hold(limits.Limits())
        (large,) = pool.run(eat, [8_000])
        (dead,) = pool.run(die, [3])
        (fine,) = pool.run(eat, [1])
    assert [type(answer) for answer in (late, large, dead)] == [UnreadableError] * 3
    assert "seconds" in str(late) and "memory" in str(large) and "breaks" in str(dead)
    assert fine == 1_000_000


def test_extraction_that_turns_numbers_round_is_noticed():
    """PDFium gives the words of a Punjabi page from the other end (measured): the places on the page decide."""
    made = as_pdf("Call +32 3 201 16 90 at a moment when nobody listens.", "pa")
    assert "+32 3 201 16 90" in read_pdf(made).text


@pytest.mark.slow
def test_the_page_for_people(cli, tmp_path, leaflet):
    """--html writes one page that names every file and finding, escaped."""
    (tmp_path / "en.txt").write_text(leaflet("en"), encoding="utf-8")
    (tmp_path / "a<b>-de.txt").write_text(leaflet("de", **WRONG), encoding="utf-8")
    assert cli.run("audit", "en.txt", "a<b>-de.txt", "--html", "audit.html", at=tmp_path).code == 1
    page = (tmp_path / "audit.html").read_text(encoding="utf-8")
    assert "a&lt;b&gt;-de.txt" in page and "changed: +32 3 201 16 " in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.slow
def test_a_reference_without_contacts_is_no_reference(cli, tmp_path):
    """The error says what to choose instead."""
    (tmp_path / "a.txt").write_text("Nobody may keep your passport.", encoding="utf-8")
    ended = cli.run("audit", "a.txt", "a.txt", at=tmp_path)
    assert ended.code == 1 and "names no telephone number" in ended.err


@pytest.mark.slow
def test_contacts_toml_is_a_reference_too(cli, tmp_path, leaflet, wide):
    """Every number of a leaflet must be a recorded one; what it leaves out is not missing."""
    (tmp_path / "flyer-de.txt").write_text("Rufen Sie an: 116 111 oder +49 6741 2233.", encoding="utf-8")
    ended = cli.run("audit", str(wide / "contacts.toml"), "flyer-de.txt", "--json", at=tmp_path)
    (found,) = json.loads(ended.out)["files"][0]["findings"]
    assert found["detail"] == "changed: +49 6741 223[2→3]"
