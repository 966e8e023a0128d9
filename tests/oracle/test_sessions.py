"""No signature over an open objection, nobody's word lost, the same in every order: random sessions of three people."""

from __future__ import annotations

import os
import re

import pytest
from acts import tiny
from sessions import Sessions

#: Sessions in the suite; `make sessions` takes five thousand.
COUNT = int(os.environ.get("CAMPAIGN_SESSIONS", "8"))
FIRST = int(os.environ.get("CAMPAIGN_FIRST_SEED", "0"))
LENGTH = 14
#: Sessions that one test does: a workspace is laid out once for each.
TOGETHER = 20


@pytest.fixture(scope="session")
def _start(tmp_path_factory):
    project = tiny(tmp_path_factory.mktemp("sessions") / "workspace")
    text = project.config.read_text(encoding="utf-8")
    project.config.write_text(re.sub(r'channels = \["sms", "web"\]', 'channels = ["sms"]', text), encoding="utf-8")
    return project.root


@pytest.mark.slow
@pytest.mark.parametrize("first", range(FIRST, FIRST + COUNT, TOGETHER))
@pytest.mark.breadth
def test_three_people_in_two_copies(_start, cli, tmp_path, first):
    """Over the page, packs and the command line: good, not right, other words, remarks, withdrawals, items, late files."""
    for seed in range(first, min(first + TOGETHER, FIRST + COUNT)):
        sessions = Sessions(_start, tmp_path / str(seed), cli, seed)
        sessions.run(LENGTH)
        sessions.judge()
