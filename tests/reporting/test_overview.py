"""The page for a meeting, its picture, the threshold for CI, and what to do next by people left out."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pytest
from PIL import Image

from campaign.reporting.overview import NOT_PLANNED, overview
from campaign.reports.heatmap import LOOKS, draw
from campaign.workspace.selection import Selection

WEIGHTS = "audience,en,de,ar\nmigrants,10,2000,50000\nunaccompanied-children,,0,300\n"


@pytest.mark.slow
def test_the_page_says_all_that_a_meeting_asks(signed, cli):
    """States in words and letters, blockers, what is left and for whom, contacts; no network, no other file."""
    ended = cli.run("status", "--html", "status.html", "--png", "map.png", "--fail-under", "16", at=signed)
    assert ended.code == 0, ended.err
    page = (signed.root / "status.html").read_text(encoding="utf-8")
    assert 'title="leaflet, German, migrants: signed"' in page
    assert 'title="sms, Arabic, unaccompanied-children: draft"' in page
    assert "Arabic (ar): sentences that nobody signed" in page
    assert "How easily the messages read" in page and re.search(r"<td>\d+<br>100 %", page) and "not measured" in page
    assert "M. Weber" in page and "Payoke" in page
    assert not re.search(r'(src|href)="(?!data:)', page)
    with Image.open(signed.root / "map.png") as picture:
        assert picture.format == "PNG"
        assert picture.width >= 1100
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24)}
    assert {(0x0B, 0x55, 0x63), (0xF2, 0xC1, 0x4E)} <= colours


@pytest.mark.slow
@pytest.mark.breadth
def test_the_page_fits_a_telephone_and_a_projector(signed, cli, chromium, axe):
    """Wide tables scroll in their own frames, never the page; axe has nothing to say."""
    assert cli.run("status", "--html", "status.html", "--audience", "migrants", at=signed).code == 0
    for width in (360, 1280):
        page = chromium.new_page(viewport={"width": width, "height": 900})
        page.goto((signed.root / "status.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert axe(page) == []
        page.close()


def test_no_state_is_told_by_its_colour_alone():
    """Each state has a letter of its own, dark enough on its ground (WCAG 2.2, 1.4.3)."""
    assert len({letter for _, _, letter in LOOKS.values()}) == len(LOOKS)
    for fill, ink, _ in LOOKS.values():
        light, dark = sorted((luminance(fill), luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour):
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.slow
def test_fail_under_is_an_exit_code(signed, cli):
    """A sixth of the cells is signed: 16.7 %."""
    ended = cli.run("status", "--fail-under", "17", "--json", at=signed)
    assert ended.code == 1 and "16.7 %" in ended.err
    assert len(json.loads(ended.out)["languages"]) == 3


@pytest.mark.slow
def test_what_nobody_needs_is_not_planned(signed):
    """A weight of 0 or an empty cell takes the message out of the count."""
    (signed.root / "weights.csv").write_text(WEIGHTS, encoding="utf-8")
    found = overview(signed, Selection(), date.today())
    assert found.cells["sms", "de", "unaccompanied-children"] == NOT_PLANNED
    assert (found.signed, found.planned) == (4, 16)


@pytest.mark.slow
def test_blockers_come_by_the_items_they_keep_back(workspace):
    """The emergency number and Payoke stand in most items: they come before any language."""
    found = overview(workspace, Selection(), date.today())
    counts = [blocker.items for blocker in found.blockers]
    assert counts == sorted(counts, reverse=True)
    assert found.blockers[0].code == "contact-expired"
    assert {b.what for b in found.blockers if b.code == "unsigned"} == {
        f"{name} ({tag}): sentences that nobody signed"
        for name, tag in (("English", "en"), ("German", "de"), ("Arabic", "ar"))
    }


def test_plan_puts_people_first_and_then_the_least_work(signed, cli):
    """50000 people wait for Arabic; what is signed or not planned is no step."""
    (signed.root / "people.csv").write_text(WEIGHTS, encoding="utf-8")
    found = json.loads(cli.run("plan", "--weights", "people.csv", "--json", at=signed).out)
    assert [(s["language"], s["audience"], s["people"]) for s in found["steps"]] == [
        ("ar", "migrants", 50000),
        ("ar", "unaccompanied-children", 300),
        ("en", "migrants", 10),
    ]
    assert found["languages"][0]["language"] == "ar" and found["languages"][0]["people"] == 50300
    unweighed = json.loads(cli.run("plan", "--json", at=signed).out)
    words = [step["words"] for step in unweighed["steps"]]
    assert not unweighed["weighed"] and words == sorted(words)


@pytest.mark.slow
@pytest.mark.parametrize(
    "save",
    [
        lambda text: text.replace(",", ";").replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: b"\xff\xfe" + text.replace(",", "\t").replace("\n", "\r\n").encode("utf-16-le"),
        lambda text: text.replace(",", ";").replace("\n", ";;\n").encode(),
    ],
)
@pytest.mark.sample(2)
def test_a_table_of_excel_is_read_and_a_forgotten_audience_is_named(signed, cli, save):
    """Mark, CRLF, semicolons, UTF-16; an audience without a line is planned nowhere, and the commands say so."""
    lines = [line for line in WEIGHTS.splitlines(keepends=True) if not line.startswith("unaccompanied")]
    (signed.root / "weights.csv").write_bytes(save("".join(lines)))
    ended = cli.run("plan", "--json", at=signed)
    found = json.loads(ended.out)
    assert {step["audience"] for step in found["steps"]} == {"migrants"}
    assert found["unlisted"] == ["unaccompanied-children"]
    assert "unaccompanied-children: has no line in the table of people" in ended.err
    assert any(
        "unaccompanied-children: has no line" in line for line in overview(signed, Selection(), date.today()).reminders
    )


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("group,en\n", "weights.csv:1: must begin with: audience"),
        (
            "audience,en,de\nmigrant,1,2\n",
            "weights.csv:2: 'migrant' is not an audience of the campaign (did you mean 'migrants'?)",
        ),
        ("audience,xx\nmigrants,1\n", "'xx' is not a language of the campaign"),
        ("audience,en\nmigrants,many\n", "'many' (en) is not a whole number"),
        ("audience,en\nmigrants,1\nmigrants,2\n", "names 'migrants' twice"),
    ],
)
def test_a_wrong_table_is_explained(signed, cli, table, what):
    """Row, cell and what was meant."""
    (signed.root / "weights.csv").write_text(table, encoding="utf-8")
    ended = cli.run("plan", at=signed)
    assert ended.code == 1 and what in ended.err


def test_the_picture_is_the_same_for_the_same_campaign():
    """No clock and no chance in it."""
    cells = {("sms", "de", "migrants"): "signed", ("sms", "de", "carers"): "missing"}
    first, second = (draw("title", ["sms"], [("de", "German")], ["migrants", "carers"], cells) for _ in range(2))
    assert first == second
    assert Image.open(io.BytesIO(first)).mode == "RGB"
