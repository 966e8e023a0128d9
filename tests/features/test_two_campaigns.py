"""What the program is for, from the check to the recall, on our own campaign and on one that strangers could have made:
another source language, other countries, audiences, logo and colours, three scripts that the first has not, long names.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from own_campaigns import PROFILES, lay_out

from campaign import config
from campaign.catalogue import store
from campaign.project import Project

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

#: What stands in the way of every campaign that nobody has signed and whose numbers nobody has called.
PEOPLE = {"unsigned", "contact-expired"}


@dataclass(frozen=True)
class Used:
    """A campaign of the tests and the part of it that the tests sign and release."""

    name: str
    locale: str
    audience: str
    country: str
    contact: str

    def chosen(self) -> tuple[str, ...]:
        """The options that choose this part."""
        return "--lang", self.locale, "--audience", self.audience, "--country", self.country


USED = [
    Used("small", "de", "migrants", "BE", "be-payoke"),
    Used("outsider", "ur", "recoltes", "FR", "fr-ligne-longue"),
]


@pytest.fixture(scope="module", params=USED, ids=lambda used: used.name)
def used(request):
    """One campaign after the other."""
    return request.param


@pytest.fixture(scope="module")
def _fresh(used, tmp_path_factory):
    return lay_out(used.name, tmp_path_factory.mktemp(used.name) / "workspace", PROFILES)


@pytest.fixture
def fresh(_fresh, tmp_path):
    """The campaign as its files lie there: every text a draft."""
    return Project(Path(shutil.copytree(_fresh.root, tmp_path / "workspace")))


@pytest.fixture(scope="module")
def _released(used, _fresh, cli, attest, tmp_path_factory):
    project = Project(Path(shutil.copytree(_fresh.root, tmp_path_factory.mktemp("released") / "workspace")))
    attest(project)
    sign = ("review", "sign", used.locale, "--audience", used.audience, "--name", "M. Weber")
    for command in (sign, ("build", "--release", *used.chosen(), "--jobs", "1")):
        ended = cli.run(*command, at=project)
        assert ended.code == 0, ended.out + ended.err
    return project


@pytest.fixture
def released(_released, tmp_path):
    """The campaign with every number checked and one message signed and released in one language."""
    return Project(Path(shutil.copytree(_released.root, tmp_path / "workspace")))


@pytest.mark.breadth
def test_check_asks_for_people_and_for_nothing_else(fresh, cli):
    """Texts that are right are no errors in any script: what is left is what a mediator and a telephone must do."""
    found = json.loads(cli.run("check", "--json", at=fresh).out)["findings"]
    others = [f for f in found if f["severity"] == "error" and f["code"] not in PEOPLE]
    assert others == []
    assert {f["locale"] for f in found if f["code"] == "unsigned"} == set(config.load(fresh).languages)


@pytest.mark.sample(1)
def test_every_language_gets_every_draft(fresh, used, cli):
    """Nothing is clipped, no character lacks a glyph, every channel has its files in every language."""
    campaign = config.load(fresh)
    ended = cli.run("build", "--audience", used.audience, "--country", used.country, "--jobs", "1", at=fresh)
    assert ended.code == 0, ended.err
    for locale in campaign.languages:
        folder = fresh.root / "output" / "review" / used.country / locale / used.audience
        made = {path.name for path in folder.iterdir()}
        assert {"leaflet-a5-screen.pdf", "sms.txt", "x.txt", "card-1080x1080.png", "index.html"} <= made, locale
    ended = cli.run("verify", "--no-ocr", "--jobs", "1", at=fresh)
    assert (ended.code, "0 differences" in ended.out) == (0, True), ended.err


def test_a_signed_message_is_released_and_read_again(released, used, cli):
    """What leaves bears the contacts of its record, and an expired or unsigned item is none of it."""
    ended = cli.run("verify", "--release", "--no-ocr", "--jobs", "1", at=released)
    assert (ended.code, "0 differences" in ended.out) == (0, True), ended.err
    items = json.loads((released.root / "output" / "release" / "manifest.json").read_text(encoding="utf-8"))["items"]
    # The chooser of languages and the sheet of pictures belong to several of either.
    assert {item["audience"] for item in items} - {""} == {used.audience}
    assert {item["locale"] for item in items} - {"mul"} == {used.locale}
    assert {item["country"] for item in items} == {used.country}
    assert {item["channel"] for item in items} == {"leaflet", "sms", "social", "web"}


@pytest.mark.parametrize("receiver", ["sms", "social", "web"])
@pytest.mark.sample(2)
def test_whoever_sends_gets_a_pack(released, used, cli, receiver):
    """One file a country and receiver, with what was released and nothing else."""
    ended = cli.run("pack", receiver, "--release", at=released)
    assert ended.code == 0, ended.err
    (pack,) = (released.root / "output" / "packs" / "release").glob(f"{receiver}-*.zip")
    with zipfile.ZipFile(pack) as archive:
        names = archive.namelist()
        assert pack.name == f"{receiver}-{used.country}.zip" and names
        if receiver == "sms":
            (row,) = csv.DictReader(io.StringIO(archive.read("gateway.csv").decode("utf-8-sig")))
            assert "112" in " ".join(row.values())


def test_a_printer_gets_a_pack(released, used, cli):
    """Press files of the smallest format, held against preflight."""
    ended = cli.run("pack", "printer", *used.chosen(), "--format", "palm-card", "--jobs", "1", at=released)
    assert ended.code == 0, ended.err
    (pack,) = (released.root / "output" / "packs" / "release").glob("printer_*.zip")
    with zipfile.ZipFile(pack) as archive:
        assert any(name.endswith("-press.pdf") for name in archive.namelist())
    assert "0 differences" in cli.run("verify", "--release", "--no-ocr", "--jobs", "1", at=released).out


def test_status_counts_what_is_signed(released, used, cli):
    """The table of a meeting has every language, and only the signed items as signed."""
    rows = json.loads(cli.run("status", "--json", at=released).out)["languages"]
    signed = {row["language"]: row["signed"] for row in rows}
    assert set(signed) == set(config.load(released).languages)
    assert signed.pop(used.locale) > 0 and set(signed.values()) == {0}


@pytest.mark.breadth
@pytest.mark.parametrize("kind", ["html", "xlsx", "po"])
def test_a_mediator_elsewhere_gets_every_sentence(fresh, used, cli, tmp_path, kind):
    """A page, a worksheet or a PO file of one message."""
    file = tmp_path / f"pack.{kind}"
    export = ("review", "export", used.locale, "--to", kind, "--audience", used.audience, "--output", str(file))
    ended = cli.run(*export, at=fresh)
    assert ended.code == 0, ended.err
    assert int(re.search(r"(\d+) sentences", ended.out)[1]) > 20 and file.stat().st_size > 1000


@pytest.mark.sample(1)
def test_what_a_mediator_corrects_comes_back(fresh, used, cli, tmp_path):
    """A PO file goes out, one sentence is corrected, and the catalogue has it."""
    file = tmp_path / "pack.po"
    export = ("review", "export", used.locale, "--to", "po", "--audience", used.audience, "--output", str(file))
    assert cli.run(*export, at=fresh).code == 0
    path = fresh.catalogue(used.locale)
    unit = next(unit for unit in store.read(path, path.name, used.locale).units if unit.source in file.read_text())
    old, new = unit.forms[0], unit.forms[0] + " " + unit.forms[0].split()[0]
    text = file.read_text(encoding="utf-8")
    assert f'msgstr "{old}"' in text
    file.write_text(text.replace(f'msgstr "{old}"', f'msgstr "{new}"', 1), encoding="utf-8")
    ended = cli.run("review", "import", str(file), at=fresh)
    assert ended.code == 0, ended.out + ended.err
    assert any(unit.forms[0] == new for unit in store.read(path, path.name, used.locale).units)


def test_a_changed_number_finds_what_bears_it(released, used, cli):
    """Every released file of the contact is listed, then marked with who and why."""
    shown = json.loads(cli.run("recall", used.contact, "--json", at=released).out)["items"]
    assert {(item["language"], item["country"]) for item in shown} == {(used.locale, used.country)}
    marked = ("recall", used.contact, "--name", "A. Peeters", "--reason", "the number changed")
    assert cli.run(*marked, at=released).code == 0
    assert "recalled" in cli.run("recall", used.contact, at=released).out


@pytest.mark.sample(1)
def test_audit_compares_a_translation_with_its_source(fresh, used, cli):
    """The two leaflets have the same numbers; another number in one of them is an error."""
    source = config.load(fresh).source_language
    folder = fresh.root / "output" / "review" / used.country
    build = ("build", "--audience", used.audience, "--country", used.country, "--channel", "leaflet", "--jobs", "1")
    assert cli.run(*build, "--lang", source, "--lang", used.locale, at=fresh).code == 0
    files = [f"{folder / locale / used.audience / 'leaflet-a5-screen.pdf'}" for locale in (source, used.locale)]
    right = cli.run("audit", *files, "--jobs", "1", at=fresh)
    assert (right.code, "0 errors, 0 warnings" in right.out) == (0, True), right.out
