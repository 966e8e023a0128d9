"""outlines = true: no font is left, the drawing is the same, black stays black, and numbers are still proved."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
import shop

from campaign import config
from campaign.audit import pictures
from campaign.delivery import printer_zip_check
from campaign.errors import CampaignError
from campaign.model.print_profile import PrintProfile
from campaign.press import raster
from campaign.press.extra import tesseract
from campaign.press.outlines import outline
from campaign.press.preflight import Subject, Verdict, inspect
from campaign.press.preflight.outlines import outline_lines


@pytest.fixture(scope="module")
def paths(room, card):
    """The palm card in Arabic with outlines, as a job to be inspected; its pixels come from the outlines."""
    message = room.message()
    laid = room.laid("palm-card", message)
    pdf = room.press(laid, message, outlines=True)
    return replace(card, pdf=pdf, pages=room.pages(pdf, laid.pdf, card.layout), live=card.pdf)


@pytest.mark.slow
def test_the_file_has_no_fonts_and_passes_preflight(paths):
    """Nothing fails; the numbers are read from the pixels of the outlines; the report says that it is not PDF/UA."""
    lines = {line.check: line for line in inspect(paths)}
    assert [line for line in lines.values() if line.verdict is Verdict.FAIL] == []
    assert lines["fonts embedded"].measured == "no fonts" and lines["type as outlines"].measured == "0 runs of type"
    assert lines["PDF/UA"].verdict is Verdict.WARN and lines["outlines against type"].measured == "0 pixels differ"
    assert lines["smallest type"].measured.endswith("pt") and lines["number in the text"].verdict is Verdict.PASS
    if tesseract():
        assert lines["number in the pixels"].verdict is Verdict.PASS
    page = pypdfium2.PdfDocument(paths.pdf)[1]
    assert page.get_textpage().get_text_range() == ""


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "layout"), [("bn", "palm-card"), ("ti", "palm-card"), ("de", "leaflet-a5")])
@pytest.mark.sample(2)
def test_every_script_is_drawn_as_before(room, locale, layout):
    """Marks above and below, ligatures and gradients: the paths of the whole page draw what the type drew."""
    message = room.message("migrants", locale)
    laid = room.laid(layout, message)
    pdf, live = (room.press(laid, message, outlines=outlines) for outlines in (True, False))
    found = list(outline_lines(Subject(pdf, (), room.campaign.layouts[layout], PrintProfile("x"), "", (), live=live)))
    assert {line.measured for line in found if line.check == "outlines against type"} == {"0 pixels differ"}


@pytest.mark.slow
def test_a_lost_letter_is_seen(paths, spoiled):
    """One glyph fewer in the outlines than in the type, and type that was left, are lines that fail."""
    with pikepdf.open(io.BytesIO(paths.pdf)) as pdf:
        page = pdf.pages[1]
        page.contents_add(b"q 0 0 0 0 k 150 40 60 80 re f Q")
        out = io.BytesIO()
        pdf.save(out)
    failed = {line.check for line in outline_lines(replace(paths, pdf=out.getvalue())) if line.verdict is Verdict.FAIL}
    assert failed == {"outlines against type"}
    failed = {line.check for line in outline_lines(replace(paths, pdf=paths.live)) if line.verdict is Verdict.FAIL}
    assert failed == {"type as outlines"}


@pytest.mark.slow
def test_other_tools_agree(paths, tmp_path):
    """qpdf is content, poppler finds no fonts; paths that were black type are in pure black. (veraPDF: test_press_file.)"""
    path = tmp_path / "card.pdf"
    path.write_bytes(paths.pdf)
    with pikepdf.open(path) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert b"PDF/X-4" in packet and b"<pdfuaid:part>" not in packet
        assert "/StructTreeRoot" not in pdf.Root and "/Font" not in pdf.pages[0].obj.Resources
        content = pdf.pages[1].obj.Contents.read_bytes()
        assert b"0 0 0 1 k" in content and b"/CampaignOverprint gs" in content and b"BT" not in content
    if shutil.which("qpdf") and shutil.which("pdffonts"):
        assert (shop.syntax(path), shop.loose_fonts(path)) == ("", "no fonts")
    if raster.ghostscript():
        cyan, magenta, yellow, black = (plate.tobytes() for plate in paths.pages[1].crop((0, 0, 1000, 430)).split())
        dark = [at for at, value in enumerate(black) if value == 255]
        assert len(dark) > 1000 and not any(cyan[at] or magenta[at] or yellow[at] for at in dark)


def test_a_font_without_truetype_outlines_is_refused(card):
    """The error names the font and says what to do."""
    with pikepdf.open(io.BytesIO(card.pdf)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                item.FontFile3 = item.FontFile2
                del item.FontFile2
        with pytest.raises(CampaignError, match=r"NotoSans.* has no TrueType outlines"):
            outline(pdf)


@pytest.mark.slow
@pytest.mark.breadth
def test_a_pack_with_outlines_says_so(cli, workspace, repository, rewrite, monkeypatch):
    """The ticket names outlines; verify reads numbers from the drawing, and misses one that has changed since."""
    shutil.copytree(repository / "assets" / "icc", workspace.profiles, dirs_exist_ok=True)
    rewrite(workspace.config, "[print.standard]\n", "[print.standard]\noutlines = true\nmarks = true\n")
    command = ("pack", "printer", "--format", "palm-card", "--jobs", "1", "--proof", "--lang", "de")
    done = cli.run(*command, "--audience", "migrants", at=workspace)
    assert done.code == 0 and "preflight" not in done.err, done.err
    with zipfile.ZipFile(workspace.packs("review") / "printer_BE_de_standard_PROOF.zip") as archive:
        ticket = json.loads(archive.read("job-ticket.json"))["jobs"][0]
        assert ticket["type"] == "outlines, not PDF/UA"
        assert b"/Font" not in archive.read("BE_de_migrants_palm-card-press.pdf")
    # One pass of OCR finds the large number of a card; the others are for small print.
    monkeypatch.setattr(pictures, "_PASSES", pictures._PASSES[:1])

    def missed() -> list[str]:
        _, found = printer_zip_check.findings(workspace, config.load(workspace), "review", ocr=True)
        return [one.detail for one in found if "outlines" in one.detail]

    assert missed() == []
    rewrite(workspace.contacts, '"+3232011690"', '"+3232011699"')
    if tesseract():
        assert "+32 3 201 16 99 (be-payoke) was not recognised in the outlines: look at it" in missed()
