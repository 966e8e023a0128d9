"""Staleness: a number, a promise or a shared sentence changes, and exactly the items that show it must be signed again.

Nothing here was signed off as a whole: every sentence was approved by itself, as on the page of a sentence.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from signing import answer, sign

from campaign.editions.build import build
from campaign.ledger import ledger
from campaign.ledger.verdicts import Person
from campaign.model.edition import Edition
from campaign.model.job import Job
from campaign.model.state import State
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.reporting.status import status
from campaign.review.session import Desk
from campaign.review.snapshot import shown
from campaign.translation import catalogues
from campaign.workspace.selection import Selection

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

ON = date.today()
AMINA, BEN = Person("A. Haddad", "mediator"), Person("B. Weber", "second reader")
AUDIENCES = ("migrants", "unaccompanied-children")
CLI = Any
Rewrite = Callable[[Path, str, str], None]


@pytest.fixture(scope="module")
def _approved(
    _fresh_workspace: Path, wide: Path, attest: Callable[[Project], None], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    root = Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("approved") / "workspace"))
    config = (root / "campaign.toml").read_text(encoding="utf-8")
    (root / "campaign.toml").write_text(
        config.replace('countries = ["BE"]', 'countries = ["BE", "DE"]').replace('"de", "ar"', '"de"'), encoding="utf-8"
    )
    contacts = (root / "contacts.toml").read_text(encoding="utf-8")
    every = re.split(r"(?m)^(?=\[\[contact\]\])", (wide / "contacts.toml").read_text(encoding="utf-8"))
    german = "".join(part for part in every if 'country = "DE"' in part)
    german = re.sub(r"(?m)^audiences = .*$", 'audiences = ["unaccompanied-children"]', german)
    (root / "contacts.toml").write_text(f"{contacts}\n{german}", encoding="utf-8")
    attest(Project(root))
    approve_all(Project(root), AMINA)
    return root


@pytest.fixture
def approved(_approved: Path, tmp_path: Path) -> Project:
    """Two countries, German, two audiences: every sentence approved by one person, no item signed off."""
    return Project(Path(shutil.copytree(_approved, tmp_path / "approved")))


def approve_all(project: Project, by: Person) -> None:
    """Approve every sentence by itself, as the page does with one."""
    units = [line.unit for line in Desk(project).sheet("de").lines.values()]
    sign(project, "de", units, reviewer=by.name, role=by.role, on=ON)


def states(project: Project) -> dict[str, State]:
    """The state of every item as `campaign status` has it, by country/audience/channel."""
    rows = status(project, Selection(locales=("de",)), ON).languages[0].items
    return {named(job): state for job, state in rows}


def named(job: Job) -> str:
    """The short name of an item."""
    return f"{job.country}/{job.audience}/{job.channel}".replace("unaccompanied-children", "children")


def stale(project: Project) -> set[str]:
    """The stale items; every other one is signed."""
    found = states(project)
    assert set(found.values()) <= {State.STALE, State.SIGNED}
    return {name for name, state in found.items() if state is State.STALE}


def test_what_was_approved_sentence_by_sentence_is_signed(approved: Project) -> None:
    """Before anything changes all sixteen items are signed, and no event is about an item as a whole."""
    assert set(states(approved).values()) == {State.SIGNED}
    assert len(states(approved)) == 16
    events = ledger.read(approved.ledger("de"), "de").events
    assert {event.verdict for event in events} == {"sign"}
    assert not [event for event in events if event.unit_key.startswith("item:")]


BE_LEAFLETS = {f"BE/{audience}/{channel}" for audience in ("migrants", "children") for channel in ("leaflet", "web")}
CHANGES = {
    "a second helpline's number: texts that name only the first stay": (
        'number = "+3225116464"',
        'number = "+3225116465"',
        BE_LEAFLETS,
    ),
    "the number of the children's own helpline": (
        'number = "116000"',
        'number = "116009"',
        {f"BE/children/{channel}" for channel in ("leaflet", "web", "sms", "social")},
    ),
    "the emergency number of a country, which no post gives": (
        'country = "BE"\nname = "112"\nkind = "emergency"\nnumber = "112"',
        'country = "BE"\nname = "112"\nkind = "emergency"\nnumber = "113"',
        {f"BE/{audience}/{channel}" for audience in ("migrants", "children") for channel in ("leaflet", "web", "sms")},
    ),
    "a new promise: no SMS and no second helpline's post shows it": (
        'number = "+4967412232"',
        'number = "+4967412232"\ncost = "free"',
        {"DE/migrants/leaflet", "DE/migrants/web", "DE/migrants/social", "DE/children/leaflet", "DE/children/web"},
    ),
    "a promise is taken back, and no new sentence is shown": (
        'number = "116000"\nhours = ["24/7"]\ncost = "free"',
        'number = "116000"\nhours = ["24/7"]',
        {"BE/children/leaflet", "BE/children/web", "BE/children/social"},
    ),
}


@pytest.mark.parametrize("case", CHANGES)
@pytest.mark.sample(3)
def test_a_changed_contact_or_claim_makes_exactly_its_items_stale(
    approved: Project, rewrite: Rewrite, case: str
) -> None:
    """Contact and claim: the items that print them, in their country, and nothing else."""
    old, new, items = CHANGES[case]
    rewrite(approved.contacts, old, new)
    assert stale(approved) == items


def test_a_changed_shared_sentence_makes_exactly_its_items_stale(approved: Project, rewrite: Rewrite) -> None:
    """The heading above the helplines is on every leaflet and page, and in no SMS and no post."""
    rewrite(approved.messages / "labels.j2", "Who can help", "Who can help you")
    catalogues.extract_pot(approved)
    catalogues.update(approved)
    assert stale(approved) == BE_LEAFLETS | {name.replace("BE/", "DE/") for name in BE_LEAFLETS}


def test_a_stale_item_is_signed_as_a_whole_and_stays_so(approved: Project, rewrite: Rewrite) -> None:
    """The sign-off names the new number: this item is signed again, its neighbours wait for theirs."""
    rewrite(approved.contacts, 'number = "+3225116464"', 'number = "+3225116465"')
    desk = Desk(approved)
    item = next(item for item in desk.sheet("de").items if named(item.job) == "BE/migrants/leaflet")
    assert answer(desk, "de", item.job.item, Verdict.SIGN, AMINA, ON, seen=shown(desk.sheet("de"), item)).done
    assert stale(approved) == BE_LEAFLETS - {"BE/migrants/leaflet"}
    sheet = desk.sheet("de")
    assert {named(item.job) for item in sheet.items if sheet.state_of(item) is State.STALE} == stale(approved)


def test_the_old_number_again_is_what_was_signed(approved: Project, rewrite: Rewrite) -> None:
    """A mistake that is put right costs nobody a second signature."""
    before = approved.contacts.read_bytes()
    rewrite(approved.contacts, 'number = "116000"', 'number = "116009"')
    assert stale(approved)
    approved.contacts.write_bytes(before)
    assert stale(approved) == set()


def test_two_people_must_have_seen_the_same_number(approved: Project, rewrite: Rewrite) -> None:
    """Four eyes: the number changes between the two approvals, so nobody has seen these words twice with it."""
    rewrite(approved.config, "signatures = 1", "signatures = 2")
    rewrite(approved.contacts, 'number = "+3225116464"', 'number = "+3225116465"')
    approve_all(approved, BEN)
    assert stale(approved) == BE_LEAFLETS
    approve_all(approved, AMINA)
    assert stale(approved) == set()


def test_one_answer_on_a_page_keeps_the_facts_of_its_items(workspace: Project) -> None:
    """ "Good to publish" writes which numbers the items had; the next answer writes only what is new."""
    desk = Desk(workspace)
    key = next(key for key, line in desk.sheet("de").lines.items() if line.unit.source == "Who can help")
    other = next(key for key, line in desk.sheet("de").lines.items() if line.unit.source == "Your rights")
    for each in (key, other):
        assert answer(desk, "de", each, Verdict.SIGN, AMINA, ON).done
    first, second = workspace.ledger("de").read_text(encoding="utf-8").splitlines()
    told = {item.job.item: item.facts for item in desk.sheet("de").used_by[key]}
    assert json.loads(first)["facts"] == told
    assert sorted(told) == [f"item:BE/{audience}/{channel}" for audience in AUDIENCES for channel in ("leaflet", "web")]
    assert "facts" not in json.loads(second)


def test_approvals_of_an_earlier_version_stay_readable(approved: Project, rewrite: Rewrite) -> None:
    """Lines without facts say nothing against any number: what they signed stays signed, and the chain holds."""
    book = approved.ledger("de")
    plain = [replace(event, facts=()) for event in ledger.read(book, "de").events]
    book.unlink()
    ledger.append(book, "de", plain)
    rewrite(approved.contacts, 'number = "+3225116464"', 'number = "+3225116465"')
    assert stale(approved) == set()


def test_neither_a_release_nor_a_printer_gets_what_is_stale(
    approved: Project, rewrite: Rewrite, cli: CLI, wide: Path
) -> None:
    """Both ask the same gate: the SMS goes out, the leaflet is refused with the reason. Of its printed formats those are
    that show the number: a palm card has the first one only.
    """
    shutil.copytree(wide / "assets" / "icc", approved.profiles, dirs_exist_ok=True)
    rewrite(approved.contacts, 'number = "+3225116464"', 'number = "+3225116465"')
    chosen = Selection(("BE",), ("de",), ("migrants",), ("leaflet", "sms"))
    report = build(
        approved, edition=Edition.RELEASE, selection=chosen, workers=1, today=ON, progress=lambda done, total: None
    )
    reasons = {item.job.channel: {finding.detail for finding in item.refused} for item in report.items}
    stale_words = "stale: the number of be-pag-asa, from +3225116464 to +3225116465, changed since it was signed"
    assert stale_words in reasons["leaflet"]
    assert stale_words not in reasons["sms"]
    printer = ("pack", "printer", "--country", "BE", "--lang", "de", "--audience", "migrants", "--format")
    folded, card = (cli.run(*printer, name, at=approved) for name in ("trifold-a4", "palm-card"))
    assert folded.code == 1
    assert stale_words in folded.err
    assert card.code == 0, card.err
