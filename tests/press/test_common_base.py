"""One base for all languages: the same cyan, magenta and yellow, everything of a language on its black plate."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from own_campaigns import REPOSITORY
from PIL import Image, ImageChops

from campaign.delivery.printer_worker import PrintContext, PrintRoom, Task
from campaign.errors import CampaignError
from campaign.press import common_base, x4
from campaign.project import Project
from campaign.workspace import loader
from campaign.workspace.selection import Group


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


@pytest.mark.breadth
def test_urdu_takes_no_colour_from_the_others():
    """Nastaliq takes room from the picture of a leaflet: with a base of its own the picture of all others stays in colour."""
    space = loader.load(Project(REPOSITORY))
    campaign = replace(space.campaign, languages=("de", "ar", "ur"))
    profile = replace(campaign.profiles["standard"], common_base=True)
    room = PrintRoom(PrintContext(space.project, campaign, space.texts, profile, None))
    bases = [
        room.sheet(Task(Group("BE", locale, "migrants", ("leaflet",)), "leaflet-a5", proof=True)).base
        for locale in ("de", "ar", "ur")
    ]
    assert bases[0] == bases[1] != bases[2]
    assert len(bases[0][0]) > 30


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


def test_a_line_that_all_have_is_stronger_than_a_ground(room):
    """Icons in the same place in every language are seen: no type lies on them, so they need not be as pale as a band."""
    same = "0.04 0.33 0.39 rg 10 10 50 20 re f 0.04 0.33 0.39 RG 10 50 m 60 50 l S"
    with pikepdf.open(io.BytesIO(page_of(same))) as pdf:
        common_base.convert(pdf, room.inks, common_base.common([page_of(same)] * 2))
        painted = [(str(op), list(values)) for values, op in pikepdf.parse_content_stream(pdf.pages[0])]
    found = {name: list(map(float, values)) for name, values in painted if name in ("k", "K")}
    assert max(found["k"]) == pytest.approx(0.3) and max(found["K"]) == pytest.approx(0.7)
    assert found["K"][3] == found["k"][3] == 0


def test_a_picture_of_pixels_is_refused():
    """Its inks cannot be parted into a base and a black plate: the error says what to do."""
    with pytest.raises(CampaignError, match=r"cannot change its black plate"):
        common_base.common([page_of("/Im0 Do")])
