"""A change of a workspace tried on a copy first: what it would write, and whether it breaks what was whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from campaign import config
from campaign.errors import CampaignError, Problem
from campaign.ledger.last_seen import FOLDER
from campaign.project import Project, write_atomic
from campaign.translation import catalogues

#: What no change of this kind touches: what was built or recorded, what git and this copy keep, records that are only
#: added to.
_LEFT_ALONE = ("output", "recordings", FOLDER, ".git", ".venv", "node_modules")
#: Written last, in this order: until they name a thing, its files lie there and mean nothing.
_LAST = ("contacts.toml", "campaign.toml")


@dataclass(frozen=True, slots=True)
class Change:
    """One file of the workspace, by its path below the root: what it holds, and what it would hold; None: no file."""

    path: str
    before: bytes | None
    after: bytes | None

    def __str__(self) -> str:
        if self.after is None:
            return f"removed  {self.path}"
        return f"{'new    ' if self.before is None else 'changed'}  {self.path}"


@dataclass(frozen=True, slots=True)
class Reshaped:
    """Every file that a change touches, and the problems that stood in the way before and still do."""

    changes: tuple[Change, ...]
    left: tuple[Problem, ...] = ()


def reshape(project: Project, act: Callable[[Project], None], *, to_fill: str = "") -> Reshaped:
    """Do `act` to a copy of the workspace, bring its catalogues in step, and tell what became of its files.

    A change is refused for problems that it makes, not for those that were there: who repairs a broken workspace
    step by step is not stopped at the first one. `to_fill` is a file whose new problems are told and stop nothing: the
    change lays out what a person has to fill in.

    Raises:
        CampaignError: what `act` refuses; problems of the settings or the templates that were not there before.
    """
    with tempfile.TemporaryDirectory(prefix="campaign-trial-") as folder:
        trial = Project(Path(folder).resolve() / "workspace")
        held = dict(_files(project))
        for name, data in held.items():
            path = trial.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        had = _problems(trial)
        act(trial)
        has = _problems(trial)
        if made := [
            problem for problem in has if problem not in had and not (to_fill and problem.where.startswith(to_fill))
        ]:
            raise CampaignError(made)
        if not has:
            catalogues.extract_pot(trial)
            catalogues.update(trial)
        after = dict(_files(trial))
    names = sorted(name for name in held.keys() | after.keys() if held.get(name) != after.get(name))
    return Reshaped(tuple(Change(name, held.get(name), after.get(name)) for name in names), tuple(has))


def carry_out(project: Project, changes: tuple[Change, ...]) -> None:
    """Write the changes into the workspace: new words first, the settings that name them after, what goes last.

    Raises:
        CampaignError: a file is not what it was when the change was tried, or cannot be written; then all are put
            back as they were.
    """
    for change in changes:
        if _bytes(project, change.path) != change.before:
            raise CampaignError.single("was changed by another program meanwhile", where=change.path, todo="try again")
    done: list[Change] = []
    try:
        for change in sorted(changes, key=lambda change: (change.after is None, change.path in _LAST, change.path)):
            done.append(change)
            _put(project, change.path, change.after)
    except BaseException:
        for change in reversed(done):
            if _bytes(project, change.path) != change.before:  # the one that failed may be as it was
                _put(project, change.path, change.before)
        raise


def _put(project: Project, name: str, data: bytes | None) -> None:
    path = project.inside(project.root / name)
    if data is not None:
        write_atomic(path, data)
        return
    try:
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == project.root or any(folder.iterdir()):
                break
            folder.rmdir()
    except OSError as error:
        todo = "check permissions, and whether another program has it open"
        raise CampaignError.single(f"cannot be deleted ({error.strerror})", where=name, todo=todo) from error


def _bytes(project: Project, name: str) -> bytes | None:
    path = project.inside(project.root / name)
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=name) from error


def _files(project: Project) -> Iterator[tuple[str, bytes]]:
    """Every file of the workspace that a change may touch, by its path; links and hidden files are left alone."""
    for top in sorted(project.root.iterdir()):
        if top.name in _LEFT_ALONE or top.name.startswith(".") or top.is_symlink():
            continue
        inner = project.below(top, links_out=True) if top.is_dir() else [(top.name, top)]
        for _, path in inner:
            name = path.relative_to(project.root).as_posix()
            if (data := _bytes(project, name)) is not None:
                yield name, data


def _problems(project: Project) -> list[Problem]:
    try:
        config.load(project)
    except CampaignError as error:
        return list(error.problems)
    return []
