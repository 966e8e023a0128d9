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
from campaign.model.trust import Trust
from campaign.model.verdict import ASKING, Verdict
from campaign.people import different, faces

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
class Standing:
    """What counts. `signed` are the signatures that count, by words; `against` every rejection that was not withdrawn,
    answered or not: whoever signs names them all. `questions` are open ones, `waived` the waivers that hold.
    """

    signed: Mapping[Words, tuple[Event, ...]] = field(default_factory=dict)
    against: Mapping[Words, tuple[Event, ...]] = field(default_factory=dict)
    objections: Mapping[str, Objection] = field(default_factory=dict)
    questions: Mapping[Words, tuple[Event, ...]] = field(default_factory=dict)
    waived: tuple[Event, ...] = ()
    ended: frozenset[str] = frozenset()

    def open(self, words: Words) -> tuple[Event, ...]:
        """The rejections of these words that nobody answered."""
        return tuple(e for e in self.against.get(words, ()) if self.objections[e.id] is Objection.OPEN)


def words(event: Event) -> Words:
    """What an event is about."""
    return event.source_hash, event.text_hash


def standing(events: Iterable[Event], trust: Trust) -> Standing:
    """What these events mean to those whose word counts."""
    by: dict[Verdict, list[Event]] = defaultdict(list)
    known: dict[str, Event] = {}
    for event in events:
        by[event.verdict].append(event)
        known[event.id] = event
    ended = _ended(by, known, trust)
    against = _by_words(event for event in by[Verdict.REJECT] if event.id not in ended)
    signed: dict[Words, list[Event]] = defaultdict(list)
    answered: set[str] = set()
    for event in by[Verdict.SIGN]:
        if event.id in ended or not _may_sign(event, trust):
            continue
        if _answers({other.id for other in against.get(words(event), ())}, event):
            signed[words(event)].append(event)
            answered.update(own for own in event.re if own in known and words(known[own]) == words(event))
    asked = [event for verdict in ASKING - {Verdict.REJECT} for event in by[verdict]]
    return Standing(
        {about: tuple(signatures) for about, signatures in signed.items()},
        against,
        {event.id: _became(event, ended, answered) for event in by[Verdict.REJECT]},
        _by_words(e for e in asked if e.id not in ended and e.id not in answered),
        tuple(event for event in by[Verdict.WAIVE] if event.id not in ended),
        frozenset(ended),
    )


def _by_words(events: Iterable[Event]) -> dict[Words, tuple[Event, ...]]:
    found: dict[Words, list[Event]] = defaultdict(list)
    for event in events:
        found[words(event)].append(event)
    return {about: tuple(each) for about, each in found.items()}


def _may_sign(event: Event, trust: Trust) -> bool:
    listed = not trust.people or event.reviewer in trust.people
    return _proven(event, trust) and event.role in trust.roles and listed


def _proven(event: Event, trust: Trust) -> bool:
    """Whether enough is known of who said it."""
    return trust.sealed is None or event.id in trust.sealed


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
    return frozenset(names if trust.people else different(names))
