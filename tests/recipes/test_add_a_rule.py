"""A rule, added as docs/contributing.md says: nothing more, nothing less, and the suite near it is green."""

from __future__ import annotations

from pathlib import Path

import pytest
from recipe import copied, follow, run, steps


@pytest.mark.slow
@pytest.mark.breadth
def test_the_recipe_for_a_rule_gives_a_rule(repository: Path, tmp_path: Path) -> None:
    """Whoever follows it has a rule that finds its fault, speaks six languages, and passes every test of rules."""
    recipe = list(steps((repository / "docs" / "contributing.md").read_text(encoding="utf-8"), "Add a rule"))
    copy = copied(repository, tmp_path / "copy")
    for step in recipe:
        follow(step, copy)
    assert run(copy, "ruff", "check", "campaign/checks", "tests/checks") == ""
    assert run(copy, "ruff", "format", "--check", "campaign/checks") == ""
    assert run(copy, "pytest", "-q", "-p", "no:cacheprovider", "tests/checks", "tests/spoken") == ""


@pytest.mark.slow
@pytest.mark.breadth
def test_a_step_that_is_left_out_is_missed(repository: Path, tmp_path: Path) -> None:
    """Without the words in the languages of the review page the suite is red: nobody can forget them."""
    recipe = list(steps((repository / "docs" / "contributing.md").read_text(encoding="utf-8"), "Add a rule"))
    copy = copied(repository, tmp_path / "copy")
    for step in recipe:
        if not step.path.endswith(".po"):
            follow(step, copy)
    assert "test_every_word_has_a_draft" in run(copy, "pytest", "-q", "-p", "no:cacheprovider", "tests/spoken")
