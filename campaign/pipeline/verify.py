"""Read an edition again from its finished files: hashes, and every telephone number against contacts.toml."""

from __future__ import annotations

from dataclasses import dataclass

from campaign import config
from campaign import manifest as manifests
from campaign.checks.rules import finding
from campaign.model import Finding
from campaign.pipeline import numbers, packed
from campaign.project import Project


@dataclass(frozen=True, slots=True)
class Verified:
    """The result: how many files were read, how many numbers were found as recorded, and what is wrong."""

    files: int
    numbers: int
    findings: tuple[Finding, ...]


def verify(project: Project, edition: str) -> Verified:
    """Check every file of an edition.

    Raises:
        CampaignError: nothing was built, or the manifest or the configuration cannot be read.
    """
    campaign = config.load(project)
    manifest = manifests.read(project.manifest(edition), project.name(project.manifest(edition)))
    folder = project.output(edition)
    found = [
        finding("file-changed", entry.locale, entry.path, reason)
        for entry, reason in manifests.damaged(folder, manifest.entries)
    ]
    bad = {item.where for item in found}
    listed = {entry.path for entry in manifest.entries} | {project.manifest(edition).name}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in listed and not path.name.startswith("."):
            found.append(finding("file-changed", "", path.relative_to(folder).as_posix(), "is not in the manifest"))
    whole, read = [entry for entry in manifest.entries if entry.path not in bad], 0
    for entry in whole:
        if entry.media_type in numbers.READERS:
            read += len(numbers.expected(campaign, entry))
            found += numbers.entry_findings(campaign, entry, (folder / entry.path).read_bytes())
    found += numbers.thread_findings(campaign, whole, folder)
    packs, inside = packed.findings(project, campaign, edition, manifest.entries)
    return Verified(len(manifest.entries) + packs, read, (*found, *inside))
