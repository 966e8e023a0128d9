"""What a workspace itself tells whoever works on its texts: notes and names of audiences in other languages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from campaign.catalogue import store
from campaign.project import Project
from campaign.spoken.guide import Guide


def guide(project: Project, tag: str, written: str) -> Guide:
    """The words of a language: those of the workspace's notes.po first, then the program's; without a `tag` notes stay
    in the language that they are `written` in.

    Raises:
        CampaignError: the workspace's file cannot be read.
    """
    if not tag:
        return Guide("", written=written)
    path = project.inside(project.catalogue(tag).with_name("notes.po"))
    try:
        known = path.stat()
    except OSError:
        return Guide(tag, written=written)
    return _read(path, project.name(path), tag, written, (known.st_mtime_ns, known.st_size))


@lru_cache(maxsize=64)
def _read(path: Path, name: str, tag: str, written: str, stamp: tuple[int, int]) -> Guide:
    """The words of a file as it was at this moment: each page asks."""
    own = {unit.source: unit.text for unit in store.read(path, name, tag).units if unit.text.strip()}
    return Guide(tag, own, written)
