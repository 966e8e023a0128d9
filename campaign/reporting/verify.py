"""Read an edition again from its finished files: hashes, every contact against contacts.toml, and the proof of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from campaign import config
from campaign import manifest as manifests
from campaign.audit import pictures
from campaign.audit.proof import PICTURES, Proof, contacts_of, prove, thread_findings
from campaign.checks.rules import finding
from campaign.delivery import operator_zip_check, printer_zip_check
from campaign.delivery.printer_zip_check import ReadContext
from campaign.editions.clearance import may_go_out
from campaign.errors import CampaignError
from campaign.executors import executor
from campaign.executors.context import held
from campaign.manifest import Entry, Listing, Manifest
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say
from campaign.project import Project, locked
from campaign.protocols import Progress
from campaign.reporting.sound_proof import is_sound, prove_sound


@dataclass(frozen=True, slots=True)
class Verified:
    """The result: files read, numbers found as recorded, files proved, what is wrong, and what was not done."""

    files: int
    numbers: int
    proved: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(found.severity is Severity.ERROR for found in self.findings)


def verify(
    project: Project,
    edition: Edition,
    *,
    ocr: bool = False,
    workers: int = 1,
    progress: Progress = lambda done, total: None,
    today: date | None = None,
) -> Verified:
    """Check every file of an edition, and write the proof of each file without an error into the manifest.

    The files of a release are asked whether they may still leave, as on `today`. Printers' packs are made without an
    edition, and read without one.

    Raises:
        CampaignError: nothing was built, or the manifest or the configuration cannot be read.
    """
    campaign, today = config.load(project), today or date.today()
    if not project.manifest(edition).is_file():
        return _only_printed(project, campaign, edition, ocr, workers, today)
    name = project.name(project.manifest(edition))
    manifest = manifests.read(project.manifest(edition), name)
    folder = project.output(edition)
    found = [*_damaged(folder, manifest), *_strangers(project, edition, manifest)]
    bad = {damage.where for damage in found}
    if edition == Edition.RELEASE:
        found += chain.from_iterable(may_go_out(project, manifest.entries, today, whole=manifest.entries).values())
    entries = [entry for entry in manifest.entries if entry.path not in bad]
    proofs = []
    with executor(min(workers, len(entries)), ReadContext(project, campaign, edition, ocr)) as pool:
        for done, proof in enumerate(pool.map(prove_entry, entries), start=1):
            proofs.append(proof)
            progress(done, len(entries))
    found += [item for proof in proofs for item in proof.findings]
    found += thread_findings(entries, proofs, campaign)
    faulty = {item.where for item in found if item.severity is Severity.ERROR}
    if ocr and pictures.tesseract():
        found += _unread(entries, proofs, campaign)
    proved = _record(project, edition, [proof for proof in proofs if proof.path not in faulty])
    read = sum(sum(proof.found.values()) for proof in proofs)
    packs, inside = operator_zip_check.findings(project, campaign, edition, manifest.entries)
    printed, in_prints = printer_zip_check.findings(project, campaign, edition, ocr=ocr, workers=workers, today=today)
    return Verified(
        len(manifest.entries) + packs + printed,
        read,
        proved,
        tuple(dict.fromkeys((*found, *inside, *in_prints))),
        (*_lacking(manifest), *_notes(entries, ocr)),
    )


def _only_printed(
    project: Project, campaign: Campaign, edition: Edition, ocr: bool, workers: int, today: date
) -> Verified:
    """The printers' packs of an edition that was not built."""
    folder, build = project.output(edition), "campaign build" + (" --release" if edition == Edition.RELEASE else "")
    if any(project.below(folder)):
        raise CampaignError.single(
            "holds files, and no manifest says what they are", where=project.name(folder), todo=f"build again: {build}"
        )
    if made_from_it := sorted(path.name for path in operator_zip_check.packs(project, edition)):
        raise CampaignError.single(
            f"{', '.join(made_from_it)} lie there, and the {edition} edition that they were made from does not",
            where=project.name(project.packs(edition)),
            todo=f"do not send them; build again ({build}), then pack again (campaign pack)",
        )
    printed, findings = printer_zip_check.findings(project, campaign, edition, ocr=ocr, workers=workers, today=today)
    if not printed:
        raise CampaignError.single(
            "nothing was built and nothing packed yet", where=project.name(folder), todo=f"build it: {build}"
        )
    note = f"no {edition} edition was built: only the packs for printers were read; {build} makes it"
    return Verified(printed, 0, 0, tuple(dict.fromkeys(findings)), (note,))


def _damaged(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    for entry, reason in manifests.damaged(folder, manifest.entries):
        yield finding("file-changed", entry.locale, entry.path, reason)


def _strangers(project: Project, edition: Edition, manifest: Manifest) -> Iterator[Finding]:
    folder = project.output(edition)
    listed = {entry.path for entry in manifest.entries} | {project.manifest(edition).name}
    for where, _ in project.below(folder):
        if where not in listed:
            yield finding("file-changed", "", where, say("is not in the manifest"))


def prove_entry(entry: Entry) -> Proof:
    """Read one file of the edition again."""
    context = held(ReadContext)
    path = context.project.built(context.edition, entry.path)
    if is_sound(entry):
        return prove_sound(context.project, context.campaign, context.edition, entry, path.read_bytes())
    return prove(entry, path.read_bytes(), context.campaign, ocr=context.ocr)


def _unread(entries: Sequence[Entry], proofs: Sequence[Proof], campaign: Campaign) -> Iterator[Finding]:
    """The contacts of an item that no picture of one of its formats shows to the reader of digits."""
    read: dict[tuple[str, ...], set[str]] = defaultdict(set)
    first: dict[tuple[str, ...], Entry] = {}
    for entry, proof in zip(entries, proofs, strict=True):
        if entry.media_type in PICTURES:
            group = (entry.country, entry.locale, entry.audience, entry.channel, entry.format)
            read[group] |= proof.found.keys()
            first.setdefault(group, entry)
    for item, entry in first.items():
        for contact in contacts_of(entry, campaign):
            if contact.id not in read[item]:
                said = say(
                    "%(contact)s was not recognised in the picture: look at it",
                    contact=f"{contact.display} ({contact.id})",
                )
                yield finding("contact-changed", entry.locale, entry.path, said, severity=Severity.WARNING)


def _record(project: Project, edition: Edition, proofs: Sequence[Proof]) -> int:
    """Write the proofs into the manifest, for the bytes that were read; a file with an error has none. Their number."""
    path = project.manifest(edition)
    whole = {proof.path: proof for proof in proofs if proof.how}
    with locked(path, project.name(path)):
        # Read again: a build may have ended meanwhile, and its entries are the truth.
        now = manifests.read(path, project.name(path))
        entries = tuple(
            replace(entry, proof=whole[entry.path].as_json(entry.sha256) if entry.path in whole else None)
            for entry in now.entries
        )
        if entries != now.entries:
            manifests.write(path, Listing.of(replace(now, entries=entries)))
    return len(whole)


def _lacking(manifest: Manifest) -> Iterator[str]:
    """What an edition does not hold of the items that it holds, and its last build said so."""
    for each in manifest.not_made:
        why = "; ".join(reason.partition("\n")[0] for reason in each.why[:2])
        yield f"{each.format} of {each.job.name} is not in this edition, it could not be made: {why}"


def _notes(entries: Sequence[Entry], ocr: bool) -> Iterator[str]:
    if not any(entry.media_type in PICTURES for entry in entries):
        return
    if not ocr:
        yield "the digits of pictures were not read: add --ocr"
    elif not pictures.tesseract():
        yield "the digits of pictures were not read: tesseract is not installed (Debian: apt-get install tesseract-ocr)"
