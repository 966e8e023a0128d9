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
@given(NAMES, NAMES, NAMES)
def test_batches_hold_every_group_once_and_no_message_twice(countries, locales, audiences):
    """Whatever the size: each group in one batch, the countries of one message together, never more than a few."""
    groups = list(Selection(countries, locales, audiences, ("leaflet",)).groups())
    made = batches(groups)
    assert sorted(map(repr, groups)) == sorted(repr(group) for batch in made for group in batch)
    for batch in made:
        assert 1 <= len(batch) <= TOGETHER
        assert len({(group.locale, group.audience) for group in batch}) == 1


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
