"""Lines of earlier versions: read as what they always meant, judged as they were, never rewritten."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.ledger import earlier, ledger
from campaign.ledger.waivers import Waivers
from campaign.model.event import Event
from campaign.model.trust import Trust
from campaign.model.verdict import Verdict
from campaign.people import plain

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

WORDS = ("ab" * 6, "cd" * 32, "ef" * 32)
WHO = ("أ. حداد", "mediator", "2026-11-20")
NAMES = ("unit_key", "source_hash", "text_hash", "reviewer", "role", "on", "verdict", "comment")

#: What an earlier version wrote as verdict and comment, and what that is now: verdict, rule, reason, comment.
EARLIER = {
    ("sign", "read aloud"): (Verdict.SIGN, "", "", "read aloud"),
    ("sign", ""): (Verdict.SIGN, "", "", ""),
    ("reject", "Zu hart: so spricht niemand."): (Verdict.REJECT, "", "Zu hart: so spricht niemand.", ""),
    ("comment", "Kürzer?"): (Verdict.COMMENT, "", "", "Kürzer?"),
    ("comment", "I don't know"): (Verdict.UNSURE, "", "", ""),
    ("comment", "I don't know: is it a clinic?"): (Verdict.UNSURE, "", "", "is it a clinic?"),
    ("waive", "stigma: a quotation: see page 3"): (Verdict.WAIVE, "stigma", "a quotation: see page 3", ""),
    ("lapse", "the text was changed"): (Verdict.LAPSE, "", "the text was changed", ""),
}


def first(verdict: str, comment: str = "", prev: str = earlier.ROOT, **more: Any) -> bytes:
    """A line as version 1 wrote it, key by key."""
    values = dict(zip(NAMES, (*WORDS, *WHO, verdict, comment), strict=True))
    return json.dumps({"prev": prev, **values, **more}, ensure_ascii=False).encode()


def second(verdict: str, prev: str = earlier.ROOT, **more: Any) -> bytes:
    """A line as version 2 wrote it."""
    values = dict(zip(NAMES, (*WORDS, *WHO, verdict, ""), strict=True))
    return json.dumps({"prev": prev, "version": 2, **values, "rule": "", "reason": "", **more}).encode()


def after(line: bytes) -> str:
    """What the next line carried."""
    return hashlib.sha256(line).hexdigest()


@pytest.mark.parametrize("old", EARLIER, ids=str)
def test_a_line_of_an_earlier_version_is_understood_as_the_new_thing(old: tuple[str, str]) -> None:
    """A waiver has its rule and reason, a question is a question, a rejection has its reason."""
    (event,) = ledger.of(first(*old) + b"\n").events
    assert (event.verdict, event.rule, event.reason, event.comment) == EARLIER[old]
    assert event.id == after(first(*old)) and event.prev == ()


def test_an_earlier_ledger_goes_on_without_a_byte_of_it_rewritten(tmp_path: Path) -> None:
    """Its lines stay and count, new ones follow, its waivers still waive and its rejection still voids."""
    path, prev, lines = tmp_path / "reviews.jsonl", earlier.ROOT, b""
    for old in EARLIER:
        made = first(*old, prev)
        prev, lines = after(made), lines + made + b"\n"
    path.write_bytes(lines)
    before = ledger.read(path, "x")
    assert before.head == prev and not before.flaws
    assert before.approvals(Trust()) == {}
    assert Waivers.of(before.standing(Trust()).waived).codes(*WORDS) == {"stigma"}

    news = Event(*WORDS, *WHO, Verdict.WAIVE, rule="plain", reason="a name")
    ledger.append(path, "x", [news, Event(*WORDS, *WHO, Verdict.SIGN)])

    assert path.read_bytes().startswith(lines)
    now = ledger.read(path, "x")
    assert now.events == (*before.events, news, Event(*WORDS, *WHO, Verdict.SIGN))
    assert now.events[-2].prev == (prev,), "the new lines hold the old ones fast"
    assert Waivers.of(now.standing(Trust()).waived).codes(*WORDS) == {"stigma", "plain"}


def present_reader(line: bytes) -> str:
    """What the reader of version 2 said of a line before it looked at anything else of it."""
    record = json.loads(line)
    version = record.pop("version", 1)
    return "upgrade" if type(version) is int and version > 2 else "not an event"


def test_the_program_before_asks_to_be_upgraded(tmp_path: Path) -> None:
    """A line of today is no damage to it, and it adds nothing behind it."""
    path = tmp_path / "reviews.jsonl"
    ledger.append(path, "x", [Event(*WORDS, *WHO, Verdict.SIGN)])
    assert present_reader(path.read_bytes()) == "upgrade"


@pytest.mark.parametrize(
    "more",
    [
        {"version": 0},
        {"version": 3},
        {"version": "2"},
        {"version": True},
        {"version": 2.0},
        {"verdict": "change"},
        {"verdict": "withdraw"},
        {"reason": 1},
        {"more": ""},
        {"forms": ["other words"]},
    ],
    ids=str,
)
def test_a_line_of_another_shape_is_no_event(more: dict[str, Any]) -> None:
    """A field too many or too few, another type, a verdict that it did not have, words that are not those signed."""
    assert ledger.of(second("sign") + b"\n").events
    found = ledger.of(second(**{"verdict": "sign", **more}) + b"\n")
    assert not found.events and [flaw.kind for flaw in found.flaws] == ["junk"]


@pytest.mark.parametrize("more", [{"version": 4, "verdict": "bless"}, {"verdict": "bless"}, {"version": 4}], ids=str)
def test_a_line_of_a_newer_program_asks_for_that_program(more: dict[str, Any]) -> None:
    """It is not called damaged, and nobody is told to restore a copy over it."""
    (flaw,) = ledger.of(second(**{"verdict": "sign", **more}) + b"\n").flaws
    told = str(flaw.problem("x"))
    assert "newer version" in told and "upgrade" in told and "copy" not in told


def test_nobody_writes_the_old_form_any_more() -> None:
    """Behind a line that proves itself such a line is made up: it would answer every objection without naming one."""
    no = ledger.of(first("reject", "no") + b"\n")
    signed = first("sign", "", no.head)
    assert ledger.of(first("reject", "no") + b"\n" + signed + b"\n").approvals(Trust())
    from chained import line

    own, new = line(Event(*WORDS, *WHO, Verdict.REJECT, reason="no"))
    found = ledger.of(new + first("sign", "", own) + b"\n")
    assert not found.approvals(Trust()) and [flaw.line for flaw in found.flaws] == [2]


def test_two_copies_that_went_on_by_themselves_are_united() -> None:
    """Before the upgrade that was "the history was edited"; both sides count now, and a rejection wins."""
    stem = first("comment", "stem")
    mine, theirs = first("sign", "", after(stem)), first("reject", "no", after(stem))
    other = first("sign", "", after(theirs), text_hash="12" * 32)
    for lines in ([stem, mine, theirs, other], [stem, theirs, other, mine], [other, mine, stem, theirs]):
        found = ledger.of(b"\n".join(lines) + b"\n")
        assert not found.flaws and len(found.events) == 4
        assert list(found.approvals(Trust())) == [(WORDS[1], "12" * 32)]


def test_an_edited_line_shows_by_the_line_behind_it() -> None:
    """As before: of the last line, only an anchor knows."""
    one = first("reject", "no")
    two = first("comment", "x", after(one))
    found = ledger.of(one.replace(b"reject", b"sign") + b"\n" + two + b"\n")
    assert [(flaw.kind, flaw.line) for flaw in found.flaws] == [("cut", 2)]


def old_judgement(rows: list[tuple[int, str, str, str]], roles: set[str]) -> dict[int, set[str]]:
    """What the program before said: the people whose last word on a text, in the order of lines, was approval."""
    standing: dict[int, dict[str, str]] = defaultdict(dict)
    for text, verdict, who, role in rows:
        if verdict == "sign" and role in roles:
            standing[text].setdefault(plain(who), who)
        elif verdict in ("reject", "lapse"):
            standing[text].clear()
    return {text: set(people.values()) for text, people in standing.items() if people}


ROW = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["sign", "sign", "sign", "reject", "lapse", "comment", "waive"]),
    st.sampled_from(["Amina Haddad", "Bilal Omar", "M. Weber"]),
    st.sampled_from(["mediator", "mediator", "second reader", "translator"]),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(ROW, max_size=25), st.booleans())
def test_old_histories_are_judged_as_they_were(rows: list[tuple[int, str, str, str]], late: bool) -> None:
    """Whatever people said in which order; and the same after new events about something else."""
    data, prev = b"", earlier.ROOT
    for text, verdict, who, role in rows:
        line = first(
            verdict, "a: b" if verdict == "waive" else "", prev, text_hash=f"{text:064x}", reviewer=who, role=role
        )
        data, prev = data + line + b"\n", after(line)
    before = ledger.of(data)
    assert not before.flaws and len(before.events) == len(rows)
    trust = Trust(("mediator", "second reader"))
    judged = {int(text, 16): set(people) for (_, text), people in before.approvals(trust).items()}
    assert judged == old_judgement(rows, set(trust.roles))
    assert ledger.of(data).heads == before.heads
