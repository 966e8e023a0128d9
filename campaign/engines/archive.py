"""A .argosmodel file becomes an installed package: checked before it is unpacked, tried, then moved in as one step.

`argostranslate` unpacks any zip over its folder (measured); here the file is treated as hostile.
"""

from __future__ import annotations

import errno
import json
import lzma
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from campaign import languages
from campaign.engines import packages, trial
from campaign.engines.packages import Package
from campaign.errors import CampaignError, Problem
from campaign.project import locked

#: Bounds of a package: the largest published ones unpack to about 300 MB.
MOST_BYTES, MOST_FILES, MOST_RATIO = 1_000_000_000, 200, 200

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)

#: The folder of models is at fault, not the package.
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


def install(archive: Path, pair: tuple[str, str] | None = None) -> Package:
    """Install a package file; with `pair` (Argos codes), only when it is for this pair.

    Raises:
        CampaignError: every fault of the archive; then nothing is installed, and what was there stays.
    """
    name, home = archive.name, packages.home()
    try:
        with zipfile.ZipFile(archive) as zip_file:
            top = _check(zip_file, name, pair)
            home.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=home, prefix=".install-") as temporary:
                for member in zip_file.infolist():
                    if not member.is_dir():
                        _unpack(zip_file, member, Path(temporary))
                trial.run("argos", Path(temporary) / top, name)
                with locked(home / "packages", str(home)):
                    place = home / top
                    if place.exists():
                        packages.bury(place)
                    (Path(temporary) / top).rename(place)
    except _BROKEN as error:
        if isinstance(error, OSError) and error.errno in _UNWRITABLE and error.filename != str(archive):
            raise CampaignError.single(
                f"cannot be written ({error.strerror}); nothing was installed",
                where=str(home),
                todo="check free space and permissions, or choose another folder with CAMPAIGN_MODELS",
            ) from error
        raise CampaignError.single(f"is no readable package: {error}", where=name, todo=trial.AGAIN) from error
    package = packages.read(place)
    assert package is not None  # noqa: S101 - it translated a moment ago
    return package


def _check(zip_file: zipfile.ZipFile, name: str, pair: tuple[str, str] | None) -> str:
    """The top folder of an archive that is safe to unpack."""
    members, names, faults = zip_file.infolist(), zip_file.namelist(), []
    tops = {PurePosixPath(name).parts[0] for name in names if PurePosixPath(name).parts}
    top = min(tops, default="")
    for member in members:
        shown, path = f"{member.filename[:80]!r}", PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or set("\\:\0") & set(member.filename):
            faults.append(f"holds a path that leads outside: {shown}")
        mode = member.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            faults.append(f"holds a link or a device: {shown}")
        if member.file_size > 10_000_000 and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            faults.append(f"{shown} unpacks to more than {MOST_RATIO} times its size")
    if len(tops) != 1 or not re.fullmatch(r"\w[\w.-]{0,80}", top):
        faults.append(f"has {len(tops)} top folders; a package has one, with a plain name")
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_BYTES:
        faults.append("unpacks to far more than any package")
    if len(set(names)) != len(names):
        faults.append("holds two files of the same name")
    if f"{top}/metadata.json" not in names or not packages.complete(lambda part: f"{top}/{part}" in names):
        faults.append("is not complete: metadata.json, model/model.bin and a tokenizer are needed")
    if not faults:
        with zip_file.open(f"{top}/metadata.json") as file:
            faults = _metadata_faults(file.read(packages.MOST_METADATA), top, pair)
    if faults:
        raise CampaignError(Problem(name, fault, trial.AGAIN) for fault in dict.fromkeys(faults))
    return top


def _metadata_faults(data: bytes, top: str, pair: tuple[str, str] | None) -> list[str]:
    try:
        metadata = json.loads(data)
    except (ValueError, RecursionError):
        return ["metadata.json is no JSON"]
    if found := packages.faults(metadata):
        return found
    codes = (metadata["from_code"], metadata["to_code"])
    named = re.match(r"translate-([a-z]{2,3})_([a-z]{2,3})(?![a-z])", top)
    if named and named.groups() != codes:
        return [f"is named {top} but says that it translates {codes[0]} to {codes[1]}"]
    if pair and codes != pair:
        return [f"translates {codes[0]} to {codes[1]}, not {pair[0]} to {pair[1]}"]
    known = {language.argos for language in languages.registry().values()}
    if unknown := [code for code in codes if code not in known]:
        return [f"translates {codes[0]} to {codes[1]}; no language here has the code {', '.join(unknown)}"]
    return []


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
