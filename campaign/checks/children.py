"""Children: a message for them names a number where people are used to listen to children."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks.rules import finding
from campaign.model.contact import Contact
from campaign.model.finding import Finding
from campaign.model.message import Message
from campaign.model.sentence import say

#: Kinds of contact, and European numbers (Commission decision 2007/116/EC; 112), that are there for children too.
CHILD_KINDS = frozenset({"children", "missing-children"})
CHILD_NUMBERS = frozenset({"116111", "116000", "112"})


def child_contacts(message: Message) -> Iterator[Finding]:
    """Yield a finding when the first number of a child's message is no child-appropriate contact."""
    first = message.helplines[0].contact
    if not suits_children(first):
        said = say(
            "%(contact)s is the first number that children see: put one for children first (116 111, 116 000, 112)",
            contact=f"{first.name} {first.display}",
        )
        yield finding("child-contact", "", f"{message.audience}, {message.country}", said)


def suits_children(contact: Contact) -> bool:
    """Whether a contact is there for children too."""
    own = contact.own is not None and contact.own.for_children
    return own or contact.kind in CHILD_KINDS or contact.digits in CHILD_NUMBERS
