"""The reference campaign under every rule: no error beside what people must do, and each warning looked at."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from own_campaigns import REPOSITORY

from campaign import config
from campaign.checks import unchecked
from campaign.model.finding import Severity
from campaign.project import Project
from campaign.reporting.check import check
from campaign.workspace.selection import Selection

#: Warnings that somebody looked at and found to be no fault: (code, language, part of the place) -> why.
WAIVED: dict[tuple[str, str, str], str] = {}
#: Warnings that are right and stay: what nobody announced, what nobody can measure.
RIGHT = {"contact-expired": "says nothing of", "plain": "not measured"}

LANGUAGES = config.load(Project(REPOSITORY)).languages
#: Every language is checked; `make test` takes an eighth of them.
PARTS = [LANGUAGES[start::8] for start in range(8)]


@pytest.fixture(scope="module", params=PARTS, ids="-".join)
def part(request):
    """The languages that are checked together."""
    return request.param


@pytest.fixture(scope="module")
def findings(reference, part):
    """Everything that the check says of some languages without laying out."""
    return check(
        Project(reference),
        Selection(locales=part),
        layout=False,
        workers=1,
        today=date(2026, 11, 24),
        progress=lambda done, total: None,
    )


@pytest.mark.slow
@pytest.mark.breadth
def test_its_only_errors_are_missing_signatures_and_unverified_contacts(findings):
    """Whatever a program can see is in order; people must still sign and call."""
    errors = Counter(f.code for f in findings if f.severity is Severity.ERROR)
    assert errors.keys() == {"unsigned", "contact-expired"}


@pytest.mark.slow
@pytest.mark.sample(1)
def test_each_warning_is_right_or_waived_here(findings, part):
    """No warning stands that nobody looked at, and no waiver that nothing needs."""
    warnings = [f for f in findings if f.severity is Severity.WARNING]
    needed = set()
    for found in warnings:
        waiver = next((w for w in WAIVED if w[:2] == (found.code, found.locale) and w[2] in found.where), None)
        if waiver:
            needed.add(waiver)
        else:
            assert RIGHT.get(found.code, "\0") in found.detail, found

    assert needed == {waiver for waiver in WAIVED if waiver[1] in part}


def test_what_is_not_measured_is_said_once_for_each_language():
    """Some of its languages have no readability formula; every rule has its words in each of them."""
    silent = [found for locale in LANGUAGES for found in unchecked(locale)]
    assert all(found.detail.startswith("not measured") for found in silent), silent
    assert {found.locale for found in silent} >= {"el", "ro", "bg", "uk", "ar", "fa", "ti", "bn"}
    assert len(silent) == len({found.locale for found in silent})
