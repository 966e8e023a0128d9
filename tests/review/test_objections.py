"""Objections live: to a sentence, to an item as a whole, to a point of its picture; shown, answered, never passed over."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from signing import answer

from campaign.ledger.standing import Objection
from campaign.ledger.verdicts import Person
from campaign.model.spot import Spot, spot
from campaign.model.state import State
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.decide import decide
from campaign.review.decision import Decision, Outcome, Why
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet, shown
from campaign.review.threads import open_threads, threads

ON = date(2026, 11, 24)
A, B, C = Person("A. Haddad", "mediator"), Person("M. Weber", "mediator"), Person("L. Omar", "second reader")
LEAFLET, SMS = "item:BE/migrants/leaflet", "item:BE/migrants/sms"


def item_of(sheet: Sheet, name: str) -> Any:
    """An item of a language by its name in the ledger."""
    return next(item for item in sheet.items if item.job.item == name)


def said(
    desk: Desk, verdict: Verdict, by: Person, *, item: str = SMS, since: str | None = None, **more: Any
) -> Outcome:
    """One decision about an item as a whole by somebody who sees it as it is."""
    sheet = desk.sheet("de")
    head = sheet.ledger.head if since is None else since
    seen = more.pop("seen", shown(sheet, item_of(sheet, item)))
    return decide(desk, "de", [Decision(item, verdict, by, seen, head, **more)], ON)[0]


@pytest.fixture
def desk(signed: Project) -> Desk:
    """The mediator's desk of a workspace whose German message for migrants M. Weber signed in every item."""
    return Desk(signed)


def state(desk: Desk, item: str = SMS) -> State:
    """How far an item is."""
    sheet = desk.sheet("de")
    return sheet.state_of(item_of(sheet, item))


def test_an_item_to_which_somebody_objects_is_neither_signed_nor_released(desk: Desk, cli: Any) -> None:
    """At every door, until a second person answers by name with a reason; then both stand in the history."""
    assert state(desk) is State.SIGNED
    assert said(desk, Verdict.REJECT, A, reason="Das Bild macht Angst").done
    assert state(desk) is State.DRAFT
    for again in (B, C):
        outcome = said(desk, Verdict.SIGN, again)
        assert outcome.has(Why.OBJECTION) or outcome.has(Why.ROLE)
    text = ["review", "sign", "--item", "BE/de/migrants/sms", "--name", "Weber"]
    ended = cli.run(*text, at=desk.project)
    assert ended.code != 0 and "A. Haddad" in ended.err and "Angst" in ended.err
    release = cli.run(
        "build", "--release", "--lang", "de", "--audience", "migrants", "--channel", "sms", at=desk.project
    )
    assert release.code == 1 and "A. Haddad said that it is not right" in release.err

    assert said(desk, Verdict.SIGN, B, answers=("A. Haddad",)).has(Why.OBJECTION), "by name alone is no answer"
    assert said(desk, Verdict.SIGN, B, reason="Es ist ein Foto").has(Why.OBJECTION), "a reason without the name is none"
    assert said(desk, Verdict.SIGN, B, answers=("A. Haddad",), reason="Es gibt kein Bild in einer SMS").done
    assert state(desk) is State.SIGNED
    (thread,) = threads(desk.sheet("de"), SMS)
    assert (thread.became, thread.settled and thread.settled.reviewer) == (Objection.ANSWERED, "M. Weber")


def test_an_objection_to_an_item_stands_however_the_item_changes(desk: Desk) -> None:
    """A number that changes answers nobody: what was said of the picture is still open."""
    assert said(desk, Verdict.REJECT, A, reason="zu klein", item=LEAFLET).done
    contacts = desk.project.contacts
    contacts.write_text(contacts.read_text(encoding="utf-8").replace("+3232011690", "+3232011691"), encoding="utf-8")
    assert said(desk, Verdict.SIGN, B, item=LEAFLET).has(Why.OBJECTION)
    assert [thread.about.reason for thread in open_threads(desk.sheet("de"))] == ["zu klein"]


def test_who_objected_takes_it_back_and_nobody_else(desk: Desk) -> None:
    """By exactly the same name; the item is then as signed as it was."""
    (event,) = said(desk, Verdict.REJECT, A, reason="zu klein").events
    head = desk.sheet("de").ledger.head
    own = next(e.id for e in desk.sheet("de").ledger.events if e.reviewer == event.reviewer)
    theirs = Decision("", Verdict.WITHDRAW, B, "", head, re=(own,))
    assert decide(desk, "de", [theirs], ON)[0].has(Why.NAME)
    assert state(desk) is State.DRAFT
    assert decide(desk, "de", [Decision("", Verdict.WITHDRAW, A, "", head, re=(own,))], ON)[0].done
    assert state(desk) is State.SIGNED
    (thread,) = threads(desk.sheet("de"), SMS)
    assert (thread.became, thread.settled and thread.settled.on) == (Objection.WITHDRAWN, ON.isoformat())


def test_who_objected_takes_it_back_by_signing(desk: Desk) -> None:
    """As with a sentence: whoever signs what they objected to says so."""
    assert said(desk, Verdict.REJECT, A, reason="zu klein").done
    assert said(desk, Verdict.SIGN, A).done
    assert state(desk) is State.SIGNED
    assert threads(desk.sheet("de"), SMS)[0].became is Objection.WITHDRAWN


def test_an_objection_that_came_after_one_looked_stands(desk: Desk) -> None:
    """A page that was open before cannot sign over what it did not show, even by name."""
    head = desk.sheet("de").ledger.head
    assert said(desk, Verdict.REJECT, A, reason="zu klein").done
    outcome = said(desk, Verdict.SIGN, B, since=head, answers=("A. Haddad",), reason="doch")
    assert outcome.has(Why.OBJECTION)


def test_a_sentence_of_the_item_blocks_it_too(desk: Desk) -> None:
    """Whoever signs the item must answer what was said of one of its sentences."""
    key = item_of(desk.sheet("de"), SMS).keys[0]
    assert answer(desk, "de", key, Verdict.REJECT, A, ON, reason="so spricht niemand").done
    assert said(desk, Verdict.SIGN, B).has(Why.OBJECTION)
    assert said(desk, Verdict.SIGN, B, answers=("A. Haddad",), reason="doch").done
    assert state(desk) is State.SIGNED


def test_a_question_or_a_remark_stops_nothing(desk: Desk) -> None:
    """They are shown; a question is answered by whoever signs after it."""
    assert said(desk, Verdict.UNSURE, A, comment="Stimmt die Reihenfolge?").done
    assert said(desk, Verdict.COMMENT, A, comment="schön").done
    assert state(desk) is State.SIGNED
    assert [thread.open for thread in threads(desk.sheet("de"), SMS)] == [True, False]
    assert said(desk, Verdict.SIGN, Person("K. Roth", "mediator")).done
    assert not open_threads(desk.sheet("de"))


def test_replies_stay_with_what_they_answer(desk: Desk, cli: Any) -> None:
    """In the order in which they came, replies to replies too, whatever words stand by then."""
    key = item_of(desk.sheet("de"), SMS).keys[0]
    assert answer(desk, "de", key, Verdict.REJECT, A, ON, reason="so spricht niemand").done
    own = open_threads(desk.sheet("de"))[0].about.id
    reply = ("review", "reply", "de", own[:12], "--name", "M. Weber", "--comment", "Wie dann?")
    assert cli.run(*reply, at=desk.project).code == 0
    first = threads(desk.sheet("de"), key)[0].replies[0].id
    assert cli.run(*reply[:3], first[:12], *reply[4:6], "--comment", "Und wo?", at=desk.project).code == 0
    assert cli.run(*reply, at=desk.project).code == 0, "the same reply again adds nothing"
    (thread,) = threads(desk.sheet("de"), key)
    assert [each.comment for each in thread.replies] == ["Wie dann?", "Und wo?"]
    assert thread.open


def test_the_coordinator_sees_what_is_open_and_asks_somebody(desk: Desk, cli: Any) -> None:
    """`review open` lists all of it with its id; `review assign` names who shall look; the last word counts."""
    assert said(desk, Verdict.REJECT, A, reason="zu klein\nforged line", item=LEAFLET, at="page-1.png 432,611").done
    key = item_of(desk.sheet("de"), SMS).keys[0]
    assert answer(desk, "de", key, Verdict.UNSURE, C, ON, comment="eine Klinik?").done
    listed = cli.run("review", "open", at=desk.project)
    assert len(listed.out.splitlines()) == 3 and listed.out.endswith("2 open.\n")
    assert "page-1.png 432,611" in listed.out and "BE/de/migrants/leaflet" in listed.out
    own = re.findall(r"^de (\w{12})", listed.out, re.MULTILINE)
    for to in ("L. Omar", "K. Roth"):
        assign = cli.run("review", "assign", "de", *own, "--to", to, "--name", "Coordinator", at=desk.project)
        assert assign.code == 0
    assert cli.run("review", "open", "de", at=desk.project).out.count("(for K. Roth)") == 2
    assert {thread.assigned for thread in open_threads(Desk(desk.project).sheet("de"))} == {"K. Roth"}
    assert " assign " in (log := cli.run("review", "log", "de", at=desk.project).out) and "for K. Roth:" in log
    wrong = cli.run("review", "assign", "de", own[0], "--to", "\u202e", "--name", "Coordinator", at=desk.project)
    assert wrong.code != 0 and "Traceback" not in wrong.err


@pytest.mark.parametrize(
    "at", ["page-1.png 1001,3", "page-1.png 3", "../x 1,2", "a b 1,2", "page-1.png -1,2", "x\n1,2"]
)
def test_a_point_that_is_none_is_refused(desk: Desk, at: str) -> None:
    """From a forged form; what an edited ledger says of points is shown without one."""
    assert spot(at) is None
    assert said(desk, Verdict.REJECT, A, reason="hier", at=at).has(Why.FORM)


def test_a_point_comes_back_as_it_was_kept(desk: Desk) -> None:
    """Thousandths of the picture, by the name of its file."""
    assert said(desk, Verdict.REJECT, A, reason="hier", at=str(Spot("page-2.png", 0, 1000)), item=LEAFLET).done
    (thread,) = threads(desk.sheet("de"), LEAFLET)
    assert thread.spot == Spot("page-2.png", 0, 1000)


def test_the_audit_report_says_what_became_of_objections(desk: Desk, cli: Any, tmp_path: Path) -> None:
    """Open, answered or taken back, by whom and when."""
    assert said(desk, Verdict.REJECT, A, reason="zu klein").done
    assert said(desk, Verdict.SIGN, B, answers=("A. Haddad",), reason="groß genug").done
    assert said(desk, Verdict.REJECT, C, reason="zu bunt", item=LEAFLET).done
    assert cli.run("review", "log", "de", "--html", str(tmp_path / "a.html"), at=desk.project).code == 0
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert f"[answered, M. Weber, {ON.isoformat()}]" in page and "[open]" in page
    assert "Objections and questions open: 1." in page
    status = cli.run("status", "--lang", "de", at=desk.project)
    assert "de: 1 objections are open" in status.out
