"""The recipes of docs/contributing.md, followed word for word in a copy of the repository."""

from __future__ import annotations

import json
import re
import shlex
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from own_campaigns import REPOSITORY
from recipe import command, copied, follow, replaced, steps

PAGE = (REPOSITORY / "docs" / "contributing.md").read_text(encoding="utf-8")
AXES = {
    *("a language", "a language that the registry lacks", "an audience", "a block", "a rule", "a layout", "a platform"),
    *("a channel", "an export format", "an engine", "a verdict"),
}
#: The block has a test of its own below, rule and layout beside their subjects.
FOLLOWED = (
    *("a language", "a language that the registry lacks", "an audience", "a platform", "a channel"),
    *("an export format", "an engine", "a verdict"),
)
#: A recipe that adds nothing but changes something.
LAYOUT = "Lay the files of an edition out in another way"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A fresh copy of the repository."""
    return copied(REPOSITORY, tmp_path / "copy")


def follow_all(copy: Path, section: str) -> None:
    """Do all that a recipe says; what has nothing to do is none."""
    recipe = list(steps(PAGE, section))
    assert any(step.place == "run" for step in recipe)
    for step in recipe:
        follow(step, copy)


def test_every_axis_has_a_recipe() -> None:
    """Whoever wants to add something finds how: none of the axes of the program is left out."""
    assert set(re.findall(r"(?m)^## Add (.+)$", PAGE)) >= AXES


@pytest.mark.slow
@pytest.mark.breadth
@pytest.mark.parametrize("what", FOLLOWED)
def test_a_recipe_works_as_it_is_written(copy: Path, what: str) -> None:
    """Files, snippets and commands, word for word: every command ends well, the tests near it are green."""
    follow_all(copy, f"Add {what}")


@pytest.mark.slow
@pytest.mark.breadth
def test_an_edition_lies_flat_when_the_recipe_says_so(copy: Path) -> None:
    """One folder of files with long names; an edition that lay in folders before is moved, and no folder stays."""
    command(copy, "campaign build --country BE --lang ar --audience migrants --channel sms")
    follow_all(copy, LAYOUT)
    edition = copy / "output" / "review"
    assert (edition / "BE_ar_migrants_leaflet-a5-screen.pdf").is_file()
    assert not [path for path in edition.iterdir() if path.is_dir()]


COST, PRICE = "What help costs", "An honest helper tells you the price first."
#: A sentence that labels people: the checks must meet it in this block.
FAULT = "illegals ask first."
#: What the review page shows of a sentence: where it stands, and an item with it marked.
LOOK = """
import json
from pathlib import Path
from campaign.model.blocks import READABLE
from campaign.model.job import Job
from campaign.project import Project
from campaign.review.preview import Previews
from campaign.review.session import Desk
from campaign.workspace import loader, usage

project = Project(Path.cwd())
desk = Desk(project)
sheet = desk.sheet("en")
(unit,) = [unit for unit in sheet.texts.units.values() if unit.source.startswith("An honest helper")]
look = Previews(desk).look(sheet, Job("BE", "en", "migrants", "leaflet"), unit)
pictures = [one for one in look.artefacts if one.path.startswith("leaflet-a5-page")]
place = usage.places(loader.load(project))[unit.key]
print(json.dumps({"marked": look.marked, "pictures": len(pictures), "block": place.block, "readable": "cost" in READABLE}))
"""


def pdf_text(path: Path) -> str:
    """The text of a PDF, its lines as one."""
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.split())


@pytest.mark.slow
@pytest.mark.breadth
def test_a_block_is_one_entry_and_its_words(copy: Path) -> None:
    """`cost` is in leaflet, roll fold, large print, web page, review bundle, preview, checks and documentation."""
    follow_all(copy, "Add a block")
    for name in ("large-print-a4", "trifold-a4"):
        replaced(copy / "campaign.toml", f"[layouts.{name}]\n", f"[layouts.{name}]\nbuild = true\n")
    replaced(copy / "templates/messages/migrants.j2", "Ask what help costs before you say yes.", FAULT)
    command(copy, "campaign extract")
    command(copy, "campaign build --country BE --lang en --lang de --audience migrants --audience carers")
    folder = copy / "output/review/BE/en"
    for name in ("leaflet-a5", "trifold-a4", "large-print-a4"):
        text = pdf_text(folder / "migrants" / f"{name}-screen.pdf")
        assert COST in text and PRICE in text, name
        assert COST not in pdf_text(folder / "carers" / f"{name}-screen.pdf"), name
    page = (folder / "migrants/index.html").read_text(encoding="utf-8")
    assert f'<h2 id="cost">{COST}</h2>\n<ul>' in page and f"<li>{PRICE}</li>" in page
    assert COST not in (folder / "carers/index.html").read_text(encoding="utf-8")

    for kind in ("html", "xlsx"):
        command(copy, f"campaign review export de --to {kind} --audience migrants --output bundle.{kind}")
    assert PRICE in (copy / "bundle.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(copy / "bundle.xlsx") as sheet:
        assert any(PRICE in sheet.read(name).decode() for name in sheet.namelist() if name.endswith(".xml"))

    seen = json.loads(command(copy, f"python -c {shlex.quote(LOOK)}"))
    assert seen == {"marked": [PRICE], "pictures": 2, "block": "cost", "readable": True}
    found = json.loads(
        command(copy, "campaign check --no-layout --json --country BE --lang en --audience migrants", code=1)
    )
    assert any(one["code"] == "stigma" and FAULT.split()[0].lower() in one["detail"] for one in found["findings"])
    assert "| `cost`, `cost_title` | what help costs |" in (copy / "docs/reference/blocks.md").read_text(
        encoding="utf-8"
    )
