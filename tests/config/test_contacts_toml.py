"""contacts.toml: a wrong number on a leaflet is worse than no leaflet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from campaign import config
from campaign.config.contacts import displayed
from campaign.errors import CampaignError, Problem
from campaign.model.contact import Contact, Hours
from campaign.project import Project

Rewrite = Callable[[Path, str, str], None]

PAYOKE = 'number = "+3232011690"'


def problems(project: Project) -> dict[str, Problem]:
    """The problems of a workspace, by the place that each names."""
    with pytest.raises(CampaignError) as caught:
        config.load(project)
    found = {re.sub(r":\d+: ", ": ", problem.where): problem for problem in caught.value.problems}
    assert len(found) == len(caught.value.problems), "one problem is said twice"
    return found


def payoke(project: Project) -> Contact:
    """The third contact of the file."""
    return next(contact for contact in config.load(project).contacts if contact.id == "be-payoke")


@pytest.mark.parametrize(
    ("number", "country", "shown"),
    [
        ("+3232011690", "BE", "+32 3 201 16 90"),
        ("+3225116464", "BE", "+32 2 511 64 64"),
        ("+4967412232", "DE", "+49 6741 2232"),
        ("+39800290290", "IT", "800 290 290"),
        ("112", "BE", "112"),
        ("1109", "GR", "1109"),
        ("116000", "BE", "116 000"),
        ("116016", "DE", "116 016"),
    ],
)
def test_a_number_is_shown_as_people_in_the_country_read_it(number: str, country: str, shown: str) -> None:
    """Groups of digits are those of the country; a freephone number has its national form."""
    assert displayed(number, country) == shown
    assert number.endswith("".join(filter(str.isdigit, shown))), "not one digit is lost or turned"


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("+3202011690", "first digit wrong: no Belgian area begins with 0"),
        ("+3262011690", "first digit wrong: no such area"),
        ("+3239011690", "second digit wrong: no such exchange"),
        ("+323201169", "a digit lost"),
        ("+32320116900", "a digit too many"),
        ("+31201234567", "a number of the Netherlands"),
        ("+4967412232", "a number of Germany"),
        ("+9991234567", "a calling code that no country has"),
        ("+32032011690", "the national zero left in"),
        ("3232011690", "no plus sign"),
        ("003232011690", "00 for plus"),
        ("03 201 16 90", "national form"),
        ("+32 3 201 16 90", "spaces"),
        ("+32320116٩0", "a digit of another script"),
        ("١١٢", "a short code in another script"),
        ("12", "too short for a short code"),
        ("1234567", "too long for a short code"),
        ("+32320116\u200e90", "an invisible mark"),
        ("call us", "no number"),
    ],
)
def test_a_wrong_number_is_refused_with_its_key(workspace: Project, rewrite: Rewrite, number: str, what: str) -> None:
    """A digit that was mistyped does not reach a printer when the numbering plan can tell."""
    rewrite(workspace.contacts, PAYOKE, f'number = "{number}"')

    problem = problems(workspace)["contacts.toml: be-payoke.number"]

    assert repr(number) in problem.what, what
    # What can be read is said in full; of the others how numbers of that country are written.
    assert problem.todo.startswith(("write +3232011690,", "write +32 and its digits without spaces"))
    readable = {"the national zero left in", "no plus sign", "00 for plus", "national form", "spaces"}
    readable |= {"a digit of another script"}
    assert ("write +3232011690," in problem.todo) == (what in readable), problem.todo
    assert ("is not a telephone number of BE" in problem.what) == (what not in readable), problem.what


def test_a_record_arrives_whole(workspace: Project, rewrite: Rewrite) -> None:
    """Each key of a contact is what the claims are compiled from."""
    more = """hours = ["mon-fri 09:00-17:30", "sat-sun 10:00-24:00"]
cost = "local"
anonymous = true
confidential = "with-exceptions"
interpreters = true
url = "https://www.payoke.be"
email = "info@payoke.be"
verified_on = 2026-11-01
verified_by = "A. Peeters"
valid_until = 2026-12-31"""
    rewrite(workspace.contacts, PAYOKE, f"{PAYOKE}\n{more}")

    contact = payoke(workspace)

    assert contact.hours == (Hours("mon-fri", "09:00", "17:30"), Hours("sat-sun", "10:00", "24:00"))
    assert (contact.cost, contact.anonymous, contact.confidential, contact.interpreters) == (
        "local",
        True,
        "with-exceptions",
        True,
    )
    assert (contact.url, contact.email) == ("https://www.payoke.be", "info@payoke.be")
    assert (contact.verified_on, contact.valid_until, contact.verified_by) == (
        date(2026, 11, 1),
        date(2026, 12, 31),
        "A. Peeters",
    )
    assert replace(contact, checked=tuple(contact.attested.items())).verified
    assert contact.display == "+32 3 201 16 90"
    assert contact.languages == ("nl", "fr", "en")


def test_without_a_date_or_a_name_a_contact_is_not_verified(workspace: Project, rewrite: Rewrite) -> None:
    """A date that nobody put a name to verifies nothing."""
    rewrite(workspace.contacts, PAYOKE, f"{PAYOKE}\nverified_on = 2026-11-01\nvalid_until = 2026-12-31")

    assert not payoke(workspace).verified


@pytest.mark.parametrize(
    ("line", "key", "what"),
    [
        ("verified_on = 2026-11-02\nvalid_until = 2026-11-01", "valid_until", "lies before verified_on"),
        ('verified_on = "2026-11-02"', "verified_on", "a date like"),
        ("valid_until = 2026-11-02T00:00:00Z", "valid_until", "a date like"),
        ('hours = ["9-17"]', "hours", "is not a time span"),
        ('hours = ["mon-fri 09:00-25:00"]', "hours", "is not a time span"),
        ('hours = ["mon-fri ٠٩:00-17:00"]', "hours", "is not a time span"),
        ('hours = ["24/7", "mon-fri 09:00-17:00"]', "hours", "24/7 and a time span"),
        ('cost = "fre"', "cost", "did you mean 'free'"),
        ('confidential = "maybe"', "confidential", "is not one of"),
        ('anonymous = "true"', "anonymous", "true or false"),
        ('url = "www.payoke.be"', "url", "https://"),
        ('email = "payoke"', "email", "an e-mail address"),
        ('audiences = ["migrant"]', "audiences", "did you mean 'migrants'"),
        ("valid_till = 2026-11-01", "valid_till", "did you mean 'valid_until'"),
    ],
)
def test_a_wrong_entry_names_contact_and_key(
    workspace: Project, rewrite: Rewrite, line: str, key: str, what: str
) -> None:
    """A contact is called by its id, and the message has its key."""
    rewrite(workspace.contacts, PAYOKE, f"{PAYOKE}\n{line}")

    assert what in problems(workspace)[f"contacts.toml: be-payoke.{key}"].what


def test_a_language_nobody_knows_is_refused_with_the_likely_tag(workspace: Project, rewrite: Rewrite) -> None:
    """A promise like "they speak Dari" needs the tag of Dari."""
    rewrite(workspace.contacts, 'languages = ["nl", "fr", "en"]', 'languages = ["nl", "dari"]')

    assert "prs (Dari)" in problems(workspace)["contacts.toml: be-payoke.languages"].todo


def test_a_country_in_small_letters_is_refused(workspace: Project, rewrite: Rewrite) -> None:
    """A contact that no country would ever show is not accepted in silence."""
    text = workspace.contacts.read_text(encoding="utf-8")
    workspace.contacts.write_text(text.replace('country = "BE"', 'country = "be"', 1), encoding="utf-8")

    assert "two capital letters" in problems(workspace)["contacts.toml: be-emergency.country"].what


def test_two_contacts_with_one_id_are_refused(workspace: Project, rewrite: Rewrite) -> None:
    """A recall by id must name exactly one number."""
    rewrite(workspace.contacts, 'id = "be-payoke"', 'id = "be-surya"')

    assert "be-surya" in problems(workspace)["contacts.toml: contact"].what


def test_a_country_without_emergency_number_is_refused(workspace: Project, rewrite: Rewrite) -> None:
    """Every leaflet carries the emergency number, so every country has one."""
    rewrite(workspace.contacts, 'kind = "emergency"', 'kind = "women"')

    assert "BE has no contact of kind 'emergency'" in problems(workspace)["contacts.toml: contact"].what


def test_an_audience_without_contact_is_refused(workspace: Project) -> None:
    """A leaflet without a helpline is not built: the file says which audience has none."""
    text = workspace.contacts.read_text(encoding="utf-8")
    parts = text.split("[[contact]]\n")
    kept = [part for part in parts if 'kind = "trafficking"' not in part]
    workspace.contacts.write_text("[[contact]]\n".join(kept), encoding="utf-8")

    problem = problems(workspace)["contacts.toml: contact"]

    assert problem.what == "BE has no contact for migrants"
    assert "audiences" in problem.todo


@pytest.mark.parametrize(("written", "meant"), [("UK", "GB"), ("EL", "GR")])
def test_a_code_that_people_take_for_a_country_is_named_with_the_right_one(workspace, rewrite, written, meant):
    """Nobody has to know that the United Kingdom is GB: settings and contacts say it."""
    rewrite(workspace.config, 'countries = ["BE"]', f'countries = ["BE", "{written}"]')
    text = workspace.contacts.read_text(encoding="utf-8")
    workspace.contacts.write_text(text.replace('country = "BE"', f'country = "{written}"', 1), encoding="utf-8")
    found = problems(workspace)
    assert found["campaign.toml: countries"].todo == f"write {meant}"
    assert found["contacts.toml: be-emergency.country"].todo == f"write {meant}"


def test_a_wrong_entry_names_the_line_and_the_record(workspace: Project, rewrite: Rewrite) -> None:
    """Whoever has forty records finds the wrong one by its id and the line of its key; what is not there, by its head."""
    rewrite(workspace.contacts, PAYOKE, 'number = "+32"')
    lines = workspace.contacts.read_text(encoding="utf-8").splitlines()
    line = lines.index('number = "+32"') + 1
    with pytest.raises(CampaignError) as caught:
        config.load(workspace)
    assert caught.value.problems[0].where == f"contacts.toml:{line}: be-payoke.number"
