"""The notice of a recall, "this number has changed": a page and a post for every language and country it reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign import languages
from campaign.bidi import direct_numbers
from campaign.channels.draft import DRAFT
from campaign.checks.contacts import contact_findings
from campaign.checks.rules import finding
from campaign.checks.signatures import unsigned_findings
from campaign.config.tables import suggestion
from campaign.delivery.recall import Recalled
from campaign.editions.release_gate import Gate, make_gate
from campaign.errors import CampaignError, Problem
from campaign.model.contact import Contact
from campaign.model.finding import Finding
from campaign.model.sentence import quoted
from campaign.model.state import State, worst
from campaign.model.web_address import MANY
from campaign.project import Project, write_atomic
from campaign.reading import phones
from campaign.render.notice import Notice, notice
from campaign.render.templates import Templates
from campaign.workspace import loader


@dataclass(frozen=True, slots=True)
class Ready:
    """One language's notice before it is written: where it goes, its texts, and what keeps it a draft."""

    locale: str
    country: str
    state: State
    page: Path
    post: Path
    made: Notice
    lacking: tuple[Finding, ...]


def notices(project: Project, found: Recalled, new: str, today: date) -> tuple[Ready, ...]:
    """The page and the post "this number has changed" for every language and country that was reached.

    `new` is the id of the contact to call instead; empty to take the recalled one's own new number. Nothing is written.

    Raises:
        CampaignError: the recall is of no contact, there is no new number, or the notice says what no sentence says.
    """
    if found.kind != "contact":
        raise CampaignError.single("only the recall of a contact has a notice", where=found.target)
    if any(map(str.isalpha, found.number)):
        raise CampaignError.single(
            f"{found.display} is no telephone number, and the notice speaks of one",
            where=found.target,
            todo="tell people in your own words",
        )
    space = loader.load(project)
    instead = _instead(space.campaign.contacts, found, new)
    reached = sorted({(h.release.country, tag) for h in found.hits for tag in h.release.tongues if tag != MANY})
    if gone := [f"{c}/{tag}" for c, tag in reached if tag not in space.texts or c not in space.campaign.countries]:
        what = f"was released for {', '.join(gone)}, which campaign.toml does not have any more"
        raise CampaignError.single(
            what, where=found.target, todo="put it back for the notice, or mark the files without --notice"
        )
    gate = make_gate(space, today, {locale for _, locale in reached})
    templates, ready, problems = Templates(project), list[Ready](), list[Problem]()
    for country, locale in reached:
        try:
            made = notice(templates, locale, country, space.texts[locale], old=found.display, new=instead.display)
        except CampaignError as error:
            problems += error.problems
            continue
        folder = project.notices(found.contact, country, locale)
        state = worst({unit.state for unit in made.units})
        # Where a ledger is damaged nobody knows what was signed.
        damaged = [finding("unsigned", locale, fault.where, quoted(fault.what)) for fault in space.faults]
        lacking = (*damaged, *_lacking(gate, made, locale, folder.name, instead, today))
        ready.append(Ready(locale, country, state, folder / "notice.html", folder / "notice.txt", made, lacking))
    if problems:
        raise CampaignError(dict.fromkeys(problems))
    return tuple(ready)


def _lacking(gate: Gate, made: Notice, locale: str, where: str, instead: Contact, today: date) -> Iterator[Finding]:
    """What must be put right before a notice is no draft any more: its sentences, and the number that it names."""
    yield from unsigned_findings(made.units, locale, where)
    for unit in made.units:
        yield from gate.units[locale].get(unit.key, ())
    yield from contact_findings([instead], today)


def write(notices: Sequence[Ready]) -> None:
    """Write every notice. What lacks a signature, or names a number that nobody checked, says DRAFT in its first line.

    Raises:
        CampaignError: a file cannot be written.
    """
    for ready in notices:
        post = f"[{DRAFT}] {ready.made.post}" if ready.lacking else ready.made.post
        if languages.get(ready.locale).rtl:
            post = direct_numbers(post, isolate=True)
        write_atomic(ready.page, (ready.made.draft_page if ready.lacking else ready.made.page).encode())
        write_atomic(ready.post, post.encode() + b"\n")


def _instead(contacts: tuple[Contact, ...], found: Recalled, new: str) -> Contact:
    wanted = new or found.contact
    contact = next((contact for contact in contacts if contact.id == wanted), None)
    if contact is None:
        known = [contact.id for contact in contacts]
        raise CampaignError.single(
            f"{wanted!r} is not in contacts.toml{suggestion(wanted, known)}",
            todo="name the contact to call instead: --new ID",
        )
    wrong = {h.release.numbers[found.contact] for h in found.hits if found.contact in h.release.numbers}
    if not contact.number:
        raise CampaignError.single(
            f"{contact.id} has no number, and the notice asks to call one",
            where=found.target,
            todo="name a contact with a number: --new ID; or tell people in your own words",
        )
    if any(phones.same(contact.number, number) for number in wrong):
        raise CampaignError.single(
            f"{contact.id} still has the number that is recalled",
            where="contacts.toml",
            todo="correct its number first, or name another contact: --new ID",
        )
    return contact
