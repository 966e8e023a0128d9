"""The table of what a release asks, against the rules themselves: a row is not enough, the gate must say it too."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from campaign.checks import RULES
from campaign.editions.asked import ASKED, NOT_ASKED, Asked
from campaign.editions.release_gate import make_gate
from campaign.model.finding import Severity
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.workspace import loader

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "faults.json").read_text(encoding="utf-8"))
#: Rules that need to know where readers meet the sentence; the same loop asks them.
BY_PLACE = {"register", "child-contact", "image"}
SENTENCES = sorted(code for code, asked in ASKED.items() if Asked.SENTENCE in asked and code not in BY_PLACE)


def test_every_rule_that_stops_a_release_is_asked_somewhere_or_named():
    """A new error rule without a row in the table fails here: it is asked, or the reason why not is written down."""
    errors = {code for code, rule in RULES.items() if rule.severity is Severity.ERROR}
    assert ASKED.keys() | NOT_ASKED.keys() == errors
    assert not ASKED.keys() & NOT_ASKED.keys()
    assert all(ASKED.values()) and all(NOT_ASKED.values())


@pytest.fixture(scope="module")
def space(wide):
    """The wide campaign, read once."""
    return loader.load(Project(wide))


@pytest.mark.slow
@pytest.mark.parametrize("code", SENTENCES)
@pytest.mark.sample(4)
def test_a_planted_fault_of_each_rule_stops_the_sentence(space, code):
    """One fault of each rule from the corpus, in a language of the campaign: signed or not, the gate refuses it."""
    case = next(
        case
        for case in CASES
        if case["locale"] in space.texts
        and not {"block", "child", "terms"} & case.keys()
        and any(found[:2] == [code, "error"] for found in case["findings"])
    )
    forms = tuple(case.get("forms", (case["text"],)))
    unit = Unit(case["locale"], "", case["source"], case.get("plural", ""), forms)
    texts = replace(space.texts[case["locale"]], units={unit.key: unit}, states={unit.key: State.SIGNED})
    planted = replace(space, texts={**space.texts, case["locale"]: texts})
    gate = make_gate(planted, date.today(), [case["locale"]])
    assert code in {found.code for found in gate.units[case["locale"]][unit.key]}
