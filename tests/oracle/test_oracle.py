"""Whatever leaves was approved as shown at that moment: random acts, judged by who knows the acts alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

import pytest
from acts import Acts, deeds, tiny

from campaign.project import Project

#: Sequences in the suite; `make oracle` takes a thousand.
SEQUENCES = int(os.environ.get("CAMPAIGN_SEQUENCES", "6"))
FIRST = int(os.environ.get("CAMPAIGN_FIRST_SEED", "0"))
LENGTH = 12


@pytest.fixture(scope="session")
def _start(tmp_path_factory):
    return tiny(tmp_path_factory.mktemp("oracle") / "workspace").root


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEQUENCES))
@pytest.mark.sample(1)
def test_whatever_leaves_was_approved_as_shown(_start, cli, tmp_path, seed):
    """Edits, signatures, objections, checks, releases, packs, tampering, cuts and recalls in any order; and in the end,
    when everything is signed and checked, all of it leaves.
    """
    project = Project(Path(shutil.copytree(_start, tmp_path / "workspace")))
    acts = Acts(project, cli, Random(seed))
    acts.begin()
    for deed in deeds(acts.random, LENGTH):
        getattr(acts, deed)()
    acts.finish()
