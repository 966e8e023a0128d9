"""Pictures from many hands: drawings hold shapes only, photographs keep their pixels and lose everything else."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from campaign.errors import CampaignError
from campaign.limits import Limits
from campaign.typeset.pictures import drawing, photograph
from campaign.typeset.session import Typesetter

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<rect onload="x()" width="1" height="1"/>', "runs a program"),
        ('<image href="http://example.org/a.png"/>', "photograph"),
        ('<use xlink:href="file:///etc/passwd"/>', "leads to"),
        ('<a href="https://example.org"><path d="M0 0"/></a>', "leads to"),
        ("<style>@import url(https://example.org/a.css);</style>", "fetches"),
        ('<rect fill="url(https://example.org/a.svg#b)"/>', "fetches"),
        ("<foreignObject/>", "foreignObject"),
    ],
)
def test_a_drawing_that_fetches_or_runs_something_is_refused(inside, words):
    """Each way to reach out of a drawing is named."""
    with pytest.raises(ValueError, match=words):
        drawing(f"{HEAD}{inside}</svg>".encode())


def test_entities_and_broken_drawings_are_refused():
    """A bomb of entities is not parsed; a file that is no SVG is named so."""
    with pytest.raises(ValueError, match="entities"):
        drawing(b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>')
    with pytest.raises(ValueError, match="no valid SVG"):
        drawing(b"<svg>")


def test_a_workspace_with_a_bad_logo_names_every_bad_picture(workspace):
    """The error says which file, what is wrong and what to do, for all of them at once."""
    (workspace.assets / "logos" / "a.svg").write_text(f"{HEAD}<script/></svg>")
    (workspace.assets / "logos" / "b.png").write_bytes(b"\x89PNG broken")
    with pytest.raises(CampaignError, match=r"assets/logos/a\.svg.*script") as caught:
        Typesetter(workspace).lay_out("leaflet-a5", {})
    assert len(caught.value.problems) == 2


@pytest.mark.slow
def test_a_huge_picture_is_refused_before_it_is_unpacked():
    """20,000 by 20,000 pixels are a few kilobytes on disk and more than a gigabyte in memory."""
    data = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(data, "PNG")
    assert len(data.getvalue()) < 1_000_000 and Limits().picture_megapixels * 1_000_000 < 20_000**2
    with pytest.raises(ValueError, match="pixels"):
        photograph(data.getvalue(), "PNG")


def test_place_and_name_do_not_survive_in_a_photograph():
    """GPS, camera and comment of a JPEG are gone; the picture is upright; ink colours are screen colours."""
    picture, exif = Image.new("RGB", (40, 20), (200, 30, 30)), Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x013B] = "CameraMaker", 6, "A. Person"
    exif[0x8825] = {1: "N", 2: (50.0, 51.0, 0.0)}
    data = io.BytesIO()
    picture.save(data, "JPEG", exif=exif, comment=b"secret place")
    assert b"CameraMaker" in data.getvalue()
    clean = photograph(data.getvalue(), "JPEG")
    assert b"CameraMaker" not in clean and b"Person" not in clean and b"secret" not in clean and b"Exif" not in clean
    assert Image.open(io.BytesIO(clean)).size == (20, 40)


def test_a_cmyk_photograph_becomes_screen_colours():
    """Typst and browsers show a CMYK JPEG wrongly or not at all."""
    data = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(data, "JPEG")
    seen = Image.open(io.BytesIO(photograph(data.getvalue(), "JPEG")))
    assert seen.mode == "RGB"
    red, green, blue = seen.getpixel((4, 4))
    assert red > 180 and green < 90 and blue < 90
