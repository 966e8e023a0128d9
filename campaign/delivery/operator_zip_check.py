"""Packs read again: their files are still those of the edition, the numbers of every SMS those of contacts.toml."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from campaign.audit.document import Document
from campaign.audit.proof import prove_text
from campaign.checks.rules import finding
from campaign.delivery.handover import unlike
from campaign.delivery.moved import redirects
from campaign.delivery.operator_zip import RECEIVERS, is_sms, on_site
from campaign.delivery.voice_pack import heard_at
from campaign.exports import gateway, table
from campaign.ledger import releases
from campaign.ledger.releases import History
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.model.finding import Finding
from campaign.model.output_path import packed
from campaign.model.place import PLACE
from campaign.model.sentence import say
from campaign.project import Project

#: A pack is a file like any other: what claims to unpack to more than this is not read.
MOST_BYTES = 50_000_000


def packs(project: Project, edition: Edition) -> list[Path]:
    """The packs that were made from an edition."""
    return [path for kind in RECEIVERS for path in project.files(project.packs(edition), f"{kind}-*.zip")]


def findings(
    project: Project, campaign: Campaign, edition: Edition, entries: Sequence[Entry]
) -> tuple[int, tuple[Finding, ...]]:
    """How many packs of an edition were read, and what is wrong with them; those of a release stand in the history."""
    paths = packs(project, edition)
    history, found = project.name(project.history), list[Finding]()
    past = releases.read(project.history, history) if edition == Edition.RELEASE else None
    for path in paths:
        members: dict[str, str] = {}
        built = partial(project.built, edition)
        found += _findings(campaign, project.name(path), path, entries, built, members, past or History())
        if past and members:
            found += unlike(history, past, project.name(path), path.name, members)
    return len(paths), tuple(found)


def _findings(
    campaign: Campaign,
    name: str,
    path: Path,
    entries: Sequence[Entry],
    built: Callable[[str], Path],
    members: dict[str, str],
    past: History,
) -> Iterator[Finding]:
    """What is wrong with one pack; `members` gets the hash of each of its files. `past` is what was released."""
    kind, _, rest = path.stem.partition("-")
    named = PLACE.match(rest)
    country = named[0] if named else ""
    own = [entry for entry in entries if entry.country == country]
    web = kind == "web"
    places: Mapping[str, Callable[[Entry], str]] = {"web": partial(on_site, campaign), "voice": heard_at}
    by_place = {places[kind](entry) if kind in places else packed(entry.path): entry for entry in own}
    moved = redirects(campaign, past, own) if web else {}
    texts = {(entry.locale, entry.audience): entry for entry in own if is_sms(entry)}
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_BYTES * (1 if kind == "sms" else 40):
                yield finding("file-changed", "", name, say("unpacks to more than a pack holds; pack again"))
                return
            for member in archive.namelist():
                where, data = f"{name}: {member}", archive.read(member)
                members[member] = hashlib.sha256(data).hexdigest()
                if member == gateway.FILE:
                    yield from _texts(campaign, country, where, data, texts, built)
                entry = by_place.get(member)
                if moved.get(member) == data:
                    continue
                if entry and kind != "sms" and members[member] != entry.sha256:
                    yield finding("file-changed", entry.locale, where, say("is not what was built; pack again"))
                elif not entry and web:
                    yield finding("file-changed", "", where, say("is no longer in the edition; pack again"))
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        yield finding("file-changed", "", name, say("cannot be read (%(error)s); pack again", error=error))


def _texts(
    campaign: Campaign,
    country: str,
    where: str,
    data: bytes,
    by_place: Mapping[tuple[str, str], Entry],
    built: Callable[[str], Path],
) -> Iterator[Finding]:
    for row in table.read(data):
        locale, text = row.get("lang_bcp47", ""), row.get("text", "")
        audience = row.get("message_id", "").removeprefix(f"{country.lower()}-")
        entry = by_place.get((locale, audience))
        if entry is None:
            detail = say("%(audience)s is no longer in the edition; pack again", audience=audience)
            yield finding("file-changed", locale, where, detail)
            continue
        yield from prove_text(entry, Document(text, text), campaign).findings
        if text != built(entry.path).read_text(encoding="utf-8"):
            detail = say("%(audience)s is not what was built; pack again", audience=audience)
            yield finding("file-changed", locale, where, detail)
