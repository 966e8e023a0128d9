"""The order of a mediator's work: what would harm a reader most comes first. Pure: values in, values out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from campaign.model.event import Event
from campaign.model.finding import Finding, Severity
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict

#: Why a sentence is risky, most risky first: a wrong number, a right denied, a "not" lost, words that were guessed.
CONTACT, RIGHTS, NEGATION, LOW_CONFIDENCE = RISKS = ("contact", "rights", "negation", "low-confidence")

_CONTACT = re.compile(r"%\((phone|reach|emergency|helpline|url)\)s")
_NEGATION = re.compile(r"\b(no|not|never|nobody|nothing|none|without|cannot|don't|doesn't|isn't|can't|won't)\b", re.I)
_RIGHTS = re.compile(r"\[[\w-]+/(rights|care|tests|no_detention|interpreter)\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a language as a mediator's desk holds it.

    `look` gives what is found about the text, looking when it is first asked; `gone` are the rules waived for it.
    `approved_by` are the people who signed exactly these words, `own_by` those who did and wrote them; `events` is
    everything the ledger says about the sentence, oldest first.
    """

    unit: Unit
    state: State
    source_hash: str
    text_hash: str
    look: Callable[[], tuple[Finding, ...]] = tuple
    gone: frozenset[str] = frozenset()
    approved_by: frozenset[str] = frozenset()
    events: tuple[Event, ...] = ()
    risks: tuple[str, ...] = ()
    objections: tuple[Event, ...] = ()
    answered: tuple[Event, ...] = ()
    questions: tuple[Event, ...] = ()
    own_by: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The unit's key, read off its source hash instead of hashed again."""
        return self.source_hash[:12]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that still stand."""
        return tuple(finding for finding in self.look() if finding.code not in self.gone) if self.gone else self.look()

    @property
    def waived(self) -> tuple[Finding, ...]:
        """The findings that somebody waived."""
        return tuple(finding for finding in self.look() if finding.code in self.gone)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a release."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def waits(self) -> bool:
        """Whether somebody signed these words and a second person must: two are needed, or the first wrote them."""
        return bool(self.approved_by or self.own_by) and self.state is not State.SIGNED

    def signed_by(self, name: str) -> bool:
        """Whether a person signed these words, whether it counts or not."""
        return name in self.approved_by or name in self.own_by

    @property
    def asks(self) -> bool:
        """Whether somebody else must look: an objection to these words, or a question about them, is open."""
        return bool(self.objections or self.questions)


def risks(unit: Unit) -> tuple[str, ...]:
    """Why a sentence is risky, most risky first; none for ordinary ones."""
    source = f"{unit.source}\n{unit.plural}"
    found = []
    if _CONTACT.search(source) or "messages/claims.j2" in unit.where:
        found.append(CONTACT)
    if _RIGHTS.search(unit.notes):
        found.append(RIGHTS)
    if _NEGATION.search(source):
        found.append(NEGATION)
    if "low confidence" in unit.origin.casefold():
        found.append(LOW_CONFIDENCE)
    return tuple(found)


def rank(line: Line) -> tuple[int, int]:
    """The place of a sentence in the queue: open ones before signed ones, errors first, then by risk."""
    done = line.state is State.SIGNED
    if line.errors:
        return done, -1
    return done, min((RISKS.index(risk) for risk in line.risks), default=len(RISKS))


def ordered(lines: Iterable[Line]) -> list[Line]:
    """The lines in the order of work; equal ones stay in file order."""
    return sorted(lines, key=rank)


def last_signed(line: Line) -> Event | None:
    """The last approval of this sentence in other words than its present ones, with those words."""
    for event in reversed(line.events):
        if event.verdict == Verdict.SIGN and event.forms and event.text_hash != line.text_hash:
            return event
    return None


def word_changes(before: str, after: str) -> Sequence[tuple[str, str]]:
    """What changed, word by word: ("same" | "gone" | "new", words with their spaces)."""
    import difflib

    old, new = (re.findall(r"\S+\s*", text) for text in (before, after))
    changes: list[tuple[str, str]] = []
    was, now = ([word.strip() for word in words] for words in (old, new))
    for what, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            changes.append(("same", "".join(new[c:d])))
            continue
        if b > a:
            changes.append(("gone", "".join(old[a:b])))
        if d > c:
            changes.append(("new", "".join(new[c:d])))
    return changes
