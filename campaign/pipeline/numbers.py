"""The numbers of one finished file against contacts.toml: all there, none unknown, every link dials one of them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from campaign.bidi import strip_controls
from campaign.checks.rules import finding
from campaign.counting.platforms import platforms
from campaign.manifest import Entry
from campaign.model import Campaign, Contact, Finding
from campaign.pipeline import page_text
from campaign.typeset import guard

#: How to get the text of a finished file, by media type; pictures and reports carry none that can be read here.
READERS: dict[str, Callable[[bytes], str]] = {
    "application/pdf": lambda data: "\n".join(guard.visual_lines(data)),
    "text/plain": lambda data: data.decode("utf-8", "replace"),
    "text/html": page_text.shown,
}

#: Digits with what people put between them: a number as it may stand in a text.
_NUMBER = re.compile(r"\+?\d(?:[\d \u00a0\u2009\u202f().\-]*\d)?")


def entry_findings(campaign: Campaign, entry: Entry, data: bytes) -> list[Finding]:
    """What is wrong with the numbers and links of one finished file; nothing where its text cannot be read."""
    if entry.media_type not in READERS:
        return []
    found = list(contact_findings(campaign, entry, READERS[entry.media_type](data)))
    if entry.media_type == "text/html":
        found += _link_findings(campaign, entry, data)
    return found


def thread_findings(campaign: Campaign, entries: Sequence[Entry], folder: Path) -> Iterator[Finding]:
    """The posts of a thread together show what a single post must."""
    threads: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if _of_thread(entry):
            threads[entry.path.rpartition("-")[0]].append(entry)
    for posts in threads.values():
        text = "\n".join((folder / entry.path).read_text("utf-8", "replace") for entry in posts)
        yield from _absent(campaign, posts[0], _folded(text))


def _of_thread(entry: Entry) -> bool:
    return entry.format in platforms() and bool(re.search(r"-[0-9]+\.txt$", entry.path))


def expected(campaign: Campaign, entry: Entry) -> list[Contact]:
    """The contacts whose numbers a file must show: what its channel prints for its audience."""
    contacts, emergency = campaign.contacts_for(entry.country, entry.audience), campaign.emergency_for(entry.country)
    match entry.format:
        case "sms":
            return [contacts[0], emergency]
        case "web":
            return [*contacts, emergency]
        case name if name in campaign.layouts:
            return [*contacts[: campaign.layouts[name].contacts or None], emergency]
        case name if name in platforms() or name.endswith("-alt"):
            return [contacts[0]]
        case _:
            return []


def _link_findings(campaign: Campaign, entry: Entry, page: bytes) -> Iterator[Finding]:
    """Every link that dials or writes leads to a number that the page must show; a tap must not call another."""
    numbers = {contact.number for contact in expected(campaign, entry)}
    numbers |= {contact.digits for contact in expected(campaign, entry)}
    for link in page_text.dialled(page):
        if link not in numbers:
            yield finding(
                "contact-changed", entry.locale, entry.path, f"a link dials {link}, no number of contacts.toml"
            )


def _absent(campaign: Campaign, entry: Entry, plain: str) -> Iterator[Finding]:
    for contact in expected(campaign, entry):
        # The number as people read it, its groups in order; only the spaces between them may differ.
        groups = r"[ \u00a0]*".join(re.escape(group) for group in contact.display.split())
        if not re.search(rf"(?<!\d){groups}(?!\d)", plain):
            yield finding(
                "contact-changed",
                entry.locale,
                entry.path,
                f"{contact.display} ({contact.id}) does not stand in the file",
            )


def contact_findings(campaign: Campaign, entry: Entry, text: str) -> Iterator[Finding]:
    """The numbers that a text must show and does not, and those that it shows and contacts.toml does not know."""
    plain, wanted = _folded(text), expected(campaign, entry)
    if not _of_thread(entry):
        yield from _absent(campaign, entry, plain)
    known = {re.sub(r"\D", "", contact.display) for contact in wanted}
    if entry.channel == "social":
        known.add(campaign.emergency_for(entry.country).digits)
    if entry.format == "sms":
        known |= set(re.findall(r"\d+", campaign.sms.opt_outs.get(entry.country, "")))
    known |= {campaign.edition.strftime("%Y%m%d")} | {
        re.sub(r"\D", "", f"{h.opens}{h.closes}") for c in wanted for h in c.hours
    }
    # A batch id may hold three digits in a row; an address is no number.
    rest = plain.replace(f"{campaign.base_url}/", " ")
    if entry.batch:
        rest = rest.replace(entry.batch, " ")
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
