"""The proof of a built file: its contacts, read again from its bytes, are those of contacts.toml.

Which contacts a file must show, its entry in the manifest says, and nothing else: no format is known here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from campaign import languages
from campaign.audit import pictures, readers
from campaign.audit.document import Document, UnreadableError
from campaign.checks.rules import finding
from campaign.counting.platforms import platforms
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.contact import ADDRESS, CHAT, NUMBER, Contact, bare
from campaign.model.contact import EMAIL as MAIL
from campaign.model.finding import Finding
from campaign.model.sentence import quoted, say
from campaign.reading import addresses, phones
from campaign.reading.fold import Folded, fold
from campaign.reading.links import dialled, targets
from campaign.reading.seek import PHONE, Seen, Wanted, seek, wanted
from campaign.reading.shown import turned
from campaign.reading.spots import EMAIL, SHORT, WEB, numbers, spots
from campaign.typeset import guard, layer

#: Media types whose files show every contact of their item; in tables and reports a number must be a known one only.
WHOLE = frozenset({"text/plain", "text/html", "application/pdf"})
PICTURES = frozenset({"image/png", "image/tiff", "image/jpeg", "image/webp"})
#: A post of a thread: any of its posts may show the number, together they must.
_POST = re.compile(r"-[0-9]+\.txt\Z")


@dataclass(frozen=True, slots=True)
class Proof:
    """What reading a file again gave: `found` says how often each contact (by id) stands in it, `codes` the QR codes.

    `how` is "text" or "picture"; empty when nothing could be read.
    """

    path: str
    how: str
    found: Mapping[str, int]
    codes: tuple[str, ...]
    findings: tuple[Finding, ...]

    def as_json(self, sha256: str) -> dict[str, object]:
        """The proof as the manifest holds it: it speaks of the file with this hash, and of no other."""
        return {"how": self.how, "contacts": dict(self.found), "codes": list(self.codes), "sha256": sha256}


def prove(entry: Entry, data: bytes, campaign: Campaign, *, ocr: bool) -> Proof:
    """Read one built file again. `ocr` also reads the digits of pictures, where tesseract is installed."""
    if entry.media_type in PICTURES:
        return _picture(entry, data, campaign, ocr=ocr)
    reader = readers.READERS.get(entry.media_type)
    if reader is None:
        return Proof(entry.path, "", {}, (), ())
    try:
        document = reader(data)
    except UnreadableError as error:
        return _unreadable(entry, error)
    proof = prove_text(entry, document, campaign)
    return replace(proof, findings=(*proof.findings, *_said(entry, data)))


def _said(entry: Entry, data: bytes) -> Iterator[Finding]:
    """The pages of a PDF that say something else than was set, as its entry knows it; none where it knows nothing."""
    if not entry.words or entry.media_type != "application/pdf":
        return
    found = layer.words(layer.page_texts(guard.opened(data)))
    for number, (now, then) in enumerate(zip_longest(found, entry.words), start=1):
        if now != then:
            said = say("page %(page)s says other words than were set: build again", page=number)
            yield finding("file-changed", entry.locale, entry.path, said)


def _unreadable(entry: Entry, error: UnreadableError) -> Proof:
    said = quoted(str(error))
    return Proof(entry.path, "", {}, (), (finding("file-unreadable", entry.locale, entry.path, said),))


def thread_findings(entries: Sequence[Entry], proofs: Sequence[Proof], campaign: Campaign) -> Iterator[Finding]:
    """The contacts that no post of a thread shows; a single post need not show them all."""
    first: dict[str, Entry] = {}
    shown: dict[str, set[str]] = defaultdict(set)
    for entry, proof in zip(entries, proofs, strict=True):
        if thread := thread_of(entry):
            first.setdefault(thread, entry)
            shown[thread] |= proof.found.keys()
    for thread, entry in first.items():
        for contact in contacts_of(entry, campaign):
            if contact.id not in shown[thread]:
                yield _absent(entry, contact)


def thread_of(entry: Entry) -> str:
    """What the posts of one thread share, empty for any other file."""
    posted = entry.format in platforms() and _POST.search(entry.path)
    return entry.path[: posted.start()] if posted else ""


def must_show(entry: Entry) -> bool:
    """Whether a file has to show its contacts as text, each of them."""
    return entry.media_type in WHOLE and not thread_of(entry)


def contacts_of(entry: Entry, campaign: Campaign) -> tuple[Contact, ...]:
    """The contacts whose numbers a file must show, as contacts.toml has them now."""
    return tuple(contact for contact in campaign.contacts if contact.id in entry.contacts)


def prove_text(entry: Entry, document: Document, campaign: Campaign) -> Proof:
    """What a text says that stands for a file: the file itself, or its row in a gateway's table."""
    own = contacts_of(entry, campaign)
    found: list[Finding] = list(_gone(entry, campaign)) if must_show(entry) else []
    folded = fold(document.text)
    # A number of the country that is not among the file's own was checked by nobody for this file.
    known = [*own, *(c for c in campaign.contacts if c.serves(entry.country) and c not in own)]
    seen = seek([wanted(contact) for contact in known], folded)
    shown: dict[str, int] = {}
    for contact, everywhere in zip(known, seen, strict=True):
        # An address that writes to the number does not show it.
        places = [place for place in everywhere if not dialled(place.written)]
        right = [place for place in places if _exact(place, contact, entry)]
        found += [_altered(entry, contact, place) for place in places if place not in right]
        if right:
            shown[contact.id] = len(right)
            if contact not in own:
                said = say("%(contact)s is none of the contacts of this file", contact=_named(contact))
                found.append(finding("contact-changed", entry.locale, entry.path, said))
        elif contact in own and must_show(entry) and not places:
            found.append(_absent(entry, contact))
    found += _unknown(entry, folded, seen, campaign)
    found += _links(entry, document, own, campaign)
    if not document.visual:
        found += _turned(entry, folded)
    return Proof(entry.path, "text", dict(sorted(shown.items())), (), tuple(dict.fromkeys(found)))


def _gone(entry: Entry, campaign: Campaign) -> Iterator[Finding]:
    known = {contact.id for contact in campaign.contacts}
    for name in entry.contacts:
        if name not in known:
            said = say("%(contact)s is not in contacts.toml any more", contact=name)
            yield finding("contact-changed", entry.locale, entry.path, said)


def _absent(entry: Entry, contact: Contact) -> Finding:
    said = say("%(contact)s does not stand in the file", contact=_named(contact))
    return finding("contact-changed", entry.locale, entry.path, said)


def _named(contact: Contact) -> str:
    return f"{contact.display} ({contact.id})"


def _links(entry: Entry, document: Document, own: Sequence[Contact], campaign: Campaign) -> Iterator[Finding]:
    """Links that dial what the file does not show: a tap must not call another number than the reader sees."""
    mails = {addresses.email_key(contact.email) for contact in own if contact.email}
    for target in (target for link in document.links for target in targets(link)):
        if target.kind == PHONE and not any(
            phones.same(target.text, contact.number) for contact in own if contact.number
        ):
            said = say("a link dials %(number)s, none of the contacts of this file", number=target.text)
            yield finding("contact-changed", entry.locale, entry.path, said)
        elif target.kind == EMAIL and addresses.email_key(target.text) not in mails:
            said = say("%(address)s is no address of contacts.toml or campaign.toml", address=target.text)
            yield finding("contact-changed", entry.locale, entry.path, said)
    for link, text in document.anchors:
        for contact in own:
            if contact.way in (CHAT, MAIL) and contact.display in fold(text).text and link != contact.link:
                said = say("%(address)s is no address of contacts.toml or campaign.toml", address=link)
                yield finding("contact-changed", entry.locale, entry.path, said)


def _exact(seen: Seen, contact: Contact, entry: Entry) -> bool:
    """Whether the number stands as contacts.toml has it shown: the same Latin digits in the same groups, which a line
    end may part, nothing touching them; a link, an e-mail or an address with the same letters.
    """
    if contact.way == ADDRESS:
        return True  # no other letters are found
    if contact.way != NUMBER:
        written = re.sub(r"\s*\n\s*", "", fold(seen.written).text)
        return bare(written) == fold(contact.display).text and not seen.broken
    groups = r"\s*".join(map(re.escape, contact.display.split()))
    same = re.fullmatch(groups, fold(seen.written).text) is not None
    return same and not (seen.native or seen.without_plus or _touched(seen, entry))


def _touched(seen: Seen, entry: Entry) -> bool:
    """Whether letters touch a number.

    In a PDF words of Nastaliq lean over the space beside them: no reader gives it back, and the ink is apart.
    """
    leaning = entry.media_type == "application/pdf" and any(
        languages.get(tag).script == "Aran" for tag in entry.tongues
    )
    return seen.abuts and not leaning


def _altered(entry: Entry, contact: Contact, seen: Seen) -> Finding:
    written = " ".join(seen.written.split())
    if seen.native:
        said = say("%(written)s has native digits: it must be %(number)s")
    elif _touched(seen, entry):
        said = say("%(written)s touches letters: it must be %(number)s")
    else:
        said = say("%(written)s is written in another form: it must be %(number)s")
    said = said.given(written=written, number=contact.display)
    return finding("contact-changed", entry.locale, entry.path, said)


def _unknown(entry: Entry, folded: Folded, seen: tuple[tuple[Seen, ...], ...], campaign: Campaign) -> Iterator[Finding]:
    """Numbers, e-mail and web addresses that no record has."""
    taken = [(place.start, place.end) for places in seen for place in places]
    # A batch id may hold three digits in a row.
    taken += [(m.start(), m.end()) for m in re.finditer(re.escape(entry.batch), folded.text)] if entry.batch else []
    if entry.format == "sms":  # the line that ends a subscription may name a short code
        codes = re.findall(r"\d+", campaign.sms.opt_out(entry.country))
        taken += [(m.start(), m.end()) for code in codes for m in re.finditer(rf"(?<!\d){code}(?!\d)", folded.text)]

    def free(start: int, end: int) -> bool:
        return not any(start < b and a < end for a, b in taken)

    for start, end in numbers(folded):
        if free(start, end):
            written = " ".join(folded.source(start, end).split())
            said = say("%(number)s is no number of contacts.toml", number=written)
            yield finding("contact-changed", entry.locale, entry.path, said)
    known = {Wanted(EMAIL, c.email) for c in campaign.contacts if c.email}
    known |= {Wanted(WEB, link) for c in campaign.contacts for link in (c.url, c.chat) if link}
    places = [(s.start, s.end) for group in seek(sorted(known, key=lambda w: w.text), folded) for s in group]
    for spot in spots(folded):
        if dialled(spot.written):
            answering = (contact.number for contact in contacts_of(entry, campaign) if contact.answers_whatsapp)
            if not any(phones.same(spot.text, number) for number in answering):
                said = say("a link dials %(number)s, none of the contacts of this file", number=spot.written)
                yield finding("contact-changed", entry.locale, entry.path, said)
            continue
        own = spot.kind == WEB and _ours(spot.text, campaign.base_url)
        if spot.kind in (EMAIL, WEB) and not own and not any(a <= spot.start < b for a, b in places):
            said = say("%(address)s is no address of contacts.toml or campaign.toml", address=spot.text)
            yield finding("contact-changed", entry.locale, entry.path, said)


def _ours(address: str, base_url: str) -> bool:
    bare = address.partition("://")[2] or address
    home = base_url.partition("://")[2]
    return bare == home or bare.startswith(f"{home}/")


def _turned(entry: Entry, folded: Folded) -> Iterator[Finding]:
    """Numbers that a screen would show from the wrong end: text files carry marks against it."""
    for spot in spots(folded):
        if spot.kind in (PHONE, SHORT) and turned(folded, spot.start, spot.end):
            said = say("%(number)s would be shown from the wrong end in right-to-left text", number=spot.text)
            yield finding("contact-changed", entry.locale, entry.path, said)


def _picture(entry: Entry, data: bytes, campaign: Campaign, *, ocr: bool) -> Proof:
    found: list[Finding] = []
    try:
        codes = pictures.qr_codes(data)
    except UnreadableError as error:
        return _unreadable(entry, error)
    page = campaign.page(entry.country, entry.locale, entry.audience)
    for code in codes:
        if code != page:
            said = say("the QR code leads to %(code)s, not to %(page)s", code=code, page=page)
            found.append(finding("contact-changed", entry.locale, entry.path, said))
    shown: dict[str, int] = {}
    if ocr and pictures.tesseract():
        own = [contact for contact in contacts_of(entry, campaign) if contact.number]  # digits alone are read for sure
        shown_here = pictures.shown(data, [wanted(contact) for contact in own])
        shown = {c.id: 1 for c, read in zip(own, shown_here, strict=True) if read}
    how = "picture" if codes or shown else ""
    return Proof(entry.path, how, dict(sorted(shown.items())), codes, tuple(found))
