"""Every text of a finished sheet stands out from the ground that it really lies on, for every eye and in every family's colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from own_campaigns import REPOSITORY
from test_rack import SEEN, seen

from campaign.channels.layout import set_item
from campaign.channels.layout_data import card_data
from campaign.channels.sheet import Panel, set_sheet
from campaign.checks.contrast import TEXT, ratio
from campaign.config.load import ACCENTS
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset import calls
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

FORMATS = (
    *("leaflet-a5", "trifold-a4", "palm-card", "poster-a3", "large-print-a4", "easy-read-a4"),
    *("wall-a3", "pair-a5", "sticker", "slide-16x9", "card-1080x1080", "card-1080x1920", "card-1200x630"),
)

#: It has all blocks, so that each format has all that it can show.
AUDIENCE = "disability-learning"
#: Pixels a point.
SCALE = 1.5


@pytest.fixture(scope="module")
def space():
    """The reference campaign with its texts."""
    return loader.load(Project(REPOSITORY))


@pytest.fixture(scope="module")
def typesetter(space):
    """One compiler for all sheets."""
    return Typesetter(space.project)


def finished(space, typesetter, name: str, hue: str) -> bytes:
    """A format in German (with Arabic and Dutch, where it takes several), not yet signed, in this colour."""
    renderer = Renderer(space.project, space.campaign)
    brand = replace(space.campaign.brand, accents=dict.fromkeys(space.campaign.brand.accents, hue))
    campaign = replace(space.campaign, brand=brand)
    messages = [renderer.message(AUDIENCE, locale, "BE", space.texts[locale]) for locale in ("de", "ar", "nl")]
    if name.startswith("card-"):
        values = card_data(messages[0], campaign, ("title", "alt"), review=True)
        return typesetter.lay_out(name, values).pdf
    layout = campaign.layouts[name]
    if layout.languages[1] > 1:
        panels = [Panel(message, True) for message in messages[: min(3, layout.languages[1])]]
        return set_sheet(typesetter, panels, campaign, layout, strips=name == "wall-a3").pdf
    return set_item(typesetter, name, messages[0], campaign, review=True).pdf


def pairs(pdf: bytes) -> Iterator[tuple[str, str]]:
    """The colour of each text of a sheet with each colour that lies under a twentieth of it or more."""
    for page in pypdfium2.PdfDocument(pdf):
        objects = calls.objects(page)
        texts = [one for one in objects if calls.kind(one) == pdfium.FPDF_PAGEOBJ_TEXT]
        boxes, inks = list(calls.bounds(texts).rows()), list(calls.fills(texts).rows())
        upright = [abs(turned) < 1e-4 for _, turned, *_ in calls.matrices(texts).rows()]
        for one in texts:
            calls.set_active(one, 0)  # what stays is what they lie on, a watermark aside
        bare = page.render(scale=SCALE).to_pil().convert("RGB")
        for box, ink, straight in zip(boxes, inks, upright, strict=True):
            left, top = (int(box[0] * SCALE), int((page.get_height() - box[3]) * SCALE))
            right, bottom = (int(box[2] * SCALE), int((page.get_height() - box[1]) * SCALE))
            if straight and right > left and bottom > top:
                area = bare.crop((left, top, right, bottom))
                least = 0.05 * area.width * area.height
                for count, ground in area.getcolors(area.width * area.height):
                    if count >= least:
                        yield written(*ink[:3]), written(*ground)


def written(red: float, green: float, blue: float) -> str:
    """A colour as settings have it."""
    return f"#{round(red):02X}{round(green):02X}{round(blue):02X}"


def as_seen(colour: str, eye: str) -> str:
    """A colour as this eye sees it; with all cones as it is."""
    return seen(colour, eye) if eye else colour


@pytest.mark.sample(1)
@pytest.mark.parametrize("name", FORMATS)
def test_every_text_of_a_finished_sheet_stands_out_for_every_eye(space, typesetter, name):
    """4.5 to 1 where the text lies, seen with all cones and with any two, in the family's colour that bears least for each."""
    eyes = ("", *SEEN)
    for hue in dict.fromkeys(
        min(ACCENTS.values(), key=lambda hue: ratio("#FFFFFF", as_seen(hue, eye))) for eye in eyes
    ):
        found = set(pairs(finished(space, typesetter, name, hue)))
        assert len(found) > 1
        for eye in eyes:
            faint = {
                (text, ground): round(value, 2)
                for text, ground in found
                if (value := ratio(as_seen(text, eye), as_seen(ground, eye))) < TEXT
            }
            assert faint == {}, (name, hue, eye)
