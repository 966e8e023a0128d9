"""A sheet of several languages: packed when each of them is signed, remembered by language, read again, recalled."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date

import pytest
from own_campaigns import PROFILES, REPOSITORY
from signing import answer, verify_contacts

from campaign import config
from campaign.delivery import printer_zip_check, recall
from campaign.ledger import releases
from campaign.ledger.verdicts import Person
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.session import Desk

#: Real files, printed: not for the lane that a person waits for.
pytestmark = [pytest.mark.slow, pytest.mark.breadth]

TODAY = date.today()
TABLES = """
[layouts.wall-a3]
name = "Wall poster"
width = 297
height = 420
pages = 1
contacts = 1
languages = [3, 14]
shows = ["title", "label:neutral", "label:edition_line", "label:qr_alt"]

[layouts.slide-16x9]
name = "Slide"
width = 338.67
height = 190.5
pages = 1
contacts = 1
languages = [1, 14]
screen = true
shows = ["title", "alt", "label:emergency_line", "label:qr_alt"]

[print.quick]
resolution = 150

[walls.station]
name = "Station"
country = "BE"
audience = "migrants"
languages = ["de", "ar", "en"]
formats = ["wall-a3"]
strips = true

[walls.screens]
name = "Screens"
country = "BE"
audience = "migrants"
languages = ["ar", "de"]
formats = ["slide-16x9"]
"""
PACK = "wall_BE_station_quick"


@pytest.fixture(scope="module")
def _place(_fresh_workspace, tmp_path_factory):
    """The small campaign with a place, its languages signed but for Arabic."""
    from campaign.review.commands import sign_items
    from campaign.workspace.selection import Selection

    project = Project(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("wall") / "workspace"))
    shutil.copytree(REPOSITORY / PROFILES, project.profiles)
    with project.config.open("a", encoding="utf-8") as file:
        file.write(TABLES)
    verify_contacts(project)
    for locale in ("de", "en"):
        chosen = Selection(audiences=("migrants",))
        sign_items(project, locale, chosen, reviewer="M. Weber", role="mediator", on=date(2026, 11, 20), comment="")
    return project.root


@pytest.fixture
def place(_place, tmp_path):
    """A copy of it for this test."""
    return Project(shutil.copytree(_place, tmp_path / "workspace"))


@pytest.fixture
def whole(place):
    """The same with Arabic signed as well."""
    from campaign.review.commands import sign_items
    from campaign.workspace.selection import Selection

    chosen = Selection(audiences=("migrants",))
    sign_items(place, "ar", chosen, reviewer="S. Haddad", role="mediator", on=date(2026, 11, 21), comment="")
    return place


def test_a_sheet_waits_for_its_least_finished_language(place, cli):
    """Two of three languages signed: nothing is packed, and the reasons name Arabic alone; a proof marks Arabic alone."""
    told = json.loads(cli.run("status", "--json", at=place).out)["places"]
    station = {
        "place": "station",
        "format": "wall-a3",
        "state": "draft",
        "languages": {"de": "signed", "ar": "draft", "en": "signed"},
    }
    assert station in told
    assert "station (Station), wall-a3: draft; not signed: ar" in cli.run("status", at=place).out
    done = cli.run("pack", "wall", "station", "--profile", "quick", at=place)
    assert done.code == 1
    assert "BE/ar/migrants/wall-a3: unsigned" in done.err
    assert "BE/de/" not in done.err
    assert not list((place.root / "output").rglob("*.zip"))
    assert cli.run("pack", "wall", "station", "--profile", "quick", "--proof", at=place).code == 0
    with zipfile.ZipFile(place.packs("review") / f"{PACK}_PROOF.zip") as archive:
        from campaign.typeset.guard import visual_lines

        lines = visual_lines(archive.read("BE_mul_station_wall-a3-screen.pdf"))
    assert [line for line in lines if line.endswith("· DRAFT") or line.startswith("DRAFT ·")] == ["DRAFT · ةدوسم"]
    assert any("PROOF" in line for line in lines)


def test_a_signed_sheet_goes_out_and_is_found_again(whole, cli, rewrite):
    """One file in three languages: verified, in the history with the words of each, and no file once one is withdrawn."""
    assert cli.run("pack", "wall", "--profile", "quick", at=whole).code == 0
    with zipfile.ZipFile(whole.packs("release") / f"{PACK}.zip") as archive:
        (job,) = json.loads(archive.read("job-ticket.json"))["jobs"]
    assert (job["tag"], job["locales"], job["audience"]) == ("mul", ["de", "ar", "en"], "Station")
    out = releases.read(whole.history, "releases.jsonl").out()
    release = out.pop("BE_mul_station_wall-a3-press.pdf")
    assert {(path, each.tongues) for path, each in out.items()} == {
        ("BE_screens_01_mul-slide.png", ("ar", "de")),
        ("BE_screens_02_ar-slide.png", ("ar",)),
        ("BE_screens_03_de-slide.png", ("de",)),
        ("BE_screens-slides.html", ("ar", "de")),
    }
    key = next(unit for unit in release.units if release.text("ar", unit))
    assert (release.tongues, release.locale) == (("de", "ar", "en"), "mul")
    assert release.text("ar", key) != release.text("de", key) != ""

    found = recall.find(whole, key, TODAY)
    assert "BE_mul_station_wall-a3-press.pdf" in [hit.release.path for hit in found.hits]

    assert found_in(whole, TODAY) == []
    _another_number(whole, rewrite)
    person = Person("S. Haddad", "mediator")
    assert answer(Desk(whole), "ar", key, Verdict.REJECT, person, TODAY, reason="wrong").events
    assert {(one.code, one.locale) for one in found_in(whole, TODAY)} == {("unsigned", "ar")}


def found_in(project, today=None):
    """What is wrong with the packs of both places, and with `today` what speaks against them now."""
    count, found = printer_zip_check.findings(project, config.load(project), "release", ocr=False, today=today)
    assert count == 2
    return list(found)


def _another_number(project, rewrite):
    """The poster hangs with a number that nobody answers any more: verify names its press file."""
    before = project.contacts.read_text(encoding="utf-8")
    rewrite(project.contacts, '"+3232011690"', '"+3232011699"')
    found = found_in(project)
    project.contacts.write_text(before, encoding="utf-8")
    assert any("BE_screens-slides.html" in one.where for one in found)
    assert any(
        "BE_mul_station_wall-a3-press.pdf" in one.where and "+32 3 201 16 99" in str(one.detail) for one in found
    )
