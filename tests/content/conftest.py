"""The shipped campaign, for the tests of this folder alone: whoever edits a sentence of it breaks no other test."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_campaigns import REPOSITORY

from campaign.project import Project
from campaign.workspace import loader
from campaign.workspace.loader import Workspace


@pytest.fixture(scope="session")
def reference() -> Path:
    """The reference campaign as it is shipped. Read it, never write to it."""
    return REPOSITORY


@pytest.fixture(scope="session")
def space(reference: Path) -> Workspace:
    """The reference campaign with all its languages, read once for all tests of this folder."""
    return loader.load(Project(reference))
