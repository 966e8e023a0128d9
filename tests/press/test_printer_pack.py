"""The pack for a printer: refused while unsigned, PROOF on every page of a proof, complete, provable, and the same twice."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from campaign.project import Project
from campaign.typeset import guard


@pytest.fixture
def icc(repository):
    """Give a workspace the colour profiles that the program brings."""

    def add(project: Project) -> Project:
        shutil.copytree(repository / "assets" / "icc", project.profiles, dirs_exist_ok=True)
        return project

    return add


def pack(cli, project, *arguments):
    """Run campaign pack printer for the palm card in one process."""
    return cli.run("pack", "printer", "--format", "palm-card", "--jobs", "1", *arguments, at=project)


@pytest.mark.slow
def test_nothing_unsigned_goes_to_a_printer(cli, workspace, icc):
    """Without --proof an unsigned job is refused with every reason, and no ZIP is written."""
    done = pack(cli, icc(workspace), "--lang", "de", "--audience", "migrants")
    assert done.code == 1
    assert "unsigned" in done.err and "contact-expired" in done.err and "--proof" in done.err
    assert not [*workspace.packs("review").glob("*"), *workspace.packs("release").glob("*")]


@pytest.mark.slow
def test_a_proof_holds_everything_and_says_proof_on_every_page(cli, workspace, icc):
    """The ZIP has press PDFs, pictures, ticket, sheet, preflight, README and sums; hashes and names are right."""
    done = pack(cli, icc(workspace), "--proof", "--lang", "ar", "--audience", "migrants")
    assert done.code == 0, done.err
    path = workspace.packs("review") / "printer_BE_ar_standard_PROOF.zip"
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    stem = "BE_ar_migrants_palm-card"
    pages = [f"{stem}-page-{number}.{kind}" for number in (1, 2) for kind in ("tif", "png")]
    papers = [
        "README.txt",
        "SHA256SUMS",
        "contact-sheet.pdf",
        "job-ticket.json",
        "job-ticket.pdf",
        "preflight.html",
        "preflight.json",
    ]
    assert sorted(files) == sorted([f"{stem}-press.pdf", f"{stem}-screen.pdf", *pages, *papers])
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in files)
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    for name in (f"{stem}-press.pdf", f"{stem}-screen.pdf"):
        for page in pypdfium2.PdfDocument(files[name]):
            assert "PROOF" in page.get_textpage().get_text_range()
    assert files["README.txt"].decode().startswith("THESE ARE PROOFS")
    job = json.loads(files["job-ticket.json"])["jobs"][0]
    assert (job["language"], job["autonym"], job["script"], job["dir"]) == ("Arabic", "العربية", "Arabic", "rtl")
    assert (job["trim"], job["bleed"], job["order"]) == ("85 x 55 mm", "3 mm", "1 front, 2 back")
    assert (job["profile"], job["ink"], job["type"]) == ("FOGRA39 (FOGRA39L_coated.icc)", "CMYK 4/4", "fonts embedded")
    assert {"paper", "quantity", "panels", "batch", "edition", "autonym"} <= set(job)
    assert job["sha256"] == sums[f"{stem}-press.pdf"]
    ticket = " ".join(guard.visual_lines(files["job-ticket.pdf"]))
    assert len(pypdfium2.PdfDocument(files["job-ticket.pdf"])) == 1
    assert "this way up" in ticket and "right to left" in ticket and "PROOF" in ticket
    for label in (
        "Page order",
        "Trim",
        "Bleed",
        "Paper",
        "Quantity",
        "Ink",
        "Profile",
        "Type",
        "Script",
        job["sha256"],
    ):
        assert label in ticket, label
    checked = json.loads(files["preflight.json"])["files"][0]["lines"]
    assert {line["verdict"] for line in checked} <= {"pass", "skip"}
    again = path.read_bytes()
    pack(cli, workspace, "--proof", "--lang", "ar", "--audience", "migrants")
    assert path.read_bytes() == again


@pytest.mark.slow
def test_what_is_signed_and_verified_goes_out(cli, signed, icc, rewrite):
    """A signed leaflet with verified contacts needs no proof; the README speaks the printer's language."""
    rewrite(icc(signed).config, "[print.standard]\n", '[print.standard]\nlanguage = "de"\n')
    done = pack(cli, signed, "--lang", "de", "--audience", "migrants")
    assert done.code == 0, done.err
    with zipfile.ZipFile(signed.packs("release") / "printer_BE_de_standard.zip") as archive:
        assert "Druckdaten auf Deutsch" in archive.read("README.txt").decode()
        assert "PROOF" not in "".join(guard.visual_lines(archive.read("BE_de_migrants_palm-card-press.pdf")))
    # It was made without an edition, and is read again without one.
    verified = cli.run("verify", "--release", "--no-ocr", "--jobs", "1", at=signed)
    assert verified.code == 0 and verified.out.startswith("1 files, "), verified.out + verified.err
    assert "no release edition was built: only the packs for printers were read" in verified.err
    rewrite(signed.contacts, "+3232011690", "+3232011691")
    assert cli.run("verify", "--release", "--no-ocr", "--jobs", "1", at=signed).code == 1


@pytest.mark.breadth
@pytest.mark.slow
def test_nothing_personal_is_in_any_file_of_a_pack(cli, workspace, icc, rewrite):
    """The logo is a CMYK JPEG with place, camera and name: no file of the pack knows them, nor who made it on what."""
    picture, exif, data = Image.new("CMYK", (400, 200), (0, 200, 200, 0)), Image.Exif(), io.BytesIO()
    exif[0x010F], exif[0x013B], exif[0x8825] = "CameraMaker", "A. Person", {1: "N", 2: (50.0, 51.0, 0.0)}
    picture.save(data, "JPEG", exif=exif, comment=b"secret place")
    (workspace.assets / "logos" / "photo.jpg").write_bytes(data.getvalue())
    rewrite(icc(workspace).config, 'logo = "campaign.svg"', 'logo = "photo.jpg"')
    chosen = ("--format", "leaflet-a5", "--jobs", "1", "--proof", "--lang", "de", "--audience", "migrants")
    assert cli.run("pack", "printer", *chosen, at=workspace).code == 0
    with zipfile.ZipFile(workspace.packs("review") / "printer_BE_de_standard_PROOF.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
        assert all(not (info.extra or info.comment) for info in archive.infolist()) and not archive.comment
    traces = (b"CameraMaker", b"Person", b"secret", b"Exif", str(workspace.root).encode())
    for name, content in files.items():
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(content)) as pdf:
                assert not str(pdf.docinfo.get("/Author", ""))
                streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
                photographs = [item for item in streams if item.get("/Filter") == "/DCTDecode"]
                content += b"".join(item.read_raw_bytes() for item in photographs)
                content += b"".join(item.read_bytes() for item in streams if item not in photographs)
        elif name.endswith(".png"):
            assert set(re.findall(rb"IHDR|pHYs|tEXt|iTXt|zTXt|eXIf|tIME", content[:200])) == {b"IHDR", b"pHYs"}
        elif name.endswith(".tif"):
            # Only what describes the pixels: size, coding, resolution, ink profile.
            tags = set(Image.open(io.BytesIO(content)).tag_v2)
            assert tags <= {256, 257, 258, 259, 262, 273, 277, 278, 279, 282, 283, 284, 296, 317, 338, 34675}
        assert not [trace for trace in traces if trace in content], name


@pytest.mark.slow
def test_a_format_needs_no_python(cli, workspace, icc):
    """One .typ file and one table in campaign.toml make a format; its pack passes preflight."""
    (workspace.layouts / "sticker.typ").write_text(
        '#import "style.typ": *\n#set document(title: d.title, date: none)\n#show: script-style\n'
        "#set page(width: 90mm, height: 60mm, bleed: bleed, margin: 7mm, background: {\n"
        "  place(bottom, rect(width: 100%, height: 14mm + bleed, fill: primary))\n  watermark(20pt, 20mm + bleed)\n})\n"
        "#let main = d.helplines.first()\n#place(top + end, qr(d.qr, 22mm, d.qr_alt))\n"
        "#big-number(main.number, 16pt, 200pt, fill: primary)\n#v(2mm)\n#text(size: 9pt, who(main))\n"
        '#place(bottom, dy: -1mm, text(size: 10pt, fill: white, weight: "bold", d.emergency_line))\n',
        encoding="utf-8",
    )
    with workspace.config.open("a", encoding="utf-8") as file:
        file.write('\n[layouts.sticker]\nname = "Sticker"\nwidth = 90\nheight = 60\npages = 1\ncontacts = 1\n')
        file.write('shows = ["title", "label:emergency_line", "label:qr_alt"]\n')
    chosen = ("--proof", "--lang", "ar", "--audience", "migrants", "--jobs", "1")
    done = cli.run("pack", "printer", "--format", "sticker", *chosen, at=icc(workspace))
    assert done.code == 0, done.err


def test_unknown_names_are_refused_with_the_near_one(cli, workspace, icc):
    """A format or profile that does not exist is an error that says which do."""
    done = cli.run("pack", "printer", "--format", "palmcard", "--proof", at=icc(workspace))
    assert done.code == 1 and "did you mean 'palm-card'" in done.err
    done = cli.run("pack", "printer", "--profile", "x", "--proof", at=workspace)
    assert done.code == 1 and "standard" in done.err


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda data: b"GIF89a" + data[6:], "damaged"),
        (lambda data: data[:2000], "damaged"),
        (lambda data: data[:16] + b"GRAY" + data[20:], "describes GRAY"),
        (lambda data: data[:16] + b"RGB " + data[20:], "describes RGB"),
        (lambda data: data[:200] + bytes(len(data) - 200), "damaged"),
        (lambda data: data + bytes(40_000_000), "has 4"),
        (None, "cannot be read"),
    ],
)
def test_an_odd_colour_profile_is_refused_by_name(cli, workspace, icc, make, words):
    """Grey, RGB, broken, cut, hollow, 40 MB or missing: the error names the file and what to do; nothing is written."""
    path = icc(workspace).profiles / "FOGRA39L_coated.icc"
    data = path.read_bytes()
    path.unlink()
    if make:
        path.write_bytes(make(data))
    done = pack(cli, workspace, "--proof", "--lang", "de", "--audience", "migrants")
    assert done.code == 1
    assert "assets/icc/FOGRA39L_coated.icc" in done.err and words in done.err
    assert not [*workspace.packs("review").glob("*"), *workspace.packs("release").glob("*")]


def test_ticket_names_the_folds(room):
    """The fold diagram of an Arabic roll fold begins with the cover on the left; a German one ends with it."""
    from campaign.press import folds

    table = room.campaign.layouts["trifold-a4"]
    assert folds.panels(table, rtl=False) == ((97, 100, 100), (100, 100, 97))
    assert folds.panels(table, rtl=True) == ((100, 100, 97), (97, 100, 100))
    assert folds.expected(table, rtl=True) == ((1, 100), (1, 200), (2, 97), (2, 197))


def test_the_words_for_printers_are_complete(repository):
    """Every language that printers are spoken to in has every label and every placeholder of the English file."""
    from string import Formatter

    from campaign.press import ticket

    names = sorted(path.stem for path in (repository / "campaign" / "data" / "printer").glob("*.toml"))
    english = ticket.words("en")

    def holes(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for name in names:
        said = ticket.words(name)
        assert set(said.label) == set(english.label), name
        ticket_labels = [
            said.label[key] for key in ("file", "script", "type", "profile", "order", "pages", "paper", "ink")
        ]
        assert len(set(ticket_labels)) == len(ticket_labels), name
        for page in ("readme", "office", "screens"):
            assert holes(getattr(said, page)) == holes(getattr(english, page)) != set(), (name, page)
        assert name == "en" or said.screens_proof != english.screens_proof
    assert ticket.words("xx").language == "en"
