"""The life of a contact: verify and expire change its record and nothing else in contacts.toml."""

from __future__ import annotations

import difflib
import json
import tomllib
from datetime import date, timedelta

import pytest

from campaign import config
from campaign.checks.contacts import contact_findings
from campaign.reporting.contact_expiry import Life, listed

HOW = ("--how", 'called it; "read" their page', "--on", "2026-11-20")


def added(before, after):
    """The lines that are new, and the lines that are gone."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[:2] == "+ "], [line[2:] for line in lines if line[:2] == "- "]


def test_verify_writes_what_was_checked_and_keeps_every_comment(workspace, cli):
    """Name, day, way and end stand behind the record; every other byte stays."""
    before = workspace.contacts.read_text(encoding="utf-8")
    ended = cli.run(
        "contacts", "verify", "be-pag-asa", "--name", "A. Peeters", *HOW, "--until", "2027-01-31", at=workspace
    )
    assert ended.code == 0, ended.err
    new, gone = added(before, workspace.contacts.read_text(encoding="utf-8"))
    assert new == [
        "verified_on = 2026-11-20",
        'verified_by = "A. Peeters"',
        'verified_how = "called it; \\"read\\" their page"',
        "valid_until = 2027-01-31",
        new[4],
    ]
    assert new[4].startswith("checked = {country = ")
    assert gone == []
    contact = next(c for c in config.load(workspace).contacts if c.id == "be-pag-asa")
    assert contact.verified and contact.verified_how == 'called it; "read" their page'


@pytest.mark.slow
def test_every_contact_can_be_verified_expired_and_verified_again(workspace, cli):
    """The last record of the file too; the remark of an end goes with the next check."""
    for contact in config.load(workspace).contacts:
        assert cli.run("contacts", "verify", contact.id, "--name", "A", *HOW, at=workspace).code == 0
        assert cli.run("contacts", "expire", contact.id, "--reason", "moved", at=workspace).code == 0
    text = workspace.contacts.read_text(encoding="utf-8")
    assert text.count("# expired: moved") == len(config.load(workspace).contacts)
    today = date.today()
    assert {one.life for one in listed(config.load(workspace).contacts, today)} == {Life.EXPIRED}
    for contact in config.load(workspace).contacts:
        again = cli.run(
            "contacts", "verify", contact.id, "--name", "B", "--how", "called", "--on", str(today), at=workspace
        )
        assert again.code == 0, again.err
    assert "expired:" not in workspace.contacts.read_text(encoding="utf-8")
    assert text.count("[[contact]]") == workspace.contacts.read_text(encoding="utf-8").count("[[contact]]")


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("verify", "be-payok", "--name", "A", *HOW), "did you mean 'be-payoke'?"),
        (("verify", "be-payoke", "--name", " ", *HOW), "--name: is empty"),
        (("verify", "be-payoke", "--name", "A", "--how", "x", "--on", "2999-01-01"), "lies in the future"),
        (("verify", "be-payoke", "--name", "A", *HOW, "--until", "2026-01-01"), "lies before the check"),
        (("verify", "be-payoke", "--name", "A", *HOW, "--until", "2036-01-01"), "say why it stays: --because"),
        (("verify", "be-payoke", "--name", "A\u202eB", *HOW), "a character that cannot be seen (U+202E)"),
        (("expire", "be-payoke", "--reason", "x"), "is not verified"),
    ],
)
def test_a_refused_change_leaves_the_file_as_it_was(workspace, cli, arguments, what):
    """Each mistake is named, and not one byte is written."""
    before = workspace.contacts.read_bytes()
    ended = cli.run("contacts", *arguments, at=workspace)
    assert ended.code == 1 and what in ended.err
    assert workspace.contacts.read_bytes() == before


def test_verify_asks_for_what_is_not_given(workspace, cli):
    """Who, when and how, one question each; an empty answer to the day is today."""
    ended = cli.spawn("contacts", "verify", "be-payoke", at=workspace, stdin="A. Peeters\n\ncalled it\n")
    assert ended.code == 0, ended.err
    record = next(
        c for c in tomllib.loads(workspace.contacts.read_text(encoding="utf-8"))["contact"] if c["id"] == "be-payoke"
    )
    assert (record["verified_by"], record["verified_how"]) == ("A. Peeters", "called it")
    assert record["verified_on"] == date.today()


def test_list_and_status_say_what_ends_soon(signed, cli):
    """What stops a release first; a check that ends within a month is a reminder."""
    soon = date.today() + timedelta(days=10)
    cli.run("contacts", "verify", "be-surya", "--name", "A", *HOW, "--until", str(soon), at=signed)
    rows = json.loads(cli.run("contacts", "list", "--json", at=signed).out)["contacts"]
    assert [rows[0]["id"], rows[0]["state"], rows[0]["days"]] == ["be-surya", "due", 10]
    assert {row["state"] for row in rows[1:]} == {"verified"}
    assert "ends in 10 days: campaign contacts verify be-surya" in cli.run("status", "--lang", "de", at=signed).err


def test_the_list_of_one_country(wide, cli):
    """--country, as often as one likes; a country that the campaign does not have is named with those that it has."""

    def countries(*codes):
        options = [part for code in codes for part in ("--country", code)]
        rows = json.loads(cli.run("contacts", "list", "--json", *options, at=wide).out)["contacts"]
        return [row["country"] for row in rows]

    everywhere = countries()
    for chosen in ({"BE"}, {"BE", "GR"}):
        assert sorted(countries(*chosen)) == sorted(code for code in everywhere if code in chosen)
        assert set(countries(*chosen)) == chosen
    lines = cli.run("contacts", "list", "--country", "BE", at=wide).out.splitlines()
    assert len(lines) == everywhere.count("BE") and all(" BE be-" in line for line in lines)
    unknown = cli.run("contacts", "list", "--country", "be", at=wide)
    assert unknown.code == 1 and "--country be: is not in campaign.toml" in unknown.err and "BE" in unknown.err


def test_a_check_holds_for_more_than_a_year_when_somebody_says_why(workspace, cli):
    """The reason stands in the record, is asked for by nobody, and ends with the check."""
    long = ("--until", "2036-01-01", "--because", "a number of the law (2018/1972, article 109)")
    done = cli.run("contacts", "verify", "be-payoke", "--name", "A", *HOW, *long, at=workspace)
    assert done.code == 0, done.err
    (contact,) = [each for each in config.load(workspace).contacts if each.id == "be-payoke"]
    assert contact.verified and contact.valid_because.startswith("a number of the law")
    assert not list(contact_findings([contact], date(2026, 11, 24)))
    assert cli.run("contacts", "verify", "be-payoke", "--name", "A", *HOW, at=workspace).code == 0
    (contact,) = [each for each in config.load(workspace).contacts if each.id == "be-payoke"]
    assert contact.valid_because == ""
