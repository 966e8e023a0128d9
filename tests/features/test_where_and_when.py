"""Where and when a helpline answers: regions below a country, and days on which other hours hold."""

import shutil

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


@pytest.mark.breadth
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


@pytest.mark.slow
def test_days_on_which_other_hours_hold_stand_behind_the_hours(workspace, cli, rewrite, repository):
    """Public holidays and days of the year, closed or with other hours; the record's check and signatures cover them."""
    others = '["public-holidays closed", "12-24 09:00-13:00", "12-25 closed", "01-01 closed"]'
    rewrite(
        workspace.contacts,
        'id = "be-payoke"',
        f'id = "be-payoke"\nhours = ["mon-fri 09:00-17:00"]\nexceptions = {others}',
    )
    shutil.copy(repository / "templates" / "messages" / "claims.j2", workspace.messages)
    chosen = ("--lang", "en", "--audience", "migrants", "--channel", "web", "--jobs", "1")
    built = cli.run("build", *chosen, at=workspace)
    assert built.code == 0, built.err
    page = (workspace.output("review") / "BE" / "en" / "migrants" / "index.html").read_text(encoding="utf-8")
    said = "Monday to Friday 09:00–17:00 · Closed on public holidays · 24/12 09:00–13:00 · Closed: 25/12 · 01/01"
    assert said in page


@pytest.mark.parametrize(
    "wrong", ["13-01 closed", "02-30 closed", "25/12 closed", "12-25 shut", "12-25", "12-24 09:00-9:30"]
)
def test_what_is_no_day_or_no_time_is_refused(workspace, cli, rewrite, wrong):
    """A day that no year has is never promised to anybody."""
    rewrite(workspace.contacts, 'id = "be-payoke"', f'id = "be-payoke"\nhours = ["24/7"]\nexceptions = ["{wrong}"]')
    assert "is no exception of opening hours" in cli.run("check", at=workspace).err


def test_claims_of_before_cannot_leave_exceptions_out(workspace, cli, rewrite):
    """A workspace whose claims know of no exceptions says so, and promises no hours that do not hold."""
    rewrite(workspace.contacts, 'id = "be-payoke"', 'id = "be-payoke"\nhours = ["24/7"]\nexceptions = ["12-25 closed"]')
    done = cli.run("build", "--lang", "en", "--audience", "migrants", "--channel", "sms", "--jobs", "1", at=workspace)
    assert (done.code, "leaves out the exceptions of be-payoke" in done.err) == (1, True), done.err
