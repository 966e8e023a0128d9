"""What git has to know of a workspace: which files belong to one copy alone, and which are sets of lines."""

from __future__ import annotations

from collections.abc import Iterable

from campaign.ledger import files
from campaign.ledger.last_seen import FOLDER
from campaign.project import Project, write_atomic

#: What one copy saw last is nobody else's. Of a record, git keeps the lines of both sides: their order means nothing.
IGNORED = (f"/{FOLDER}/",)
ATTRIBUTES = (
    "locales/*/reviews.jsonl merge=union",
    "locales/*/packs.jsonl merge=union",
    "releases.jsonl merge=union",
)
#: What a fresh workspace says besides: nobody keeps built files and locks, and git on Windows would turn line ends
#: into CRLF, which the hashes of signatures must never see.
FRESH_IGNORED = ("output/", ".*.lock")
FRESH_ATTRIBUTES = ("* text=auto eol=lf", "*.ttf binary", "*.icc binary")


def write(project: Project, *, fresh: bool = False) -> None:
    """Add what is missing to .gitignore and .gitattributes; what else stands there stays.

    Raises:
        CampaignError: one of them cannot be read or written.
    """
    _add(project, ".gitignore", (*FRESH_IGNORED, *IGNORED) if fresh else IGNORED)
    _add(project, ".gitattributes", (*FRESH_ATTRIBUTES, *ATTRIBUTES) if fresh else ATTRIBUTES)


def _add(project: Project, name: str, wanted: Iterable[str]) -> None:
    path = project.inside(project.root / name)
    data = files.read(path, name)
    known = {line.strip() for line in data.splitlines()}
    missing = [line.encode() for line in wanted if line.encode() not in known]
    if missing:
        start = data if not data or data.endswith(b"\n") else data + b"\n"
        write_atomic(path, start + b"\n".join(missing) + b"\n")
