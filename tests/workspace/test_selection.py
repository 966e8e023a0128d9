"""What a command works on, and how it is parted among workers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.editions.worker import Bench, BuildContext
from campaign.model.edition import Edition
from campaign.project import Project
from campaign.workspace import loader
from campaign.workspace.selection import TOGETHER, Group, Selection, batches

NAMES = st.lists(st.text("abcdefgh", min_size=1, max_size=2), unique=True, max_size=12).map(tuple)


@pytest.mark.slow
@given(NAMES, NAMES, NAMES, st.integers(1, 9))
def test_batches_hold_every_group_once_and_a_language_each(countries, locales, audiences, workers):
    """Whatever the size: each group in one batch, one language in each, never more than a few; messages stay whole."""
    groups = list(Selection(countries, locales, audiences, ("leaflet",)).groups())
    made = batches(groups, workers)
    assert sorted(map(repr, groups)) == sorted(repr(group) for batch in made for group in batch)
    for batch in made:
        assert 1 <= len(batch) <= TOGETHER
        assert len({group.locale for group in batch}) == 1
    messages = len(locales) * len(audiences) if countries else 0
    places = {(group.locale, group.audience, number) for number, batch in enumerate(made) for group in batch}
    assert len(places) == messages * (1 + len(countries) // (TOGETHER + 1))


def test_a_large_build_sets_messages_of_a_language_together():
    """Few messages are shared out one by one, so that no worker waits; of many, each worker gets several at a time."""
    groups = list(Selection(("BE",), ("ar", "de"), tuple("abcdefghijklmnopq"), ("leaflet",)).groups())
    assert [len(batch) for batch in batches(groups, 8)] == [1] * 34
    assert [len(batch) for batch in batches(groups, 1)] == [5, 5, 5, 2] * 2


@pytest.mark.slow
def test_items_made_together_are_those_made_one_by_one(wide):
    """The countries of a message set in one go: each file has the bytes that it has alone."""
    project = Project(wide)
    space = loader.load(project)

    def bench():
        return Bench(BuildContext.of(space, Edition.REVIEW))

    groups = [Group(country, "de", "migrants", space.campaign.channels) for country in space.campaign.countries[:2]]
    together = bench().items(*groups)
    assert len(together) == 2 * len(space.campaign.channels)
    assert all(item.artefacts for item in together)
    alone = {item.job: item for item in bench().items(groups[1])}
    assert alone == {item.job: item for item in together if item.job.country == groups[1].country}
