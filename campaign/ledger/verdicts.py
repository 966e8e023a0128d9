"""One verdict of one person as an event for the ledger: on a unit's exact words, or on an item as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.ledger import last_seen, ledger
from campaign.ledger.ledger import Ledger
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.subject import ITEM
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project

#: The longest comment and text, in characters: a ledger is read by people.
LONGEST_COMMENT, LONGEST_TEXT = 4000, 10_000


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks: a name or a pseudonym, and a role (translator, mediator, second reader, staff)."""

    name: str
    role: str


def event(
    unit: Unit,
    verdict: Verdict,
    by: Person,
    on: date,
    comment: str = "",
    facts: tuple[tuple[str, str], ...] = (),
    *,
    rule: str = "",
    reason: str = "",
    re: tuple[str, ...] = (),
) -> Event:
    """A verdict on the words of a unit as they are; the event keeps the words themselves as well.

    `facts` are (item, how it is: a text of `model/cover`) of the items that show the unit: an approval keeps them. `re`
    are the ids of the events that it answers, takes back or ends.
    """
    source = (unit.context, unit.source, unit.plural)
    return Event(
        unit.key,
        unit.source_hash,
        unit.text_hash,
        by.name,
        by.role,
        on.isoformat(),
        verdict,
        comment,
        rule,
        reason,
        source,
        unit.forms,
        facts,
        re,
    )


def sign_off(
    item: str,
    facts: str,
    by: Person,
    on: date,
    comment: str = "",
    *,
    reason: str = "",
    re: tuple[str, ...] = (),
) -> Event:
    """The signature on an item as a whole; `facts` says how it is (a text of `model/cover`).

    `re` are the ids of the objections to it that `reason` answers.
    """
    assert item.startswith(ITEM)  # noqa: S101 - Job.item made it
    return Event(
        item, digest(item), facts, by.name, by.role, on.isoformat(), Verdict.SIGN, comment, reason=reason, re=re
    )


def record(
    project: Project, locale: str, events: Iterable[Event], known: Ledger | None = None, since: str | None = None
) -> Ledger:
    """Write events into the ledger of a language; what the ledger says then.

    `since` is the head that their author had before their eyes; the ledger as it is when it is left out.

    Raises:
        CampaignError: the ledger cannot be trusted or written; nothing was added.
    """
    book = project.ledger(locale)
    written = ledger.append(book, project.name(book), events, known, since)
    last_seen.note(project.root, project.name(book), written.heads, written.book.records)
    return written
