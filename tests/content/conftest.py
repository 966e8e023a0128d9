"""The shipped campaign, for the tests of this folder alone: whoever edits a sentence of it breaks no other test."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_campaigns import REPOSITORY


@pytest.fixture(scope="session")
def reference() -> Path:
    """The reference campaign as it is shipped. Read it, never write to it."""
    return REPOSITORY
