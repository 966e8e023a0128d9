"""Fetch an Argos package from its index: the one place of the whole program that touches the network.

The address of the index is argostranslate's own (ARGOS_PACKAGE_INDEX overrides it); it publishes no hashes, so what
arrives is checked like any other file, and must be of the pair that was asked for.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from campaign import installed
from campaign.engines import archive, packages, trial
from campaign.engines.packages import Package
from campaign.errors import CampaignError, Problem
from campaign.protocols import Progress

SECONDS = 30
MOST_INDEX = 5_000_000


@dataclass(frozen=True, slots=True)
class Offer:
    """A package of the index: Argos codes, its version, and where it lies."""

    source: str
    target: str
    version: str
    links: tuple[str, ...]


def offer(source: str, target: str) -> Offer:
    """The newest package of a pair.

    Raises:
        CampaignError: offline, an index that cannot be read, or no such pair.
    """
    address = _index()
    with _opened(address) as (stream, _):
        data = stream.read(MOST_INDEX)
    try:
        rows = json.loads(data)
        found = [
            Offer(source, target, row["package_version"], tuple(map(str, row["links"])))
            for row in rows
            if not packages.faults(row) and (row["from_code"], row["to_code"]) == (source, target) and row.get("links")
        ]
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise CampaignError.single(
            "the index of models cannot be read", where=address, todo="try again later, or install a file"
        ) from error
    if not found:
        raise CampaignError.single(
            f"the index has no model from {source} to {target}",
            where=f"{source}-{target}",
            todo="campaign models list shows which are known; where there is none, use a worksheet",
        )
    return max(found, key=lambda one: tuple(map(int, one.version.split("."))))


def install(chosen: Offer, progress: Progress = lambda done, total: None) -> Package:
    """Download a package and install it; `progress` gets bytes done and bytes in all (0: unknown).

    Raises:
        CampaignError: offline, no link that works, or a package that fails a check; nothing is installed then.
    """
    links = [link for link in chosen.links if urlsplit(link).scheme in ("https", "http")]
    problems: list[Problem] = []
    for link in links:
        with tempfile.TemporaryDirectory(prefix="campaign-model-") as folder:
            name = f"translate-{chosen.source}_{chosen.target}-{chosen.version.replace('.', '_')}.argosmodel"
            path = Path(folder) / name
            try:
                _fetch(link, path, progress)
            except CampaignError as error:
                problems += error.problems
                continue
            return archive.install(path, (chosen.source, chosen.target))
    if problems:
        raise CampaignError(problems)
    raise CampaignError.single(
        "the index gives no address that can be fetched",
        where=f"{chosen.source}-{chosen.target}",
        todo="ask for the file elsewhere, then: campaign models install FILE",
    )


def _fetch(link: str, path: Path, progress: Progress) -> None:
    with _opened(link) as (stream, total), path.open("wb") as file:
        done = 0
        while chunk := stream.read(1 << 18):
            done += len(chunk)
            if done > archive.MOST_BYTES:
                raise CampaignError.single("is far larger than any package", where=link, todo=trial.AGAIN)
            file.write(chunk)
            progress(done, max(total, done))
        if total and done != total:
            raise CampaignError.single(
                f"broke off after {done} of {total} bytes", where=link, todo="run the command again"
            )


@contextlib.contextmanager
def _opened(address: str) -> Iterator[tuple[http.client.HTTPResponse, int]]:
    """An address as a stream and its length in bytes (0: unknown), with every failure of the network in words."""
    if urlsplit(address).scheme not in ("https", "http"):
        raise CampaignError.single("is no web address", where=address, todo="check ARGOS_PACKAGE_INDEX")
    request = urllib.request.Request(address, headers={"User-Agent": "campaign"})  # noqa: S310 - scheme was checked
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as stream:  # noqa: S310
            yield stream, int(stream.headers.get("Content-Length") or 0)
    except urllib.error.HTTPError as error:
        raise CampaignError.single(
            f"the server answers {error.code} {error.reason}", where=address, todo="try again later, or install a file"
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise CampaignError.single(
            f"this machine is offline, or the server cannot be reached ({reason})",
            where=address,
            todo="connect and try again, or copy the file here and run: campaign models install FILE",
        ) from error


def _index() -> str:
    """The address of the index, as argostranslate has it.

    Its settings make folders in HOME when they are imported (measured): give them a temporary one.
    """
    if given := os.environ.get("ARGOS_PACKAGE_INDEX"):
        return given.rstrip("/") + "/index.json"
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="campaign-argos-") as folder:
        os.environ.update(dict.fromkeys(names, folder))
        try:
            from argostranslate import settings
        except ImportError as error:
            raise CampaignError.single(
                "cannot look for models: the engine is not installed",
                where="models install --download",
                todo=f"run: {installed.command_for('draft')}",
            ) from error
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
    return str(settings.remote_package_index)
