"""Two pairs of eyes that are two: who wrote a text does not review it, and people are those that the campaign lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from signing import answer

from campaign import config
from campaign.errors import CampaignError
from campaign.ledger.verdicts import Person
from campaign.model.state import State
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.decision import Why
from campaign.review.session import Desk
from campaign.review.waiting import letter, nobody, readers, waiting

ON = date(2026, 11, 24)
A, B, C = Person("Amina Haddad", "mediator"), Person("Moritz Weber", "mediator"), Person("A. Haddad", "mediator")


def plain_key(desk: Desk) -> str:
    """A German sentence without placeholders."""
    return next(key for key, line in desk.sheet("de").lines.items() if "%" not in line.unit.source and not line.errors)


def setting(project: Project, text: str) -> None:
    """Put settings into `[review]`."""
    whole = project.config.read_text(encoding="utf-8")
    assert whole.count("\n[review]\n") == 1
    project.config.write_text(whole.replace("\n[review]\n", f"\n[review]\n{text}\n"), encoding="utf-8")


def people(project: Project, text: str) -> None:
    """Write reviewers.toml."""
    (project.root / "reviewers.toml").write_text(text, encoding="utf-8")


def changed(desk: Desk, key: str, by: Person, text: str) -> None:
    """Somebody writes another text."""
    assert answer(desk, "de", key, Verdict.CHANGE, by, ON, forms=(text,)).done


def test_who_wrote_a_text_does_not_review_it(workspace: Project) -> None:
    """ISO 17100: their signature stands and waits for somebody else, whoever comes first."""
    desk = Desk(workspace)
    key = plain_key(desk)
    changed(desk, key, A, "Ganz andere Worte")
    assert answer(desk, "de", key, Verdict.SIGN, A, ON).events
    line = desk.sheet("de").lines[key]
    assert (line.state, line.waits, line.signed_by(A.name)) == (State.DRAFT, True, True)
    assert not answer(desk, "de", key, Verdict.SIGN, A, ON).events, "the same signature again adds nothing"
    answer(desk, "de", key, Verdict.SIGN, C, ON)
    assert desk.sheet("de").lines[key].state is State.DRAFT, "A. Haddad may be Amina Haddad"
    answer(desk, "de", key, Verdict.SIGN, B, ON)
    assert desk.sheet("de").lines[key].state is State.SIGNED
    fresh = Desk(workspace).sheet("de").lines[key]
    assert (fresh.state, fresh.approved_by, fresh.own_by) == (State.SIGNED, {B.name}, {A.name, C.name})


def test_a_campaign_may_say_that_one_person_is_enough(workspace: Project) -> None:
    """`own_text` in `[review]`: where a language has one mediator."""
    setting(workspace, "own_text = true")
    desk = Desk(workspace)
    key = plain_key(desk)
    changed(desk, key, A, "Ganz andere Worte")
    answer(desk, "de", key, Verdict.SIGN, A, ON)
    assert desk.sheet("de").lines[key].state is State.SIGNED


def test_who_takes_over_a_suggestion_did_not_write_it(workspace: Project) -> None:
    """B puts in what A had suggested: B has read it, and A's own signature would not count."""
    desk = Desk(workspace)
    key = plain_key(desk)
    assert answer(desk, "de", key, Verdict.REJECT, A, ON, reason="steif", forms=("Ganz andere Worte",)).done
    changed(desk, key, B, "Ganz andere Worte")
    answer(desk, "de", key, Verdict.SIGN, A, ON)
    assert desk.sheet("de").lines[key].state is State.DRAFT
    answer(desk, "de", key, Verdict.SIGN, B, ON)
    assert desk.sheet("de").lines[key].state is State.SIGNED


def test_whose_words_they_are_is_about_exactly_these_words(workspace: Project) -> None:
    """A's text, changed by B, is B's: A reviews it; what B wrote over is still in the ledger."""
    desk = Desk(workspace)
    key = plain_key(desk)
    changed(desk, key, A, "Ganz andere Worte")
    changed(desk, key, B, "Noch einmal andere")
    answer(desk, "de", key, Verdict.SIGN, A, ON)
    assert desk.sheet("de").lines[key].state is State.SIGNED
    assert ("Ganz andere Worte",) in [event.forms for event in desk.sheet("de").ledger.events]


LISTED = """
[[reviewer]]
name = "Amina Haddad"
languages = ["de", "ar"]
from = 2026-01-01
until = 2026-11-30

[[reviewer]]
name = "A. Haddad"
languages = ["de"]
roles = ["mediator", "second reader"]
"""


def test_only_who_is_listed_signs_and_each_is_somebody_else(workspace: Project, cli: Any) -> None:
    """In their language, role and time; everybody may still object, ask and correct."""
    people(workspace, LISTED)
    desk = Desk(workspace)
    key = plain_key(desk)
    assert answer(desk, "de", key, Verdict.SIGN, B, ON).has(Why.PERSON)
    assert answer(desk, "de", key, Verdict.COMMENT, B, ON, comment="schön").done
    assert answer(desk, "de", key, Verdict.SIGN, A, date(2026, 12, 1)).has(Why.PERSON)
    assert answer(desk, "de", key, Verdict.SIGN, A, date(2025, 12, 31)).has(Why.PERSON)
    assert answer(desk, "ar", plain_key(desk), Verdict.SIGN, C, ON).has(Why.PERSON)
    changed(desk, key, A, "Ganz andere Worte")
    assert answer(desk, "de", key, Verdict.SIGN, C, ON).done
    assert desk.sheet("de").lines[key].state is State.SIGNED, "listed names are different people, however alike"
    said = "review sign de --audience migrants --channel sms --name Eve"
    assert "does not stand in reviewers.toml for de" in cli.run(*said.split(), at=workspace).err


def test_what_somebody_signed_in_their_time_stays(workspace: Project) -> None:
    """The day of a signature decides, not today; who is taken out of the list never signed."""
    people(workspace, LISTED)
    desk = Desk(workspace)
    key = plain_key(desk)
    assert answer(desk, "de", key, Verdict.SIGN, A, ON).done
    assert Desk(workspace).sheet("de").lines[key].state is State.SIGNED
    people(workspace, LISTED.replace("Amina Haddad", "Somebody Else"))
    assert desk.sheet("de").lines[key].state is State.DRAFT, "the page sees the new list at once"


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("[[reviewer]]\nname = 'A B'\n", "reviewers.toml:1: reviewer[1].languages", "is missing"),
        (
            "\n\n[[reviewer]]\nname = 'A B'\nlanguages = ['xx']\n",
            "reviewers.toml:3",
            "not one of the campaign's languages",
        ),
        ("[[reviewer]]\nname = 'A B'\nlanguages = ['de']\nemail = 'a@b.org'\n", "reviewer[1].email", "no place here"),
        ("[[reviewer]]\nname = 'A B'\nlanguages = ['de']\nPhone2 = 1\n", "reviewer[1].Phone2", "no place here"),
        ("[[reviewer]]\nname = 'a@b.org'\nlanguages = ['de']\n", "reviewer[1].name", "how somebody is reached"),
        (
            "[[reviewer]]\nname = 'Ann 0487 12 34 56'\nlanguages = ['de']\n",
            "reviewer[1].name",
            "how somebody is reached",
        ),
        ("[[reviewer]]\nname = 'A\u202eB'\nlanguages = ['de']\n", "reviewers.toml:1", "U+202E"),
        ("[[reviewer]]\nname = 'A B'\nlanguages = ['de']\nroles = ['boss']\n", "reviewer[1].roles", "'boss'"),
        ("[[reviewer]]\nname = 'A B'\nlanguages = ['de']\nfrom = 2026-02-01\nuntil = 2026-01-01\n", ".until", "before"),
        ("[[reviewer]]\nname = 'A B'\nlanguages = ['de']\nuntil = 'soon'\n", "reviewer[1].until", "must be a date"),
        ("[[reviewer]]\nname = 'A B'\nlanguages = ['de']\n" * 2, "reviewers.toml:4: reviewer[2].name", "twice"),
        (
            "[[reviewer]]\nname = 'Anna'\nlanguages = ['de']\n[[reviewer]]\nname = '\u0410nna'\nlanguages = ['de']\n",
            "reviewers.toml:4",
            "look alike",
        ),
        ("[[reviewer]\n", "reviewers.toml:1", "TOML"),
        ("reviewer = 3\n", "reviewers.toml: reviewer", "must be"),
        ("reviewer = ['x']\n", "reviewer[1]", "must be a table"),
        ("[[person]]\nname = 'A'\n", "reviewers.toml: person", "not a known key"),
    ],
    ids=str,
)
def test_a_wrong_list_is_named_by_line_and_key(workspace: Project, cli: Any, text: str, where: str, what: str) -> None:
    """Every problem of it at once, and nothing ends in a traceback."""
    people(workspace, text)
    with pytest.raises(CampaignError) as caught:
        config.load(workspace)
    assert any(where in problem.where and what in problem.what for problem in caught.value.problems), caught.value
    assert "Traceback" not in cli.run("status", at=workspace).err


def test_the_list_is_the_only_one(workspace: Project) -> None:
    """A list of names in campaign.toml beside it would be another truth."""
    setting(workspace, 'people = ["Amina Haddad"]')
    people(workspace, LISTED)
    with pytest.raises(CampaignError, match="and so does"):
        config.load(workspace)


def test_who_waits_for_whom(workspace: Project, cli: Any) -> None:
    """What changed since somebody was here, what waits for them, who reads a language until when, and a text to send."""
    people(workspace, LISTED)
    desk = Desk(workspace)
    key, other = [k for k, line in desk.sheet("de").lines.items() if "%" not in line.unit.source and not line.errors][
        :2
    ]
    answer(desk, "de", key, Verdict.SIGN, A, ON)
    changed(desk, other, A, "Ganz andere Worte")
    answer(desk, "de", other, Verdict.SIGN, A, ON)
    mine = waiting(desk.sheet("de"), A.name)
    assert ([line.key for line in mine.mine], mine.changed, mine.replies) == ([other], (), ())
    assert other not in [line.key for line in mine.unsigned]

    theirs = waiting(desk.sheet("de"), C.name)
    assert [line.key for line in theirs.second] == [other]
    answer(desk, "de", key, Verdict.REJECT, C, ON, reason="so nicht")
    mine = waiting(desk.sheet("de"), A.name)
    assert [line.key for line in mine.changed] == [key]
    assert [thread.about.reason for thread in mine.asked] == ["so nicht"] and not waiting(
        desk.sheet("de"), C.name
    ).asked

    campaign = desk.campaign
    assert [each.name for each in readers(campaign, "de", ON)] == ["Amina Haddad", "A. Haddad"]
    assert "nobody of reviewers.toml reads this language since 2026-11-30" in str(
        nobody(campaign, "ar", date(2026, 12, 24))
    )
    assert "- open objections and questions of others: 1" in letter(campaign, mine)
    sent = cli.run("review", "waiting", "de", "--for", "A. Haddad", "--interface", "en", at=workspace)
    assert sent.out.startswith("Dear A. Haddad,") and "sentences that wait for a second person: 1" in sent.out
    own = cli.run("review", "waiting", "de", "--for", "A. Haddad", at=workspace).out
    assert own.startswith("Guten Tag A. Haddad,") and "Sätze, die auf eine zweite Person warten: 1" in own


def test_a_language_with_nobody_is_said(workspace: Project, cli: Any) -> None:
    """In `status`; and the exception that a campaign makes, there and in the audit report."""
    people(workspace, LISTED.replace('"de", "ar"', '"de"').replace("until = 2026-11-30", ""))
    assert "ar: nobody of reviewers.toml reads this language" in cli.run("status", at=workspace).out
    setting(workspace, 'back_translated = ["ar"]')
    two = "".join(
        f'[[reviewer]]\nname = "{name}"\nlanguages = ["ar"]\nroles = ["second reader"]\n' for name in ("Ria", "Tom")
    )
    people(workspace, LISTED.replace('"de", "ar"', '"de"') + two)
    assert "ar: nobody reviews this language: two people who know it read" in cli.run("status", at=workspace).out
    report = workspace.root / "audit.html"
    assert cli.run("review", "log", "ar", "--html", str(report), at=workspace).code == 0
    assert "two people who know it read a back-translation" in report.read_text(encoding="utf-8")

    desk = Desk(workspace)
    key = next(key for key, line in desk.sheet("ar").lines.items() if "%" not in line.unit.source and not line.errors)
    for name, state in (("Ria", State.DRAFT), ("Tom", State.SIGNED)):
        answer(desk, "ar", key, Verdict.SIGN, Person(name, "second reader"), ON)
        assert desk.sheet("ar").lines[key].state is state


def test_revoking_names_what_it_undid_and_what_relied_on_it(signed: Project, cli: Any) -> None:
    """Sentence by sentence, and each released file that showed one of them."""
    setting(signed, 'coordinators = ["K. Roth"]')
    assert (
        cli.run(*["build", "--release", "--lang", "de", "--audience", "migrants", "--channel", "sms"], at=signed).code
        == 0
    )
    since = (date(2026, 11, 20) - timedelta(days=1)).isoformat()
    told = ("--whose", "M. Weber", "--since", since, "--name", "K. Roth", "--reason", "never read")
    ended = cli.run("review", "revoke", "de", *told, at=signed)
    assert ended.code == 0 and "These released files relied on it" in ended.out and "sms" in ended.out
    assert ended.out.count(" sign ") > 10
    assert (
        cli.run(*["build", "--release", "--lang", "de", "--audience", "migrants", "--channel", "sms"], at=signed).code
        == 1
    )


def test_the_last_answer_is_taken_back(workspace: Project, cli: Any) -> None:
    """Only that one, whatever it was, by exactly the same name."""
    desk = Desk(workspace)
    key, other = [k for k, line in desk.sheet("de").lines.items() if "%" not in line.unit.source and not line.errors][
        :2
    ]
    for each in (key, other):
        answer(desk, "de", each, Verdict.SIGN, B, ON)
    assert cli.run("review", "withdraw", "de", "--last", "--name", B.name, at=workspace).code == 0
    states = [Desk(workspace).sheet("de").lines[each].state for each in (key, other)]
    assert states == [State.SIGNED, State.DRAFT]
    assert cli.run("review", "withdraw", "de", "--last", "--name", "Eve", at=workspace).code != 0
