"""Signing: exactly these words, by a named person in a role that may, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from signing import sign

from campaign.catalogue import store, warm
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError
from campaign.ledger import ledger, verdicts
from campaign.model.event import Event
from campaign.model.state import State
from campaign.model.subject import ITEM
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.commands import Signed, sign_items
from campaign.workspace import loader
from campaign.workspace.selection import Selection

ON = date(2026, 11, 20)
Contents = Callable[[Path], dict[str, bytes]]


def units(project: Project, locale: str = "de") -> tuple[Unit, ...]:
    """The units of a language as they are on the disk."""
    path = project.catalogue(locale)
    return store.read(path, path.name, locale).units


def sign_as(project: Project, chosen: list[Unit], **changes: Any) -> int:
    """Sign as M. Weber, mediator, unless told otherwise."""
    how = {"reviewer": "M. Weber", "role": "mediator", "on": ON, **changes}
    return sign(project, "de", chosen, **how)


def test_exactly_these_units_are_signed(workspace: Project) -> None:
    """The fuzzy mark goes from what was signed and from nothing else; the ledger has who, when and which words."""
    before = units(workspace)
    chosen = [before[3], before[7]]

    assert sign_as(workspace, chosen, reviewer=" M. Weber ", comment="read aloud") == 2

    after = units(workspace)
    assert [unit.key for unit in after if not unit.fuzzy] == [unit.key for unit in chosen]
    assert [replace(unit, fuzzy=True) for unit in after] == [replace(unit, fuzzy=True) for unit in before]
    assert ledger.read(workspace.ledger("de"), "de").events == tuple(
        Event(u.key, u.source_hash, u.text_hash, "M. Weber", "mediator", "2026-11-20", "sign", "read aloud")
        for u in chosen
    )
    states = loader.load(workspace).texts["de"].states
    assert [key for key, state in states.items() if state is State.SIGNED] == [unit.key for unit in chosen]


def test_only_the_lines_of_the_fuzzy_mark_change(workspace: Project) -> None:
    """What the history of the file shows is the approval, and no other difference."""
    path = workspace.catalogue("de")
    before = path.read_text(encoding="utf-8").split("\n")

    sign_as(workspace, [unit for unit in units(workspace) if not unit.plural and "%(" not in unit.source])

    after = path.read_text(encoding="utf-8").split("\n")
    kept = iter(after)
    lost = [line for line in before if line != "#, fuzzy"]
    assert all(line in kept for line in lost), "the other lines are all there, in order"
    assert len(after) < len(before)


def emptied(project: Project, chosen: list[Unit]) -> list[Unit]:
    """The last of the units has lost its text."""
    path = project.catalogue("de")
    warm.edit(path, path.name, "de", {chosen[-1].key: Edit(("",), fuzzy=True)})
    return [*chosen[:-1], replace(chosen[-1], forms=("",))]


def changed(project: Project, chosen: list[Unit]) -> list[Unit]:
    """The last of the units was changed after it was shown."""
    path = project.catalogue("de")
    warm.edit(path, path.name, "de", {chosen[-1].key: Edit(("etwas anderes",), fuzzy=True)})
    return chosen


def gone(project: Project, chosen: list[Unit]) -> list[Unit]:
    """The last of the units is not in the file."""
    return [*chosen[:-1], replace(chosen[-1], source="A sentence that was taken away")]


def broken(project: Project, chosen: list[Unit]) -> list[Unit]:
    """The ledger cannot be read: it is a folder."""
    project.ledger("de").mkdir()
    return chosen


def same(project: Project, chosen: list[Unit]) -> list[Unit]:
    """Nothing happened meanwhile."""
    return chosen


REFUSED = {
    "no text": (emptied, {}, "has no text to sign"),
    "another text": (changed, {}, "was changed by someone else"),
    "no such unit": (gone, {}, "no unit has the key"),
    "an unreadable ledger": (broken, {}, "reviews.jsonl: cannot be read"),
    "a role that may not": (same, {"role": "translator"}, "'translator' may not sign in this campaign"),
    "no role": (same, {"role": ""}, "use one of mediator, second reader"),
    "no name": (same, {"reviewer": "  "}, "--name: is empty"),
    "a name that no file can hold": (same, {"reviewer": "M\udcff"}, "--name: holds"),
    "a comment that no file can hold": (same, {"comment": "\ud800"}, "--comment: holds"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.sample(5)
def test_it_is_all_or_nothing(workspace: Project, contents: Contents, case: str) -> None:
    """When one of the sentences cannot be signed, none is, and no file is changed."""
    prepare, changes, words = REFUSED[case]
    chosen = prepare(workspace, [unit for unit in units(workspace) if not unit.plural][:4])
    before = contents(workspace.root)

    with pytest.raises(CampaignError) as caught:
        sign_as(workspace, chosen, **changes)

    assert words in str(caught.value)
    assert contents(workspace.root) == before


def test_every_reason_is_said_at_once(workspace: Project) -> None:
    """Wrong role, no name and two empty texts are four problems, not four attempts."""
    empty = [replace(unit, forms=("",)) for unit in units(workspace)[:2]]

    with pytest.raises(CampaignError) as caught:
        sign_as(workspace, empty, role="staff", reviewer="")

    assert len(caught.value.problems) == 4


@pytest.mark.slow
def test_a_second_person_can_sign_what_is_signed(workspace: Project) -> None:
    """Four eyes: the second signature is a second line, and the words stay as they are."""
    sign_as(workspace, [units(workspace)[0]])
    before = workspace.catalogue("de").read_bytes()

    sign_as(workspace, [units(workspace)[0]], reviewer="L. Omar", role="second reader")

    assert workspace.catalogue("de").read_bytes() == before
    assert [event.reviewer for event in ledger.read(workspace.ledger("de"), "de").events] == ["M. Weber", "L. Omar"]


def test_items_are_signed_with_all_that_they_show(workspace: Project) -> None:
    """Signing an audience signs its blocks, labels and claims, and no sentence of another audience."""
    chosen = Selection(audiences=("migrants",))

    act = sign_items(workspace, "de", chosen, reviewer="M. Weber", role="mediator", on=ON, comment="")

    final = {unit.source for unit in units(workspace) if not unit.fuzzy}
    assert act == Signed(len(final), 0, 4)
    assert {"Without papers you still have rights.", "Your rights", "Help against human trafficking"} <= final
    assert "Helpline for missing children" not in final


def test_one_channel_can_be_signed_alone(workspace: Project) -> None:
    """A mediator who read the SMS has signed the SMS, not the leaflet."""
    chosen = Selection(audiences=("migrants",), channels=("sms",))

    act = sign_items(workspace, "de", chosen, reviewer="M. Weber", role="mediator", on=ON, comment="")

    final = [unit.source for unit in units(workspace) if not unit.fuzzy]
    assert len(final) == act.units
    assert any(source.startswith("Health and travel information") for source in final)
    assert "Without papers you still have rights." not in final


def test_an_item_with_a_missing_sentence_is_not_signed(workspace: Project, contents: Contents, rewrite: Any) -> None:
    """A leaflet that would show one English line in the German text cannot be approved."""
    rewrite(workspace.catalogue("de"), '"Auch ohne Papiere haben Sie Rechte."', '""')
    before = contents(workspace.root)

    with pytest.raises(CampaignError, match=r"'Without papers you still have rights\.': has no text to sign"):
        sign_items(
            workspace, "de", Selection(audiences=("migrants",)), reviewer="M. Weber", role="mediator", on=ON, comment=""
        )

    assert contents(workspace.root) == before


def test_the_command_signs_and_the_log_shows_it(workspace: Project, cli: Any) -> None:
    """From the command line to the history: who signed, in which role, how much."""
    done = cli.run(
        "review", "sign", "de", "--audience", "migrants", "--name", "M. Weber", "--comment", "ok", at=workspace
    )
    assert done.code == 0, done.err

    log = cli.run("review", "log", "de", at=workspace)

    events = ledger.read(workspace.ledger("de"), "de").events
    count = sum(not event.unit_key.startswith(ITEM) for event in events)
    assert f"signed {count} sentences in de" in done.out
    assert log.out.count(" sign    M. Weber (mediator) ") == len(events)
    assert log.out.count(" item:BE/migrants/") == len(events) - count == 4
    assert log.out.endswith(f"{len(events)} events.\n")


#: What happens between two runs of the same command; the sentences that the second signs (None: all where
#: two people must sign, else none), and the items.
BETWEEN = {
    "nothing": (lambda project, rewrite: None, {}, 0, 0),
    "the same name in other capitals": (lambda project, rewrite: None, {"reviewer": " m.  WEBER"}, 0, 0),
    "a number": (lambda project, rewrite: rewrite(project.contacts, "+3232011690", "+3232011691"), {}, None, 4),
    "another person": (lambda project, rewrite: None, {"reviewer": "L. Omar"}, None, 4),
    "another role": (lambda project, rewrite: None, {"role": "second reader"}, None, 4),
    "a remark": (lambda project, rewrite: None, {"comment": "read aloud"}, None, 4),
    "words": (
        lambda project, rewrite: rewrite(project.catalogue("de"), "Auch ohne Papiere haben", "Ohne Papiere haben"),
        {},
        1,
        3,
    ),
    "a fuzzy mark": (
        lambda project, rewrite: rewrite(
            project.catalogue("de"), 'msgid "Your rights"', '#, fuzzy\nmsgid "Your rights"'
        ),
        {},
        1,
        2,
    ),
    "a rejection that is answered": (
        lambda project, rewrite: reject(project, "Your rights"),
        {"answers": ["l. omar"], "reason": "The law says it so."},
        1,
        2,
    ),
}


def reject(project: Project, source: str) -> None:
    """Somebody says that these words are not right."""
    unit = next(unit for unit in units(project) if unit.source == source)
    by = verdicts.Person("L. Omar", "second reader")
    verdicts.record(project, "de", [verdicts.event(unit, Verdict.REJECT, by, ON, "no")])


@pytest.mark.slow
@pytest.mark.parametrize("four_eyes", [False, True])
@pytest.mark.parametrize("case", BETWEEN)
@pytest.mark.sample(1)
def test_signing_again_adds_what_is_new(workspace: Project, rewrite: Any, case: str, four_eyes: bool) -> None:
    """The same person, words, facts and remark: nothing is written. What differs is written, and nothing else."""
    if four_eyes:
        rewrite(workspace.config, "signatures = 1", "signatures = 2")
    change, changes, sentences, items = BETWEEN[case]
    how = {"reviewer": "M. Weber", "role": "mediator", "comment": "", "on": ON}
    chosen = Selection(audiences=("migrants",))
    first = sign_items(workspace, "de", chosen, **how)
    change(workspace, rewrite)
    files = (workspace.ledger("de"), workspace.catalogue("de"))
    before = [path.read_bytes() for path in files]

    act = sign_items(workspace, "de", chosen, **{**how, **changes})

    if sentences is None:
        sentences = first.units if four_eyes else 0
    assert (act.units, act.items) == (sentences, items)
    lines = files[0].read_bytes().removeprefix(before[0]).splitlines()
    assert len(lines) == sentences + items
    if not lines:
        assert [path.read_bytes() for path in files] == before


@pytest.mark.slow
def test_the_command_says_that_it_was_signed_already(workspace: Project, cli: Any) -> None:
    """A mediator who is not sure whether it went through runs it again and reads that it did."""
    sign = ("review", "sign", "de", "--audience", "migrants", "--name", "M. Weber")
    assert "M. Weber (mediator) signed " in cli.run(*sign, at=workspace).out
    log = cli.run("review", "log", "de", at=workspace).out

    again = cli.run(*sign, at=workspace)

    assert again.code == 0
    assert again.out.startswith("Already signed by M. Weber (mediator): ") and "nothing to add" in again.out
    assert cli.run("review", "log", "de", at=workspace).out == log
