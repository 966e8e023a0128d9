"""The life of a contact: unverified, verified, due again soon, expired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from campaign import config
from campaign.config.contact_edits import EXPIRED, Value, change
from campaign.errors import CampaignError, Problem
from campaign.model.contact import LONGEST, Contact
from campaign.people import name_fault, tidy
from campaign.project import Project

#: Days before the end of a check in which it is called due, and for how long a check holds when nobody says.
DUE_DAYS, VALID_DAYS = 30, 182


class Life(StrEnum):
    """What a contact is on a day."""

    UNVERIFIED = "unverified"
    EXPIRED = "expired"
    DUE = "due"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Listed:
    """A contact on a day; `days` is how long its check still holds, negative when it is over, None without one."""

    contact: Contact
    life: Life
    days: int | None


def listed(contacts: tuple[Contact, ...], today: date) -> tuple[Listed, ...]:
    """Each contact with its life, what stops a release first."""
    found = [_listed(contact, today) for contact in contacts]
    order = list(Life)
    return tuple(sorted(found, key=lambda one: (order.index(one.life), one.days or 0, one.contact.id)))


def _listed(contact: Contact, today: date) -> Listed:
    if not contact.verified or contact.valid_until is None or (contact.verified_on and contact.verified_on > today):
        return Listed(contact, Life.UNVERIFIED, None)
    days = (contact.valid_until - today).days
    life = Life.EXPIRED if days < 0 else Life.DUE if days <= DUE_DAYS else Life.VERIFIED
    return Listed(contact, life, days)


def verify(
    project: Project, name: str, *, by: str, on: date, how: str, until: date | None, today: date, because: str = ""
) -> Contact:
    """Note in contacts.toml that somebody checked a contact: the record as it is now.

    `because` says why the check holds for more than a year.

    Raises:
        CampaignError: no such contact, no name, no way, a day in the future, an end before the check.
    """
    contact = next((contact for contact in config.load(project).contacts if contact.id == name), None)
    problems = [
        Problem(option, "is empty", todo)
        for option, text, todo in (
            ("--name", by, "say who checked it"),
            ("--how", how, "say how, for example: called it and read the organisation's page"),
        )
        if not text.strip()
    ]
    if by.strip() and (fault := name_fault(tidy(by))):
        problems.append(Problem("--name", f"{tidy(by)!r} {fault}", "say who checked it"))
    if on > today:
        problems.append(Problem("--on", f"{on} lies in the future", "give the day of the check"))
    until = until or on + timedelta(days=VALID_DAYS)
    if until < on:
        problems.append(Problem("--until", f"{until} lies before the check of {on}"))
    if until > on + LONGEST and not because.strip():
        what = f"{until} is more than a year after the check of {on}"
        todo = "numbers change hands: check it again within a year, or say why it stays: --because"
        problems.append(Problem("--until", what, todo))
    if problems:
        raise CampaignError(problems)
    reason = because.strip() if until > on + LONGEST else ""
    values: dict[str, Value] = {
        "verified_on": on,
        "verified_by": tidy(by),
        "verified_how": how.strip(),
        "valid_until": until,
        "checked": contact.attested if contact else {},
    }
    if reason or (contact and contact.valid_because):  # the reason of an earlier check ends with it
        values["valid_because"] = reason
    return change(project, name, values)


def expire(project: Project, name: str, *, on: date, reason: str) -> Contact:
    """End a contact's check: from the day `on` nothing that prints it may be released. The reason becomes a comment.

    Raises:
        CampaignError: no such contact, no reason, or it was never verified (then nothing prints it in a release).
    """
    contact = next((c for c in config.load(project).contacts if c.id == name), None)
    if not reason.strip():
        raise CampaignError.single("is empty", where="--reason", todo="say why it must not go out any more")
    if contact and not contact.verified_on:
        raise CampaignError.single(
            f"{name} is not verified: no release prints it", where=project.name(project.contacts)
        )
    end = on - timedelta(days=1)
    values: dict[str, Value] = {"valid_until": end}
    if contact and contact.verified_on and contact.verified_on > end:
        values = {"verified_on": end, "valid_until": end}
    return change(project, name, values, remark=f"{EXPIRED} {reason.strip()}")
