"""Sheets for an office: how many on which paper, the right way up on both sides, little ink, and what lies beside them."""

from __future__ import annotations

import io
import json
import zipfile

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press
from campaign.errors import CampaignError
from campaign.model.layout import Layout
from campaign.press import folds, office
from campaign.press.office import Office, plan
from campaign.typeset import collisions, guard


@pytest.mark.parametrize(
    ("width", "height", "asked", "expected"),
    [
        (148, 210, "", ("A4", 2, True)),
        (105, 148, "", ("A4", 4, False)),
        (85, 55, "", ("A4", 10, False)),
        (85, 55, "Letter", ("Letter", 10, False)),
        (139.7, 215.9, "", ("Letter", 2, True)),
        (215.9, 279.4, "", ("Letter", 1, False)),
        (210, 297, "", ("A4", 1, False)),
        (297, 210, "", ("A4", 1, True)),
        (99, 210, "", ("A4", 3, True)),
    ],
)
def test_a_format_takes_the_paper_that_it_fills(width, height, asked, expected):
    """Two A5 on an A4, two half-letter on a Letter, ten cards, three DL: as many as fit, upright where that is as good."""
    how = plan(Layout("x", "X", width, height), asked)
    assert (how.paper, how.copies, how.turned) == expected


@pytest.mark.parametrize(
    ("width", "height", "paper", "part"),
    [(297, 420, "A4", 0.707), (420, 297, "A4", 0.707), (279.4, 431.8, "A4", 0.688), (250, 330, "Letter", 0.847)],
)
def test_a_poster_is_made_smaller(width, height, paper, part):
    """A3 fills an A4 at 71 %: one on a sheet, on the paper on which it stays larger."""
    how = plan(Layout("x", "X", width, height))
    assert (how.paper, how.copies, round(how.scale, 3)) == (paper, 1, part)
    assert office.fits(Layout("x", "X", width, height))


def test_what_is_much_larger_is_left_to_a_print_shop():
    """What would have to be smaller than six tenths is refused with its size."""
    assert not office.fits(Layout("x", "X", 594, 841))
    with pytest.raises(CampaignError, match="594 x 841 mm, larger than the paper"):
        plan(Layout("x", "X", 594, 841))


def marked_pages(width: float, height: float) -> bytes:
    """Two pages of this size (mm): a dark square in the upper left corner of the first, in the upper right of the second."""
    with pikepdf.new() as pdf:
        for number in (1, 2):
            page = pdf.add_blank_page(page_size=(width * office.MM, height * office.MM))
            x = 0 if number == 1 else (width - 10) * office.MM
            y, side = (height - 10) * office.MM, 10 * office.MM
            page.obj.Contents = pdf.make_stream(f"0 g {x:.3f} {y:.3f} {side:.3f} {side:.3f} re f".encode())
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("width", "height"), [(148, 210), (85, 55), (297, 210), (139.7, 215.9), (99, 210)])
def test_front_and_back_stand_the_same_way_up(width, height):
    """A sheet that is turned over at its long edge, held against the light: what is upper left lies on upper right."""
    made = office.sheets(marked_pages(width, height), Layout("x", "X", width, height), Office(colour=True), "t")
    front, back = (
        page.render(scale=1).to_pil().convert("L").point(lambda level: 255 if level < 60 else 0)
        for page in pypdfium2.PdfDocument(made)
    )
    inked = front.histogram()[255]
    apart = ImageChops.difference(front, back.transpose(0)).histogram()[255]
    assert inked > 500 and apart < 0.15 * inked


@pytest.mark.breadth
def test_type_of_a_poster_made_smaller_can_be_read(room):
    """It is set as much larger as the sheet is made smaller: 6 pt and more on the paper of the office."""
    layout = room.campaign.layouts["poster-a3"]
    least = 6 / plan(layout).scale
    laid = set_item(
        room.typesetter, layout.id, room.message(), room.campaign, review=True, press=Press(0, min_text=least)
    )
    assert collisions.faults(pypdfium2.PdfDocument(laid.pdf), least) == ()


@pytest.mark.slow
def test_sheets_of_an_office_take_a_third_of_the_ink(room):
    """Black type on pale grounds, the QR code as it is; every word and number can be read from the sheet."""
    message = room.message(locale="de")
    laid = room.laid("leaflet-a5", message, bleed=0)
    made = office.sheets(laid.pdf, room.campaign.layouts["leaflet-a5"], Office(), "t")
    assert office.average_ink(made) < 21
    for page in pypdfium2.PdfDocument(made):
        small = page.render(scale=1).to_pil().convert("RGB")
        assert all(high - low < 12 for low, high in (pixel_range(pixel) for _, pixel in small.getcolors(100_000)))
    assert "+32 3 201 16 90" in "\n".join(guard.visual_lines(made))


def pixel_range(pixel: tuple[int, ...]) -> tuple[int, int]:
    """The least and the most of a pixel's colours."""
    return min(pixel), max(pixel)


@pytest.mark.parametrize(
    ("panels", "name", "outside"),
    [
        ((), "", ()),
        ((105, 105), "half", ("rear", "cover")),
        ((97, 100, 100), "roll", ("flap", "rear", "cover")),
        ((99, 99, 99), "z", ("", "", "cover")),
        ((99, 99, 99, 99), "accordion", ("rear", "", "", "cover")),
        ((49, 100, 100, 49), "gate", ("cover", "rear", "rear", "cover")),
        ((94, 97, 99, 100), "roll", ("flap", "flap", "rear", "cover")),
    ],
)
def test_a_fold_has_a_name_and_so_have_its_panels(panels, name, outside):
    """Two to four panels; nothing folds in where a sheet goes to and fro, and a right-to-left job is mirrored."""
    layout = Layout("x", "X", sum(panels), 210, panels=panels)
    assert folds.name(layout) == name
    names = folds.names(layout, rtl=False)
    assert (names[0] if names else ()) == outside
    assert folds.names(layout, rtl=True) == tuple(side[::-1] for side in names)


@pytest.mark.breadth
def test_an_office_pack_says_how_to_print_cut_and_fold(cli, workspace):
    """One ZIP with sheets, one page of instructions and the list; no profile of a press is needed for it."""
    done = cli.run("pack", "office", "--proof", "--lang", "ar", "--audience", "migrants", "--jobs", "1", at=workspace)
    assert done.code == 0, done.err
    with zipfile.ZipFile(workspace.packs("review") / "office_BE_ar_PROOF.zip") as archive:
        jobs = json.loads(archive.read("job-ticket.json"))["jobs"]
        page = archive.read("README.txt").decode()
        names = archive.namelist()
    assert {"leaflet-a5", "palm-card", "trifold-a4"} <= {job["format_id"] for job in jobs}
    assert {job["format_id"]: job["scale"] for job in jobs}["poster-a3"] == 0.7071 and "made smaller, to 71%" in page
    assert {job["file"] for job in jobs} < {*names}
    assert "LONG edge" in page and "the narrow panel inwards first" in page and "PROOF" in page
