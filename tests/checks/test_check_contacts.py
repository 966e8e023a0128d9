"""A number is released only while somebody's check of it holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign import checks
from campaign.checks.contacts import silent_records
from campaign.model.contact import ATTESTED, Contact, Hours, OtherHours

TODAY = date(2026, 3, 1)
RECORD = Contact(
    "gr-line", "GR", "Γραμμή", "trafficking", "1109", "1109", "public page",
    verified_on=date(2026, 1, 1), verified_by="Maria", valid_until=TODAY,
)  # fmt: skip
CHECKED = replace(RECORD, checked=tuple(RECORD.attested.items()))

#: Another value of everything that people dial, open or are promised.
OTHERWISE = {
    "country": "CY", "name": "Line", "kind": "women", "number": "1108", "hours": (Hours("daily", "09:00", "17:00"),),
    "always_open": True, "languages": ("el",), "interpreters": True, "cost": "free", "anonymous": True,
    "confidential": "yes", "url": "https://gr.example", "email": "a@gr.example", "answers_sms": True, "answers_whatsapp": True,
    "region": "GR-I", "exceptions": (OtherHours("12-25"),), "chat": "https://gr.example/c", "address": "Athens 1",
}  # fmt: skip


def details(*contacts):
    """The details of the findings about these contacts on one day."""
    return [found.detail for found in checks.contact_findings(contacts, TODAY)]


def test_a_contact_holds_through_its_last_day():
    """The day itself still counts."""
    assert details(CHECKED) == []


def test_a_contact_past_its_day_is_found():
    """A number that may have changed is checked again before it is printed."""
    assert details(replace(CHECKED, valid_until=TODAY - timedelta(days=1))) == [
        "Γραμμή 1109 was valid until 2026-02-28: check it again"
    ]


@pytest.mark.parametrize("key", ["verified_on", "verified_by", "valid_until"])
def test_a_contact_that_nobody_verified_is_found(key):
    """The finding says what is still to do."""
    (detail,) = details(replace(CHECKED, **{key: "" if key == "verified_by" else None}))

    assert "is not verified" in detail
    assert detail.endswith(f"then: campaign contacts verify {CHECKED.id}")


def test_a_check_in_the_future_is_found():
    """A date that cannot be is a typing mistake."""
    future = replace(CHECKED, verified_on=date(2027, 1, 1), valid_until=date(2027, 6, 1))
    assert details(future) == ["Γραμμή 1109 has a verified_on in the future: 2027-01-01"]


@pytest.mark.parametrize("key", OTHERWISE)
def test_a_check_covers_what_was_checked_and_nothing_else(key):
    """One digit, one promise, one language changed after the call: the record is unverified again, and says which."""
    changed = replace(CHECKED, **{key: OTHERWISE[key]})
    (detail,) = details(changed)

    assert not changed.verified
    named = "hours" if key == "always_open" else key
    assert f"was changed after it was checked ({named})" in detail
    assert detail.endswith("then: campaign contacts verify gr-line")
    assert details(replace(changed, **{key: getattr(CHECKED, key)})) == []


def test_every_key_that_is_attested_is_tried_above():
    """A new key of a contact cannot be forgotten here."""
    assert set(ATTESTED) | {"always_open"} == OTHERWISE.keys()


def test_what_the_campaign_decides_about_a_contact_is_no_matter_of_its_check():
    """Whom it is printed for and where the record comes from: nobody who was called can say."""
    assert details(replace(CHECKED, audiences=("migrants",), source="another page")) == []


def test_a_check_that_does_not_say_what_was_checked_is_asked_for_once():
    """Records of an earlier version, and dates that were typed by hand."""
    (detail,) = details(RECORD)
    assert "does not say what was checked" in detail and not RECORD.verified


def test_no_check_holds_longer_than_a_year():
    """Numbers change hands."""
    late = replace(CHECKED, valid_until=date(2027, 3, 1))
    assert details(late) == ["Γραμμή 1109 is valid until 2027-03-01, more than a year after it was checked"]


def test_the_finding_says_which_record():
    """Staff find the table in contacts.toml by its id."""
    (found,) = checks.contact_findings([replace(CHECKED, verified_by="")], TODAY)
    assert (found.code, found.locale, found.where) == ("contact-expired", "", "contacts.toml: gr-line")


def test_a_record_that_says_nothing_of_hours_languages_or_cost_asks_for_a_look():
    """Staff learn what to ask when they call; it stops nothing."""
    (found,) = silent_records([CHECKED])
    whole = replace(CHECKED, always_open=True, languages=("el",), cost="free")

    assert found.detail == "Γραμμή says nothing of hours, languages, cost: ask when you call"
    assert found.severity.value == "warning"
    assert list(silent_records([whole, replace(whole, kind="emergency", languages=())])) == []
