"""An office of the small campaign: one form in English, German and Arabic, signed, every contact verified."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from offices import signed
from own_campaigns import lay_out

from campaign.forms.filled import Desk
from campaign.project import Project
from campaign.workspace import loader


@pytest.fixture(scope="package")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return signed(lay_out("small", tmp_path_factory.mktemp("office") / "workspace")).root


@pytest.fixture
def office(_office: Path, tmp_path: Path) -> Project:
    """A workspace whose form is signed in every language; its own copy."""
    return Project(Path(shutil.copytree(_office, tmp_path / "workspace")))


@pytest.fixture(scope="package")
def signed_desk(_office: Path) -> Desk:
    """A warm desk of that office. Read it, never write to it."""
    return Desk.of(loader.load(Project(_office)))


@pytest.fixture
def helper(office: Project) -> Callable[[], str]:
    """The id of a contact of Belgium."""
    from campaign import config

    return lambda: next(each.id for each in config.load(office).contacts if each.country == "BE")
