"""Which units of an item nobody signed."""

import pytest

from campaign import checks
from campaign.model.state import State
from campaign.model.used_unit import UsedUnit

SENTENCE = "You can see a doctor, whatever your papers. " * 3


def test_signed_units_pass():
    """An item whose every sentence is signed can go out."""
    assert list(checks.unsigned_findings([UsedUnit("k", State.SIGNED, source="Help")], "ar", "leaflet")) == []


@pytest.mark.parametrize("state", [State.DRAFT, State.STALE, State.MISSING])
def test_anything_else_is_named_with_its_state_and_sentence(state):
    """The list says what to translate, what to sign and what to look at again."""
    (found,) = checks.unsigned_findings([UsedUnit("k", state, source=SENTENCE)], "fa", "leaflet")

    assert (found.code, found.locale, found.where) == ("unsigned", "fa", "leaflet")
    assert found.detail.startswith(f"{state}: ")
    assert "You can see a doctor" in found.detail
    assert len(found.detail) < 130


def test_a_source_text_that_stands_in_is_never_signed():
    """English in a Tigrinya leaflet is found even when the state says otherwise."""
    (found,) = checks.unsigned_findings([UsedUnit("k", State.SIGNED, True, "Help")], "ti", "sms")
    assert "the source text stands in" in found.detail


def test_a_unit_that_stands_twice_is_listed_once():
    """The list is as long as the work."""
    unit = UsedUnit("k", State.DRAFT, source="Help")
    assert len(list(checks.unsigned_findings([unit, unit], "bn", "leaflet"))) == 1
