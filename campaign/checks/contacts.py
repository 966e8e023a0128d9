"""Contacts: a number is released only while somebody's check of it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from campaign.checks.rules import finding
from campaign.model.contact import LONGEST, Contact
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say

_CALL = say("%(contact)s is not verified: call it, read the organisation's page, then: %(command)s")
_TRY = say("%(contact)s is not verified: try it, read the organisation's page, then: %(command)s")


def contact_findings(contacts: Iterable[Contact], today: date) -> Iterator[Finding]:
    """Yield a finding for each contact that nobody verified, or whose check is over or lies in the future.

    A check holds through the day `valid_until`. The caller gives `today`, because a check reads no clock.
    """
    for contact in contacts:
        where = f"contacts.toml: {contact.id}"
        shown = f"{contact.name} {contact.display}" if contact.name != contact.display else contact.name
        if not (contact.verified_on and contact.verified_by and contact.valid_until):
            said = _CALL if contact.number else _TRY
            said = said.given(contact=shown, command=f"campaign contacts verify {contact.id}")
            yield finding("contact-expired", "", where, said)
        elif contact.changed:
            said = say(
                "%(contact)s was changed after it was checked (%(fields)s): check it again, then: %(command)s",
                contact=shown,
                fields=", ".join(contact.changed),
                command=f"campaign contacts verify {contact.id}",
            )
            yield finding("contact-expired", "", where, said)
        elif not contact.checked:
            said = say(
                "%(contact)s does not say what was checked: look at it once more, then: %(command)s",
                contact=shown,
                command=f"campaign contacts verify {contact.id}",
            )
            yield finding("contact-expired", "", where, said)
        ends = contact.verified_on and contact.valid_until and contact.valid_until > contact.verified_on + LONGEST
        if contact.valid_until and ends and not contact.valid_because:
            day = contact.valid_until.isoformat()
            said = say(
                "%(contact)s is valid until %(day)s, more than a year after it was checked", contact=shown, day=day
            )
            yield finding("contact-expired", "", where, said)
        if contact.valid_until and contact.valid_until < today:
            day = contact.valid_until.isoformat()
            said = say("%(contact)s was valid until %(day)s: check it again", contact=shown, day=day)
            yield finding("contact-expired", "", where, said)
        if contact.verified_on and contact.verified_on > today:
            day = contact.verified_on.isoformat()
            said = say("%(contact)s has a verified_on in the future: %(day)s", contact=shown, day=day)
            yield finding("contact-expired", "", where, said)


def silent_records(contacts: Iterable[Contact]) -> Iterator[Finding]:
    """Yield a warning for each record that says nothing of hours, languages or cost: neither does what is printed."""
    for contact in contacts:
        answers = contact.languages or contact.interpreters or contact.kind == "emergency"
        cost = contact.cost != "unknown" or not contact.number
        known = {"hours": contact.always_open or contact.hours, "languages": answers, "cost": cost}
        absent = [key for key, value in known.items() if not value]
        if absent:
            said = say(
                "%(contact)s says nothing of %(fields)s: ask when you call",
                contact=contact.name,
                fields=", ".join(absent),
            )
            where = f"contacts.toml: {contact.id}"
            yield finding("contact-expired", "", where, said, severity=Severity.WARNING)
