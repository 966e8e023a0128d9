"""Contacts: a number is released only while somebody's check of it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from campaign.checks.rules import finding
from campaign.model.contact import Contact
from campaign.model.finding import Finding, Severity


def contact_findings(contacts: Iterable[Contact], today: date) -> Iterator[Finding]:
    """Yield a finding for each contact that nobody verified, or whose check is over or lies in the future.

    A check holds through the day `valid_until`. The caller gives `today`, because a check reads no clock.
    """
    for contact in contacts:
        where = f"contacts.toml: {contact.id}"
        keys = ("verified_on", "verified_by", "valid_until")
        absent = [key for key in keys if not getattr(contact, key)]
        shown = f"{contact.name} {contact.display}" if contact.name != contact.display else contact.name
        if absent:
            todo = f"call it, read the organisation's page, then add {', '.join(absent)}"
            yield finding("contact-expired", "", where, f"{shown} is not verified: {todo}")
        if contact.valid_until and contact.valid_until < today:
            detail = f"{shown} was valid until {contact.valid_until.isoformat()}: check it again"
            yield finding("contact-expired", "", where, detail)
        if contact.verified_on and contact.verified_on > today:
            detail = f"{shown} has a verified_on in the future: {contact.verified_on.isoformat()}"
            yield finding("contact-expired", "", where, detail)


def silent_records(contacts: Iterable[Contact]) -> Iterator[Finding]:
    """Yield a warning for each record that says nothing of hours, languages or cost: neither does what is printed."""
    for contact in contacts:
        answers = contact.languages or contact.interpreters or contact.kind == "emergency"
        known = {"hours": contact.always_open or contact.hours, "languages": answers, "cost": contact.cost != "unknown"}
        absent = [key for key, value in known.items() if not value]
        if absent:
            where, detail = (
                f"contacts.toml: {contact.id}",
                f"{contact.name} says nothing of {', '.join(absent)}: ask when you call",
            )
            yield finding("contact-expired", "", where, detail, severity=Severity.WARNING)
