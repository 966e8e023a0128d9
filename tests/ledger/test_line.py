"""Lines of a ledger: those of an earlier version say what they always said, new ones say rule and reason by themselves."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import CampaignError
from campaign.ledger import ledger, line
from campaign.ledger.waivers import Waivers
from campaign.model.event import Event
from campaign.model.verdict import WRITTEN, Verdict

WORDS = ("ab" * 6, "cd" * 32, "ef" * 32)
WHO = ("أ. حداد", "mediator", "2026-11-20")

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


def earlier_line(verdict: str, comment: str, prev: str = ledger.ROOT) -> bytes:
    """A line as version 1 wrote it, key by key."""
    names = ("prev", "unit_key", "source_hash", "text_hash", "reviewer", "role", "on", "verdict", "comment")
    return json.dumps(
        dict(zip(names, (prev, *WORDS, *WHO, verdict, comment), strict=True)), ensure_ascii=False
    ).encode()


@pytest.mark.parametrize("old", EARLIER, ids=str)
def test_a_line_of_an_earlier_version_is_understood_as_the_new_thing(old: tuple[str, str]) -> None:
    """A waiver has its rule and reason, a question is a question, a rejection has its reason."""
    prev, event = line.read(earlier_line(*old))
    assert prev == ledger.ROOT
    assert event is not None
    assert (event.verdict, event.rule, event.reason, event.comment) == EARLIER[old]


def test_an_earlier_ledger_goes_on_without_a_byte_of_it_rewritten(tmp_path: Path) -> None:
    """Its chain holds, new lines follow, its waivers still waive and its rejection still voids."""
    path, prev, lines = tmp_path / "reviews.jsonl", ledger.ROOT, b""
    for old in EARLIER:
        made = earlier_line(*old, prev)
        prev, lines = hashlib.sha256(made).hexdigest(), lines + made + b"\n"
    path.write_bytes(lines)
    before = ledger.read(path, "x")
    assert before.head == prev
    assert before.approvals(["mediator"]) == {}
    assert Waivers.of(before.events).codes(*WORDS) == {"stigma"}

    news = Event(*WORDS, *WHO, Verdict.WAIVE, rule="plain", reason="a name")
    ledger.append(path, "x", [news, Event(*WORDS, *WHO, Verdict.SIGN)])

    assert path.read_bytes().startswith(lines)
    after = ledger.read(path, "x")
    assert after.events == (*before.events, news, Event(*WORDS, *WHO, Verdict.SIGN))
    assert Waivers.of(after.events).codes(*WORDS) == {"stigma", "plain"}
    assert list(after.approvals(["mediator"])) == [WORDS[1:]]


def test_what_the_first_version_can_say_is_written_in_it() -> None:
    """A signature and a remark are lines that an earlier program reads; only what it has no word for is version 2."""
    for verdict, comment in (("sign", "read aloud"), ("comment", "Kürzer?")):
        event = Event(*WORDS, *WHO, Verdict(verdict), comment)
        assert line.written(event, ledger.ROOT) == earlier_line(verdict, comment)
    for event in (
        Event(*WORDS, *WHO, Verdict.UNSURE),
        Event(*WORDS, *WHO, Verdict.SUGGEST),
        Event(*WORDS, *WHO, Verdict.REJECT, reason="no"),
        Event(*WORDS, *WHO, Verdict.WAIVE, rule="stigma", reason="no"),
        Event(*WORDS, *WHO, Verdict.COMMENT, "I don't know why this is here"),
    ):
        record = json.loads(line.written(event, ledger.ROOT))
        assert (record["version"], record["verdict"]) == (2, event.verdict)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["I don't know", "I don't know: x", "a: b"]
)


@given(verdict=st.sampled_from(sorted(WRITTEN)), comment=TEXT, rule=TEXT, reason=TEXT, prev=st.text("0123456789abcdef"))
def test_every_event_is_read_back_as_it_was_written(
    verdict: Verdict, comment: str, rule: str, reason: str, prev: str
) -> None:
    """Whatever people write into the fields."""
    event = Event(*WORDS, *WHO, verdict, comment, rule, reason)
    assert line.read(line.written(event, prev)) == (prev, event)


def changed(**more: Any) -> bytes:
    """A line of version 2 with other values."""
    record = json.loads(line.written(Event(*WORDS, *WHO, Verdict.WAIVE, rule="a", reason="b"), ledger.ROOT))
    return json.dumps({key: value for key, value in {**record, **more}.items() if value is not None}).encode()


@pytest.mark.parametrize(
    "more",
    [
        {"version": 1},
        {"version": 0},
        {"version": "2"},
        {"version": True},
        {"version": 2.0},
        {"verdict": "change"},
        {"rule": None},
        {"reason": 1},
        {"more": ""},
    ],
    ids=str,
)
def test_a_line_of_another_shape_is_no_event(more: dict[str, Any]) -> None:
    """A field too many or too few, another type, a verdict that no ledger holds."""
    assert line.read(changed())[1] is not None
    assert line.read(changed(**more)) == ("", None)


@pytest.mark.parametrize(
    "more", [{"version": 3, "verdict": "bless"}, {"verdict": "bless"}, {"version": 3, "re": []}], ids=str
)
def test_a_line_of_a_newer_program_asks_for_that_program(tmp_path: Path, more: dict[str, Any]) -> None:
    """It is not called damaged, and nobody is told to restore a copy over it."""
    path = tmp_path / "reviews.jsonl"
    path.write_bytes(changed(**more) + b"\n")
    with pytest.raises(CampaignError, match="newer version") as caught:
        ledger.read(path, "x")
    assert "upgrade" in str(caught.value) and "copy" not in str(caught.value)
    with pytest.raises(CampaignError):
        ledger.append(path, "x", [Event(*WORDS, *WHO, Verdict.SIGN)])
