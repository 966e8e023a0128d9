"""Regions below a country: their own items, with their own helplines before the country's."""

import pytest

from campaign import config

_RECORD = """
[[contact]]
id = "be-vlaanderen"
country = "BE"
region = "BE-VLG"
name = "Vlaamse lijn"
kind = "trafficking"
number = "+3292000001"
source = "page of the operator"
"""


def _record(workspace, text=_RECORD):
    workspace.contacts.write_text(workspace.contacts.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_region_has_its_own_helplines_first_and_the_country_none_of_them(workspace, rewrite):
    """What answers in a region stands in its items before what answers everywhere, and in no other item."""
    rewrite(workspace.config, 'countries = ["BE"]', 'countries = ["BE", "BE-VLG"]')
    _record(workspace)
    campaign = config.load(workspace)
    own, whole = (campaign.contacts_for(place, "migrants") for place in ("BE-VLG", "BE"))
    assert [contact.id for contact in own] == ["be-vlaanderen", *(contact.id for contact in whole)]
    assert campaign.emergency_for("BE-VLG") == campaign.emergency_for("BE")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('region = "BE-VLG"', 'region = "DE-BY"', "write it like BE-XX"),
        ('region = "BE-VLG"', 'region = "Vlaanderen"', "write it like BE-XX"),
    ],
)
def test_a_region_of_another_country_is_refused(cli, workspace, old, new, said):
    """A helpline lies in a region of its country."""
    _record(workspace, _RECORD.replace(old, new))
    assert said in cli.run("check", at=workspace).err


def test_the_check_of_a_contact_covers_its_region_and_those_of_before_stay(workspace, attest, rewrite):
    """A record without a region keeps its check through an upgrade; a region that is written in or changed ends it."""
    attest(workspace)
    found = {contact.id: contact for contact in config.load(workspace).contacts}
    assert "region" not in dict(found["be-payoke"].checked) and found["be-payoke"].verified
    rewrite(workspace.contacts, 'id = "be-payoke"', 'id = "be-payoke"\nregion = "BE-VLG"')
    found = {contact.id: contact for contact in config.load(workspace).contacts}
    assert found["be-payoke"].changed == ("region",)
    attest(workspace)
    rewrite(workspace.contacts, 'region = "BE-VLG"\n', "")
    found = {contact.id: contact for contact in config.load(workspace).contacts}
    assert found["be-payoke"].changed == ("region",)


@pytest.mark.slow
def test_items_of_a_region_go_out_like_those_of_a_country(cli, workspace, rewrite):
    """Built, packed and read again; the sentences for the country stand in them, and `remove country` takes both."""
    rewrite(workspace.config, 'countries = ["BE"]', 'countries = ["BE", "BE-VLG"]')
    _record(workspace)
    chosen = ("--country", "BE-VLG", "--lang", "de", "--audience", "migrants", "--channel", "sms")
    assert cli.run("build", *chosen, "--jobs", "1", at=workspace).code == 0
    text = (workspace.output("review") / "BE-VLG" / "de" / "migrants" / "sms.txt").read_text(encoding="utf-8")
    assert "+32 9 200 00 01" in text
    packed = cli.run("pack", "sms", at=workspace)
    assert (packed.code, "sms-BE-VLG.zip" in packed.out) == (0, True), packed.err
    again = cli.run("verify", "--no-ocr", "--jobs", "1", at=workspace)
    assert (again.code, "0 differences" in again.out) == (0, True), again.out
    gone = cli.run("remove", "country", "BE-VLG", at=workspace)
    assert gone.code == 0, gone.err
    assert "be-vlaanderen" not in workspace.contacts.read_text(encoding="utf-8")
    assert "be-payoke" in workspace.contacts.read_text(encoding="utf-8")
