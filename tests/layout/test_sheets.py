"""Sheets of several languages: each line in its own words, number and direction; refused where one is not whole."""

from __future__ import annotations

import html
import io
import re
import tomllib
from dataclasses import replace

import pytest
from own_campaigns import REPOSITORY, lay_out
from PIL import Image

from campaign.audit.readers import READERS
from campaign.channels.layout_data import Press
from campaign.channels.sheet import Panel, leads_to, set_sheet, sheet_data
from campaign.config.printing import read_layouts
from campaign.config.tables import Table
from campaign.delivery.slides import Slide, turning
from campaign.errors import CampaignError, Problem
from campaign.model.layout import SCREEN_PPI, Layout
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset import guard
from campaign.typeset.elements import told
from campaign.typeset.session import Typesetter
from campaign.workspace import loader


def _sheets() -> dict[str, Layout]:
    """The sheets of several languages as the reference campaign describes them."""
    tables = tomllib.loads((REPOSITORY / "campaign.toml").read_text(encoding="utf-8"))["layouts"]
    problems: list[Problem] = []
    found = read_layouts(Table(tables, "layouts", "campaign.toml", problems))
    assert not problems
    return {name: layout for name, layout in found.items() if layout.several}


SHEETS = _sheets()
WALL = SHEETS["wall-a3"]


@pytest.fixture(scope="module")
def room(wide):
    """The wide campaign with one warm compiler: (campaign, typesetter, panels of languages)."""
    space = loader.load(Project(wide))
    renderer = Renderer(space.project, space.campaign)

    def panels(*locales, draft=()):
        found = (renderer.message("migrants", tag, "BE", space.texts[tag]) for tag in locales)
        return [Panel(message, message.locale in draft) for message in found]

    return space.campaign, Typesetter(space.project), panels


@pytest.mark.slow
def test_a_wall_says_each_line_in_its_own_language(room):
    """One large number, each headline whole and said to be in its language; only what is not signed is a draft."""
    campaign, typesetter, panels = room
    asked = panels("ar", "de", "ti", draft=("ti",))
    document = guard.opened(set_sheet(typesetter, asked, campaign, WALL, strips=True).pdf)
    read = told(document, tuple(document))
    (page,) = read.pages
    for panel in asked:
        assert panel.message.line("title") in page
        assert any(one.language == panel.message.locale for one in read.elements)
    assert (read.language, page.count("DRAFT"), page.count(asked[2].message.labels["draft"])) == ("mul", 2, 1)
    assert asked[1].message.labels["draft"] not in page  # the mark across the sheet is in the language that leads


def test_names_of_pictures_on_a_sheet_are_no_text(room):
    """A message has steps of its own: taken for them, the pictures of a call were set as words, and no sheet was made."""
    campaign, _, panels = room
    values = sheet_data(panels("ar", "de", "fr"), campaign, WALL, strips=True)
    assert "steps" not in values["texts"] and "title" in values["texts"]


CASES = [
    ("wide", "migrants", "BE", "wall-a3", "nl fr de en el it ro bg uk ar fa ti bn pt"),
    ("outsider", "recoltes", "FR", "wall-a3", "ur fr zh-Hans my"),
    ("wide", "migrants", "BE", "sticker", "nl fr de en ar fa ti bn"),
    ("outsider", "recoltes", "FR", "sticker", "ur zh-Hans my fr"),
    ("wide", "unaccompanied-children", "GR", "pair-a5", "fa el"),
    ("outsider", "recoltes", "FR", "pair-a5", "ur fr"),
    ("wide", "migrants", "BE", "slide-16x9", "nl fr de en el it ro bg uk ar fa ti bn pt"),
    ("outsider", "recoltes", "GB", "slide-16x9", "ur"),
]


@pytest.mark.slow
@pytest.mark.breadth
@pytest.mark.parametrize(("campaign", "audience", "country", "name", "locales"), CASES)
def test_every_sheet_holds_its_languages(tmp_path, campaign, audience, country, name, locales):
    """Both campaigns, every script, fewest and most languages, each a draft that says so: whole, and no text touches another."""
    space = loader.load(lay_out(campaign, tmp_path / "workspace"))
    renderer = Renderer(space.project, space.campaign)
    asked = [Panel(renderer.message(audience, tag, country, space.texts[tag]), True) for tag in locales.split()]
    laid = set_sheet(Typesetter(space.project), asked, space.campaign, SHEETS[name], strips=True)
    assert all(frame.fits for frame in laid.frames)


@pytest.mark.slow
def test_a_slide_has_the_pixels_of_a_screen(room):
    """1920 by 1080, which screens show without scaling."""
    campaign, typesetter, panels = room
    laid = set_sheet(typesetter, panels("de"), campaign, SHEETS["slide-16x9"], shots=(SCREEN_PPI,))
    (png,) = laid.pages(SCREEN_PPI)
    assert Image.open(io.BytesIO(png)).size == (1920, 1080)


def test_the_page_of_slides_turns_them_without_network_or_script():
    """Each picture is in the page and stands ten seconds; what it says is text; nothing is asked for elsewhere."""
    words = 'Rights & <papers> "now" · 112'
    page = turning([Slide(b"one", words, "en"), Slide(b"two", "حقوق", "ar", rtl=True)], "112").decode()
    assert page.count("data:image/png;base64,") == page.count("<img ") == 2
    assert "animation: turn 20s" in page and "animation-delay: 10s" in page
    assert 'lang="ar" dir="rtl"' in page
    assert html.escape(words) in page
    assert not re.search(r"<script|https?:|url\(", page)
    assert "animation" not in turning([Slide(b"one", words, "en")], "112").decode()


@pytest.mark.slow
def test_a_headline_that_does_not_fit_names_its_language(room):
    """Of three lines the German one is too long: its mediator can shorten it, and nobody else is asked."""
    campaign, typesetter, panels = room
    asked = panels("ar", "de", "fr")
    long = replace(asked[1].message, blocks={**asked[1].message.blocks, "title": ("Sie haben Rechte, " * 60,)})
    with pytest.raises(CampaignError, match="a mediator of de can shorten") as caught:
        set_sheet(typesetter, [asked[0], Panel(long, False), asked[2]], campaign, WALL)
    assert [problem.where for problem in caught.value.problems] == ["de/migrants (wall-a3)"]


def test_languages_with_different_numbers_share_no_sheet(room):
    """One number stands large over all lines, so it must be the number of each."""
    campaign, typesetter, panels = room
    first, second = panels("ar", "de")
    (line, *others) = second.message.helplines
    other = replace(line, contact=replace(line.contact, display="+32 2 511 64 64"))
    second = Panel(replace(second.message, helplines=(other, *others)), False)
    with pytest.raises(CampaignError, match=r"one number for all languages.*\+32 2 511 64 64 \(de\)"):
        set_sheet(typesetter, [first, second], campaign, WALL)


def test_the_code_of_a_sheet_leads_to_the_chooser_and_says_so(room):
    """No reader's own page: the code, and what a screen reader hears of it, have the page of all languages."""
    campaign, _, panels = room
    (first, *others) = panels("de", "ar", "ti")
    values = sheet_data([first, *others], campaign, WALL, strips=False)
    assert values["url"] == campaign.page("BE", "mul", "migrants")
    assert leads_to([first.message], campaign) == first.message.url
    assert values["url"] in str(values["qr_alt"])
    assert first.message.url not in str(values["qr_alt"])


@pytest.mark.slow
def test_the_independent_reader_sees_the_date_in_small_type(room):
    """A hyphen of 6.5 pt is half a point high, and is drawn in whichever row of pixels is near: it is seen all the same."""
    campaign, typesetter, panels = room
    laid = set_sheet(typesetter, panels("nl", "fr", "ar"), campaign, SHEETS["sticker"], press=Press(0, True))
    assert campaign.edition.isoformat() in READERS["application/pdf"](laid.pdf).text
