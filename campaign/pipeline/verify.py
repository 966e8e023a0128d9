"""Read an edition again from its finished files: hashes, and every telephone number against contacts.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from campaign import config
from campaign import manifest as manifests
from campaign.bidi import strip_controls
from campaign.checks.rules import finding
from campaign.counting.platforms import platforms
from campaign.manifest import Entry
from campaign.model import Campaign, Contact, Finding
from campaign.pipeline import page_text
from campaign.project import Project
from campaign.typeset import guard

#: How to get the text of a finished file, by media type; pictures and reports carry none that can be read here.
READERS: dict[str, Callable[[bytes], str]] = {
    "application/pdf": lambda data: "\n".join(guard.visual_lines(data)),
    "text/plain": lambda data: data.decode("utf-8", "replace"),
    "text/html": page_text.shown,
}

#: Digits with what people put between them: a number as it may stand in a text.
_NUMBER = re.compile(r"\+?\d(?:[\d \u00a0\u2009\u202f().\-]*\d)?")


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
    numbers = 0
    for entry in manifest.entries:
        if entry.path in bad or entry.media_type not in READERS:
            continue
        text = READERS[entry.media_type]((folder / entry.path).read_bytes())
        numbers += len(_expected(campaign, entry))
        found += _contact_findings(campaign, entry, text)
        if entry.media_type == "text/html":
            found += _link_findings(campaign, entry, (folder / entry.path).read_bytes())
    return Verified(len(manifest.entries), numbers, tuple(found))


def _expected(campaign: Campaign, entry: Entry) -> list[Contact]:
    """The contacts whose numbers a file must show: what its channel prints for its audience."""
    contacts, emergency = campaign.contacts_for(entry.country, entry.audience), campaign.emergency_for(entry.country)
    match entry.format:
        case "sms":
            return [contacts[0], emergency]
        case "leaflet-a5" | "web":
            return [*contacts, emergency]
        case name if name in platforms() or name.endswith("-alt"):
            return [contacts[0]]
        case _:
            return []


def _link_findings(campaign: Campaign, entry: Entry, page: bytes) -> Iterator[Finding]:
    """Every link that dials or writes leads to a number that the page must show; a tap must not call another."""
    numbers = {contact.number for contact in _expected(campaign, entry)}
    numbers |= {contact.digits for contact in _expected(campaign, entry)}
    for link in page_text.dialled(page):
        if link not in numbers:
            yield finding("contact-changed", entry.locale, entry.path, f"a link dials {link}, no number of contacts.toml")


def _contact_findings(campaign: Campaign, entry: Entry, text: str) -> Iterator[Finding]:
    plain = _folded(text)
    # A thread shows the number once, in any of its posts.
    thread = re.search(r"-[0-9]+\.txt$", entry.path) and entry.format in platforms()
    expected = _expected(campaign, entry)
    for contact in () if thread else expected:
        # The number as people read it, its groups in order; only the spaces between them may differ.
        groups = r"[ \u00a0]*".join(re.escape(group) for group in contact.display.split())
        if not re.search(rf"(?<!\d){groups}(?!\d)", plain):
            yield finding(
                "contact-changed",
                entry.locale,
                entry.path,
                f"{contact.display} ({contact.id}) does not stand in the file",
            )
    known = {re.sub(r"\D", "", contact.display) for contact in expected}
    if entry.channel == "social":
        known.add(campaign.emergency_for(entry.country).digits)
    if entry.format == "sms":
        known |= set(re.findall(r"\d+", campaign.sms.opt_outs.get(entry.country, "")))
    known |= {campaign.edition.strftime("%Y%m%d")} | {
        re.sub(r"\D", "", f"{h.opens}{h.closes}") for c in expected for h in c.hours
    }
    # A batch id may hold three digits in a row; an address is no number.
    rest = plain.replace(entry.batch, " ").replace(f"{campaign.base_url}/", " ")
    for match in _NUMBER.finditer(rest):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= 3 and digits not in known:
            yield finding(
                "contact-changed", entry.locale, entry.path, f"{match[0].strip()} is no number of contacts.toml"
            )


def _folded(text: str) -> str:
    """Latin digits, no bidi controls, no soft hyphens: the number as it is dialled."""
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c for c in strip_controls(text).replace("\u00ad", "")
    )
