"""A corpus of planted faults in 35 languages: each text with exactly the findings that it must have.

tests/vectors/faults.json holds one text a line: what is wrong was planted, what is right (no findings) stands beside it.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from campaign import checks

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "faults.json").read_text(encoding="utf-8"))
#: Rules that need more than one text: a ledger, contact records, a layout, colours, a finished file.
ELSEWHERE = {
    "same-source",
    "sound",
    "voice",
    "unsigned",
    "contact-expired",
    "clipped",
    "length",
    "file-changed",
    "contrast",
    "metadata",
} | {
    "short",
    "file-unreadable",  # of files that others made: tests/audit
}


def findings(case):
    """The findings of a case as the corpus writes them: code, severity, detail."""
    options = {key: case[key] for key in ("block", "child", "plural") if key in case}
    if "forms" in case:
        options["forms"] = tuple(case["forms"])
    if "terms" in case:
        options["terms"] = [checks.Term(term, tuple(good), tuple(bad)) for term, good, bad in case["terms"]]
    found = checks.run(case["source"], case["text"], case["locale"], **options)
    return [[f.code, f.severity.value, f.detail] for f in found]


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['locale']}: {case['text'][:40]}")
def test_a_planted_fault_is_found_and_nothing_else(case):
    """The exact findings, and none on the right text."""
    assert findings(case) == case["findings"]


def test_the_corpus_is_wide():
    """At least 150 faults in at least 20 languages, every rule that a text can break, and right texts beside them."""
    faulty = [case for case in CASES if case["findings"]]
    codes = Counter(code for case in faulty for code in {code for code, _, _ in case["findings"]})

    assert len(faulty) >= 150
    assert len({case["locale"] for case in faulty}) >= 20
    assert codes.keys() == checks.RULES.keys() - ELSEWHERE
    assert len({case["locale"] for case in CASES if not case["findings"]}) >= 20
