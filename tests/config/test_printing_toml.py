"""Formats and print profiles in campaign.toml: every mistake is named with its key, all at once."""

from __future__ import annotations

import pytest

from campaign import config
from campaign.errors import CampaignError


def add(project, text):
    """Write tables at the end of campaign.toml."""
    with project.config.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[print.x]\nbled = 3", "did you mean 'bleed'"),
        ("[print.x]\nbleed = 50", "between 0 and 20"),
        ('[print.x]\nbleed = "3"', "must be a number"),
        ("[print.x]\nmax_ink = 500", "between 100 and 400"),
        ('[print.x]\nintent = "../secret.icc"', "not the name of an ICC file"),
        ('[print.x]\nnaming = "{format}"', "two files have one name"),
        ('[print.x]\nnaming = "{language}/{audience}_{format}"', "Latin letters"),
        ('[print.x]\nnaming = "{language!r}{audience}{format}{__class__}"', "Latin letters"),
        ('[layouts.x]\nname = "X"\nwidth = 100', "height"),
        ('[layouts.x]\nname = "X"\nwidth = 100\nheight = 100\npanels = [30, 30]', "add up to 60 mm"),
        ('[layouts.x]\nname = "X"\nwidth = 100\nheight = 100\nshows = ["titel"]', "did you mean 'title'"),
        ('[layouts."../x"]\nname = "X"\nwidth = 100\nheight = 100', "small letters"),
        ("[brand.inks]\nprimary = [90, 40]", "in percent"),
        ("[brand.inks]\nprimry = [90, 40, 45, 30]", "did you mean 'primary'"),
    ],
)
def test_a_mistake_is_named(workspace, text, words):
    """The error says which key and what is right."""
    add(workspace, text)
    with pytest.raises(CampaignError, match=r"campaign\.toml") as caught:
        config.load(workspace)
    assert words in str(caught.value)


def test_values_arrive(workspace):
    """Whole numbers and decimals are both lengths; what is left out has the usual value."""
    add(workspace, "[print.small]\nbleed = 2.5\nsafe = 4\nmarks = true\n[brand.inks]\nprimary = [90, 40, 45, 30]")
    campaign = config.load(workspace)
    profile = campaign.profiles["small"]
    assert (profile.bleed, profile.safe, profile.marks, profile.max_ink) == (2.5, 4.0, True, 300.0)
    assert campaign.brand.chosen_inks()["#0B5563"] == (90.0, 40.0, 45.0, 30.0)
    assert campaign.layouts["trifold-a4"].panels == (97.0, 100.0, 100.0)
    assert next(iter(campaign.profiles)) == "standard"


SHEET = '[layouts.s]\nname = "S"\nwidth = 297\nheight = 420\nlanguages = [2, 3]\n'
WALL = '[walls.w]\nname = "W"\ncountry = "BE"\naudience = "migrants"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("languages = [3, 2]", "like [3, 14]"),
        ("languages = 3", "a list"),
        ("languages = [true, 2]", "like [3, 14]"),
        ("languages = [1, 90]", "like [3, 14]"),
        ("languages = [2, 3]\nbuild = true", "campaign pack wall makes the sheet"),
    ],
)
def test_a_wrong_sheet_is_named(workspace, text, words):
    """How many languages a sheet holds are two numbers, the smaller one first; `build` makes no sheets."""
    add(workspace, f'[layouts.s]\nname = "S"\nwidth = 297\nheight = 420\n{text}')
    with pytest.raises(CampaignError, match=r"layouts\.s") as caught:
        config.load(workspace)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('languages = ["ar", "de"]\nformats = ["leaflet-a5"]', "no format of several languages"),
        ('languages = ["ar", "dee"]\nformats = ["s"]', "did you mean 'de'"),
        ('languages = ["ar"]\nformats = ["s"]', "are 1, and s holds 2 to 3"),
        ('languages = ["ar", "de"]\nformats = []', "is empty"),
        ('languages = ["ar", "de"]\nformats = ["s"]\nstrip = true', "did you mean 'strips'"),
    ],
)
def test_a_wrong_place_is_named(workspace, text, words):
    """A place names languages and formats that the campaign has, and as many languages as the sheet holds."""
    add(workspace, f"{SHEET}{WALL}{text}")
    with pytest.raises(CampaignError, match=r"walls\.w") as caught:
        config.load(workspace)
    assert words in str(caught.value)
