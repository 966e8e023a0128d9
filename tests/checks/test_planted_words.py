"""Faults planted in right sentences of the reference drafts: what a draft can get wrong, and the rules must see."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("planted", Path(__file__).parents[2] / "benchmarks" / "planted.py")
planted = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(planted)
CASES = planted.cases()
LANGUAGES = sorted({case["locale"] for case in CASES})
KINDS = {
    "negation added",
    "negation lost",
    "modality",
    "register",
    "term",
    "marks",
    "left over",
    "person",
    "number",
    "imperative",
}


def test_the_faults_are_many_and_of_every_kind():
    """More than three hundred, of every kind, in twenty-two languages of the reference campaign."""
    assert len(CASES) >= 390
    assert {case["kind"] for case in CASES} == KINDS
    assert len(LANGUAGES) >= 22
    assert all(case["text"] != case["right"] for case in CASES)


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.sample(4)
def test_rules_find_most_faults_of_a_language(tag):
    """At least 85 of a hundred, and a right sentence has no finding."""
    own = [case for case in CASES if case["locale"] == tag]

    assert [case["right"] for case in own if planted.findings(case, "right")] == []
    assert len(list(planted.unfound(own))) <= (1 - planted.LIMIT) * len(own)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("¿Puede irse? ¿Quién lo dice?", 0),
        ("Pregunte: «¿Puede irse?» ¡Hola!", 0),
        ("¿¡Cómo!? ¡Qué dice? Sí (?).", 0),
        ("Vea https://example.org/a?b=c", 0),
        ("Puede irse?", 1),
        ("¿Puede irse? Quién lo dice?", 1),
        ("¿Puede irse?¿Quién lo dice?", 1),
    ],
)
def test_a_spanish_question_has_both_its_marks(text, faults):
    """Whether it stands alone, behind another one or inside quotation marks; addresses ask nothing."""
    found = planted.checks.run("Ask: https://example.org/a?b=c", text, "es")
    assert sum(finding.code == "own-marks" for finding in found) == faults
