"""The CDC Clear Communication Index: what of it a program can count, item by item."""

from dataclasses import replace

import pytest

from campaign.checks.clarity import ITEMS, clarity
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.workspace import loader


@pytest.fixture(scope="module")
def message(wide):
    """language -> a message for Belgium."""
    space = loader.load(Project(wide))
    renderer = Renderer(space.project, space.campaign)
    return lambda locale="en": renderer.message("migrants", locale, "BE", space.texts[locale])


def test_a_message_that_meets_all_counted_items_has_full_score(message):
    """Every item that a program can count, and none that it cannot."""
    found = clarity(message(), "en")

    assert (found.met, found.unmet, found.score) == (tuple(ITEMS), (), 100)


@pytest.mark.parametrize(
    ("number", "changed"),
    [
        (1, {"title": ("One thing", "Another thing")}),
        (1, {"title": ("A headline of many more words than anybody reads who passes a poster in the street",)}),
        (2, {"lead": ()}),
        (4, {"alt": ()}),
        (5, {"steps": ("You can call %(phone)s.",)}),
        (6, {"title": ("Your passport has been taken by them",)}),
        (7, {"lead": ("Prior to your arrival there is red tape.",)}),
        (9, {"rights_title": ()}),
        (12, {"steps": ()}),
        (14, {"steps": ("Tell a person you trust.",)}),
    ],
)
def test_an_item_that_is_not_met_is_named_by_its_number(message, number, changed):
    """One thing taken away is one number more."""
    right = message()
    found = clarity(replace(right, blocks={**right.blocks, **changed}), "en")

    assert number in found.unmet
    assert found.score < 100


def test_what_needs_the_words_of_a_language_is_not_counted_without_them(message):
    """A Romanian text is not asked for English passives; its orders are."""
    found = clarity(replace(message(), locale="ro"), "en")

    assert not {6, 7} & {*found.met, *found.unmet}
    assert 5 in found.met
