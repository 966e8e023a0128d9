"""Preflight: a good job passes every line, and each fault that a printer would send back is caught by its own line."""

from __future__ import annotations

from dataclasses import replace

import pikepdf
import pytest
from PIL import ImageDraw

from campaign.press.preflight import Verdict, inspect
from campaign.press.preflight.ink import ink_lines
from campaign.press.preflight.objects import object_lines


def lines(check, subject):
    """The failing lines of one family of checks."""
    return {line.check: line for line in check(subject) if line.verdict is Verdict.FAIL}


def font_of(pdf: bytes) -> str:
    """The name of a font of the last page."""
    import io

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return next(iter(document.pages[-1].obj.Resources.Font.keys()))


def text(pdf: bytes, size: float, x: float, y: float, code: str = "0001") -> str:
    """Drawing operators for one glyph."""
    return f"0 0 0 1 k BT {font_of(pdf)} {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET"


@pytest.mark.slow
def test_a_good_job_passes_and_every_line_says_what_was_measured(card):
    """No line fails; each has a measured value and a limit."""
    found = inspect(card)
    assert [line for line in found if line.verdict in (Verdict.FAIL, Verdict.WARN)] == []
    assert all(line.measured and line.limit for line in found)
    assert {
        "trim", "bleed box", "media box", "bleed filled", "safe margin", "fonts embedded", "fonts subset", "Type 3 fonts",
        "colour spaces", "total ink", "smallest type", "line weight", "reversed type", "picture resolution", "black type",
        "overprint of black type", "QR code", "QR module", "QR quiet zone", "pages", "metadata", "annotations",
        "missing glyphs", "words", "number in the text", "number in the pixels", "PDF version", "XMP", "output intent",
    } <= {line.check for line in found}  # fmt: skip


@pytest.mark.slow
def test_other_words_than_were_set(card, failures):
    """A press file whose text layer says a letter more or less, on any of its pages, is no good."""
    assert failures(replace(card, words=(card.words[0], "0" * 12)))["words"].measured == "page 2 says something else"
    assert failures(replace(card, words=card.words[:1]))["words"].measured == "page 2 says something else"


@pytest.mark.slow
def test_no_bleed(card, room, failures):
    """A background that stops at the trim is seen in the pixels, a missing bleed box in the file."""
    message = room.message()
    laid = room.laid("palm-card", message, bleed=0)
    pdf = room.press(laid, message)
    pages = room.pages(pdf, room.laid("palm-card", message).pdf, card.layout)
    white = pages[1].copy()
    ImageDraw.Draw(white).rectangle((0, white.height - 35, white.width, white.height), fill=(0, 0, 0, 0))
    assert "bleed filled" in lines(ink_lines, replace(card, pages=(pages[0], white)))
    with pikepdf.open(__import__("io").BytesIO(card.pdf)) as document:
        for page in document.pages:
            page.obj.BleedBox = page.obj.TrimBox
        out = __import__("io").BytesIO()
        document.save(out)
    assert "bleed box" in failures(replace(card, pdf=out.getvalue()))


def test_an_rgb_object(card, spoiled):
    """One red square in screen colours."""
    found = lines(object_lines, replace(card, pdf=spoiled(card.pdf, "1 0 0 rg 20 20 9 9 re f")))
    assert "/DeviceRGB" in found["colour spaces"].measured


@pytest.mark.slow
def test_a_type_3_font(card, spoiled, failures):
    """A font that draws its letters as pictures."""

    def add(page, pdf):
        glyph = pdf.make_stream(b"500 0 0 0 400 400 d1 0 0 400 400 re f")
        page.obj.Resources.Font["/T3"] = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 500, 500], FirstChar=97, LastChar=97,
                FontMatrix=[0.001, 0, 0, 0.001, 0, 0], Widths=[500], Resources=pikepdf.Dictionary(),
                CharProcs=pikepdf.Dictionary(a=glyph),
                Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=[97, pikepdf.Name.a]),
            )
        )  # fmt: skip

    pdf = spoiled(card.pdf, "0 0 0 1 k BT /T3 12 Tf 60 60 Td (a) Tj ET", add)
    assert failures(replace(card, pdf=pdf))["Type 3 fonts"].measured == "1"


def test_ink_of_340_percent(card, room, spoiled):
    """Four heavy plates on one spot never dry."""
    pdf = spoiled(card.pdf, "0.9 0.9 0.9 0.7 k 60 60 30 30 re f")
    pages = room.pages(pdf, pdf, card.layout)
    if lines(ink_lines, replace(card, pages=pages)) == {}:
        pytest.skip("needs Ghostscript: the built-in way draws the file before it is turned into ink")
    assert lines(ink_lines, replace(card, pages=pages))["total ink"].measured == "340 %"


def test_text_in_the_safe_margin(card, spoiled):
    """A letter 2 mm from the trim is lost when the knife slips."""
    found = lines(object_lines, replace(card, pdf=spoiled(card.pdf, text(card.pdf, 9, 14, 100))))
    assert "leaves the safe margin" in found["safe margin"].measured


def test_type_of_4_points(card, spoiled):
    """Nobody reads it, and it breaks on the plate."""
    found = lines(object_lines, replace(card, pdf=spoiled(card.pdf, text(card.pdf, 4, 90, 100))))
    assert found["smallest type"].measured == "4.00 pt"


def test_a_picture_of_72_pixels_per_inch(card, spoiled):
    """72 pixels on one inch are a blur on paper."""

    def add(page, pdf):
        image = pikepdf.Stream(pdf, bytes(4 * 72 * 72))
        image.update(
            {
                "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 72, "/Height": 72,
                "/ColorSpace": pikepdf.Name.DeviceCMYK, "/BitsPerComponent": 8,
            }
        )  # fmt: skip
        page.obj.Resources.XObject = pikepdf.Dictionary(Blur=image)

    found = lines(object_lines, replace(card, pdf=spoiled(card.pdf, "72 0 0 72 60 60 cm /Blur Do", add)))
    assert found["picture resolution"].measured == "72 ppi"


@pytest.mark.slow
def test_a_broken_qr_code(card, failures):
    """A code that a scanner cannot read, one that leads elsewhere, and one without room around it."""
    page = card.pages[1].copy()
    width, height = page.size
    ImageDraw.Draw(page).rectangle((0, height // 4, width // 2, height // 2), fill=(0, 0, 0, 0))
    assert "QR code" in failures(replace(card, pages=(card.pages[0], page)))
    assert "QR code" in failures(replace(card, url=card.url + "/x"))


def test_a_qr_code_without_quiet_zone(card, failures):
    """Something dark beside the code keeps scanners from finding it."""
    import zxingcpp

    page = card.pages[1].copy()
    code = zxingcpp.read_barcodes(page.convert("RGB").convert("L"))[0].position
    x = code.top_right.x + 8
    ImageDraw.Draw(page).rectangle((x, code.top_right.y, x + 8, code.bottom_right.y), fill=(0, 0, 0, 255))
    assert "QR quiet zone" in failures(replace(card, pages=(card.pages[0], page)))


def test_a_wrong_digit_in_the_text(card, failures):
    """The file says another number than contacts.toml."""
    wrong = "+32 3 201 16 91"
    assert failures(replace(card, numbers=(wrong,)))["number in the text"].measured == "not found"


def test_a_wrong_digit_in_the_pixels(card, failures):
    """The text layer is right and the picture of it is not: only OCR sees that."""
    from campaign.press.extra import tesseract
    from campaign.typeset import guard

    if tesseract() is None:
        pytest.skip("Tesseract is not installed")
    box = guard.visual_places(card.pdf, card.numbers[0])[0]
    scale, edge = 300 / 72, 35
    page = card.pages[1].copy()
    right = round(edge + box.right * scale)
    ImageDraw.Draw(page).rectangle(
        (right - 40, round(box.top * scale), right + 4, round(edge + box.bottom * scale)), fill=0
    )
    assert "number in the pixels" in failures(replace(card, pages=(card.pages[0], page)))


def test_a_mirrored_fold(room, card):
    """An Arabic sheet folded as if it were read from left to right."""
    from campaign.press import folds
    from campaign.press.preflight.file import file_lines

    table, laid = room.campaign.layouts["trifold-a4"], room.laid("trifold-a4", room.message())
    measured = tuple((page, place * 25.4 / 72) for page, place in laid.folds)
    good = replace(card, layout=table, folds=measured, expected_folds=folds.expected(table, rtl=True))
    assert "folds" not in lines(file_lines, good)
    mirrored = replace(good, expected_folds=folds.expected(table, rtl=False))
    assert "page 1: 100.0 mm" in lines(file_lines, mirrored)["folds"].measured


def test_a_missing_glyph(card, spoiled):
    """Glyph 0 is the box or blank that stands for a letter the font does not have."""
    found = lines(object_lines, replace(card, pdf=spoiled(card.pdf, text(card.pdf, 9, 90, 100, "0000"))))
    assert found["missing glyphs"].measured == "1"


def test_rich_black_type_and_type_that_does_not_overprint(card, spoiled):
    """Black type from four inks blurs when plates shift; black type that knocks out shows white rims."""
    rich = text(card.pdf, 9, 90, 100).replace("0 0 0 1 k", "0.6 0.5 0.5 1 k")
    assert "black type" in lines(object_lines, replace(card, pdf=spoiled(card.pdf, rich)))
    plain = spoiled(card.pdf, text(card.pdf, 9, 90, 100))
    assert "overprint of black type" in lines(object_lines, replace(card, pdf=plain))


def test_thin_white_type_asks_for_a_look(card, spoiled):
    """White letters of 7 pt that are not bold fill in; bold ones hold."""
    white = text(card.pdf, 7, 90, 100).replace("0 0 0 1 k", "0 0 0 0 k")
    with pikepdf.open(__import__("io").BytesIO(card.pdf)) as pdf:
        fonts = {str(font.BaseFont): name for name, font in pdf.pages[-1].obj.Resources.Font.items()}
    bold, thin = (next(key for name, key in fonts.items() if ("Bold" in name) is wanted) for wanted in (True, False))
    for font, measured in ((thin, "1 runs, from 7.00 pt"), (bold, "none thin")):
        drawn = spoiled(card.pdf, white.replace(font_of(card.pdf), font))
        (line,) = (line for line in object_lines(replace(card, pdf=drawn)) if line.check == "reversed type")
        assert line.measured == measured
        assert line.verdict is (Verdict.WARN if font == thin else Verdict.PASS)


def test_a_hairline(card, spoiled):
    """A line of a twentieth of a point disappears."""
    found = lines(object_lines, replace(card, pdf=spoiled(card.pdf, "0 0 0 1 K 0.05 w 60 60 m 90 60 l S")))
    assert found["line weight"].measured == "0.05 pt"


def test_an_annotation_and_a_name_in_the_metadata(card, spoiled, failures):
    """PDF/X-4 has no links on the page, and a released file names nobody."""

    def add(page, pdf):
        page.obj.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0] * 4)]
        )
        pdf.docinfo["/Author"] = "A. Person"

    found = failures(replace(card, pdf=spoiled(card.pdf, "", add)))
    assert found["annotations"].measured == "1"
    assert "/Author" in found["metadata"].measured
