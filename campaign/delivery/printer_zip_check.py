"""Packs for printers read again: every file as SHA256SUMS and the job ticket have it, every number as contacts.toml."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from campaign import config
from campaign.audit import pictures
from campaign.audit.proof import contacts_of, prove
from campaign.checks.rules import finding
from campaign.delivery.handover import unlike
from campaign.editions.clearance import may_go_out
from campaign.executors import executor
from campaign.executors.context import WorkerContext, held
from campaign.ledger import releases
from campaign.ledger.releases import PRINTER
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import Sentence, say
from campaign.press import raster
from campaign.project import Project

SUMS, TICKET = "SHA256SUMS", "job-ticket.json"
#: How the names of these packs begin.
KINDS = ("printer", "office", "wall", "screen")
#: How the name of a press file ends.
PRESS, OFFICE = "-press.pdf", "-office.pdf"
#: Of slides and of the page that turns them.
SLIDE, SLIDES = "-slide.png", "-slides.html"
#: A file of a pack is a page at 300 pixels per inch at most: what claims to be larger (bytes) is not read.
LARGEST = 200_000_000
#: What zipfile, zlib, json and a ticket of another form raise; encrypted and unknown compression are RuntimeErrors.
DAMAGED = (
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error),
    *(ValueError, KeyError, TypeError, AttributeError, RuntimeError),
)
_LOST = say("is in %(list)s and not in the pack; pack again")
_UNREAD_TIFFS = say("%(contact)s was not recognised in the TIFFs: look at it")
_UNREAD_OUTLINES = say("%(contact)s was not recognised in the outlines: look at it")
TYPES = {".pdf": "application/pdf", ".tif": "image/tiff", ".png": "image/png", ".html": "text/html"}


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the ticket says of one job: its files by name with their hashes, and what they must show."""

    entry: Entry
    files: Mapping[str, str]
    outlines: bool


@dataclass(frozen=True, slots=True)
class ReadContext(WorkerContext):
    """What finished files of an edition are read against; `ocr` reads the digits of pictures too."""

    project: Project
    campaign: Campaign
    edition: Edition
    ocr: bool

    def arrive(self) -> ReadContext:
        """The same, once this process keeps the campaign's limits and knows its languages."""
        config.hold(self.campaign)
        return self


@dataclass(frozen=True, slots=True)
class ReadPack:
    """One pack read again: what is wrong with it, the hash of each of its files, and its press files."""

    path: Path
    findings: tuple[Finding, ...]
    members: Mapping[str, str]
    press: tuple[Entry, ...]


def findings(
    project: Project, campaign: Campaign, edition: Edition, *, ocr: bool, workers: int = 1, today: date | None = None
) -> tuple[int, tuple[Finding, ...]]:
    """How many printers' packs of an edition were read, and what is wrong with them; `ocr` reads digits of pictures.

    With `today`, the packs of a release are asked whether they may still leave.
    """
    packs_of = project.packs(edition)
    paths = [path for kind in KINDS for path in project.files(packs_of, f"{kind}_*.zip")]
    if not paths:
        return 0, ()
    with executor(min(workers, len(paths)), ReadContext(project, campaign, edition, ocr)) as pool:
        packs = [*pool.map(read_pack, paths)]
    found = [one for pack in packs for one in pack.findings]
    if edition == Edition.RELEASE:
        found += _left(project, packs, today)
    return len(paths), tuple(dict.fromkeys(found))


def _left(project: Project, packs: Sequence[ReadPack], today: date | None) -> Iterator[Finding]:
    """What history, ledgers and contacts say against packs of a release."""
    name = project.name(project.history)
    past = releases.read(project.history, name)
    for pack in packs:
        yield from unlike(name, past, project.name(pack.path), pack.path.name, pack.members) if pack.members else ()
    press = [entry for pack in packs for entry in pack.press]
    if today and press:
        yield from chain.from_iterable(may_go_out(project, press, today).values())


def read_pack(path: Path) -> ReadPack:
    """One pack, read again."""
    context, members, press = held(ReadContext), dict[str, str](), list[Entry]()
    found = tuple(_pack(context.campaign, context.project.name(path), path, context.ocr, members, press))
    return ReadPack(path, found, members, tuple(press))


def _pack(
    campaign: Campaign, name: str, path: Path, ocr: bool, members: dict[str, str], press: list[Entry]
) -> Iterator[Finding]:
    try:
        with zipfile.ZipFile(path) as archive:
            if large := [info.filename for info in archive.infolist() if info.file_size > LARGEST]:
                detail = say("is larger than a page can be; pack again")
                yield finding("file-changed", "", f"{name}: {large[0]}", detail)
                return
            members |= {file: hashlib.sha256(archive.read(file)).hexdigest() for file in archive.namelist()}
            yield from _sums(name, archive, members)
            for job in _jobs(archive.read(TICKET)):
                yield from _job(campaign, name, archive, job, ocr)
                printed = (
                    file for file in job.files if file.endswith((PRESS, OFFICE, SLIDE, SLIDES)) and file in members
                )
                press += [replace(job.entry, path=f, sha256=members[f], channel=PRINTER) for f in printed]
    except DAMAGED as error:
        yield finding("file-changed", "", name, say("cannot be read (%(error)s); pack again", error=error))


def _sums(name: str, archive: zipfile.ZipFile, members: Mapping[str, str]) -> Iterator[Finding]:
    """Every file has its hash in SHA256SUMS, and every hash its file."""
    listed = {}
    for line in archive.read(SUMS).decode("ascii").splitlines():
        digest, _, file = line.partition("  ")
        listed[file] = digest
    for file in sorted({*members, *listed} - {SUMS}):
        where = f"{name}: {file}"
        if file not in members:
            yield finding("file-changed", "", where, _LOST.given(list=SUMS))
        elif file not in listed:
            yield finding("file-changed", "", where, say("is not in %(list)s; pack again", list=SUMS))
        elif members[file] != listed[file]:
            yield finding("file-changed", "", where, say("is not what was packed; pack again"))


def _jobs(data: bytes) -> Iterator[_Listed]:
    """The jobs of a ticket. Raises ValueError, KeyError or TypeError when it is not one of ours."""
    jobs: list[dict[str, Any]] = json.loads(data)["jobs"]
    for job in jobs:
        audience, locale, country, form = (str(job[key]) for key in ("audience_id", "tag", "country", "format_id"))
        contacts, batch = tuple(str(contact) for contact in job["contacts"]), str(job["batch"])
        several = tuple(str(tag) for tag in job.get("locales", ()))  # packs of earlier versions have none
        entry = Entry("", "", 0, "", audience, locale, country, "leaflet", form, "", (), {}, (), batch, "", contacts)
        entry = replace(entry, locales=several)
        yield _Listed(entry, {str(file["name"]): str(file["sha256"]) for file in job["files"]}, job["outlines"] is True)


def _job(campaign: Campaign, name: str, archive: zipfile.ZipFile, job: _Listed, ocr: bool) -> Iterator[Finding]:
    contacts = {contact.id for contact in contacts_of(job.entry, campaign)}
    read: set[str] = set()
    # The last page first: numbers stand there, and pages without any take OCR longest.
    for file, digest in reversed([*job.files.items()]):
        where, media_type = f"{name}: {file}", TYPES[Path(file).suffix]
        if file not in archive.namelist():
            yield finding("file-changed", job.entry.locale, where, _LOST.given(list=TICKET))
            continue
        data = archive.read(file)
        if hashlib.sha256(data).hexdigest() != digest:
            detail = say("is not what %(list)s names; pack again", list=TICKET)
            yield finding("file-changed", job.entry.locale, where, detail)
        if job.outlines and file.endswith(PRESS):
            yield from _drawn(campaign, replace(job.entry, path=where, media_type=TYPES[".png"]), data, ocr)
            continue
        # The PNG beside a TIFF shows the same page: its code is read, its digits are not read a second time.
        digits = ocr and not file.endswith(".png") and not contacts <= read
        proof = prove(replace(job.entry, path=where, media_type=media_type), data, campaign, ocr=digits)
        yield from proof.findings
        if proof.how == "picture":
            read |= proof.found.keys()
    if ocr and pictures.tesseract():
        yield from _unread(campaign, replace(job.entry, path=f"{name}: {next(iter(job.files))}"), read, _UNREAD_TIFFS)


def _drawn(campaign: Campaign, entry: Entry, data: bytes, ocr: bool) -> Iterator[Finding]:
    """A press file without type has its numbers and its code in the drawing or nowhere."""
    read: set[str] = set()
    contacts = {contact.id for contact in contacts_of(entry, campaign)}
    for page in reversed([*raster.shots(data)]):
        proof = prove(entry, page, campaign, ocr=ocr and not contacts <= read)
        yield from proof.findings
        read |= proof.found.keys()
    if ocr and pictures.tesseract():
        yield from _unread(campaign, entry, read, _UNREAD_OUTLINES)


def _unread(campaign: Campaign, entry: Entry, read: set[str], what: Sentence) -> Iterator[Finding]:
    for contact in contacts_of(entry, campaign):
        if contact.id not in read:
            detail = what.given(contact=f"{contact.display} ({contact.id})")
            yield finding("contact-changed", entry.locale, entry.path, detail, severity=Severity.WARNING)
