"""A person's signatures sealed with their own ssh key, so that more than the name is known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from campaign import ssh
from campaign.errors import CampaignError
from campaign.ledger import verdicts
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.verdict import Verdict
from campaign.people import tidy
from campaign.review.session import Desk
from campaign.workspace import seals


def readable(key: Path | None) -> None:
    """Whether a key can be used at all, before anything is signed.

    Raises:
        CampaignError: there is no ssh-keygen, or no such file.
    """
    if key is None:
        return
    ssh.needed()
    if not key.is_file():
        todo = "name the file of your private key; a new one: ssh-keygen -t ed25519"
        raise CampaignError.single("is no file", where=f"--ssh-key {key}", todo=todo)


def seal(desk: Desk, locale: str, by: Person, subjects: Collection[str], key: Path | None, on: date) -> int:
    """Write one seal for this person's signatures that count on these sentences and items; how many it names.

    Those whose key is verified are left out; so is a seal that the ledger holds already.

    Raises:
        CampaignError: the key does not sign, or the ledger cannot be written; nothing was sealed.
    """
    if key is None:
        return 0
    sheet, name = desk.sheet(locale), tidy(by.name)
    book = sheet.ledger
    known = seals.read(desk.project, locale, book).verified
    mine = tuple(
        event.id
        for event in seals.counting(book, sheet.campaign.trust)
        if event.reviewer == name and event.unit_key in subjects and event.id not in known
    )
    if not mine:
        return 0
    made = ssh.sign(key, ssh.text(mine))
    if any(event.verdict is Verdict.SEAL and (event.re, event.sig) == (mine, made) for event in book.events):
        return 0
    event = Event("", "", "", name, by.role, on.isoformat(), Verdict.SEAL, re=mine, sig=made)
    verdicts.record(desk.project, locale, [event], book, book.head)
    return len(mine)
