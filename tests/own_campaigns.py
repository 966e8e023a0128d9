"""The campaigns that the tests of the program run on: fixed ones under tests/campaigns, never the shipped one."""

from __future__ import annotations

import shutil
from pathlib import Path

from campaign.project import Project

REPOSITORY = Path(__file__).parents[1]
CAMPAIGNS = REPOSITORY / "tests" / "campaigns"

#: What belongs to the program and not to what a campaign says: taken as it stands in the repository.
PROGRAM = ("templates/channels", "templates/layouts", "assets/icons", "assets/fonts")
PROFILES = "assets/icc"

_hidden = shutil.ignore_patterns(".*")


def lay_out(name: str, root: Path, *parts: str) -> Project:
    """A workspace at `root`, a new folder: the campaign of the tests with this name and the program's parts.

    `parts` are further folders of the repository, such as PROFILES.
    """
    for part in (*PROGRAM, *parts):
        shutil.copytree(REPOSITORY / part, root / part, ignore=_hidden)
    # A campaign may have its own words for a channel: they take the place of the program's.
    shutil.copytree(CAMPAIGNS / name, root, ignore=_hidden, dirs_exist_ok=True)
    return Project(root)
