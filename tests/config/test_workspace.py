"""The workspace on disk: found from anywhere inside, read strictly, written in one step."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaign.errors import CampaignError
from campaign.project import Project, locked, read_text, write_atomic


def test_it_is_found_from_every_folder_inside(workspace: Project) -> None:
    """A command works wherever in the campaign's folder it is typed."""
    for folder in [workspace.root, *(path for path in workspace.root.rglob("*") if path.is_dir())]:
        assert Project.find(folder) == workspace


def test_the_nearest_workspace_wins(workspace: Project) -> None:
    """A campaign inside another campaign's folder is a campaign of its own, as with git."""
    inner = workspace.root / "old" / "campaign-2025"
    (inner / "templates").mkdir(parents=True)
    (inner / "campaign.toml").write_text("", encoding="utf-8")

    assert Project.find(inner / "templates").root == inner
    assert Project.find(inner.parent) == workspace


def test_a_folder_of_that_name_is_no_workspace(workspace: Project) -> None:
    """Only a file campaign.toml makes a workspace."""
    (workspace.root / "sub" / "campaign.toml").mkdir(parents=True)

    assert Project.find(workspace.root / "sub") == workspace


def test_outside_a_workspace_the_next_step_is_named(tmp_path: Path, cli: Any) -> None:
    """In the wrong folder, the message says how to get into the right one or make one."""
    done = cli.run("status", at=tmp_path)

    assert done.code == 1
    assert str(tmp_path) in done.err
    assert "campaign init DIR" in done.err


def test_names_are_short_inside_and_whole_outside(workspace: Project, tmp_path: Path) -> None:
    """Messages name files as the user sees them."""
    assert workspace.name(workspace.catalogue("de")) == "locales/de/LC_MESSAGES/campaign.po"
    assert workspace.name(tmp_path / "x") == str(tmp_path / "x")


FAULTS = {
    "byte order mark": (lambda data: b"\xef\xbb\xbf" + data, 1),
    "CRLF": (lambda data: data.replace(b"\n", b"\r\n"), 1),
    "one CR": (lambda data: data.replace(b"\n", b"\r\n", 3).replace(b"\r\n", b"\n", 2), 3),
    "NUL": (lambda data: b"\n".join([*data.split(b"\n")[:4], b"# \0", *data.split(b"\n")[4:]]), 5),
    "Latin-1": (lambda data: b"\n".join([*data.split(b"\n")[:4], b"# caf\xe9", *data.split(b"\n")[4:]]), 5),
    "UTF-16": (lambda data: data.decode().encode("utf-16"), 1),
}
WORDS = {
    "byte order mark": "byte order mark",
    "CRLF": "CRLF",
    "one CR": "CRLF",
    "NUL": "NUL byte",
    "Latin-1": "byte 0xe9 is not UTF-8",
    "UTF-16": "byte order mark",
}
FILES = {
    "campaign.toml": "update",
    "contacts.toml": "update",
    "templates/messages/shared.j2": "extract",
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("file", FILES)
def test_a_file_in_another_encoding_is_refused_and_nothing_is_changed(
    workspace: Project, cli: Any, contents: Callable[[Path], dict[str, bytes]], file: str, fault: str
) -> None:
    """One clear error names file and line; not one byte of the workspace is touched."""
    refused(workspace, cli, contents, file, fault, FILES[file])


def refused(
    workspace: Project, cli: Any, contents: Callable[[Path], dict[str, bytes]], file: str, fault: str, command: str
) -> None:
    """Spoil a file, run a command, and see that it names the place and touches nothing."""
    spoil, line = FAULTS[fault]
    path = workspace.root / file
    path.write_bytes(spoil(path.read_bytes()))
    before = contents(workspace.root)

    done = cli.run(command, at=workspace)

    assert done.code == 1
    assert f"{file}:{line}: " in done.err
    assert WORDS[fault] in done.err
    assert "what to do" in done.err
    assert contents(workspace.root) == before


@pytest.mark.parametrize("fault", ["NUL", "Latin-1"])
@pytest.mark.parametrize("file", ["locales/campaign.pot", "locales/ar/LC_MESSAGES/campaign.po"])
def test_a_catalogue_that_is_no_text_is_refused_and_nothing_is_changed(
    workspace: Project, cli: Any, contents: Callable[[Path], dict[str, bytes]], file: str, fault: str
) -> None:
    """Catalogues may be written as any program writes them; what is no text in any of these is named by its line."""
    refused(workspace, cli, contents, file, fault, "update")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    """The name in the message is the one that the user knows."""
    with pytest.raises(CampaignError, match=r"contacts\.toml: cannot be read"):
        read_text(tmp_path / "nowhere.toml", "contacts.toml")


def test_a_write_replaces_the_whole_file(tmp_path: Path) -> None:
    """After a write the folder holds the new file and no other."""
    path = tmp_path / "deep" / "file.txt"

    write_atomic(path, b"one")
    write_atomic(path, b"two")

    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


FULL_DISK = """
import resource, sys
from pathlib import Path
from campaign.errors import CampaignError
from campaign.project import write_atomic

resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_atomic(Path(sys.argv[1]), b"x" * 5000)
except CampaignError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")
def test_a_write_that_fails_half_way_leaves_the_old_file(tmp_path: Path, repository: Path) -> None:
    """A full disk costs nothing that was there before, and ends in words."""
    path = tmp_path / "campaign.po"
    path.write_bytes(b"old")

    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], cwd=repository, capture_output=True, text=True, check=True
    )

    assert "cannot be written" in done.stdout
    assert "free space" in done.stdout
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_place_of_a_folder_ends_in_words(tmp_path: Path) -> None:
    """What cannot be written is the user's to correct, with the path to look at."""
    (tmp_path / "output").write_bytes(b"")

    with pytest.raises(CampaignError, match="cannot be written"):
        write_atomic(tmp_path / "output" / "review" / "manifest.json", b"{}")
    with (
        pytest.raises(CampaignError, match=r"locales/de/reviews\.jsonl: cannot be written"),
        locked(tmp_path / "output" / "reviews.jsonl", "locales/de/reviews.jsonl"),
    ):
        pass


def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    """An error while a file is changed does not lock everyone out."""
    path = tmp_path / "campaign.po"
    with pytest.raises(ZeroDivisionError), locked(path, "campaign.po"):
        raise ZeroDivisionError

    with locked(path, "campaign.po"):
        write_atomic(path, b"free")

    assert path.read_bytes() == b"free"
