"""The documentation says what the program does: every command, every option, every key, and no dead link."""

from __future__ import annotations

import re
import runpy

import pytest


def test_the_reference_of_commands_is_current(reference):
    """After a change of commands or options: make reference."""
    made = runpy.run_path(str(reference / "docs" / "reference" / "make.py"))
    assert made["page"]() == made["PAGE"].read_text(encoding="utf-8"), "run: make reference"


@pytest.mark.parametrize("module", ["load", "contacts"])
def test_every_key_of_the_configuration_is_explained(reference, module):
    """A key that the program reads stands in docs/reference/campaign-toml.md."""
    code = (reference / "campaign" / "config" / f"{module}.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'\.(?:text|texts|take|choice|maybe_date|table|tables)\(\s*"(\w+)"', code))
    page = (reference / "docs" / "reference" / "campaign-toml.md").read_text(encoding="utf-8")
    assert len(keys) > 8
    assert {key for key in keys if not re.search(rf"\b{key}\b", page)} == set()


def test_no_link_of_the_documentation_leads_nowhere(reference):
    """Each relative link of README.md and docs/ names a file that is there."""
    dead = []
    for path in [reference / "README.md", *(reference / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            if not target.startswith("http") and not (path.parent / target).exists():
                dead.append(f"{path.name}: {target}")
    assert dead == []


def test_every_proof_that_the_page_of_faults_names_exists(reference):
    """A test named in docs/explanation/faults.md is a test of the suite."""
    page = (reference / "docs" / "explanation" / "faults.md").read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for path in (reference / "tests").rglob("test_*.py"))
    assert [name for name in re.findall(r"`(test_\w+)`", page) if f"def {name}(" not in tests] == []
