"""What a person signed or took back, sealed with their own ssh key, so that more than the name is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
from campaign.review.snapshot import Sheet
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
    sheet = desk.sheet(locale)
    counting = seals.counting(sheet.ledger, sheet.trust)
    return _seal(desk, sheet, by, [event for event in counting if event.unit_key in subjects], key, on)


def seal_taken_back(desk: Desk, locale: str, by: Person, key: Path | None, on: date) -> int:
    """Write one seal for everything that this person took back or revoked in a language; how many it names.

    Raises:
        CampaignError: as `seal` does.
    """
    if key is None:
        return 0
    sheet = desk.sheet(locale)
    return _seal(desk, sheet, by, taken_back(sheet, by), key, on)


def taken_back(sheet: Sheet, by: Person) -> tuple[Event, ...]:
    """What a person took back or revoked, as far as it still counts."""
    ended = sheet.standing.ended
    said = (event for event in sheet.ledger.events if event.verdict in (Verdict.WITHDRAW, Verdict.REVOKE))
    return tuple(event for event in said if event.reviewer == tidy(by.name) and event.id not in ended)


def _seal(desk: Desk, sheet: Sheet, by: Person, said: Iterable[Event], key: Path, on: date) -> int:
    book, locale, name = sheet.ledger, sheet.locale, tidy(by.name)
    known = seals.read(desk.project, locale, book).verified
    mine = tuple(event.id for event in said if event.reviewer == name and event.id not in known)
    if not mine:
        return 0
    made = ssh.sign(key, ssh.text(mine))
    if any(event.verdict is Verdict.SEAL and (event.re, event.sig) == (mine, made) for event in book.events):
        return 0
    event = Event("", "", "", name, by.role, on.isoformat(), Verdict.SEAL, re=mine, sig=made)
    verdicts.record(desk.project, locale, [event], book, book.head)
    return len(mine)
