"""Whether a path stays in a folder once every link on it is followed, and the files below a folder that do."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISLNK

from campaign.errors import Problem


def lies_in(path: Path, home: Path) -> bool:
    """Whether a path, every link followed, is a folder or lies below it; a name with a NUL lies nowhere."""
    if _plainly_below(path, home):
        return True
    try:
        real, root = (os.path.normcase(os.path.realpath(place)) for place in (path, home))
    except ValueError:
        return False
    return real == root or real.startswith(root.rstrip(os.sep) + os.sep)


def _plainly_below(path: Path, home: Path) -> bool:
    """Whether a path lies below a folder because nothing between them is a link: a quarter of the work of following all
    links, and a build asks for each of its files. False says nothing.
    """
    place, names = str(home).rstrip("/"), str(path)
    if os.name != "posix" or not names.startswith(f"{place}/"):
        return False
    for name in names[len(place) + 1 :].split("/"):
        if name in ("", ".", ".."):
            return False
        place = f"{place}/{name}"
        try:
            mode = os.lstat(place).st_mode
        except FileNotFoundError:
            return ".." not in names.split("/")  # what is not there is no link, nor is what would lie in it
        except (OSError, ValueError):
            return False
        if S_ISLNK(mode):
            return False
    return True


def leads_out(path: Path, home: Path, root: Path) -> Problem:
    """Why a path that leads out of `home` is not touched; `root` is the workspace, from which names are told."""
    called = "the workspace" if home == root else f"the folder {_name(home, root)}"
    for place in (*reversed(path.parents), path):
        if place.is_relative_to(home) and place != home and place.is_symlink() and not lies_in(place, home):
            what = f"is a link to {os.path.realpath(place)}: nothing outside {called} is read, written or deleted"
            return Problem(_name(place, root), what, "put the file or the folder itself in the place of the link")
    what = f"lies outside {called}: nothing there is read, written or deleted"
    return Problem(_name(path, root), what, "name a file in it, or copy the file into it")


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def below(
    folder: Path,
    root: Path,
    problems: list[Problem],
    *,
    hidden: bool = False,
    before: str = "",
    way: tuple[str, ...] = (),
) -> Iterator[tuple[str, Path]]:
    """Every file below a folder with its name there (with slashes), in order; links are followed inside `root`.

    A link that leads out is left out and told in `problems`; `hidden` takes names with a dot in front too. `before` is
    the name of the folder itself, `way` the real folders that lead to it: a link back to one of them is not followed.
    """
    way = (*way, os.path.realpath(folder))
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as found:
        for entry in sorted(found, key=lambda entry: entry.name):
            path = folder / entry.name
            if entry.name.startswith(".") and not hidden:
                continue
            if entry.is_symlink() and not lies_in(path, root):
                problems.append(leads_out(path, root, root))
            elif entry.is_file():
                yield before + entry.name, path
            elif entry.is_dir() and os.path.realpath(path) not in way:
                yield from below(path, root, problems, hidden=hidden, before=f"{before}{entry.name}/", way=way)
