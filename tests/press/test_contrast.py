"""The brand's colours can be read on screen and on paper; one that cannot is named with one that can."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from campaign.checks.contrast import TEXT
from campaign.press.contrast import Paper, contrasts


@pytest.fixture(scope="module")
def paper(room):
    """The paper of the first print profile."""
    return Paper(room.inks, room.intent)


def test_every_pair_of_the_reference_campaign_can_be_read(room, paper):
    """4.5 to 1 or more, on screen and printed."""
    found = list(contrasts(room.campaign.brand, paper))
    assert {(pair.one, pair.other) for pair in found if not pair.enough} == set()
    assert len(found) >= 14


def test_paper_is_darker_than_a_screen_and_black_ink_lighter_than_a_dark_pixel(paper):
    """Absolute colorimetric: coated paper reflects less than nine tenths, black ink about two hundredths."""
    assert 0.8 < paper.luminance("#FFFFFF") < 0.95
    assert 0.01 < paper.luminance("#000000", black=True) < 0.04


def test_a_colour_that_passes_on_screen_and_fails_on_paper_is_named(room, paper):
    """The lighter coral has 4.9 on screen and less than 4.5 in ink; the suggestion has enough of both."""
    brand = replace(room.campaign.brand, palette={**room.campaign.brand.palette, "alert": "#C8432B"})
    bad = next(pair for pair in contrasts(brand, paper) if not pair.enough)
    assert (bad.one, bad.other) == ("white", "alert")
    assert bad.screen > TEXT > bad.paper
    better = replace(brand, palette={**brand.palette, "alert": bad.suggestion.removeprefix("alert = ")})
    assert all(pair.enough for pair in contrasts(better, paper))


@pytest.mark.slow
def test_check_names_the_pair(cli, workspace, rewrite, repository):
    """campaign check lists a pair that fails on paper alone as a finding, with a colour that would do."""
    shutil.copytree(repository / "assets" / "icc", workspace.profiles)
    rewrite(workspace.config, "[brand]\n", '[brand.palette]\nalert = "#C8432B"\n\n[brand]\n')
    done = cli.run("check", "--no-layout", "--json", at=workspace)
    assert '"contrast"' in done.out and "white and alert: 4.3" in done.out and "try alert" in done.out
