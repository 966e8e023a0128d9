"""Random histories on three clones: nothing is lost, order means nothing, no cut is unnoticed, no rejection passed over.

What each author had really seen is kept beside the ledger, and never read by it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from chained import line
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.ledger import earlier, entry, ledger, order
from campaign.ledger import events as said_in
from campaign.ledger.ledger import Ledger
from campaign.ledger.standing import Standing
from campaign.model.event import Event
from campaign.model.trust import Trust
from campaign.model.verdict import Verdict
from campaign.people import faces

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

#: Two of them look the same.
PEOPLE = ("Amina Haddad", "Bilal Omar", "Mina", "Mіna", "R. Weber")
TRUST = Trust(("mediator",), ("R. Weber",))
SIGN, REJECT = Verdict.SIGN, Verdict.REJECT


@dataclass
class World:
    """Three clones, and beside them all that was ever said with what its author had."""

    clones: list[bytes] = field(default_factory=lambda: [b"", b"", b""])
    everything: dict[str, Event] = field(default_factory=dict)
    saw: dict[str, set[str]] = field(default_factory=dict)
    anchors: list[tuple[tuple[str, ...], set[str]]] = field(default_factory=list)
    packs: list[tuple[tuple[str, ...], set[str]]] = field(default_factory=list)

    def say(self, clone: int, event: Event, seen: tuple[tuple[str, ...], set[str]] | None = None) -> None:
        """Write an event into a clone, by an author who had all of it or what a pack held."""
        here = ledger.of(self.clones[clone])
        heads, known = seen or (here.heads, set(here.by_id))
        own, data = line(event, heads)
        self.clones[clone] += data
        self.everything[own], self.saw[own] = event, known

    def unite(self, one: int, other: int, draw: random.Random) -> None:
        """What git may do: both sides' lines, in any order, some twice."""
        lines = (self.clones[one] + self.clones[other]).splitlines(keepends=True)
        if draw.random() < 0.3:
            draw.shuffle(lines)
        elif draw.random() < 0.5:
            lines = list(dict.fromkeys(lines))
        self.clones[one] = b"".join(lines)


SPEAKING = ("sign", "sign", "answer", "answer", "answer", "mute", "reject", "reject", "withdraw", "revoke", "since")
SPEAKING_TOO = ("unsure", "waive", "lapse")
ACTS = (*SPEAKING, *SPEAKING_TOO, "merge", "merge", "anchor", "pack", "import", "import", "tidy")
ACT = st.tuples(st.sampled_from(ACTS), *(st.integers(0, n) for n in (2, 2, 4, 2, 27)))
HISTORIES = st.lists(ACT, min_size=10, max_size=30)


def played(acts: Iterable[tuple[str, int, int, int, int, int]], seed: int) -> tuple[World, random.Random]:
    """What becomes of three clones."""
    world, draw = World(), random.Random(seed)
    for what, clone, other, who, about, day in acts:
        here = ledger.of(world.clones[clone])
        if what == "merge":
            world.unite(clone, other, draw)
        elif what == "tidy":
            world.clones[clone] = merged(world.clones[clone])
        elif what == "pack":
            world.packs.append((here.heads, set(here.by_id)))
        elif what == "anchor" and here.events:
            world.anchors.append((here.heads, set(here.by_id)))
        elif what == "import" and world.packs:  # an old answer, late, into any clone that has what the pack held
            pack = draw.choice(world.packs)
            if pack[1] <= set(here.by_id):
                world.say(clone, spoken("sign", here, who, about, day, draw), pack)
        elif what in ACTS[:14] and (here.events or what not in ("withdraw", "revoke")):
            world.say(clone, spoken(what, here, who, about, day, draw))
    return world, draw


def spoken(what: str, here: Ledger, who: int, about: int, day: int, draw: random.Random) -> Event:
    """What somebody says about a text, who has all of a clone before their eyes."""
    words = (f"{about:012x}", f"{about % 2:064x}", f"{about:064x}")
    # Somebody's clock may be wrong; the program gives an answer no day before what it answers.
    on = max(f"2026-10-{day + 1:02}", said_in.latest(here.by_id, here.heads))
    mine = [event for event in here.events if event.text_hash == words[2]]
    more: dict[str, object] = {"reason": "so it is"}
    if what in ("answer", "mute"):
        more = {"re": tuple(e.id for e in mine if e.verdict is REJECT), "reason": "" if what == "mute" else "so it is"}
    elif what in ("withdraw", "revoke"):
        more["re"] = (draw.choice(sorted(here.by_id)),)
    elif what == "lapse":
        more["re"] = tuple(event.id for event in mine)
    elif what == "since":
        more |= {"whose": PEOPLE[(who + 1) % 4], "since": f"2026-10-{(day + 3) % 28 + 1:02}"}
    verdict = Verdict({"answer": "sign", "mute": "sign", "since": "revoke"}.get(what, what))
    return Event(*words, PEOPLE[who], "mediator", on, verdict, **more)  # type: ignore[arg-type]


def merged(*copies: bytes) -> bytes:
    """The one repair."""
    made = order.merged(copies, earlier.read, said_in.day)
    assert made.aside == b""
    return made.data


def meaning(data: bytes) -> tuple[Standing, Ledger]:
    """What a file says."""
    found = ledger.of(data)
    return found.standing(TRUST), found


def comparable(stands: Standing) -> object:
    """What counts, without the order in which it is listed."""
    return (
        {words: {e.id for e in events} for words, events in stands.signed.items()},
        {words: {e.id for e in events} for words, events in stands.questions.items()},
        stands.objections,
        {event.id for event in stands.waived},
        stands.ended,
    )


@settings(max_examples=120, deadline=None)
@given(HISTORIES, st.integers(0, 2**32))
def test_merging_loses_nothing_and_needs_no_order(acts: list[tuple[str, int, int, int, int, int]], seed: int) -> None:
    """Any way of uniting three clones gives the same bytes; any order of lines the same meaning."""
    world, draw = played(acts, seed)
    one, two, three = world.clones
    whole = merged(merged(one, two), three)
    assert whole == merged(one, merged(three, two)) == merged(three, two, one) == merged(whole, whole)
    found = ledger.of(whole)
    assert set(found.book.records) == set(world.everything)
    lines = (one + three + two).splitlines(keepends=True)
    draw.shuffle(lines)
    shuffled = ledger.of(b"".join(lines))
    assert comparable(shuffled.standing(TRUST)) == comparable(found.standing(TRUST))
    assert [event.id for event in shuffled.events] == [event.id for event in found.events]
    assert not found.book.damage
    left = b"<<<<<<< HEAD\n" + one + b"=======\n" + two + b">>>>>>> theirs\n" + three
    assert {flaw.kind for flaw in ledger.of(left).book.damage} == {"conflict"} and merged(left) == whole
    grown = ledger.of(whole[: whole.find(b"\n") + 1])
    assert ledger.of(whole, grown).events == found.events, "read line by line or at once"


@settings(max_examples=120, deadline=None)
@given(HISTORIES, st.integers(0, 2**32), st.data())
def test_every_cut_and_edit_below_an_anchor_is_noticed(
    acts: list[tuple[str, int, int, int, int, int]], seed: int, data: st.DataObject
) -> None:
    """Whoever drops, changes or dates back a line, even with right hashes all the way up, misses the anchor."""
    world, draw = played(acts, seed)
    if not world.everything:
        return
    here = [ledger.of(clone) for clone in world.clones]
    heads, below = draw.choice(world.anchors or [(each.heads, set(each.by_id)) for each in here if each.events])
    lines = merged(*world.clones).splitlines()
    hit = [at for at, each in enumerate(lines) if each[7:71].decode() in below]
    victim = data.draw(st.sampled_from(hit))
    how = data.draw(st.sampled_from(["drop", "tail", "edit", "rewrite"]))
    if how == "drop":
        lines = [each for at, each in enumerate(lines) if at != victim and (at in hit or draw.random() < 0.7)]
    elif how == "tail":
        lines = lines[:victim]
    elif how == "edit":
        changed = bytearray(lines[victim])
        changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.sampled_from([1, 2, 4, 32]))
        lines[victim] = bytes(changed)
    else:
        lines = rewritten(lines, victim)
    found = ledger.of(b"\n".join(lines) + b"\n")
    missed = [own for own in heads if own not in found.book.records]
    assert missed or {flaw.kind for flaw in found.flaws} & {"edited", "junk", "cut"}, how
    assert missed or how != "rewrite"


def rewritten(lines: list[bytes], victim: int) -> list[bytes]:
    """Somebody who knows the format dates an event back and writes every later one on top of it."""
    new: dict[str, str] = {}
    out = []
    for at, each in enumerate(lines):
        record = json.loads(each)
        own = record.pop("id")
        prev = [new.get(one, one) for one in record.pop("prev")]
        if at == victim:
            record["on"] = "1970-01-01"
        if "re" in record:
            record["re"] = [new.get(one, one) for one in record["re"]]
        new[own], written = entry.line_of(record, prev)
        out.append(written)
    return out


@settings(max_examples=250, deadline=None)
@given(HISTORIES, st.integers(0, 2**32))
def test_no_rejection_is_passed_over(acts: list[tuple[str, int, int, int, int, int]], seed: int) -> None:
    """Each signature that counts had every rejection before its author's eyes, named it, and said why."""
    world, draw = played(acts, seed)
    for data in (*world.clones, merged(*world.clones)):
        stands, found = meaning(data)
        for about, signatures in stands.signed.items():
            for no in (e for e in found.events if e.verdict is REJECT and (e.source_hash, e.text_hash) == about):
                taken = [e for e in found.events if e.verdict is Verdict.WITHDRAW and no.id in e.re]
                if any(e.reviewer == no.reviewer and no.id in world.saw[e.id] for e in taken):
                    continue
                assert all(no.id in world.saw[e.id] and no.id in e.re and e.reason for e in signatures)
    stands, found = meaning(merged(*world.clones))
    for source, text in stands.signed:
        late = Event(source[:12], source, text, "Bilal Omar", "mediator", "2026-11-01", REJECT, reason="no")
        _, data = line(late, draw.sample(sorted(found.by_id), 1))
        assert (source, text) not in meaning(data + merged(*world.clones))[0].signed


@settings(max_examples=150, deadline=None)
@given(HISTORIES, st.integers(0, 2**32))
def test_who_is_revoked_since_a_day_never_counts_again(
    acts: list[tuple[str, int, int, int, int, int]], seed: int
) -> None:
    """What counts of them was known to who revoked, and older than the day; look-alikes are one pair of eyes."""
    world, _ = played(acts, seed)
    stands, found = meaning(merged(*world.clones))
    signatures = [e for each in stands.signed.values() for e in each]
    for end in (e for e in found.events if e.verdict is Verdict.REVOKE and e.reviewer == "R. Weber" and e.whose):
        for event in signatures:
            if faces(event.reviewer) & faces(end.whose):
                assert event.id in world.saw[end.id] and event.on < end.since
    for about, each in stands.signed.items():
        names = {event.reviewer for event in each}
        assert len(found.approvals(TRUST)[about]) == len(names) - ({"Mina", "Mіna"} <= names)


@pytest.mark.parametrize("verdict", [Verdict.SIGN, Verdict.WAIVE, Verdict.UNSURE, Verdict.SUGGEST, Verdict.COMMENT])
def test_an_objection_is_ended_by_nothing_else(verdict: Verdict) -> None:
    """Neither by what does not name it nor by what does, unless it answers or takes it back."""
    about = ("0" * 12, "0" * 64, "1" * 64)
    no = Event(*about, "Bilal Omar", "mediator", "2026-10-01", REJECT, reason="no")
    own, first = line(no)
    for re in ((), (own,)):
        _, second = line(Event(*about, "Bilal Omar", "mediator", "2026-10-02", verdict, re=re), [own])
        stands, found = meaning(first + second)
        assert stands.objections == {own: "open"} and not stands.signed
        assert [event.id for event in stands.open(about[1:])] == [own] and not found.flaws
