"""The recipes of docs/contributing.md, followed word for word in a copy of the repository."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from own_campaigns import REPOSITORY

pytestmark = pytest.mark.slow

AXES = (
    *("language", "language that the registry lacks", "audience", "block", "rule", "layout", "platform", "channel"),
    *("export format", "engine", "verdict"),
)
_FENCE = r"\n\n```\w+\n(?P<{0}>.*?\n)```\n"
_STEP = re.compile(
    "|".join(
        (
            r"Write `(?P<new>[^`]+)`:" + _FENCE.format("content"),
            r"(?:At|at) the end of `(?P<longer>[^`]+)`:" + _FENCE.format("more"),
            r"In `(?P<file>[^`]+)`, (?P<side>below|above) `(?P<anchor>[^`]+)`:" + _FENCE.format("lines"),
            r"In `(?P<changed>[^`]+)`, for `(?P<old>[^`]+)` write\s+`(?P<by>[^`]+)`",
            r"Run:" + _FENCE.format("commands"),
        )
    ),
    re.S,
)
#: What stands for the commands of a person who has installed the package.
PROGRAMS = {
    "campaign": [sys.executable, "-c", "from campaign.cli.main import main; main()"],
    "python": [sys.executable],
    "make reference": [sys.executable, "docs/reference/make.py"],
    "cp": ["cp"],
}


def sections() -> dict[str, str]:
    """The text of each recipe by what it adds."""
    page = (REPOSITORY / "docs" / "contributing.md").read_text(encoding="utf-8")
    return dict(re.findall(r"(?ms)^## Add an? (.+?)$(.*?)(?=^## |\Z)", page))


#: Those with indented snippets are followed by tests/recipes.
FOLLOWED = [head for head, text in sections().items() if "\n```" in text]


@dataclass(frozen=True)
class Copy:
    """A copy of the repository whose program is run from there."""

    root: Path

    def run(self, command: str, code: int = 0) -> str:
        """What a command prints; one that ends otherwise than with `code` is a broken recipe."""
        name = "make reference" if command == "make reference" else shlex.split(command)[0]
        rest = shlex.split(command.removeprefix(name))
        hidden = ("PYTEST", "COV_")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(hidden)}
        done = subprocess.run(
            [*PROGRAMS[name], *rest],
            cwd=self.root,
            env={**environment, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        return done.stdout

    def follow(self, recipe: str) -> None:
        """Do what a recipe says."""
        done = 0
        for step in _STEP.finditer(recipe):
            done += "```" in step[0]
            self._do({name: value for name, value in step.groupdict().items() if value is not None})
        assert done == recipe.count("```") // 2, "a snippet that nobody is told where to put"

    def _do(self, step: dict[str, str]) -> None:
        if "commands" in step:
            for command in step["commands"].splitlines():
                self.run(command)
        elif "new" in step:
            assert not (self.root / step["new"]).exists()
            (self.root / step["new"]).write_text(step["content"], encoding="utf-8")
        elif "longer" in step:
            with (self.root / step["longer"]).open("a", encoding="utf-8") as file:
                file.write(step["more"])
        elif "changed" in step:
            self.change(step["changed"], step["old"], step["by"])
        else:
            (line,) = [x for x in self.text(step["file"]).splitlines() if x.lstrip().startswith(step["anchor"])]
            pair = (line + "\n", step["lines"]) if step["side"] == "below" else (step["lines"], line + "\n")
            self.change(step["file"], line + "\n", "".join(pair))

    def text(self, name: str) -> str:
        """A file's text."""
        return (self.root / name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Put `new` in the one place of `old`."""
        assert self.text(name).count(old) == 1, f"{old!r} stands {self.text(name).count(old)} times in {name}"
        (self.root / name).write_text(self.text(name).replace(old, new), encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A fresh copy of the repository."""
    ignore = shutil.ignore_patterns(".*", "output", "__pycache__", "*.egg-info", "images")
    return Copy(Path(shutil.copytree(REPOSITORY, tmp_path / "repository", ignore=ignore)))


def test_every_axis_has_a_recipe() -> None:
    """Whoever wants to add something finds how: none of the axes of the program is left out."""
    assert set(AXES) <= set(sections())


@pytest.mark.parametrize("head", [head for head in FOLLOWED if head != "block"])
def test_a_recipe_works_as_it_is_written(copy: Copy, head: str) -> None:
    """Files, snippets and commands, word for word: every command ends well, the tests near it are green."""
    copy.follow(sections()[head])


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


def test_a_block_is_one_entry_and_its_words(copy: Copy) -> None:
    """`cost` is in leaflet, roll fold, large print, web page, review bundle, preview, checks and documentation."""
    copy.follow(sections()["block"])
    for name in ("large-print-a4", "trifold-a4"):
        copy.change("campaign.toml", f"[layouts.{name}]\n", f"[layouts.{name}]\nbuild = true\n")
    copy.change("templates/messages/migrants.j2", "Ask what help costs before you say yes.", FAULT)
    copy.run("campaign extract")
    copy.run("campaign build --country BE --lang en --lang de --audience migrants --audience carers")
    folder = copy.root / "output/review/BE/en"
    for name in ("leaflet-a5", "trifold-a4", "large-print-a4"):
        text = pdf_text(folder / "migrants" / f"{name}-screen.pdf")
        assert COST in text and PRICE in text, name
        assert COST not in pdf_text(folder / "carers" / f"{name}-screen.pdf"), name
    page = (folder / "migrants/index.html").read_text(encoding="utf-8")
    assert f'<h2 id="cost">{COST}</h2>\n<ul>' in page and f"<li>{PRICE}</li>" in page
    assert COST not in (folder / "carers/index.html").read_text(encoding="utf-8")

    for kind in ("html", "xlsx"):
        copy.run(f"campaign review export de --to {kind} --audience migrants --output bundle.{kind}")
    assert PRICE in copy.text("bundle.html")
    with zipfile.ZipFile(copy.root / "bundle.xlsx") as sheet:
        assert any(PRICE in sheet.read(name).decode() for name in sheet.namelist() if name.endswith(".xml"))

    seen = json.loads(copy.run(f"python -c {shlex.quote(LOOK)}"))
    assert seen == {"marked": [PRICE], "pictures": 2, "block": "cost", "readable": True}
    found = json.loads(copy.run("campaign check --no-layout --json --country BE --lang en --audience migrants", code=1))
    assert any(one["code"] == "stigma" and FAULT.split()[0].lower() in one["detail"] for one in found["findings"])
    assert "| `cost`, `cost_title` | what help costs |" in copy.text("docs/reference/blocks.md")
