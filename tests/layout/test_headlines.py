"""A headline breaks where its sense asks for it, or where a mediator broke it."""

from __future__ import annotations

import json
import re

import pytest

from campaign.channels import headline
from campaign.channels.layout import set_item
from campaign.project import Project
from campaign.render.record import one_line
from campaign.render.renderer import Renderer
from campaign.typeset import guard
from campaign.typeset.session import Typesetter
from campaign.workspace import loader


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("You have rights, with or without papers", 2),
        ("The date changes. Your rights stay", 2),
        ("لك حقوق، بأوراق أو بدون أوراق", 2),
        ("ሰነድ ይሃሉ ኣይሃሉ፣ መሰል ኣለኩም", 2),
        ("您有权利，无论有没有证件", 2),
        ("আপনার অধিকার আছে, কাগজপত্র থাক বা না থাক", 2),
        ("Your work in a home is real work", 1),
        ("No, you may stay and ask", 1),
        ("Call 1,000 times 11.30", 1),
    ],
)
def test_a_headline_is_read_in_its_clauses(text, parts):
    """At commas and full stops of any script; not in a number, and no clause of two letters stands alone."""
    found = headline.clauses(text)
    assert len(found) == parts
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "first"),
    [("您的身体、您的钱，由您决定", "您的身体、"), ("Your body, your money, your choice", "Your body, your money,")],
)
def test_three_clauses_are_two_lines(text, first):
    """What belongs together stays on one line, and there is no line for each word."""
    assert headline.halves(text, headline.clauses(text))[0] == first


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Sie haben\nRechte", "Sie haben Rechte"),
        ("您有权利，\n无论有没有证件", "您有权利，无论有没有证件"),
        ("a \n b", "a b"),
    ],
)
def test_a_line_break_is_a_space_where_the_language_has_spaces(text, line):
    """Everywhere but on paper a text is one line; Chinese, Thai and Burmese get no space that they do not know."""
    assert one_line(text) == line


@pytest.mark.slow
def test_the_leaflet_breaks_by_sense(wide):
    """ "mit oder ohne Papiere" stays together, in type little smaller than the largest."""
    space = loader.load(Project(wide))
    message = Renderer(space.project, space.campaign).message("migrants", "de", "BE", space.texts["de"])
    laid = set_item(Typesetter(space.project), "leaflet-a5", message, space.campaign, review=False)
    lines = guard.visual_lines(laid.pdf)
    at = lines.index("Sie haben Rechte,")
    assert lines[at + 1] == "mit oder ohne Papiere"


@pytest.mark.slow
def test_a_mediator_breaks_a_headline(cli, workspace: Project, rewrite):
    """Enter in a headline: the leaflet has the break, the post and the page have a space; nothing warns of it."""
    catalogue = workspace.catalogue("de")
    title = re.search(r'msgstr "(Sie haben Rechte[^"]*)"', catalogue.read_text(encoding="utf-8"))[1]
    rewrite(catalogue, f'msgstr "{title}"', 'msgstr "Sie haben Rechte mit\\nund ohne Papiere"')
    done = cli.run("build", "--audience", "migrants", "--lang", "de", "--jobs", "1", at=workspace)
    assert done.code == 0, done.err
    folder = workspace.root / "output" / "review" / "BE" / "de" / "migrants"
    lines = guard.visual_lines((folder / "leaflet-a5-screen.pdf").read_bytes())
    assert lines[lines.index("Sie haben Rechte mit") + 1] == "und ohne Papiere"
    for name in ("facebook.txt", "index.html"):
        assert "Sie haben Rechte mit und ohne Papiere" in (folder / name).read_text(encoding="utf-8")
    found = json.loads(cli.run("check", "--lang", "de", "--no-layout", "--json", at=workspace).out)
    assert "line break" not in json.dumps(found)
