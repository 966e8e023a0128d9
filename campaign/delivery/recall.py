"""Recall: every released file with a wrong value of a contact, a sentence or a batch id; marks and reminders."""

from __future__ import annotations

import contextlib
import hashlib
import re
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign import config
from campaign import manifest as manifests
from campaign.config.contacts import displayed
from campaign.config.tables import suggestion
from campaign.editions import voice_out
from campaign.editions.history_check import Released
from campaign.editions.publish import released_text
from campaign.errors import CampaignError
from campaign.ledger import releases
from campaign.ledger.releases import Delivery, History, Recall, Release
from campaign.model.contact import Contact
from campaign.model.edition import Edition
from campaign.model.place import country_of
from campaign.project import Project
from campaign.reading import phones
from campaign.reading.addresses import email_key, web_key
from campaign.reading.fold import fold
from campaign.workspace import loader


@dataclass(frozen=True, slots=True)
class Hit:
    """One released file that carries what is recalled; `recalled` is its recall, if it has one."""

    release: Release
    packs: tuple[Delivery, ...]
    recalled: Recall | None


@dataclass(frozen=True, slots=True)
class Recalled:
    """What `target` was taken for (its kind) and where that went, by country, language and channel.

    The kind is contact, unit, batch, pack or voice.

    Of a contact: its id, the values that are wrong, the last of them as people read it. `right` is how many released
    files show the contact with what contacts.toml has now, or the sentence as it stands now: those are not recalled.
    """

    kind: str
    target: str
    hits: tuple[Hit, ...]
    contact: str = ""
    number: str = ""
    display: str = ""
    right: int = 0


def find(project: Project, target: str, today: date) -> Recalled:
    """Every released file that carries what is wrong.

    `target` is a batch id, the key of a unit, the name of a pack, a voice (`ar/v1`), a contact's id, or any value that
    a contact ever had: its number in any form, its web address, its e-mail. By its id, the files are found whose number
    is not the one that contacts.toml has now, and all where it was not corrected yet, or where the check of the new
    number is over too. By the key of a unit, those in which it reads otherwise than now, and all where it was not
    corrected yet.

    Raises:
        CampaignError: nothing was released yet, or nothing that was carries it.
    """
    path = project.history
    past = releases.read(path, project.name(path))
    if not past.releases:
        raise CampaignError.single(
            "nothing was released yet", where=project.name(path), todo="release first: campaign build --release"
        )
    if found := _unit(project, past, target):
        return found
    voice = _voice(project, past, target)
    for kind, files in (("batch", _batch(past, target)), ("pack", _pack(past, target)), ("voice", voice)):
        if files:
            return Recalled(kind, target, _hits(past, files))
    contacts = {contact.id: contact for contact in config.load(project).contacts}
    return _by_id(past, target, contacts.get(target), today) or _by_value(project, past, target, contacts)


def _by_id(past: History, name: str, contact: Contact | None, today: date) -> Recalled | None:
    """The files that show a contact wrongly; None when none ever showed it."""
    carrying = [release for release in past.releases if name in release.numbers]
    if not carrying:
        return None
    right = [release for release in carrying if contact and release.numbers[name] == contact.value]
    wrong = [release for release in carrying if not contact or release.numbers[name] != contact.value]
    if contact and (not wrong or _over(contact, today)):
        wrong, right = carrying, []
    return _of_contact(past, name, name, wrong, len(_hits(past, right)))


def _over(contact: Contact, today: date) -> bool:
    """Whether the check of the number that the record has now was ended, or is over."""
    ended = contact.valid_until is not None and contact.valid_until < today
    return ended and contact.way not in contact.changed


def _by_value(project: Project, past: History, target: str, contacts: Mapping[str, Contact]) -> Recalled:
    """The files that show a value that any contact ever had."""
    known: dict[str, set[str]] = defaultdict(set)
    for contact in contacts.values():
        known[contact.id] |= {contact.url, contact.email, contact.chat}
    for release in past.releases:
        for name, values in release.values.items():
            known[name] |= {*values}
    same = _same(target)
    named = {name for name, values in known.items() if any(map(same, values))}
    wrong, whose = [], ""
    for release in past.releases:
        own = {
            name
            for name, number in release.numbers.items()
            if same(number) or any(map(same, release.values.get(name, ())))
        }
        # An earlier version wrote numbers alone: a file of it may have had any address of its contacts.
        own |= set() if release.values else named & release.numbers.keys()
        if own:
            wrong.append(release)
            whose = sorted(own)[-1]
    if wrong:
        return _of_contact(past, target, whose, wrong, 0)
    ids = [*{r.batch for r in past.releases}, *{name for r in past.releases for name in r.numbers}]
    raise CampaignError.single(
        f"no released item carries {target!r}{suggestion(target.upper(), ids) or suggestion(target, ids)}",
        where=project.name(project.history),
        todo="give a contact's id, number or address, a unit's key, a pack, or a batch id as it is printed",
    )


def _of_contact(past: History, target: str, name: str, wrong: list[Release], right: int) -> Recalled:
    last = wrong[-1]
    number = last.numbers[name]
    shown = next(iter(last.values.get(name, ())), "") or displayed(number, country_of(last.country)) or number
    return Recalled("contact", target, _hits(past, wrong), name, number, shown, right)


def _same(target: str) -> Callable[[str], bool]:
    """What says whether a value of a contact is the one that somebody typed, in any form."""
    plain = fold(target).text.strip().removeprefix("tel:")
    place = plain.casefold().split()
    if len(place) > 1 and any(map(str.isalpha, plain)):  # an address to walk in
        return lambda value: fold(value).text.casefold().split() == place
    if "@" in plain:
        return lambda value: "@" in value and email_key(value) == email_key(plain)
    if not re.search(r"\d{3}", plain) or _lettered(plain):
        return lambda value: "." in value and _lettered(value) and web_key(value) == web_key(plain)
    return lambda value: not _lettered(value) and phones.same(plain, value)


def _lettered(value: str) -> bool:
    return any(map(str.isalpha, value))


def _hits(past: History, found: list[Release]) -> tuple[Hit, ...]:
    order = sorted(dict.fromkeys(_key(r) for r in found))
    latest = {_key(release): release for release in found}
    return tuple(Hit(latest[k], past.packs_of(latest[k]), past.recalled(latest[k])) for k in order)


def _key(release: Release) -> tuple[str, ...]:
    return (release.country, release.locale, release.channel, release.audience, release.path, release.sha256)


def _batch(past: History, target: str) -> list[Release]:
    """A batch id as people read it aloud or type it: any case, spaces and hyphens in it."""
    heard = re.sub(r"[\s-]", "", target).upper()
    return [release for release in past.releases if release.batch == heard]


def _voice(project: Project, past: History, target: str) -> list[Release]:
    """The sounds of a voice, `<language>/<pseudonym>`."""
    locale, _, name = target.partition("/")
    if not name or locale not in config.load(project).languages:
        return []
    return [*voice_out.heard_in(project, past, locale, name)]


def _unit(project: Project, past: History, key: str) -> Recalled | None:
    """The files that show a sentence otherwise than it stands now; all of them where nobody corrected it yet."""
    carrying = [release for release in past.releases if key in release.units]
    if not carrying:
        return None
    now: dict[str, str] = {}
    with contextlib.suppress(CampaignError):  # a workspace that cannot be read: then every file is found
        texts = loader.load(project).texts
        now = {locale: released_text(each.units[key]) for locale, each in texts.items() if key in each.units}
    wrong = [r for r in carrying if any(tag in now and r.text(tag, key) != now[tag] for tag in r.tongues)]
    if wrong:  # a page of all languages, such as a chooser, was wrong if another one lies there since
        out = past.out()
        wrong += [r for r in carrying if now.keys().isdisjoint(r.tongues) and out[r.path].sha256 != r.sha256]
    else:
        wrong = carrying
    right = {_key(release) for release in carrying} - {_key(release) for release in wrong}
    return Recalled("unit", key, _hits(past, wrong), right=len(right))


def _pack(past: History, target: str) -> list[Release]:
    """What went into a ZIP of this name."""
    inside = {sha256 for pack in past.packs if pack.pack == target for sha256 in pack.files}
    return [release for release in past.releases if release.sha256 in inside]


def unknown_files(project: Project) -> int:
    """How many files of the release edition the history does not know: a recall would not find them."""
    path = project.manifest(Edition.RELEASE)
    name = project.name(project.history)
    try:
        entries = manifests.read(path, project.name(path)).entries
    except CampaignError:  # none, or a damaged one: what the history has must be found all the same
        return 0
    return len(Released.of(releases.read(project.history, name), name).unknown(entries))


def mark(project: Project, found: Recalled, *, by: str, reason: str, on: date) -> int:
    """Write the recall of every file that is not recalled yet into the history; the number of files.

    Raises:
        CampaignError: no name, no reason, or a history that lacks released files; nothing was written.
    """
    if count := unknown_files(project):
        what = f"{count} files of {project.name(project.output(Edition.RELEASE))} have no line: lines are missing"
        todo = "restore it from a copy, then recall; what it has is listed without --name and --reason"
        raise CampaignError.single(what, where=project.name(project.history), todo=todo)
    if not by.strip() or not reason.strip():
        raise CampaignError.single("a recall needs a name and a reason", todo="add --name and --reason")
    events = [
        Recall(on.isoformat(), hit.release.batch, hit.release.sha256, by.strip(), reason.strip())
        for hit in found.hits
        if hit.recalled is None
    ]
    releases.append(project.history, project.name(project.history), events)
    return len(events)


def released(project: Project, past: History) -> Iterator[str]:
    """Reminders: files that were recalled and lie in the release edition with these bytes, packs that hold them."""
    lying: Counter[tuple[str, ...]] = Counter()
    back = [release for release in past.releases if past.recalled(release)]
    for release in dict.fromkeys((r.batch, r.country, r.locale, r.audience, r.path, r.sha256) for r in back):
        *item, path, sha256 = release
        if _hash(project.built(Edition.RELEASE, path)) == sha256:
            lying[tuple(item)] += 1
    for (batch, country, locale, audience), files in lying.items():
        yield f"batch {batch} ({country}/{locale}/{audience}) is recalled: {files} files still in output/release"
    events = {pack: None for release in back for pack in past.packs_of(release)}
    for name in sorted({pack.pack for pack in events}):
        members = {*_members(project.inside(project.packs(Edition.RELEASE) / name))}
        if members and any(members <= {*pack.files} for pack in events if pack.pack == name):
            yield f"{name} holds recalled files: it still lies in output/packs/release"


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _members(path: Path) -> Iterator[str]:
    """The hash of each file in a pack; of none where there is no pack."""
    with contextlib.suppress(OSError, zipfile.BadZipFile, RuntimeError, zlib.error), zipfile.ZipFile(path) as pack:
        for name in pack.namelist():
            yield hashlib.sha256(pack.read(name)).hexdigest()
