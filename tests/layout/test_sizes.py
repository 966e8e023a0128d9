"""Other sizes of paper by the table of a format alone."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from own_campaigns import lay_out
from papers import PAPERS

from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press
from campaign.config.printing import PICTURED, SHOWS
from campaign.errors import CampaignError
from campaign.model.labels import STEPS
from campaign.model.layout import Layout
from campaign.press import folds
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace import loader


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
@pytest.mark.sample(2)
@pytest.mark.parametrize("locale", ["ar", "de"])
def test_a_design_takes_the_paper_of_its_table(wide, paper, locale):
    """A6, DL, US Letter, Tabloid, a Z fold: every page has the size of the table, and folds where its panels end."""
    space = loader.load(Project(wide))
    layout = paper.of(space.campaign.layouts[paper.design])
    campaign = replace(space.campaign, layouts={**space.campaign.layouts, layout.id: layout})
    message = Renderer(space.project, campaign).message("migrants", locale, "BE", space.texts[locale])
    laid = set_item(Typesetter(space.project), layout.id, message, campaign, review=False)
    document = pypdfium2.PdfDocument(laid.pdf)
    assert len(document) == (paper.pages or len(document))
    for page in document:
        assert [round(side * 25.4 / 72, 1) for side in page.get_size()] == [paper.width, paper.height]
    found = sorted((page, round(place * 25.4 / 72, 1)) for page, place in laid.folds)
    assert found == [(page, round(place, 1)) for page, place in sorted(folds.expected(layout, rtl=locale == "ar"))]


@pytest.mark.slow
@pytest.mark.sample(1)
@pytest.mark.parametrize(
    "paper", [paper for paper in PAPERS if paper.name in ("DL", "A6")], ids=lambda paper: paper.name
)
def test_narrow_paper_holds_a_long_organisation_and_long_steps(wide, paper):
    """The name takes lines of its own at the foot; a word below a picture is as wide as its column, and touches no other."""
    space = loader.load(Project(wide))
    layout = paper.of(space.campaign.layouts[paper.design])
    layout = replace(layout, shows=(*layout.shows, *PICTURED))
    brand = replace(
        space.campaign.brand, organisation="Verein für Beratung und Schutz von Betroffenen des Menschenhandels e. V."
    )
    campaign = replace(space.campaign, brand=brand, layouts={**space.campaign.layouts, layout.id: layout})
    message = Renderer(space.project, campaign).message("migrants", "de", "BE", space.texts["de"])
    message = replace(message, labels={**message.labels, **dict.fromkeys(STEPS, "Tschetschenisch")})
    laid = set_item(Typesetter(space.project), layout.id, message, campaign, review=True)
    assert {"pictograms", "imprint"} <= {frame.id for frame in laid.frames}
    unbroken = replace(message, labels={**message.labels, **dict.fromkeys(STEPS, "Donaudampfschifffahrt")})
    with pytest.raises(CampaignError, match="'pictograms' does not fit"):
        set_item(Typesetter(space.project), layout.id, unbroken, campaign, review=True)


@pytest.mark.breadth
@pytest.mark.parametrize("locale", ["fr", "my", "ur", "zh-Hans"])
def test_a_picture_of_other_proportions_pushes_no_text(tmp_path, locale):
    """The outsider's drawing is as high as a photograph: the poster shows its middle, and the signs keep their room."""
    space = loader.load(lay_out("outsider", tmp_path / "workspace"))
    message = Renderer(space.project, space.campaign).message("mineurs-isoles", locale, "FR", space.texts[locale])
    laid = set_item(Typesetter(space.project), "poster-a3", message, space.campaign, review=True)
    assert all(frame.fits for frame in laid.frames)


@pytest.mark.breadth
def test_large_print_in_nastaliq_holds_a_long_organisation(tmp_path):
    """The foot has a page of its own where the helplines fill theirs; without a mark of a draft the title stays inside."""
    space = loader.load(lay_out("outsider", tmp_path / "workspace"))
    layout = Layout("large-print-a4", "Large print", 210, 297, min_text=18, shows=SHOWS)
    brand = replace(space.campaign.brand, organisation="Fédération d'essai pour l'entraide " * 4)
    campaign = replace(space.campaign, brand=brand, layouts={**space.campaign.layouts, layout.id: layout})
    message = Renderer(space.project, campaign).message("mineurs-isoles", "ur", "FR", space.texts["ur"])
    for review in (False, True):
        assert set_item(Typesetter(space.project), layout.id, message, campaign, review=review, press=Press(3.0)).frames
