"""Argos Translate packages on this machine: where they lie, which there are, and how one gets in safely.

A package is a zip with one top folder: metadata.json, sentencepiece.model, model/. `argostranslate` would unpack any
zip and breaks on one stray folder (measured), so packages are read and installed here; their folder is ours alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from campaign.errors import CampaignError, Problem

#: Bounds of a package: the largest published ones unpack to about 300 MB.
MOST_BYTES, MOST_FILES, MOST_RATIO = 1_000_000_000, 200, 200
NEEDED = ("metadata.json", "sentencepiece.model", "model/model.bin")

_CODE = re.compile(r"[a-z]{2,3}")
_VERSION = re.compile(r"\d+(\.\d+)*")


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
    """Where packages lie: CAMPAIGN_MODELS, or the place where the user's platform keeps data."""
    if given := os.environ.get("CAMPAIGN_MODELS"):
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("campaign", appauthor=False) / "models"


def installed() -> tuple[Package, ...]:
    """The packages, by name; a folder that is no package is passed over and never breaks the others."""
    folder = home()
    if not folder.is_dir():
        return ()
    found = (_read(path) for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith("."))
    return tuple(package for package in found if package)


def _read(folder: Path) -> Package | None:
    try:
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if _faults(metadata) or not all((folder / name).is_file() for name in NEEDED):
        return None
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    licence = next(
        (path.name for path in sorted(folder.iterdir()) if path.name.lower().startswith("licen")), "not stated"
    )
    prefix = metadata.get("target_prefix", "")
    return Package(
        folder, metadata["from_code"], metadata["to_code"], metadata["package_version"], size, licence, prefix
    )


def _faults(metadata: object) -> list[str]:
    """What is wrong with a metadata.json."""
    if not isinstance(metadata, dict):
        return ["metadata.json is no JSON object"]
    wanted = (("from_code", _CODE), ("to_code", _CODE), ("package_version", _VERSION))
    faults = [
        f"metadata.json: {key} is {metadata.get(key)!r}"
        for key, form in wanted
        if not isinstance(metadata.get(key), str) or not form.fullmatch(metadata[key])
    ]
    if metadata.get("type", "translate") != "translate":
        faults.append(f"metadata.json: type is {metadata['type']!r}, not translate")
    if not isinstance(metadata.get("target_prefix", ""), str):
        faults.append("metadata.json: target_prefix is no text")
    return faults


def install(archive: Path) -> Package:
    """Check a .argosmodel file, unpack it beside its place, let it translate a probe, and move it in as one step.

    Raises:
        CampaignError: every fault of the archive; then nothing is installed.
    """
    name = archive.name
    try:
        with zipfile.ZipFile(archive) as zip_file:
            top = _check(zip_file, name)
            home().mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=home(), prefix=".install-") as temporary:
                for member in zip_file.infolist():
                    if not member.is_dir():
                        _unpack(zip_file, member, Path(temporary))
                package = _read(Path(temporary) / top)
                if package is None:
                    raise CampaignError.single("is not a complete package", where=name, todo="download it again")
                _probe(package, name)
                place = home() / top
                if place.exists():
                    shutil.rmtree(place)
                package.folder.rename(place)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise CampaignError.single(f"is no readable package: {error}", where=name, todo="download it again") from error
    installed_now = _read(place)
    assert installed_now is not None  # noqa: S101 - it was read a moment ago
    return installed_now


def _check(zip_file: zipfile.ZipFile, name: str) -> str:
    """The top folder of an archive that is safe to unpack."""
    members, problems = zip_file.infolist(), []
    tops = {PurePosixPath(member.filename).parts[0] for member in members if PurePosixPath(member.filename).parts}
    top = next(iter(sorted(tops)), "")
    for member in members:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
            problems.append(Problem(name, f"holds a path that leads outside: {member.filename!r}"))
        if stat.S_ISLNK(member.external_attr >> 16):
            problems.append(Problem(name, f"holds a link: {member.filename!r}"))
        if member.file_size > 10_000_000 and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            problems.append(Problem(name, f"{member.filename!r} unpacks to {MOST_RATIO} times its size"))
    if len(tops) != 1 or not re.fullmatch(r"[\w.-]+", top) or top.startswith("."):
        problems.append(Problem(name, f"has {len(tops)} top folders, a package has one with a plain name"))
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_BYTES:
        problems.append(Problem(name, "is far larger than any package"))
    missing = [needed for needed in NEEDED if f"{top}/{needed}" not in zip_file.namelist()]
    if missing:
        problems.append(Problem(name, f"lacks {', '.join(missing)}"))
    elif not problems:
        try:
            metadata = json.loads(zip_file.read(f"{top}/metadata.json")[:100_000])
        except (ValueError, RecursionError):
            metadata = None
        problems += [Problem(name, fault) for fault in _faults(metadata)]
    if problems:
        raise CampaignError(problems)
    return top


def _unpack(zip_file: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    """Write one member, never more bytes than it announced: a zip can lie about its sizes."""
    place = folder / member.filename
    place.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with zip_file.open(member) as source, place.open("wb") as target:
        while chunk := source.read(min(1 << 20, left + 1)):
            left -= len(chunk)
            if left < 0:
                raise zipfile.BadZipFile(f"{member.filename!r} holds more than it announces")
            target.write(chunk)


def _probe(package: Package, name: str) -> None:
    from campaign.engines.argos import Argos

    try:
        result = Argos((package,)).translate(["Hello."])
    except Exception as error:  # the libraries raise what they like at a broken model
        raise CampaignError.single(f"the model does not load: {error}", where=name, todo="download it again") from error
    if not result[0]:
        raise CampaignError.single("the model translates nothing", where=name, todo="download it again")


def remove(source: str, target: str) -> int:
    """Take away every installed package of this pair (Argos codes); how many there were."""
    mine = [package for package in installed() if (package.source, package.target) == (source, target)]
    for package in mine:
        # Renamed first: a half-deleted folder must not look like a package.
        grave = package.folder.with_name(f".removed-{package.folder.name}")
        package.folder.rename(grave)
        shutil.rmtree(grave)
    return len(mine)
