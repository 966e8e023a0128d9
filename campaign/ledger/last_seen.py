"""What this copy of a workspace saw last: the heads of each record, in .campaign/seen, which no version control takes.

A last line that somebody cuts off is followed by nobody: only who saw it, writing or reading, can miss it. After an
older branch was checked out the same lines are missing, and that is no harm; the file cannot tell the two apart, a
person can.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from campaign.errors import CampaignError
from campaign.inside import lies_in
from campaign.project import write_atomic

#: The folder of what belongs to this copy alone.
FOLDER = ".campaign"


def read(root: Path) -> Mapping[str, tuple[str, ...]]:
    """By the name of a record: the heads that this copy saw last; nothing of an absent or unreadable file."""
    try:
        found = json.loads(_path(root).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: tuple(map(str, heads)) for name, heads in found.items() if isinstance(heads, list)}


def note(root: Path, name: str, heads: Iterable[str], known: Container[str] | None) -> None:
    """Keep the heads of one record as seen, as `note_all` does."""
    note_all(root, [(name, heads, known)])


def note_all(root: Path, records: Iterable[tuple[str, Iterable[str], Container[str] | None]]) -> None:
    """Keep the heads of records as seen. What cannot be kept (a read-only workspace) stops nobody.

    Each is its name, its heads, and all ids that it holds now: what was seen and is not there stays missing, whatever
    is added. None takes what is here as all there is. Nothing is written where nothing changed.
    """
    before = read(root)
    after = dict(before)
    for name, heads, known in records:
        missing = () if known is None else (own for own in before.get(name, ()) if own not in known)
        after[name] = tuple(sorted({*heads, *missing}))
    if after == before:
        return
    with contextlib.suppress(CampaignError, OSError):
        if lies_in(_path(root), root):
            write_atomic(_path(root), json.dumps(after, indent=1, sort_keys=True).encode() + b"\n")


def _path(root: Path) -> Path:
    return root / FOLDER / "seen"
