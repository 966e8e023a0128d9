"""assets/consents.toml: whole records or an error that says what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from campaign.config.consents import consents
from campaign.errors import CampaignError
from campaign.reporting.check import check
from campaign.workspace.selection import Selection

RECORD = """[[photograph]]
file = "assets/illustrations/market.jpg"
people = "none"
agreed_on = 2026-11-01
kept_by = "office"
"""


def pictures(project):
    """Where the findings on photographs are."""
    found = check(
        project,
        Selection(locales=("en",)),
        layout=False,
        workers=1,
        today=date.today(),
        progress=lambda done, total: None,
    )
    return [f.where for f in found if f.code == "image"]


@pytest.mark.slow
def test_a_photograph_passes_with_its_record(workspace):
    """Without a record the check names it."""
    (workspace.assets / "illustrations" / "market.jpg").write_bytes(b"\xff\xd8")
    assert consents(workspace) == frozenset()
    assert pictures(workspace) == ["assets/illustrations/market.jpg"]

    (workspace.assets / "consents.toml").write_text(RECORD, encoding="utf-8")
    assert pictures(workspace) == []


def test_every_gap_of_a_record_is_said_at_once(workspace):
    """A record without who, when and where is none."""
    text = '[[photograph]]\nfile = "assets/gone.jpg"\nkeptby = "office"\n'
    (workspace.assets / "consents.toml").write_text(text, encoding="utf-8")

    with pytest.raises(CampaignError) as caught:
        consents(workspace)

    said = " ".join(map(str, caught.value.problems))
    for word in ("people", "agreed_on", "kept_by", "'assets/gone.jpg' is not there", "keptby"):
        assert word in said
