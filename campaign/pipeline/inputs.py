"""What a build depends on, as one hash: when it is unchanged and the files are whole, there is nothing to build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from campaign.model import digest
from campaign.project import Project

FOLDERS = ("templates", "locales", "assets", "glossary")
TOOLS = ("babel", "jinja2", "phonenumbers", "pillow", "pretix-fontpack-free", "segno", "translate-toolkit", "typst")


def tools() -> Mapping[str, str]:
    """The versions of the program and of each library that shapes the output."""
    from campaign import __version__

    return {"campaign": __version__, **{name: metadata.version(name) for name in TOOLS}}


def inputs_hash(project: Project, *selection: str) -> str:
    """The hash of every input file, of our own code, of the tools' versions and of what was asked for."""
    parts = list(selection)
    for path in sorted(_files(project)):
        parts += [project.name(path), hashlib.sha256(path.read_bytes()).hexdigest()]
    code = Path(__file__).resolve().parents[1]
    for path in sorted([*code.rglob("*.py"), *(path for path in (code / "data").rglob("*") if path.is_file())]):
        parts += [path.relative_to(code).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()]
    parts += [f"{name} {version}" for name, version in sorted(tools().items())]
    return digest(*parts)


def _files(project: Project) -> Iterator[Path]:
    yield from (path for path in (project.config, project.contacts) if path.is_file())
    for folder in FOLDERS:
        # Lock and temporary files begin with a dot; they are nobody's input.
        yield from (
            path for path in (project.root / folder).rglob("*") if path.is_file() and not path.name.startswith(".")
        )
