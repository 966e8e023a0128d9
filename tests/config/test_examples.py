"""Settings that are examples still: they stop a release, and nothing that is right is taken for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from campaign import config
from campaign.config.examples import examples
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.project import Project

Rewrite = Callable[[Path, str, str], None]
OURS = "https://rights.test/help"
ONE = ("--lang", "de", "--audience", "migrants")


@pytest.fixture(scope="module")
def campaign(_fresh_workspace: Path) -> Campaign:
    """The campaign of the tests."""
    return config.load(Project(_fresh_workspace))


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/help",
        "https://EXAMPLE.com",
        "https://www.example.net:8443/x",
        "https://help.example.org/a",
        "https://hilfe.example/de",
        "https://localhost/help",
        "https://127.0.0.1/help",
        "https://[::1]/help",
        "https://192.168.1.20/help",
        "https://server.local/help",
        "https://intranet.internal",
        "https://site.invalid",
        "https://your-domain.org/help",
        "https://www.yourdomain.com",
        "https://your-organisation.eu",
    ],
)
def test_an_address_that_leads_to_nobody_is_an_example(campaign: Campaign, address: str) -> None:
    """Names kept for examples and for one's own house, addresses of one's own house, what a form says."""
    for key in ("base_url", "exit_url"):
        (found,) = examples(replace(campaign, **{key: address}))
        assert found.where == f"campaign.toml: {'base_url' if key == 'base_url' else 'web.exit_url'}"
        assert address in found.what
        assert found.todo


@pytest.mark.parametrize(
    "address",
    [
        OURS,
        "https://myexample.org/help",
        "https://example.org.uk",
        "https://examples.org",
        "https://your-rights.eu/be",
        "https://yourrights.org",
        "https://local.be/hulp",
        "https://xn--80ak6aa92e.com",
        "https://1.1.1.1/x",
        "https://help.exemple.fr/example.org/x",
    ],
)
def test_a_real_address_is_none(campaign: Campaign, address: str) -> None:
    """What only looks like one passes: a false alarm would stop a campaign."""
    assert not list(examples(replace(campaign, base_url=address, exit_url=address)))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Hilfe e.V., www.example.org", True),
        ("Help (example.com)", True),
        ("An example of help, local and free", False),
        ("Beispiel e.V.", False),
        ("مثال example", False),
    ],
)
def test_the_organisation_is_read_too(campaign: Campaign, name: str, found: bool) -> None:
    """Its name is printed: an address in it is an address; a word is a word."""
    brand = replace(campaign.brand, organisation=name)
    assert [problem.where for problem in examples(replace(campaign, brand=brand))] == (
        ["campaign.toml: brand.organisation"] if found else []
    )


def test_a_helpline_has_no_example_either(campaign: Campaign) -> None:
    """Pages link what the record says."""
    first, *others = campaign.contacts
    first = replace(first, url="https://www.example.org/", email="help@example.com")
    found = list(examples(replace(campaign, contacts=(first, *others))))
    assert [problem.where for problem in found] == [f"contacts.toml: {first.id}.{key}" for key in ("url", "email")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [("build", "--release", *ONE), ("pack", "sms", "--release")],
)
@pytest.mark.sample(1)
def test_nothing_goes_out_with_the_address_that_init_wrote(
    released: Project,
    cli: Any,
    rewrite: Rewrite,
    contents: Callable[[Path], dict[str, bytes]],
    command: tuple[str, ...],
) -> None:
    """Signed, verified, released once: the default base_url stops it, says what to write, and nothing is written."""
    rewrite(released.config, OURS, "https://example.org/help")
    before = contents(released.root)
    ended = cli.run(*command, at=released)
    assert ended.code == 1
    assert "campaign.toml: base_url: 'https://example.org/help' is an example" in ended.err
    assert "write the address where your web pages will be" in ended.err
    assert contents(released.root) == before


@pytest.mark.slow
def test_drafts_may_have_it_and_status_reminds(workspace: Project, cli: Any, rewrite: Rewrite) -> None:
    """A first build of what init wrote works as before."""
    rewrite(workspace.config, OURS, "https://example.org/help")
    assert cli.run("build", *ONE, at=workspace).code == 0
    assert workspace.manifest(Edition.REVIEW).is_file()
    assert "base_url: 'https://example.org/help' is an example" in cli.run("status", at=workspace).err


def with_number(campaign: Campaign, number: str, country: str, **more: Any) -> Campaign:
    """The campaign whose helpline has this number."""
    first, *rest = campaign.contacts
    return replace(campaign, contacts=(replace(first, number=number, country=country, display=number, **more), *rest))


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("+12125550123", "US"),
        ("+14165550199", "CA"),
        ("+442079460123", "GB"),
        ("+441632960999", "GB"),
        ("+447700900000", "GB"),
        ("+441184960500", "GB"),
        ("+33199001234", "FR"),
        ("+33639981234", "FR"),
        ("+493023125000", "DE"),
        ("+4917139200" + "42", "DE"),
        ("+61491570156", "AU"),
        ("+61255501234", "AU"),
        ("+46846500412", "SE"),
        ("+353209112345", "IE"),
    ],
)
def test_a_number_kept_for_films_reaches_nobody(campaign: Campaign, number: str, country: str) -> None:
    """It stops a release whatever anybody says of it: no authority gives it to anyone."""
    (found,) = examples(with_number(campaign, number, country, verified_how=f"called {number}"))
    assert "kept for films and examples" in found.what and found.where.endswith(".number") and found.todo


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("+3212345678", "BE"),
        ("+32470123456", "BE"),
        ("+49301234567", "DE"),
        ("+498001234567", "DE"),
        ("+33123456789", "FR"),
        ("+390612345678", "IT"),
        ("+302101234567", "GR"),
        ("+441212345678", "GB"),
        ("+34987654321", "ES"),
        ("+48999999999", "PL"),
    ],
)
def test_a_number_that_looks_typed_at_random_is_asked_for(campaign: Campaign, number: str, country: str) -> None:
    """Until who checked the contact writes the number that they called, in any writing; a real helpline may have it."""
    (found,) = examples(with_number(campaign, number, country))
    assert "looks like an example" in found.what and "--how" in found.todo
    for how, asked in (
        ("called it", True),
        (f"called {number}", False),
        (f"0{number[3:6]} {number[6:]} answered", False),
    ):
        made = with_number(campaign, number, country, verified_how=how, **CHECKED)
        (first, *_) = made.contacts
        made = replace(made, contacts=(replace(first, checked=tuple(first.attested.items())), *made.contacts[1:]))
        assert bool(list(examples(made))) is asked, how


CHECKED = {"verified_on": date(2026, 11, 1), "verified_by": "A. Peeters", "valid_until": date(2027, 4, 1)}


@pytest.mark.parametrize(
    ("number", "country"),
    [
        *[(short, "BE") for short in ("112", "116000", "116111", "116123", "1109", "12345", "100", "111")],
        ("+3232011690", "BE"),
        ("+32800111111", "BE"),
        ("+4962111", "DE"),
        ("+498000116016", "DE"),
        ("+498001110111", "DE"),
        ("+448001111", "GB"),
        ("+448088005000", "GB"),
        ("+442079250000", "GB"),
        ("+33800235236", "FR"),
        ("+39800290290", "IT"),
        ("+3612222222", "HU"),
        ("+12125551212", "US"),
        ("+18883737888", "US"),
        ("+46846500500", "SE"),
        ("+493023125", "DE"),
        ("+4314000", "AT"),
        ("+40219876543", "RO"),
    ],
)
def test_the_number_of_a_real_helpline_is_no_example(campaign: Campaign, number: str, country: str) -> None:
    """Short codes, numbers that are easy to remember, neighbours of the ranges that are kept free."""
    asked = [found for found in examples(with_number(campaign, number, country)) if found.where.endswith(".number")]
    assert bool(asked) is (number == "+40219876543"), "seven figures down are asked for"


def test_no_contact_of_the_shipped_campaign_is_an_example() -> None:
    """Four countries."""
    shipped = config.load(Project(Path(__file__).parents[2]))
    assert not [found for found in examples(shipped) if found.where.endswith(".number")]
