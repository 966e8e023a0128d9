"""Building: the same bytes everywhere, nothing unsigned in a release, nothing half-written trusted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.catalogue.store import Edit
from campaign.catalogue.warm import edit
from campaign.editions.build import build
from campaign.editions.release_gate import make_gate
from campaign.ledger import verdicts
from campaign.model.cover import Cover
from campaign.model.edition import Edition
from campaign.model.job import Job
from campaign.model.verdict import Verdict
from campaign.review.commands import sign_items
from campaign.typeset.guard import visual_lines
from campaign.workspace import loader
from campaign.workspace.selection import Selection

TODAY = date.today()
GERMAN = {"locales": ("de",), "audiences": ("migrants",)}
ITEM_KEYS = {
    "path",
    "media_type",
    "size",
    "sha256",
    "audience",
    "locale",
    "country",
    "channel",
    "format",
    "state",
    "units",
    "batch",
}


def run(project, edition=Edition.REVIEW, workers=1, **selection):
    """Build and return the report."""
    return build(
        project,
        edition=edition,
        selection=Selection(**selection),
        workers=workers,
        today=TODAY,
        progress=lambda done, total: None,
    )


def out(project):
    """The released files, without the manifest."""
    folder = project.output(Edition.RELEASE)
    return sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json"
    )


@pytest.mark.slow
@pytest.mark.breadth
def test_two_builds_on_two_machines_give_the_same_bytes(workspace, cli, contents, tmp_path):
    """Other folder, time zone, locale, hash seed and number of processes: every file is byte-identical."""
    import shutil

    other = type(workspace)(tmp_path / "elsewhere" / "deeper")
    shutil.copytree(workspace.root, other.root)
    (other.root / "sub").mkdir()
    one = cli.spawn(
        "build",
        "--lang",
        "de",
        "--lang",
        "ar",
        "--jobs",
        "1",
        at=workspace,
        CAMPAIGN_CACHE="off",
        TZ="Asia/Kolkata",
        LC_ALL="C",
        PYTHONHASHSEED="1",
    )
    two = cli.spawn(
        "build",
        "--lang",
        "de",
        "--lang",
        "ar",
        "--jobs",
        "2",
        at=other.root / "sub",
        CAMPAIGN_CACHE="off",
        TZ="America/Lima",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="77",
    )
    assert (one.code, two.code) == (0, 0), one.err + two.err
    first, second = contents(workspace.output(Edition.REVIEW)), contents(other.output(Edition.REVIEW))
    assert first == second
    # 25 files an item in each of two languages, a contact sheet each, a language chooser a message, the manifest.
    assert len(first) == 2 * 2 * 25 + 2 + 2 + 1


@pytest.mark.slow
def test_a_second_build_finds_nothing_to_do(workspace):
    """Nothing changed: no file is rewritten; a change or a lost file is noticed."""
    first = run(workspace, locales=("de",))
    times = {path: path.stat().st_mtime_ns for path in workspace.output(Edition.REVIEW).rglob("*")}
    assert not first.unchanged
    assert run(workspace, locales=("de",)).unchanged
    assert {path: path.stat().st_mtime_ns for path in workspace.output(Edition.REVIEW).rglob("*")} == times
    next(workspace.output(Edition.REVIEW).rglob("sms.txt")).unlink()
    assert not run(workspace, locales=("de",)).unchanged


@pytest.mark.slow
def test_the_manifest_lists_every_file_with_its_hash_and_no_clock(workspace):
    """Version 1, each file once with size and hash, and nothing in it that depends on the time."""
    import hashlib

    run(workspace, locales=("ar",))
    text = workspace.manifest(Edition.REVIEW).read_text()
    document = json.loads(text)
    assert document["version"] == 1
    folder = workspace.output(Edition.REVIEW)
    assert {item["path"] for item in document["items"]} == {
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json"
    }
    for item in document["items"]:
        assert set(item) >= ITEM_KEYS
        data = (folder / item["path"]).read_bytes()
        assert (item["size"], item["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert item["state"] == "draft"
        assert item["units"]
    assert not re.search(r"\d\d:\d\d:\d\d", text)


@pytest.mark.slow
def test_building_one_language_keeps_the_others(workspace):
    """The review edition grows language by language."""
    run(workspace, locales=("de",))
    run(workspace, locales=("ar",))
    assert {path.name for path in (workspace.output(Edition.REVIEW) / "BE").iterdir()} == {"de", "ar", "mul"}


@pytest.mark.slow
def test_an_item_that_does_not_fit_stops_only_itself(workspace, cli):
    """A 90-letter word in one title: that leaflet and card are refused by name, everything else is built, exit 1."""
    path = workspace.catalogue("de")
    key = next(
        u.key for u in loader.load(workspace).texts["de"].units.values() if u.source.startswith("You have rights")
    )
    edit(path, path.name, "de", {key: Edit(("R" + "echtsschutzversicherung" * 4,), fuzzy=True)})
    ended = cli.run("build", "--lang", "de", "--jobs", "1", at=workspace)
    assert ended.code == 1
    assert "clipped" in ended.err and "Rechtsschutz" in ended.err
    built = {p.parent.name + "/" + p.name for p in workspace.output(Edition.REVIEW).rglob("*.*")}
    assert "unaccompanied-children/leaflet-a5-screen.pdf" in built
    assert "migrants/sms.txt" in built
    assert "migrants/leaflet-a5-screen.pdf" not in built


@pytest.mark.slow
def test_nothing_unsigned_is_released(workspace, cli):
    """With no signature the release is empty, exit is 1, and every reason is said."""
    ended = cli.run("build", "--release", "--lang", "de", "--jobs", "1", at=workspace)
    assert ended.code == 1
    assert "unsigned" in ended.err and "is not verified" in ended.err
    assert out(workspace) == []


@pytest.mark.slow
def test_a_signed_item_is_released_and_no_other(signed):
    """Exactly what the mediator signed goes out."""
    report = run(signed, Edition.RELEASE)
    together = {"BE/de/contact-sheet.png", "BE/mul/migrants/index.html"}
    assert together <= set(out(signed))
    assert {path.split("/")[1:3] == ["de", "migrants"] for path in set(out(signed)) - together} == {True}
    assert len(out(signed)) == 25 + 2
    assert {item.state for item in report.items if not item.refused} == {"signed"}


def test_a_released_text_carries_no_draft_mark(released):
    """The released SMS is the bare text."""
    assert not (released.output(Edition.RELEASE) / "BE/de/migrants/sms.txt").read_text().startswith("[")


@pytest.mark.slow
def test_an_organisation_prints_its_name_and_releases(signed, rewrite):
    """With its name in campaign.toml, signed so, every item still fits and is released with it as the author."""
    before = len(run(signed, Edition.RELEASE).made)
    rewrite(signed.config, 'organisation = ""', 'organisation = "Refugee Aid & Shelter, Antwerp"')
    sign_items(
        signed, "de", Selection(audiences=("migrants",)), reviewer="M. Weber", role="mediator", on=TODAY, comment=""
    )
    report = run(signed, Edition.RELEASE)
    assert len(report.made) == before
    assert not [finding for item in report.items for finding in item.warnings]
    leaflet = signed.output(Edition.RELEASE) / "BE/de/migrants/leaflet-a5-screen.pdf"
    assert any("Refugee Aid & Shelter, Antwerp" in line for line in visual_lines(leaflet.read_bytes()))


@pytest.mark.slow
def test_a_name_in_latin_letters_keeps_its_direction_in_arabic(workspace, rewrite):
    """The full stop of "e.V." stays at the end of the organisation's name, on paper and on the page."""
    rewrite(workspace.config, 'organisation = ""', 'organisation = "Netzwerk Hilfe e.V."')
    run(workspace, Edition.REVIEW, locales=("ar",), audiences=("migrants",), channels=("leaflet", "web"))
    folder = workspace.output(Edition.REVIEW) / "BE/ar/migrants"
    lines = visual_lines((folder / "leaflet-a5-screen.pdf").read_bytes())
    assert [line for line in lines if "Netzwerk" in line] == ["Netzwerk Hilfe e.V."]
    assert "<bdi>Netzwerk Hilfe e.V.</bdi>" in (folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_one_edited_sentence_takes_the_item_back(released):
    """After an edit the old released file is gone and the item is refused until it is signed again."""
    path = released.catalogue("de")
    unit = next(
        u
        for u in loader.load(released).texts["de"].units.values()
        if u.source.startswith("Someone keeps your passport")
    )
    edit(path, path.name, "de", {unit.key: Edit((unit.text + " Immer.",), fuzzy=False)})
    report = run(released, Edition.RELEASE, **GERMAN)
    left = {path.rpartition("/")[2] for path in out(released)}
    assert {"contact-sheet.png", "card-1080x1080.png", "sms.txt", "x.txt", "facebook.txt"} <= left
    assert not left & {"leaflet-a5-screen.pdf", "index.html"}
    refused = [item for item in report.refused if item.job.locale == "de" and item.job.audience == "migrants"]
    assert {item.job.channel: [finding.code for finding in item.refused] for item in refused} == {
        "leaflet": ["unsigned"],
        "web": ["unsigned"],
    }


@pytest.mark.slow
def test_one_unsigned_sentence_makes_the_leaflet_a_draft(signed):
    """The state of an item is the state of its least finished sentence."""
    path = signed.catalogue("de")
    unit = next(u for u in loader.load(signed).texts["de"].units.values() if u.source == "Your rights")
    edit(path, path.name, "de", {unit.key: Edit((unit.text,), fuzzy=True)})
    states = {item.job.channel: item.state for item in run(signed, locales=("de",), audiences=("migrants",)).items}
    assert states == {"leaflet": "draft", "sms": "signed", "social": "signed", "web": "draft"}


@pytest.mark.slow
def test_an_expired_contact_stops_exactly_the_items_that_print_it(released, rewrite):
    """A helpline that must be checked again takes its items back; the others stay."""
    head, mine, rest = re.split(
        r"(?m)^(?=\[\[contact\]\]\nid = \"(?:be-pag-asa|be-surya)\")", released.contacts.read_text()
    )
    mine = re.sub(r"(?m)^valid_until = .*$", f"valid_until = {TODAY - timedelta(days=1)}", mine)
    released.contacts.write_text(head + mine + rest)
    run(released, Edition.RELEASE, **GERMAN)
    assert not any("leaflet" in path for path in out(released))
    assert "BE/de/migrants/sms.txt" in out(released)


@pytest.mark.slow
def test_a_changed_shared_sentence_takes_back_the_items_that_use_it(released, rewrite, cli):
    """After a template's shared sentence changes, its items are stale until signed again; the rest stays released."""
    rewrite(
        released.messages / "shared.j2",
        "Call {{ phone }} at a moment when nobody listens.",
        "Call {{ phone }} when nobody listens to you.",
    )
    assert cli.run("extract", at=released).code == 0
    assert cli.run("update", at=released).code == 0
    report = run(released, Edition.RELEASE, **GERMAN)
    states = {
        item.job.channel: item.state
        for item in report.items
        if item.job.locale == "de" and item.job.audience == "migrants"
    }
    # The long posts and the page show the steps as well.
    assert states == {"leaflet": "stale", "sms": "signed", "social": "stale", "web": "stale"}
    assert not any("leaflet" in path for path in out(released))


@pytest.mark.slow
def test_releasing_another_language_keeps_what_still_holds(released):
    """A release of ar leaves the released German files; after an edit in German it takes them away."""
    sign_items(
        released,
        "ar",
        Selection(audiences=("migrants",), channels=("sms",)),
        reviewer="H. Saleh",
        role="mediator",
        on=TODAY,
        comment="",
    )
    run(released, Edition.RELEASE, locales=("ar",), audiences=("migrants",))
    assert {path.split("/")[1] for path in out(released)} == {"ar", "de", "mul"}
    path = released.catalogue("de")
    unit = next(u for u in loader.load(released).texts["de"].units.values() if u.source.startswith("Health and travel"))
    edit(path, path.name, "de", {unit.key: Edit((unit.text + " Neu.",), fuzzy=False)})
    run(released, Edition.RELEASE, locales=("ar",), audiences=("migrants",))
    assert "BE/de/migrants/sms.txt" not in out(released)
    assert "BE/de/migrants/leaflet-a5-screen.pdf" in out(released)


def test_a_gate_passes_nothing_of_a_language_that_it_did_not_look_at(signed):
    """Made for German, it stops the program when it is asked about Arabic, even about an item without words."""
    gate = make_gate(loader.load(signed), TODAY, ("de",))
    nothing = Cover("", {}, frozenset())
    assert [found.code for found in gate.refused(Job("BE", "de", "migrants", "sms"), (), (), nothing)] == ["unsigned"]
    with pytest.raises(KeyError, match="ar"):
        gate.refused(Job("BE", "ar", "migrants", "sms"), (), (), nothing)


@pytest.mark.slow
def test_a_text_with_a_finding_is_not_released_though_signed(signed):
    """A signature that an earlier version took cannot carry a lost placeholder past the gate."""
    path = signed.catalogue("de")
    unit = next(u for u in loader.load(signed).texts["de"].units.values() if u.source.startswith("Health and travel"))
    broken = replace(unit, forms=(unit.text.replace("%(emergency)s", ""),))
    edit(path, path.name, "de", {unit.key: Edit(broken.forms, fuzzy=False)})
    by = verdicts.Person("M. Weber", "mediator")
    verdicts.record(signed, "de", [verdicts.event(broken, Verdict.SIGN, by, TODAY)])
    report = run(signed, Edition.RELEASE, locales=("de",), audiences=("migrants",), channels=("sms",))
    assert [finding.code for item in report.refused for finding in item.refused] == ["placeholder"]
    assert out(signed) == []


@pytest.mark.slow
def test_verify_finds_what_was_changed_after_the_build(workspace, cli):
    """A flipped byte, an extra file and a lost file are each named; exit 1."""
    run(workspace, locales=("de",), audiences=("migrants",))
    assert cli.run("verify", "--jobs", "1", at=workspace).code == 0
    folder = workspace.output(Edition.REVIEW) / "BE" / "de" / "migrants"
    (folder / "sms.txt").write_text("Call 113")
    (folder / "extra.pdf").write_bytes(b"%PDF")
    (folder / "card-1080x1080.png").unlink()
    ended = cli.run("verify", "--jobs", "1", "--json", at=workspace)
    assert ended.code == 1
    details = {finding["where"].rpartition("/")[2]: finding["detail"] for finding in json.loads(ended.out)["findings"]}
    assert set(details) == {"sms.txt", "extra.pdf", "card-1080x1080.png"}


@pytest.mark.slow
def test_verify_reads_the_numbers_from_the_finished_pdf(workspace, cli, rewrite):
    """When contacts.toml says another number than the built leaflet, verify says which, in Arabic too."""
    run(workspace, locales=("ar",), audiences=("migrants",))
    rewrite(workspace.contacts, '"+3225116464"', '"+3225116465"')
    ended = cli.run("verify", "--jobs", "1", "--json", at=workspace)
    findings = json.loads(ended.out)["findings"]
    assert {finding["code"] for finding in findings} == {"contact-changed"}
    assert any("+32 2 511 64 65 (be-pag-asa) does not stand in the file" in finding["detail"] for finding in findings)
    assert any("+32 2 511 64 64 is no number" in finding["detail"] for finding in findings)
