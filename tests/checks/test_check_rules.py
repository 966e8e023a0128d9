"""The rules and what they say."""

import pytest

from campaign import checks
from campaign.model.finding import Severity
from campaign.model.sentence import printable, say

ERRORS = {
    "placeholder", "markup", "plural-form", "unsigned", "contact-expired", "claim-unbacked", "script", "glyph",
    "clipped", "contact-changed", "file-changed", "promise", "status-condition", "child-contact", "image", "number",
    "contrast", "metadata", "voice", "sound",
    "file-unreadable",
    "register",
}  # fmt: skip
WARNINGS = {
    "length", "stigma", "plain", "term", "gender", "instruct", "negation", "preview", "statistic", "repetition",
    "punctuation", "own-marks", "modality", "imperative", "person", "false-friend", "same-source",
    "short",
}  # fmt: skip
#: What no person may wave through: the program knows it better, or a reader's safety hangs on it.
UNWAIVABLE = {
    "placeholder", "markup", "plural-form", "unsigned", "contact-expired", "claim-unbacked", "script", "glyph",
    "clipped", "contact-changed", "file-changed", "contrast", "metadata", "voice", "sound",
    "short", "file-unreadable",
}  # fmt: skip


def test_errors_stop_a_release_and_warnings_ask_for_a_look():
    """The severities are those of the content guide."""
    assert {code for code, rule in checks.RULES.items() if rule.severity is Severity.ERROR} == ERRORS
    assert {code for code, rule in checks.RULES.items() if rule.severity is Severity.WARNING} == WARNINGS


def test_only_what_people_judge_better_can_be_waived():
    """Nobody waives a lost number, an unsigned text or an unverified contact."""
    assert {code for code, rule in checks.RULES.items() if not rule.waivable} == UNWAIVABLE


@pytest.mark.parametrize("code", checks.RULES)
def test_each_rule_speaks_in_sentences_and_names_its_source(code):
    """A mediator can read the rule; staff can look up where it comes from."""
    rule = checks.RULES[code]

    assert rule.code == code
    assert rule.words.endswith(".")
    assert rule.source


def test_the_severity_can_be_softened_for_one_case():
    """A finding that only asks for a look does not stop a release."""
    assert checks.finding("script", "de", "", say("x"), severity=Severity.WARNING).severity is Severity.WARNING
    assert checks.finding("script", "de", "", say("x")).severity is Severity.ERROR


def test_a_finding_can_be_printed_anywhere():
    """A broken character in a text cannot break the list of findings."""
    assert printable("a\ud800\x00\u202eb") == "a<U+D800><U+0000><U+202E>b"
    assert printable("نمی‌شنود").encode() == "نمی‌شنود".encode()


def test_the_layout_reports_a_frame_that_cuts_its_text():
    """The finding names the frame, so that staff know what to shorten."""
    found = checks.clipped_finding("ar", "leaflet", "lead")

    assert (found.code, found.locale, found.where) == ("clipped", "ar", "leaflet")
    assert "lead" in found.detail


@pytest.mark.parametrize("code", checks.RULES)
def test_the_documentation_lists_each_rule_as_it_is(code, repository):
    """Staff read the same words in the documentation and in a finding."""
    rule = checks.RULES[code]
    row = next(
        line
        for line in (repository / "docs" / "reference" / "rules.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| {code} |")
    )
    assert rule.words in row and rule.source in row
    assert row.endswith(f"| {'yes' if rule.waivable else 'no'} |")
