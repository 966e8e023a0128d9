"""Items are told apart in a rack by number, tab, picture and colour; colours can be read by everybody, and classify nobody."""

from __future__ import annotations

import re
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_campaigns import REPOSITORY

from campaign import config
from campaign.checks.contrast import TEXT, ratio
from campaign.config.load import ACCENTS
from campaign.errors import CampaignError
from campaign.model.campaign import Campaign
from campaign.project import Project
from campaign.workspace.ink_contrast import paper_of

WHITE, BLACK, RED = "#FFFFFF", "#000000", "#BE4029"
#: How people see colours who lack one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1.0, linear RGB).
SEEN = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


@pytest.fixture(scope="module")
def shipped() -> Campaign:
    """The reference campaign as it ships."""
    return config.load(Project(REPOSITORY))


def channels(colour: str) -> list[int]:
    """Red, green, blue."""
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def mixed(colour: str, part: float, other: str) -> str:
    """Two colours mixed in sRGB, as style.typ mixes `tint` and `deep`."""
    both = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(part * one + (1 - part) * two):02X}" for one, two in both)


def seen(colour: str, eye: str) -> str:
    """A colour as people with this eye see it."""
    light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (c / 255 for c in channels(colour))]
    mixes = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in SEEN[eye])
    back = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in mixes)
    return "#" + "".join(f"{round(255 * c):02X}" for c in back)


def test_every_item_has_a_number_of_its_own_and_a_place_of_its_own(shipped):
    """Seventeen numbers, seventeen places (colour and height of the tab): no two items look alike in a rack."""
    audiences = shipped.audiences.values()
    assert sorted(audience.number for audience in audiences) == list(range(1, 18))
    assert len({(audience.accent, audience.row) for audience in audiences}) == 17
    assert {audience.row for audience in audiences} <= {0, 1, 2}


def test_no_colour_says_whose_item_it_is(shipped):
    """Each colour stands for unlike audiences, and red is the emergency line's alone."""
    accents = {audience.accent for audience in shipped.audiences.values()}
    assert "coral" not in accents and RED not in {ACCENTS[name] for name in accents}
    for name in accents:
        assert sum(audience.accent == name for audience in shipped.audiences.values()) >= 2


@pytest.mark.parametrize("name", ACCENTS)
def test_type_on_every_colour_can_be_read_on_screen_and_in_ink(name):
    """White on the band, the number on its panel, ink on the panel: 4.5 to 1, on coated paper too."""
    project = Project(REPOSITORY)
    paper = paper_of(project, config.load(project))
    assert paper is not None
    hue = ACCENTS[name]
    panel = mixed(hue, 0.12, WHITE)
    for text, ground in ((WHITE, hue), (mixed(hue, 0.85, BLACK), panel), ("#1A1A1A", panel)):
        assert ratio(text, ground) >= TEXT
        light, dark = sorted((paper.luminance(text), paper.luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= TEXT


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_that_bears_white_type_bears_its_panel_too(rgb):
    """Whoever chooses a colour of their own needs no second rule: `deep` on `tint` stands out as much as white on it."""
    hue = "#" + "".join(f"{value:02X}" for value in rgb)
    if ratio(WHITE, hue) >= TEXT:
        assert ratio(mixed(hue, 0.85, BLACK), mixed(hue, 0.12, WHITE)) >= TEXT


@pytest.mark.parametrize("eye", SEEN)
def test_who_sees_fewer_colours_reads_every_band(shipped, eye):
    """White type and the panels stand out for every eye; two items whose colours look alike differ in their number."""
    for hue in ACCENTS.values():
        assert ratio(seen(WHITE, eye), seen(hue, eye)) >= TEXT
        assert ratio(seen(mixed(hue, 0.85, BLACK), eye), seen(mixed(hue, 0.12, WHITE), eye)) >= TEXT
    for one, other in combinations(shipped.audiences.values(), 2):
        assert one.number != other.number


@pytest.mark.parametrize("eye", ["", *SEEN])
@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_a_web_page_can_be_read_by_every_eye(shipped, eye, scheme):
    """Text, links and headings on the page's ground and on its panels, by day, by night and printed; white on both buttons."""
    roots = re.findall(r":root \{([^}]*)\}", (REPOSITORY / "templates" / "channels" / "page.css").read_text("utf-8"))
    says = [dict(re.findall(r"--([a-z]+): ([^;]+);", root)) for root in roots]
    colours = {"white": WHITE, **shipped.brand.palette, **says[0], **says[("light", "dark", "print").index(scheme)]}

    def named(name: str) -> str:
        value = colours[name]
        return named(value[6:-1]) if value.startswith("var(") else value

    buttons = () if scheme == "print" else (("white", "primary"), ("white", "alert"))
    for text, ground in (*product(("text", "strong"), ("ground", "soft")), *buttons):
        pair = [seen(named(name), eye) if eye else named(name) for name in (text, ground)]
        assert ratio(*pair) >= TEXT, (text, ground)


def test_a_number_is_given_or_is_the_order_and_never_twice(workspace: Project, rewrite) -> None:
    """Staff keep the number of an item when another comes before it; the same number twice is named with both."""
    numbers = [audience.number for audience in config.load(workspace).audiences.values()]
    assert all(one < other for one, other in pairwise(numbers))
    rewrite(workspace.config, "[audiences.migrants]\n", "[audiences.migrants]\nnumber = 42\n")
    assert config.load(workspace).audiences["migrants"].number == 42
    text = Path(workspace.config).read_text(encoding="utf-8")
    other = next(name for name in config.load(workspace).audiences if name != "migrants")
    workspace.config.write_text(text.replace(f"[audiences.{other}]\n", f"[audiences.{other}]\nnumber = 42\n"), "utf-8")
    with pytest.raises(CampaignError, match="42 is the number of"):
        config.load(workspace)
