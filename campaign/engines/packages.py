"""Argos Translate packages on this machine: where they lie, which there are, and how one is taken away.

A package is a folder: metadata.json, sentencepiece.model (or bpe.model), model/. `argostranslate` breaks on one stray
folder (measured), so packages are read here; their folder is ours alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import CampaignError
from campaign.installed import command_for

MODEL = "model/model.bin"
TOKENIZERS = ("sentencepiece.model", "bpe.model")

#: The most of metadata.json that is read, in bytes.
MOST_METADATA = 100_000

_CODE = re.compile(r"[a-z]{2,3}")
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}")


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package: Argos language codes, version, size on disk in bytes, and its licence as far as it says."""

    folder: Path
    source: str
    target: str
    version: str
    size: int
    licence: str
    target_prefix: str


def home() -> Path:
    """Where packages lie: CAMPAIGN_MODELS, or the place where the user's platform keeps data.

    Raises:
        CampaignError: the extra that knows this place is not installed.
    """
    if given := os.environ.get("CAMPAIGN_MODELS"):
        return Path(given)
    try:
        from platformdirs import user_data_path
    except ImportError as error:
        raise CampaignError.single(
            "the libraries for offline drafts are not installed", todo=f"run: {command_for('draft')}"
        ) from error
    return user_data_path("campaign", appauthor=False) / "models"


def installed() -> tuple[Package, ...]:
    """The packages, by pair, the newest of a pair last; a folder that is no package never breaks the others."""
    folder = home()
    if not folder.is_dir():
        return ()
    found = (read(path) for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith("."))
    return tuple(sorted((package for package in found if package), key=_order))


def _order(package: Package) -> tuple[str, str, tuple[int, ...]]:
    return package.source, package.target, tuple(map(int, package.version.split(".")))


def read(folder: Path) -> Package | None:
    """The package in a folder, or None when it is none."""
    try:
        with (folder / "metadata.json").open("rb") as file:
            metadata = json.loads(file.read(MOST_METADATA))
    except (OSError, ValueError, RecursionError):
        return None
    if faults(metadata) or not complete(lambda name: (folder / name).is_file()):
        return None
    return Package(
        folder,
        metadata["from_code"],
        metadata["to_code"],
        metadata["package_version"],
        sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        _licence(folder, metadata),
        metadata.get("target_prefix", ""),
    )


def complete(has: Callable[[str], bool]) -> bool:
    """Whether a package has a model and a tokenizer; `has` answers for a path below its top folder."""
    return has(MODEL) and any(map(has, TOKENIZERS))


def faults(metadata: object) -> list[str]:
    """What is wrong with the content of a metadata.json."""
    if not isinstance(metadata, dict):
        return ["metadata.json is no JSON object"]
    wanted = (("from_code", _CODE), ("to_code", _CODE), ("package_version", _VERSION))
    found = [
        f"metadata.json: {key} is {str(metadata.get(key))[:60]!r}"
        for key, form in wanted
        if not isinstance(metadata.get(key), str) or not form.fullmatch(metadata[key])
    ]
    if metadata.get("type", "translate") != "translate":
        found.append(f"metadata.json: type is {str(metadata['type'])[:60]!r}, not 'translate'")
    if not isinstance(metadata.get("target_prefix", ""), str):
        found.append("metadata.json: target_prefix is no text")
    return found


def _licence(folder: Path, metadata: dict[str, object]) -> str:
    if isinstance(named := metadata.get("license"), str) and named.strip():
        return " ".join(named.split())[:40]
    for path in sorted(folder.iterdir()):
        if path.name.lower().startswith(("licen", "copying")) and path.is_file():
            with path.open("rb") as file:
                lines = file.read(2000).decode("utf-8", "replace").strip().split("\n")
            return lines[0].strip()[:40] or path.name
    return "not stated"


def remove(source: str, target: str) -> int:
    """Take away every installed package of this pair (Argos codes); how many there were."""
    mine = [package for package in installed() if (package.source, package.target) == (source, target)]
    for package in mine:
        bury(package.folder)
    return len(mine)


def bury(folder: Path) -> None:
    """Delete a package's folder. Renamed first: a half-deleted folder must not look like a package."""
    grave = folder.with_name(f".removed-{folder.name}-{os.getpid()}")
    folder.rename(grave)
    shutil.rmtree(grave, ignore_errors=True)
