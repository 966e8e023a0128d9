"""Recall: every released file that carries a contact, a sentence or a batch id, and the notice for the readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign import languages
from campaign.bidi import direct_numbers
from campaign.channels.draft import DRAFT
from campaign.config.tables import suggestion
from campaign.errors import CampaignError
from campaign.ledger import releases
from campaign.ledger.releases import Delivery, History, Recall, Release
from campaign.model.contact import Contact
from campaign.model.edition import Edition
from campaign.model.state import State, worst
from campaign.project import Project, write_atomic
from campaign.reading import phones
from campaign.reading.fold import fold
from campaign.render.notice import Notice, notice
from campaign.render.templates import Templates
from campaign.workspace import loader


@dataclass(frozen=True, slots=True)
class Hit:
    """One released file that carries what is recalled; `recalled` is its recall, if it has one."""

    release: Release
    packs: tuple[Delivery, ...]
    recalled: Recall | None


@dataclass(frozen=True, slots=True)
class Recalled:
    """What `target` was taken for (contact, unit or batch) and where it went, by country, language and channel."""

    kind: str
    target: str
    hits: tuple[Hit, ...]
    contact: str = ""
    number: str = ""


def find(project: Project, target: str) -> Recalled:
    """Every released file that carries a contact (its id, or its number in any form), a unit (key) or a batch id.

    Raises:
        CampaignError: nothing was released yet, or nothing that was carries it.
    """
    path = project.history
    past = releases.read(path, project.name(path))
    if not past.releases:
        raise CampaignError.single(
            "nothing was released yet", where=project.name(path), todo="release first: campaign build --release"
        )
    for kind, found in (("batch", _batch(past, target)), ("unit", _unit(past, target))):
        if found:
            return Recalled(kind, target, _hits(past, found))
    name, number = _contact(past, target)
    found = [release for release in past.releases if release.numbers.get(name) == number]
    if found:
        return Recalled("contact", target, _hits(past, found), name, number)
    known = [*{r.batch for r in past.releases}, *{name for r in past.releases for name in r.numbers}]
    raise CampaignError.single(
        f"no released item carries {target!r}{suggestion(target.upper(), known) or suggestion(target, known)}",
        where=project.name(path),
        todo="give a contact's id or number, a unit's key, or a batch id as it is printed",
    )


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


def _unit(past: History, target: str) -> list[Release]:
    return [release for release in past.releases if target in release.units]


def _contact(past: History, target: str) -> tuple[str, str]:
    """(id, number) of a contact as it was released: the last number that this id, or this number, had."""
    plain = fold(target).text.strip()
    for release in reversed(past.releases):
        for name, number in release.numbers.items():
            if name == target or (re.search(r"\d{3}", plain) and phones.same(plain, number)):
                return name, number
    return "", ""


def mark(project: Project, found: Recalled, *, by: str, reason: str, on: date) -> int:
    """Write the recall of every file that is not recalled yet into the history; the number of files.

    Raises:
        CampaignError: no name or no reason; nothing was written.
    """
    if not by.strip() or not reason.strip():
        raise CampaignError.single("a recall needs a name and a reason", todo="add --name and --reason")
    events = [
        Recall(on.isoformat(), hit.release.batch, hit.release.sha256, by.strip(), reason.strip())
        for hit in found.hits
        if hit.recalled is None
    ]
    releases.append(project.history, project.name(project.history), events)
    return len(events)


@dataclass(frozen=True, slots=True)
class Written:
    """One language's notice on the disk: its page and its post, and how far its sentences are."""

    locale: str
    country: str
    state: State
    page: Path
    post: Path


def notices(project: Project, found: Recalled, new: str) -> tuple[Written, ...]:
    """Write the page and the post "this number has changed" for every language and country that was reached.

    `new` is the id of the contact to call instead; empty to take the recalled one's own new number. What no mediator
    has signed says DRAFT in its first line.

    Raises:
        CampaignError: the recall is of no contact, or there is no new number.
    """
    if found.kind != "contact":
        raise CampaignError.single("only the recall of a contact has a notice", where=found.target)
    space = loader.load(project)
    campaign = space.campaign
    instead = _instead(campaign.contacts, found, new)
    templates = Templates(project)
    old = next((c.display for c in campaign.contacts if c.number == found.number), "") or _shown(found)
    written = []
    for country, locale in sorted({(hit.release.country, hit.release.locale) for hit in found.hits}):
        if locale not in space.texts or country not in campaign.countries:
            continue
        made = notice(templates, locale, country, space.texts[locale], old=old, new=instead.display)
        written.append(_write(project, found, made, locale, country))
    return tuple(written)


def _instead(contacts: tuple[Contact, ...], found: Recalled, new: str) -> Contact:
    wanted = new or found.contact
    contact = next((contact for contact in contacts if contact.id == wanted), None)
    if contact is None:
        known = [contact.id for contact in contacts]
        raise CampaignError.single(
            f"{wanted!r} is not in contacts.toml{suggestion(wanted, known)}",
            todo="name the contact to call instead: --new ID",
        )
    if phones.same(contact.number, found.number):
        raise CampaignError.single(
            f"{contact.id} still has the number that is recalled",
            where="contacts.toml",
            todo="correct its number first, or name another contact: --new ID",
        )
    return contact


def _shown(found: Recalled) -> str:
    """The recalled number as people read it, when contacts.toml has forgotten it."""
    from campaign.config.contacts import displayed

    country = found.hits[0].release.country
    return displayed(found.number, country) or found.number


def _write(project: Project, found: Recalled, made: Notice, locale: str, country: str) -> Written:
    folder = project.notices(found.contact, country, locale)
    state = worst({unit.state for unit in made.units})
    draft = state is not State.SIGNED
    post = f"[{DRAFT}] {made.post}" if draft else made.post
    if languages.get(locale).rtl:
        post = direct_numbers(post, isolate=True)
    page, text = folder / "notice.html", folder / "notice.txt"
    write_atomic(page, (made.draft_page if draft else made.page).encode())
    write_atomic(text, post.encode() + b"\n")
    return Written(locale, country, state, page, text)


def released(project: Project, past: History) -> Iterator[str]:
    """Reminders: batches that were recalled and still lie in the release edition, packs that still hold them."""
    lying: Counter[tuple[str, ...]] = Counter(
        (release.batch, release.country, release.locale, release.audience)
        for release in past.releases
        if past.recalled(release) and project.built(Edition.RELEASE, release.path).is_file()
    )
    for (batch, country, locale, audience), files in lying.items():
        yield f"batch {batch} ({country}/{locale}/{audience}) is recalled: {files} files still in output/release"
    packs = {pack.pack for release in past.releases if past.recalled(release) for pack in past.packs_of(release)}
    for name in sorted(packs):
        if project.inside(project.packs(Edition.RELEASE) / name).is_file():
            yield f"{name} holds recalled files: it still lies in output/packs/release"


__all__ = ["Hit", "Recalled", "Written", "find", "mark", "notices", "released"]
