"""An objection is taken back by exactly who made it; a signature is revoked by whoever coordinates, never an objection."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from signing import answer, sign

from campaign.catalogue import store
from campaign.ledger import ledger
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.session import Desk

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

ON = date(2026, 11, 20)
WEBER, OMAR = Person("M. Weber", "mediator"), Person("L. Omar", "mediator")


@pytest.fixture
def unit(workspace: Project) -> Unit:
    """A sentence that M. Weber signed and L. Omar rejected."""
    path = workspace.catalogue("de")
    chosen = next(unit for unit in store.read(path, path.name, "de").units if not unit.plural and unit.translated)
    sign(workspace, "de", [chosen], reviewer=WEBER.name, role=WEBER.role, on=ON)
    assert answer(Desk(workspace), "de", chosen.key, Verdict.REJECT, OMAR, ON, reason="zu hart").done
    return chosen


def state(project: Project, unit: Unit) -> State:
    """How far the sentence is."""
    return Desk(project).sheet("de").lines[unit.key].state


def events(project: Project) -> tuple[Event, ...]:
    """What the ledger says."""
    return ledger.read(project.ledger("de"), "de").events


def coordinated(project: Project) -> None:
    """campaign.toml names who coordinates."""
    text = project.config.read_text(encoding="utf-8")
    project.config.write_text(text.replace("[review]\n", '[review]\ncoordinators = ["R. Haddad"]\n'), encoding="utf-8")


def test_who_objected_takes_it_back_and_the_signature_counts_again(workspace: Project, unit: Unit, cli: Any) -> None:
    """No other name does, not even one that looks alike; the history keeps both."""
    assert state(workspace, unit) is State.DRAFT
    own = events(workspace)[-1].id
    for name in ("M. Weber", "l. omar", "L. 0mar"):
        done = cli.run("review", "withdraw", "de", own[:12], "--name", name, at=workspace)
        assert done.code == 1 and "exactly the same name" in done.err
    assert own[:12] in cli.run("review", "log", "de", at=workspace).out

    assert cli.run("review", "withdraw", "de", "--name", "L. Omar", "--reason", "read it again", at=workspace).code == 0

    assert state(workspace, unit) is State.SIGNED
    last = events(workspace)[-1]
    assert (last.verdict, last.re, last.reason, last.unit_key) == ("withdraw", (own,), "read it again", unit.key)
    again = cli.run("review", "withdraw", "de", own[:12], "--name", "L. Omar", at=workspace)
    assert again.code == 1 and "it was ended before" in again.err
    nothing = cli.run("review", "withdraw", "de", "--name", "L. Omar", at=workspace)
    assert nothing.code == 1 and "has no open objection" in nothing.err


def test_who_signs_over_an_own_objection_takes_it_back(workspace: Project, unit: Unit) -> None:
    """One act: the withdrawal and the signature; nobody else's objection goes with it."""
    done = answer(Desk(workspace), "de", unit.key, Verdict.SIGN, OMAR, ON)
    assert done.done
    assert [event.verdict for event in events(workspace)] == ["sign", "reject", "withdraw", "sign"]
    assert state(workspace, unit) is State.SIGNED
    assert Desk(workspace).sheet("de").lines[unit.key].approved_by == {"M. Weber", "L. Omar"}


def test_a_signature_is_revoked_by_who_coordinates_alone(workspace: Project, unit: Unit, cli: Any) -> None:
    """By its id, or everything of one person from a day on; an objection stays."""
    signed, rejected = (event.id for event in events(workspace))
    command = ["review", "revoke", "de", "--name", "R. Haddad", "--reason", "nobody read it"]
    refused = cli.run(*command, signed[:12], at=workspace)
    assert refused.code == 1 and "does not coordinate" in refused.err
    coordinated(workspace)
    refused = cli.run(*command, rejected[:12], at=workspace)
    assert refused.code == 1 and "cannot be revoked" in refused.err
    assert cli.run(*command, signed[:5], at=workspace).code == 1
    for wrong in ([], [signed, "--whose", "M. Weber", "--since", "2026-11-20"], ["--whose", "M. Weber"]):
        assert cli.run(*command, *wrong, at=workspace).code == 2
    assert "is no day" in cli.run(*command, "--whose", "M. Weber", "--since", "20.11.2026", at=workspace).err

    assert cli.run(*command, signed[:12], at=workspace).code == 0

    cli.run("review", "withdraw", "de", "--name", "L. Omar", at=workspace)
    assert state(workspace, unit) is State.DRAFT, "no signature is left"
    assert cli.run("check", "--no-layout", at=workspace).code == 1


def test_all_of_a_person_since_a_day(workspace: Project, unit: Unit, cli: Any) -> None:
    """Also what is dated back and was not known: a page that is open sees it at once."""
    coordinated(workspace)
    cli.run("review", "withdraw", "de", "--name", "L. Omar", at=workspace)
    desk = Desk(workspace)
    before = ledger.read(workspace.ledger("de"), "de").head
    assert desk.sheet("de").lines[unit.key].state is State.SIGNED
    since = ("--whose", "M. Weber", "--since")
    command = ["review", "revoke", "de", "--name", "R. Haddad", "--reason", "left", *since]
    assert cli.run(*command, "2026-11-21", at=workspace).code == 0
    assert desk.sheet("de").lines[unit.key].state is State.SIGNED, "known, and before that day"
    assert cli.run(*command, "2026-11-20", at=workspace).code == 0
    assert desk.sheet("de").lines[unit.key].state is State.DRAFT
    late = sheet_sign(workspace, unit, before)
    assert late and desk.sheet("de").lines[unit.key].state is State.DRAFT, "unknown to who revoked"


def sheet_sign(project: Project, unit: Unit, since: str) -> bool:
    """M. Weber signs with a date of the past, in a copy that knows of no revocation."""
    words = (unit.key, unit.source_hash, unit.text_hash)
    event = Event(*words, "M. Weber", "mediator", "2026-11-20", Verdict.SIGN)
    return bool(ledger.append(project.ledger("de"), "de", [event], since=since).events)
