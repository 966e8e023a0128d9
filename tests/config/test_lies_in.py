"""Whether a path lies in a folder is answered as if every link on it were followed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from campaign.inside import lies_in


@pytest.mark.parametrize(
    "name",
    [
        "",
        "folder",
        "folder/file",
        "folder/missing/deeper",
        "folder/file/deeper",
        "folder/../folder/file",
        "missing/../../outside",
        "../home/folder/file",
        "../outside",
        "in",
        "in/file",
        "in/missing",
        "out",
        "out/file",
        "out/missing",
        "out/../home/folder",
        "dangling",
        "dangling/deeper",
        "loop/deeper",
        "folder//file",
        "folder/./file",
        "x" * 300,
    ],
)
@pytest.mark.parametrize("behind_a_link", [False, True], ids=["home", "home behind a link"])
def test_a_path_lies_where_its_links_lead(tmp_path: Path, name: str, behind_a_link: bool) -> None:
    """The quick answer for paths without links is the one that following every link gives."""
    home, outside = tmp_path / "home", tmp_path / "outside"
    (home / "folder").mkdir(parents=True)
    (home / "folder" / "file").touch()
    outside.mkdir()
    for link, target in (("in", "folder"), ("out", outside), ("dangling", outside / "missing"), ("loop", "loop")):
        (home / link).symlink_to(target)
    if behind_a_link:
        (tmp_path / "link").symlink_to(home)
        home = tmp_path / "link"
    path, root = Path(f"{home}/{name}"), os.path.realpath(home)
    real = os.path.realpath(path)
    assert lies_in(path, home) is (real == root or real.startswith(f"{root}/"))


def test_a_name_with_a_nul_lies_nowhere(tmp_path: Path) -> None:
    """No system has such a file."""
    assert not lies_in(tmp_path / "a\0b", tmp_path)
