"""The palm card tells nobody who finds it what it is for; one for all audiences of a language, unless somebody asks."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from own_campaigns import PROFILES, REPOSITORY

from campaign import config
from campaign.channels.layout import set_item
from campaign.delivery.printer_worker import PrintContext, PrintRoom, Task
from campaign.delivery.printer_zip import _tasks
from campaign.project import Project
from campaign.qr import code
from campaign.render.renderer import Renderer
from campaign.typeset import guard
from campaign.typeset.elements import told
from campaign.typeset.session import Typesetter
from campaign.workspace import loader
from campaign.workspace.selection import Selection

CARD = "palm-card"
#: A module of a code that telephones read from a hand's distance, in mm, and the side of the code on the card.
MODULE_MM, SIDE_MM = 0.4, 19


def tasks(project: Project, selection: Selection) -> list[Task]:
    """The jobs of the palm card and the poster, as proofs."""
    shutil.copytree(REPOSITORY / PROFILES, project.root / PROFILES, dirs_exist_ok=True)
    space = loader.load(project)
    room = PrintRoom(
        PrintContext(project, space.campaign, space.texts, next(iter(space.campaign.profiles.values())), None)
    )
    layouts = [space.campaign.layouts[name] for name in (CARD, "poster-a3")]
    chosen = selection.resolve(space.campaign)
    return _tasks(room, chosen, layouts, space.campaign, proof=True, each=bool(selection.audiences))


def test_one_card_a_language_and_country_unless_an_audience_is_asked_for(workspace: Project) -> None:
    """A poster for each audience, one card for all; whoever names audiences gets a card for each of them."""
    found = tasks(workspace, Selection(locales=("de",)))
    assert sorted((t.layout, t.group.audience, t.shared) for t in found) == [
        (CARD, "migrants", True), ("poster-a3", "migrants", False), ("poster-a3", "unaccompanied-children", False),
    ]  # fmt: skip
    found = tasks(workspace, Selection(locales=("de",), audiences=("unaccompanied-children",)))
    assert [(t.layout, t.shared) for t in found] == [(CARD, False), ("poster-a3", False)]


def test_the_card_for_all_has_the_number_that_anybody_may_call(workspace: Project) -> None:
    """Not the children's line because children stand first; where every audience has a line of its own, the first."""
    campaign = config.load(workspace)
    children, grown = campaign.audiences["unaccompanied-children"], campaign.audiences["migrants"]
    turned = replace(campaign, audiences={children.id: children, grown.id: grown})
    assert turned.for_all("BE") == campaign.for_all("BE") == "migrants"
    assert "*" in turned.contacts_for("BE", "migrants")[0].audiences
    assert replace(campaign, audiences={children.id: children}).for_all("BE") == children.id


@pytest.mark.parametrize("locale", ["ar", "de"])
def test_the_card_says_a_number_and_a_neutral_line(workspace: Project, locale: str) -> None:
    """Outside the emergency number and no word; inside number, neutral line, language, edition: no name, no subject."""
    space = loader.load(workspace)
    message = Renderer(workspace, space.campaign).message("migrants", locale, "BE", space.texts[locale])
    laid = set_item(Typesetter(workspace), CARD, message, space.campaign, review=False)
    document = guard.opened(laid.pdf)
    outside, inside = told(document, tuple(document)).pages
    assert outside.split() == ["112"]
    inside = " ".join(inside.split())
    assert message.labels["neutral"] in inside
    assert message.helplines[0].contact.display in " ".join(guard.visual_lines(laid.pdf))
    for words in (message.line("title"), message.helplines[0].kind, message.helplines[0].contact.name):
        assert words not in inside
    assert guard.document_information(laid.pdf)["Title"] == message.labels["neutral"]


def test_a_code_on_the_card_is_fine_enough_for_a_long_address(workspace: Project) -> None:
    """With `label:qr_alt` in its table the card has a code: a site's address of 59 characters still gives whole modules."""
    campaign = replace(config.load(workspace), base_url=f"https://{'a' * 47}.org")
    assert len(campaign.base_url) == 59
    assert SIDE_MM / (code(campaign.page("BE", "zh-Hans", "ethnic-religious-minorities")).modules + 8) >= MODULE_MM
