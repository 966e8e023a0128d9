"""Sheets of several languages: each line in its own words, number and direction; refused where one is not whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campaign.channels.sheet import Panel, chooser, set_sheet, sheet_data
from campaign.errors import CampaignError
from campaign.model.layout import Layout
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset import guard
from campaign.typeset.elements import told
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

SHOWS = ("title", "label:neutral", "label:edition_line", "label:qr_alt")
WALL = Layout("wall-a3", "Wall", 297, 420, 1, contacts=1, shows=SHOWS, languages=(3, 14))


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


@pytest.mark.slow
@pytest.mark.breadth
@pytest.mark.parametrize(
    ("campaign", "audience", "country", "locales"),
    [
        ("wide", "migrants", "BE", "nl fr de en el it ro bg uk ar fa ti bn pt"),
        ("wide", "unaccompanied-children", "GR", "fa ar bn"),
        ("outsider", "recoltes", "FR", "ur fr zh-Hans my"),
        ("outsider", "mineurs-isoles", "GB", "zh-Hans my ur"),
    ],
)
def test_a_wall_holds_three_languages_and_fourteen(tmp_path, campaign, audience, country, locales):
    """Both campaigns, every script, with strips and a line of a draft in each."""
    from own_campaigns import lay_out

    space = loader.load(lay_out(campaign, tmp_path / "workspace"))
    renderer = Renderer(space.project, space.campaign)
    asked = [Panel(renderer.message(audience, tag, country, space.texts[tag]), True) for tag in locales.split()]
    laid = set_sheet(Typesetter(space.project), asked, space.campaign, WALL, strips=True)
    assert all(frame.fits for frame in laid.frames)


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
    assert values["url"] == chooser(first.message, campaign) == campaign.page("BE", "mul", "migrants")
    assert values["url"] in str(values["qr_alt"])
    assert first.message.url not in str(values["qr_alt"])
