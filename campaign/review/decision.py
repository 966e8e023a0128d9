"""A decision of a person about a sentence, an item or a message, and what became of it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from campaign.errors import Problem
from campaign.ledger.queue import Line
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.finding import Finding
from campaign.model.verdict import Verdict
from campaign.people import tidy
from campaign.review.pasted import Stray, cleaned, cleaned_forms, named

#: Who speaks when a returned file names nobody: may correct and comment, and nothing else.
NOBODY = Person("no name", "translator")


class Why(StrEnum):
    """Why a decision is refused."""

    NAME = "name"
    ROLE = "role"
    PERSON = "person"
    REASON = "reason"
    FORM = "form"
    LONG = "long"
    STALE = "stale"
    TEXT = "text"
    ERROR = "error"
    LOOK = "look"
    OBJECTION = "objection"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a decision is refused, with where, what and what to do for whoever reads it as it is."""

    why: Why
    problem: Problem


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, as a page, a returned file or a command says it.

    key        the sentence's key, or the ledger's name of an item or of the message of an audience
    seen       what the person had before their eyes: hash of the text, of an item's page (`snapshot.shown`), of a
               message's words; empty where nobody knows
    source     hash of the source that they saw; empty where nobody knows
    since      head of the ledger when it was shown: what was said later they could not know
    shown      whether this program showed it to them; only then may they sign
    forms      the text that they typed, one for each plural form; None where they typed none
    reason     why not right, why no fault here, or the answer to what the people named in `answers` objected
    rule       the code of the rule that is waived
    fuzzy      the mark that a PO file gives the text, `notes` its translator's comments; None where no PO file speaks
    origin     where a memory has the text from; empty where a person typed it
    undoes     the text is the one that stood before: whoever puts it back did not write it
    place      where a file says it
    re         the ids of the events that are taken back, revoked, replied to or assigned
    whose      whose signatures are revoked, as far as they are of `day` or later, or were not seen; who shall look
    at         the point of an item's picture that is meant, as a ledger keeps it (`model/spot`)
    answer     the name of an answer to a pack, which counts once; empty elsewhere
    items      how the items were that the pack showed, by name (`Cover.whole`); None where they were shown just now
    """

    key: str
    verdict: Verdict
    by: Person
    seen: str
    since: str
    source: str = ""
    shown: bool = True
    forms: tuple[str, ...] | None = None
    comment: str = ""
    reason: str = ""
    rule: str = ""
    answers: tuple[str, ...] = ()
    fuzzy: bool | None = None
    notes: tuple[str, ...] = ()
    origin: str = ""
    undoes: bool = False
    place: str = ""
    answer: str = ""
    items: Mapping[str, str] | None = None
    re: tuple[str, ...] = ()
    whose: str = ""
    day: str = ""
    at: str = ""

    def cleaned(self, before: Sequence[str]) -> tuple[Decision, tuple[Stray, ...]]:
        """The decision without what came along with pasted words, and what that was; the forms of `before` stay."""
        forms, strays = cleaned_forms(self.forms or (), before)
        comment, reason = map(cleaned, (self.comment, self.reason))
        found = [*strays, *(stray for stray in (*comment.strays, *reason.strays) if stray is not Stray.ENDS)]
        by = Person(tidy(self.by.name), self.by.role)
        typed = None if self.forms is None else forms
        if (by, typed, comment.text, reason.text) == (self.by, self.forms, self.comment, self.reason):
            return self, named(found)  # most decisions of a file: a copy takes longer than the look
        return replace(self, by=by, forms=typed, comment=comment.text, reason=reason.text), named(found)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision; nothing of it was written unless `done`, but `events` of a file that came too late.

    `findings` say what is wrong with the text, `conflict` is the sentence as somebody else made it meanwhile; `changed`
    says that a new text was kept, as a draft; `events` are what the ledger now says more. Neither: it was so before.
    `cleaned` is what was taken out of what they typed, because nobody can see it.
    """

    refused: tuple[Refusal, ...] = ()
    findings: tuple[Finding, ...] = ()
    conflict: Line | None = None
    changed: bool = False
    events: tuple[Event, ...] = ()
    cleaned: tuple[Stray, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it was taken."""
        return not self.refused

    def kept(self, written: Container[int]) -> Outcome:
        """This outcome with those of its events that were written, by `id`."""
        said = tuple(event for event in self.events if id(event) in written)
        return self if said == self.events else replace(self, events=said)

    def has(self, why: Why) -> bool:
        """Whether this is one of the reasons why it was refused."""
        return any(refusal.why is why for refusal in self.refused)
