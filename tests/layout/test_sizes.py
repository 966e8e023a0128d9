"""Other sizes of paper by the table of a format alone."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from campaign.channels.layout import set_item
from campaign.press import folds
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

#: Design, trim in mm, panels of the outside in mm, pages (0: as many as the text needs).
SIZES = [
    ("leaflet-a5", 105, 148, (), 4),
    ("trifold-a4", 297, 210, (99, 99, 99), 2),
    ("leaflet-a5", 99, 210, (), 2),
    ("leaflet-a5", 139.7, 215.9, (), 2),
    ("trifold-a4", 279.4, 215.9, (91.4, 94, 94), 2),
    ("poster-a3", 279.4, 431.8, (), 1),
    ("large-print-a4", 215.9, 279.4, (), 0),
]


@pytest.mark.slow
@pytest.mark.parametrize(("design", "width", "height", "panels", "pages"), SIZES, ids=lambda value: str(value))
@pytest.mark.sample(2)
@pytest.mark.parametrize("locale", ["ar", "de"])
def test_a_design_takes_the_paper_of_its_table(wide, design, width, height, panels, pages, locale):
    """A6, DL, US Letter, Tabloid, a Z fold: every page has the size of the table, and folds where its panels end."""
    space = loader.load(Project(wide))
    layout = replace(space.campaign.layouts[design], width=width, height=height, panels=panels, pages=pages)
    campaign = replace(space.campaign, layouts={**space.campaign.layouts, design: layout})
    message = Renderer(space.project, campaign).message("migrants", locale, "BE", space.texts[locale])
    laid = set_item(Typesetter(space.project), design, message, campaign, review=False)
    document = pypdfium2.PdfDocument(laid.pdf)
    assert len(document) == (pages or len(document))
    for page in document:
        assert [round(side * 25.4 / 72, 1) for side in page.get_size()] == [width, height]
    found = sorted((page, round(place * 25.4 / 72, 1)) for page, place in laid.folds)
    assert found == [(page, round(place, 1)) for page, place in sorted(folds.expected(layout, rtl=locale == "ar"))]
