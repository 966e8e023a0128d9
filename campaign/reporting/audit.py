"""Audit existing files, ours or anybody's, against a reference leaflet or against contacts.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from campaign import config, languages, limits
from campaign.audit import bounded, profile, readers
from campaign.audit.compare import compare
from campaign.audit.document import Document, UnreadableError
from campaign.audit.profile import Profile
from campaign.checks.rules import finding
from campaign.config import contacts as contact_file
from campaign.config.tables import Table
from campaign.errors import CampaignError, Problem
from campaign.identify.claims import alike
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import quoted
from campaign.project import Project
from campaign.protocols import Progress


@dataclass(frozen=True, slots=True)
class FileReport:
    """What the audit of one file found; `language` is a tag, empty when nothing says which."""

    file: str
    language: str
    findings: tuple[Finding, ...]

    @property
    def alike(self) -> tuple[str, ...]:
        """The tags of the languages that a text in this one cannot be told from."""
        return tuple(sorted(alike(self.language)))

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(found.severity is Severity.ERROR for found in self.findings)


def audit(
    reference: Path,
    files: Sequence[Path],
    *,
    tag: str,
    workers: int,
    progress: Progress,
    names: Sequence[str] = (),
) -> tuple[Profile, tuple[FileReport, ...]]:
    """The reference's profile and a report for each file, in the order given. `tag` is the language of all files,
    `names` are those of organisations, which nobody translates.

    Raises:
        CampaignError: the reference cannot be read or names no contact, or `tag` is not in the registry.
    """
    if tag:
        languages.get(tag)
    reports = []
    with bounded.readers(min(workers, len(files))) as pool:
        known = replace(_profile(pool, reference), names=tuple(names))
        if not known.wanted:
            raise CampaignError.single(
                "names no telephone number, e-mail or web address",
                where=str(reference),
                todo="choose a file with the contacts that every language must show, or a contacts.toml",
            )
        answers = pool.run(partial(examine, reference=known, tag=tag), [str(path) for path in files])
        for done, (path, answer) in enumerate(zip(files, answers, strict=True), start=1):
            if isinstance(answer, UnreadableError):
                answer = FileReport(str(path), tag, (finding("file-unreadable", tag, str(path), quoted(str(answer))),))
            reports.append(answer)
            progress(done, len(files))
    return known, tuple(reports)


def names_of(folder: Path) -> tuple[str, ...]:
    """The organisation and the helplines of the campaign that a folder stands in; none where there is none."""
    try:
        campaign = config.load(Project.find(folder))
    except CampaignError:
        return ()
    return tuple(filter(None, (campaign.brand.organisation, *(contact.name for contact in campaign.contacts))))


def examine(file: str, *, reference: Profile, tag: str) -> FileReport:
    """Read and compare one file.

    Raises:
        UnreadableError: it cannot be read.
    """
    locale, found = compare(file, readers.read(Path(file)), reference, tag)
    return FileReport(file, locale, found)


def _profile(pool: bounded.Readers, reference: Path) -> Profile:
    if reference.suffix.lower() == ".toml":
        return _contacts(reference)
    (answer,) = pool.run(_reference, [str(reference)])
    if isinstance(answer, UnreadableError):
        raise CampaignError.single(str(answer), where=str(reference), todo="choose another file as the reference")
    return answer


def _reference(file: str) -> Profile:
    document: Document = readers.read(Path(file))
    return profile.of_document(file, document)


def _contacts(path: Path) -> Profile:
    """The contacts of a contacts.toml, without the campaign.toml beside it: audiences are not looked at."""
    limits.sized(path, str(path), "settings_mb")
    try:
        with limits.in_time(str(path), "read_seconds"):
            values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CampaignError.single(f"cannot be read ({error})", where=str(path), todo="check the file") from error
    problems: list[Problem] = []
    entries = values.get("contact")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            entry.pop("audiences", None)
    found = contact_file.read(Table(values, "", str(path), problems), (), ())
    if problems:
        raise CampaignError(problems)
    return profile.of_contacts(str(path), found)
