"""The documentation says what the program does: every command, every option, every key, and no dead link."""

from __future__ import annotations

import re
import runpy
import tomllib
from itertools import chain

import click
import pytest

from campaign.cli.main import campaign


@pytest.mark.parametrize("page", ["commands.md", "blocks.md", "channels.md"])
def test_the_reference_is_current(repository, page):
    """After a change of what these pages list: make reference."""
    folder = repository / "docs" / "reference"
    made = runpy.run_path(str(folder / "make.py"))["PAGES"]
    assert made[page]() == (folder / page).read_text(encoding="utf-8"), "run: make reference"


@pytest.mark.parametrize("module", ["load", "contacts"])
def test_every_key_of_the_configuration_is_explained(repository, module):
    """A key that the program reads stands in docs/reference/campaign-toml.md."""
    code = (repository / "campaign" / "config" / f"{module}.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'\.(?:text|texts|take|choice|maybe_date|table|tables)\(\s*"(\w+)"', code))
    page = (repository / "docs" / "reference" / "campaign-toml.md").read_text(encoding="utf-8")
    assert len(keys) > 8
    assert {key for key in keys if not re.search(rf"\b{key}\b", page)} == set()


def unknown(line: str) -> str:
    """What of a command line, as a page writes it, the program does not have."""
    command: click.Command | None = campaign
    words, known = line.partition("#")[0].replace("|", " ").split(), {"-h", "--help", "--version"}
    while isinstance(command, click.Group):
        known |= {name for option in command.params for name in option.opts}
        if not words or not re.fullmatch("[a-z-]+", words[0]) or words[0].startswith("-"):
            return ""
        command = command.get_command(click.Context(command), name := words.pop(0))
        if command is None:
            return name
    known |= {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    asked = (word.strip("[],.;:()").partition("=")[0] for word in words)
    return " ".join(word for word in asked if re.fullmatch("--[a-z-]+", word) and word not in known)


def test_no_page_names_a_command_or_an_option_that_is_not_there(repository):
    """Whatever stands after `campaign` in README.md, CHANGELOG.md and docs/ can be typed."""
    found, lines = [], 0
    for path in [*repository.glob("*.md"), *(repository / "docs").rglob("*.md")]:
        for line in re.findall(r"(?m)(?:`|^ {4}(?:\$ )?|&& |; )campaign ([^`\n]+)", path.read_text(encoding="utf-8")):
            lines += 1
            if wrong := unknown(line):
                found.append(f"{path.name}: {wrong}: campaign {line}")
    assert found == []
    assert lines > 300
    assert unknown("add format x") == "format" and unknown("build --langs de") == "--langs"


def test_every_library_has_a_reason_and_one_tested_version(repository):
    """What pyproject.toml asks for has a row in docs/reference/dependencies.md; no library is pinned twice."""
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = {re.match(r"[\w.-]+", line)[0] for line in asked} - {"campaign"}
    page = (repository / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| ([^|]+) \| [^|]+ \| [^|\s][^|]+ \|$", page)
    assert names - {name for row in rows for name in re.findall(r"[\w.-]+", row)} == set()
    lines = (repository / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line.partition("==")[0].lower().replace("_", "-") for line in lines if "==" in line]
    assert len(pinned) == len(set(pinned)) and names <= set(pinned)


def test_no_link_of_the_documentation_leads_nowhere(repository):
    """Each relative link of README.md and docs/ names a file that is there."""
    dead = []
    for path in [repository / "README.md", *(repository / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if not target.startswith("http") and not (path.parent / target).exists():
                dead.append(f"{path.name}: {target}")
    assert dead == []


def test_the_design_names_every_part_of_the_program(repository):
    """What lies where: each module and folder of campaign/ stands in the list, and the list names no other."""
    page = (repository / "docs" / "explanation" / "design.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"(?m)^ {6}(\w+(?:\.py|/)) ", page.partition("Data flows")[0]))
    parts = {path.name + "/" * path.is_dir() for path in (repository / "campaign").iterdir()}
    assert listed == {part for part in parts if not part.startswith((".", "__"))} - {"py.typed", "data/"}


def test_every_proof_that_the_page_of_faults_names_exists(repository):
    """A test named in docs/explanation/faults.md is a test of the suite."""
    page = (repository / "docs" / "explanation" / "faults.md").read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for path in (repository / "tests").rglob("test_*.py"))
    assert [name for name in re.findall(r"`(test_\w+)`", page) if f"def {name}(" not in tests] == []


@pytest.mark.breadth
@pytest.mark.slow
def test_a_designer_adds_a_format_as_the_page_says(repository, tmp_path, cli):
    """Whoever copies table, design and commands of docs/how-to/layouts.md gets the flyer in three languages and its pack."""
    page = (repository / "docs" / "how-to" / "layouts.md").read_text(encoding="utf-8")
    table, design = (re.search(rf"```{kind}\n(.*?)```", page, re.S)[1] for kind in ("toml", "typst"))
    design_file = re.search(r"Write `(templates/layouts/[\w-]+\.typ)`", page)[1]
    init, *others = re.findall(r"(?m)^    campaign (.+)$", page)
    assert cli.run(*init.split(), at=tmp_path).code == 0
    folder = tmp_path / init.split()[1]
    with (folder / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + table)
    (folder / design_file).write_text(design, encoding="utf-8")
    for command in others:
        done = cli.run(*command.split(), at=folder)
        assert done.code == 0, done.out + done.err
    for locale in ("en", "de", "ar"):
        assert (folder / f"output/review/BE/{locale}/migrants/flyer-a6-screen.pdf").is_file()
    assert list((folder / "output/packs").rglob("*_PROOF.zip"))
