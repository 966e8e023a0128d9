"""What a ledger means: who stands for which words, what is objected, asked, waived.

A pure function of the set of events. Neither the order of lines nor their dates decide, so every copy that holds the
same lines says the same, and a rejection that a signer could not have seen always wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from campaign.model.event import Event
from campaign.model.subject import ITEM
from campaign.model.trust import Trust
from campaign.model.verdict import ASKING, Verdict
from campaign.people import different, faces, may_be_one

#: What a signature is about: hash of the source, hash of the text.
Words = tuple[str, str]

#: What a revocation can end: never a rejection, and no other revocation.
REVOCABLE = frozenset({Verdict.SIGN, Verdict.WAIVE, Verdict.WITHDRAW})
#: What nobody takes back: it took back something itself.
_FINAL = frozenset({Verdict.WITHDRAW, Verdict.REVOKE})


class Objection(StrEnum):
    """What became of a rejection."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Dispute:
    """What was said against a subject and was not taken back: open objections, answered ones, open questions."""

    objections: tuple[Event, ...] = ()
    answered: tuple[Event, ...] = ()
    questions: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts. `signed` are the signatures that count, by words; `own` those of who wrote the words, which are
    no second pair of eyes. `against` is every rejection that was not withdrawn, answered or not, by subject:
    whoever signs names them all. `questions` are open ones, `waived` the waivers that hold. `writers` are the names of
    who typed the words, as far as the ledger knows; `assigned` says who shall look at an event, by its id.
    """

    signed: Mapping[Words, tuple[Event, ...]] = field(default_factory=dict)
    against: Mapping[Words, tuple[Event, ...]] = field(default_factory=dict)
    objections: Mapping[str, Objection] = field(default_factory=dict)
    questions: Mapping[Words, tuple[Event, ...]] = field(default_factory=dict)
    waived: tuple[Event, ...] = ()
    ended: frozenset[str] = frozenset()
    own: Mapping[Words, tuple[Event, ...]] = field(default_factory=dict)
    writers: Mapping[Words, tuple[str, ...]] = field(default_factory=dict)
    assigned: Mapping[str, str] = field(default_factory=dict)

    def by(self, words: Words) -> tuple[Event, ...]:
        """The signatures that stand for these words, with those of who wrote them."""
        return (*self.signed.get(words, ()), *self.own.get(words, ()))

    def dispute(self, subject: Words) -> Dispute:
        """What was said against these words, or an item, and stands."""
        open_, against = self.open(subject), self.against.get(subject, ())
        return Dispute(open_, tuple(e for e in against if e not in open_), self.questions.get(subject, ()))

    def open(self, words: Words) -> tuple[Event, ...]:
        """The rejections of these words that nobody answered."""
        return tuple(e for e in self.against.get(words, ()) if self.objections[e.id] is Objection.OPEN)


def words(event: Event) -> Words:
    """What an event is about."""
    return event.source_hash, event.text_hash


def subject(event: Event) -> Words:
    """What an objection is against and a signature must answer: these words; of an item, the item however it is now."""
    return (event.source_hash, "") if event.unit_key.startswith(ITEM) else words(event)


def standing(events: Iterable[Event], trust: Trust) -> Standing:
    """What these events mean to those whose word counts."""
    by: dict[Verdict, list[Event]] = defaultdict(list)
    known: dict[str, Event] = {}
    for event in events:
        by[event.verdict].append(event)
        known[event.id] = event
    wrote = _writers(by[Verdict.CHANGE], known)
    ended = _ended(by, known, trust)
    against = _by_subject(event for event in by[Verdict.REJECT] if event.id not in ended)
    signed: dict[Words, list[Event]] = defaultdict(list)
    own: dict[Words, list[Event]] = defaultdict(list)
    answered: set[str] = set()
    for event in by[Verdict.SIGN]:
        if event.id in ended or not _may_sign(event, trust):
            continue
        if not _answers({other.id for other in against.get(subject(event), ())}, event):
            continue
        if wrote and not trust.own_text and _one_of(event.reviewer, wrote.get(words(event), ()), trust):
            own[words(event)].append(event)
            continue
        signed[words(event)].append(event)
        answered.update(each for each in event.re if each in known and subject(known[each]) == subject(event))
    asked = [event for verdict in ASKING - {Verdict.REJECT} for event in by[verdict]]
    return Standing(
        _frozen(signed),
        against,
        {event.id: _became(event, ended, answered) for event in by[Verdict.REJECT]},
        _by_subject(e for e in asked if e.id not in ended and e.id not in answered),
        tuple(event for event in by[Verdict.WAIVE] if event.id not in ended),
        frozenset(ended),
        _frozen(own),
        wrote,
        {each: event.whose for event in by[Verdict.ASSIGN] if event.id not in ended for each in event.re},
    )


def _writers(changes: Iterable[Event], known: Mapping[str, Event]) -> dict[Words, tuple[str, ...]]:
    """Who wrote the words that a text was changed to: who typed them, or who had suggested them before."""
    found: dict[Words, dict[str, None]] = defaultdict(dict)
    for event in changes:
        before = [known[own].reviewer for own in event.re if own in known and words(known[own]) == words(event)]
        found[words(event)].update(dict.fromkeys(before or [event.reviewer]))
    return {about: tuple(names) for about, names in found.items()}


def _by_subject(events: Iterable[Event]) -> dict[Words, tuple[Event, ...]]:
    found: dict[Words, list[Event]] = defaultdict(list)
    for event in events:
        found[subject(event)].append(event)
    return _frozen(found)


def _frozen(found: Mapping[Words, list[Event]]) -> dict[Words, tuple[Event, ...]]:
    return {about: tuple(each) for about, each in found.items()}


def _may_sign(event: Event, trust: Trust) -> bool:
    return _proven(event, trust) and trust.may_sign(event.reviewer, event.role, event.on)


def _proven(event: Event, trust: Trust) -> bool:
    """Whether enough is known of who said it."""
    return trust.sealed is None or event.id in trust.sealed


def _one_of(name: str, names: Iterable[str], trust: Trust) -> bool:
    """Whether a person may be one of these: where the campaign does not list its people, names that look alike are."""
    return any(name == other or (not trust.known and may_be_one(name, other)) for other in names)


def _answers(against: Collection[str], event: Event) -> bool:
    """Whether a signature names every rejection that stands, and says why it is right all the same."""
    return not against or (set(against) <= set(event.re) and bool(event.reason.strip()))


def _became(event: Event, ended: Collection[str], answered: Collection[str]) -> Objection:
    if event.id in ended:
        return Objection.WITHDRAWN
    return Objection.ANSWERED if event.id in answered else Objection.OPEN


def _ended(by: Mapping[Verdict, list[Event]], known: Mapping[str, Event], trust: Trust) -> set[str]:
    """The ids of what counts no longer: revoked, withdrawn by exactly the same person, lapsed.

    Where only verified keys count, a name alone takes nothing back: else it could let out what somebody objected to.
    """
    ended: set[str] = set()
    for event in by[Verdict.REVOKE]:
        if event.reviewer in trust.coordinators and _proven(event, trust):
            ended.update(own for own in event.re if own in known and known[own].verdict in REVOCABLE)
            if event.whose:
                ended.update(_revoked_since(event, by, known))
    for event in by[Verdict.WITHDRAW]:
        if event.id not in ended and _proven(event, trust):
            mine = (own for own in event.re if own in known and known[own].reviewer == event.reviewer)
            ended.update(own for own in mine if known[own].verdict not in _FINAL)
    for event in by[Verdict.LAPSE]:
        ended.update(own for own in event.re if own in known and known[own].verdict is Verdict.SIGN)
    return ended


def _revoked_since(event: Event, by: Mapping[Verdict, list[Event]], known: Mapping[str, Event]) -> Iterable[str]:
    """What a person said on or after a day, and whatever was unknown to who revoked it: backdating does not help."""
    seen: set[str] = set()
    todo = list(event.prev)
    while todo:
        own = todo.pop()
        if own in known and own not in seen:
            seen.add(own)
            todo += known[own].prev
    for verdict in REVOCABLE:
        for other in by[verdict]:
            if (other.id not in seen or other.on >= event.since) and faces(other.reviewer) & faces(event.whose):
                yield other.id


def people(signatures: Iterable[Event], trust: Trust) -> frozenset[str]:
    """The different people behind some signatures: those of the list of people, else those whom nobody can mix up."""
    names = {event.reviewer for event in signatures}
    return frozenset(names if trust.known else different(names))
