"""One base for all languages: the same cyan, magenta and yellow, everything of a language on its black plate."""

from __future__ import annotations

import io
import shutil
import subprocess

import pikepdf
import pytest
from PIL import Image, ImageChops

from campaign.errors import CampaignError
from campaign.press import common_base, x4


def press_files(room, layout: str, locales: tuple[str, ...]) -> dict[str, bytes]:
    """The press files of one item in some languages, with what they have in common as their base."""
    laid = {locale: room.laid(layout, room.message(locale=locale)).pdf for locale in locales}
    base = common_base.common([*laid.values()])
    return {
        locale: x4.convert(
            pdf, room.inks, x4.PressFile("t", locale, room.campaign.edition, room.intent, "FOGRA39", 3.0, base=base)
        )
        for locale, pdf in laid.items()
    }


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript separates the plates")
@pytest.mark.parametrize(
    ("layout", "others"), [("leaflet-a5", ("ar", "ti")), ("trifold-a4", ("ti", "el")), ("poster-a3", ("ar", "ti"))]
)
@pytest.mark.breadth
def test_only_the_black_plate_differs(room, tmp_path, layout, others):
    """German and two more, separated by Ghostscript: not one pixel differs on the other three plates."""
    pages: dict[str, list[Image.Image]] = {}
    for locale, pdf in press_files(room, layout, ("de", *others)).items():
        (tmp_path / f"{locale}.pdf").write_bytes(pdf)
        out = f"-sOutputFile={tmp_path}/{locale}-%d.tif"
        command = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", "-r72", out]
        subprocess.run([*command, str(tmp_path / f"{locale}.pdf")], check=True, capture_output=True)
        pages[locale] = [Image.open(path) for path in sorted(tmp_path.glob(f"{locale}-*.tif"))]
    for number, page in enumerate(pages["de"]):
        plates = page.split()
        assert plates[3].getextrema()[1] == 255
        for locale in others:
            for one, other in zip(plates[:3], pages[locale][number].split()[:3], strict=True):
                assert ImageChops.difference(one, other).getextrema() == (0, 0)
    assert any(plate.getextrema()[1] > 40 for plate in pages["de"][0].split()[:3])


def page_of(content: str) -> bytes:
    """A PDF of one page with this content."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.Contents = pdf.make_stream(content.encode())
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_what_all_have_is_pale_and_what_one_has_is_black(room):
    """A band in both files keeps its colour without black; a box in one of them is grey and overprints, white is left out."""
    band, box, white = "0 0.3 0.4 rg 0 50 100 50 re f", "0.7 0.2 0.2 rg 5 5 9 9 re f", "1 g 40 5 9 9 re f"
    one, other = page_of(f"{band} {box} {white}"), page_of(band)
    base = common_base.common([one, other])
    assert len(base[0]) == 1 and common_base.name(base) == common_base.name(common_base.common([other, one]))
    with pikepdf.open(io.BytesIO(one)) as pdf:
        common_base.convert(pdf, room.inks, base)
        lines = pdf.pages[0].obj.Contents.read_bytes().decode().split("\n")
    inks = [[float(part) for part in line.split()[:4]] for line in lines if line.endswith(" k")]
    assert len(inks) == 2
    assert inks[0][3] == 0 and max(inks[0]) == pytest.approx(common_base.PALE)
    assert inks[1][:3] == [0, 0, 0] and 0 < inks[1][3] <= common_base.GROUND


def test_a_picture_of_pixels_is_refused():
    """Its inks cannot be parted into a base and a black plate: the error says what to do."""
    with pytest.raises(CampaignError, match=r"cannot change its black plate"):
        common_base.common([page_of("/Im0 Do")])
