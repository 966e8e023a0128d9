"""Packs: made of what was built and still is what was checked; verify reads them again."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from campaign import config
from campaign import manifest as manifests
from campaign.counting.platforms import platforms
from campaign.delivery import operator_zip
from campaign.editions import clearance
from campaign.editions.build import build
from campaign.errors import CampaignError
from campaign.exports import table, whatsapp
from campaign.ledger import ledger, verdicts, witness
from campaign.ledger.verdicts import Person
from campaign.model.edition import Edition
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.workspace import loader
from campaign.workspace.selection import Selection

TODAY = date.today()
ALL = Selection()


def run(project, edition=Edition.REVIEW, **selection):
    """Build."""
    chosen = Selection(**selection)
    return build(project, edition=edition, selection=chosen, workers=1, today=TODAY, progress=lambda *_: None)


def opened(packed):
    """The files of a pack by name."""
    with zipfile.ZipFile(packed.path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
def test_an_sms_pack_holds_what_each_receiver_uploads(workspace, cli):
    """One ZIP a country: gateway, Esendex and RapidPro files with the texts that were built; drafts say DRAFT."""
    run(workspace, channels=("sms",))
    ended = cli.run("pack", "sms", "--json", at=workspace)
    assert ended.code == 0, ended.err
    packs = json.loads(ended.out)["packs"]
    assert packs == [{"path": "output/packs/review/sms-BE.zip", "country": "BE", "files": 6, "draft": True}]
    files = opened(operator_zip.OperatorZip(workspace.root / packs[0]["path"], "BE", 6, True))
    assert set(files) == {
        "gateway.csv",
        "esendex.csv",
        "rapidpro/be-migrants.json",
        "rapidpro/be-unaccompanied-children.json",
        "rapidpro/ara.po",
        "rapidpro/deu.po",
    }
    rows = table.read(files["gateway.csv"])
    assert len(rows) == 3 * 2
    for row in rows:
        built = (
            workspace.output(Edition.REVIEW)
            / "BE"
            / row["lang_bcp47"]
            / row["message_id"].removeprefix("be-")
            / "sms.txt"
        )
        assert row["text"] == built.read_text(encoding="utf-8")
        assert "DRAFT" in row["text"]


@pytest.mark.slow
def test_a_release_pack_holds_only_what_was_released(signed, cli):
    """German is signed, Arabic is not: only German is in the file, without the mark of a draft."""
    cli.run("build", "--release", "--channel", "sms", at=signed)
    ended = cli.run("pack", "sms", "--release", at=signed)
    assert ended.code == 0, ended.err
    assert "draft" not in ended.err
    files = opened(operator_zip.OperatorZip(signed.packs(Edition.RELEASE) / "sms-BE.zip", "BE", 0, False))
    assert [(row["lang_bcp47"], "DRAFT" in row["text"]) for row in table.read(files["gateway.csv"])] == [("de", False)]
    assert json.loads(files["rapidpro/be-migrants.json"])["base_language"] == "deu"


@pytest.mark.slow
def test_a_number_that_expired_since_the_release_stops_the_pack(signed):
    """What was released on a good day is not packed when a contact does not hold any more."""
    run(signed, Edition.RELEASE, channels=("sms",))
    assert operator_zip.sms(signed, Edition.RELEASE, ALL, TODAY)
    with pytest.raises(CampaignError, match=rf"Payoke .* was valid until {TODAY + timedelta(days=152)}"):
        operator_zip.sms(signed, Edition.RELEASE, ALL, TODAY + timedelta(days=200))


@pytest.mark.slow
def test_a_file_that_was_changed_after_the_build_is_not_packed(workspace):
    """A digit changed by hand: the pack is refused by the name of the file, and none is written."""
    run(workspace, channels=("sms",), locales=("de",))
    path = workspace.output(Edition.REVIEW) / "BE/de/migrants/sms.txt"
    path.write_text(path.read_text().replace("90", "91"))
    with pytest.raises(CampaignError, match=r"BE/de/migrants/sms.txt: was changed after it was built"):
        operator_zip.sms(workspace, Edition.REVIEW, ALL, TODAY)
    assert not workspace.packs(Edition.REVIEW).exists()


@pytest.mark.slow
def test_nothing_built_is_said_with_the_next_step(workspace, cli):
    """An empty workspace, a channel that was not built, a language that is not there: each says what to do."""
    assert "campaign build" in cli.run("pack", "sms", at=workspace).err
    run(workspace, channels=("sms",), locales=("de",))
    for arguments in (("social",), ("web",), ("sms", "--lang", "ar")):
        ended = cli.run("pack", *arguments, at=workspace)
        assert (ended.code, "build it: campaign build" in ended.err) == (1, True)
    assert "use one of" in cli.run("pack", "sms", "--lang", "xx", at=workspace).err


@pytest.fixture(scope="module")
def _built(_fresh_workspace, tmp_path_factory):
    project = Project(Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("built") / "workspace")))
    run(project, locales=("de", "ar"), audiences=("migrants",), channels=("social", "web", "sms"))
    return project


@pytest.fixture
def built(_built, tmp_path):
    """A workspace with two languages of one message built."""
    return Project(Path(shutil.copytree(_built.root, tmp_path / "built")))


@pytest.mark.slow
def test_a_social_pack_has_texts_pictures_descriptions_and_a_list(built):
    """posts.csv names for each platform the text, its count and limit, the picture and its description."""
    files = opened(operator_zip.social(built, Edition.REVIEW, ALL, TODAY)[0])
    assert {"de/contact-sheet.png", "ar/contact-sheet.png", "ar/migrants/x.txt", "posts.csv"} <= set(files)
    rows = [row for row in table.read(files["posts.csv"]) if row["lang_bcp47"] == "ar"]
    assert [row["language"] for row in rows] == ["Arabic"] * len(rows)
    assert sorted(row["platform"] for row in rows) == sorted(platform.name for platform in platforms().values())
    assert {"X", "Bluesky", "Threads", "TikTok photo"} < {row["platform"] for row in rows}
    for row in rows:
        assert row["text_file"] in files
        assert f"ar/migrants/{row['picture']}" in files and f"ar/migrants/{row['description_file']}" in files


@pytest.mark.slow
def test_a_contact_sheet_shows_all_pictures_of_a_language(built):
    """One picture a language, kept while its cards are the same, made again when one changes."""
    path = built.output(Edition.REVIEW) / "BE/de/contact-sheet.png"
    with Image.open(io.BytesIO(path.read_bytes())) as sheet:
        assert sheet.width > 1800 and sheet.height > 300
        assert len(sheet.convert("RGB").getcolors(1 << 24)) > 50
    before = path.stat().st_mtime_ns
    run(built, locales=("ar",), audiences=("migrants",), channels=("social",))
    assert path.stat().st_mtime_ns == before
    entry = next(
        e
        for e in manifests.read(built.manifest(Edition.REVIEW), "x").entries
        if e.path.endswith("de/contact-sheet.png")
    )
    assert (entry.format, entry.state, entry.audience) == ("contact-sheet", "draft", "")
    run(built, locales=("de",), channels=("social",))
    assert path.stat().st_mtime_ns != before


@pytest.mark.slow
def test_a_web_pack_lies_as_its_addresses_say(built):
    """What the QR code of the leaflet leads to is in the folder of its letters; the chooser links both languages."""
    files = opened(operator_zip.web(built, Edition.REVIEW, ALL, TODAY)[0])
    at = {tag: f"{config.load(built).folder('BE', tag, 'migrants')}/index.html" for tag in ("ar", "de", "mul")}
    assert set(files) == set(at.values())
    chooser = files[at["mul"]].decode()
    assert f"../{at['ar']}" in chooser and f"../{at['de']}" in chooser
    assert not any("migrants" in path for path in files)


@pytest.mark.slow
def test_verify_reads_pages_and_packs_again(built, cli, rewrite):
    """A number that changes in contacts.toml is missed in pages, posts, descriptions and in the gateway's CSV."""
    for make in (operator_zip.sms, operator_zip.social, operator_zip.web):
        make(built, Edition.REVIEW, ALL, TODAY)
    assert cli.run("verify", at=built).code == 0
    rewrite(built.contacts, '"+3232011690"', '"+3232011691"')
    found = json.loads(cli.run("verify", "--jobs", "1", "--json", at=built).out)["findings"]
    assert {finding["code"] for finding in found} == {"contact-changed"}
    places = {finding["where"].rpartition("/")[2] for finding in found}
    assert {"index.html", "x.txt", "facebook.txt", "card-1080x1080-alt.txt", "sms.txt"} <= places
    assert any("a link dials +3232011690" in finding["detail"] for finding in found)


@pytest.mark.slow
def test_verify_finds_a_pack_that_is_not_the_edition(built, cli):
    """A pack whose text was changed, one that is no ZIP, one with a page of another day: each is named."""
    for make in (operator_zip.sms, operator_zip.web):
        make(built, Edition.REVIEW, ALL, TODAY)
    path = built.packs(Edition.REVIEW) / "sms-BE.zip"
    files = opened(operator_zip.OperatorZip(path, "BE", 0, True))
    files["gateway.csv"] = files["gateway.csv"].replace(b"201 16 90", b"201 16 91")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    with zipfile.ZipFile(built.packs(Edition.REVIEW) / "web-BE.zip", "a") as archive:
        archive.writestr("be/fr/migrants/index.html", "old")
    (built.packs(Edition.REVIEW) / "social-BE.zip").write_bytes(b"PK nothing")
    found = json.loads(cli.run("verify", "--jobs", "1", "--json", at=built).out)["findings"]
    details = [finding["detail"] for finding in found]
    assert any("+32 3 201 16 91 is no number of contacts.toml" in detail for detail in details)
    assert any("migrants is not what was built" in detail for detail in details)
    assert any("is no longer in the edition" in detail for detail in details)
    assert any("cannot be read" in detail for detail in details)


def test_a_build_takes_the_old_packs_away(built):
    """Nobody sends what an edition no longer holds."""
    path = operator_zip.sms(built, Edition.REVIEW, ALL, TODAY)[0].path
    assert path.exists()
    run(built, locales=("de",), audiences=("migrants",), channels=("sms",))
    assert not path.exists()


@pytest.mark.slow
def test_the_posts_of_a_thread_show_the_number_together(built, cli, rewrite):
    """A thread whose parts lost the number is found; one that has it in any part is fine."""
    rewrite(
        built.templates / "channels" / "x.j2", '{%- include "post-short.j2" -%}', "{{ lead }} {{ lead }}\n{{ phone }}"
    )
    run(built, locales=("de",), audiences=("migrants",), channels=("social",))
    folder = built.output(Edition.REVIEW) / "BE/de/migrants"
    assert (folder / "x-2.txt").exists() and not (folder / "x.txt").exists()
    assert cli.run("verify", "--jobs", "1", at=built).code == 0
    rewrite(built.templates / "channels" / "x.j2", "\n{{ phone }}", "")
    run(built, locales=("de",), audiences=("migrants",), channels=("social",))
    assert "does not stand in the file" in cli.run("verify", "--jobs", "1", at=built).out


def test_a_template_that_includes_by_variable_is_refused(built, rewrite):
    """The program must know which sentences a text shows, or an unsigned one could slip out."""
    rewrite(built.templates / "channels" / "x.j2", '{%- include "post-short.j2" -%}', "{%- include title -%}")
    report = run(built, locales=("de",), audiences=("migrants",), channels=("sms",))
    assert any("name is not written out" in problem.what for item in report.refused for problem in item.failed)


def test_a_post_is_as_finished_as_the_sentences_it_shows(built, rewrite):
    """Which blocks a text shows is read from its template and from those it includes."""
    from campaign.render.renderer import Renderer
    from campaign.workspace import loader

    space = loader.load(built)
    item = Renderer(built, space.campaign).message("migrants", "de", "BE", space.texts["de"])
    sources = {name: {unit.source for unit in item.used(f"text:{name}")} for name in ("x", "facebook")}
    assert not any("travel debt" in source for source in sources["facebook"])
    assert any(source.startswith("Send photos") for source in sources["facebook"])
    assert not any(source.startswith("Send photos") for source in sources["x"])
    assert "YouHaveRights" in sources["x"]
    assert replace(item, texts={}).used("text:x") == item.used("text:x")


@pytest.mark.slow
def test_a_released_post_is_a_template_for_whatsapp(released, built):
    """Word for word as it was released, its name with the country of its numbers; of a draft there is none."""
    assert whatsapp.FILE not in opened(operator_zip.social(built, Edition.REVIEW, ALL, TODAY)[0])
    files = opened(operator_zip.social(released, Edition.RELEASE, ALL, TODAY)[0])
    made = json.loads(files[whatsapp.FILE])
    assert [*made] == ["as_of", "left_out", "templates"] and made["left_out"] == []
    (template,) = made["templates"]
    assert (template["name"], template["language"], template["category"]) == ("migrants_be", "de", "MARKETING")
    assert template["components"] == [{"type": "BODY", "text": files["de/migrants/whatsapp.txt"].decode().strip()}]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "member"),
    [
        ("social", "posts.csv"),
        ("social", "whatsapp-templates.json"),
        ("social", "de/migrants/x.txt"),
        ("sms", "esendex.csv"),
        ("web", "{page}/index.html"),
    ],
)
@pytest.mark.sample(2)
def test_a_pack_that_was_edited_is_not_what_was_handed_over(released, cli, kind, member):
    """Any file of a ZIP of a release, those that no edition holds too: the history has other hashes for it."""
    member = member.format(page=config.load(released).folder("BE", "de", "migrants"))
    assert cli.run("pack", kind, "--release", at=released).code == 0
    assert cli.run("verify", "--release", "--no-ocr", "--jobs", "1", at=released).code == 0
    path = released.packs(Edition.RELEASE) / f"{kind}-BE.zip"
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[member] += b"\n"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    ended = cli.run("verify", "--release", "--no-ocr", "--jobs", "1", at=released)
    assert ended.code == 1
    assert f"{kind}-BE.zip: {member}: releases.jsonl has other hashes for it" in ended.out


@pytest.mark.slow
def test_a_delivered_zip_misses_what_was_cut_from_ledger_and_history(released, cli):
    """Who cuts the last signature, the history and what this copy saw is found by the ZIP that the operator still has;
    a draft tells nothing, a ZIP of today is whole.
    """
    assert cli.run("pack", "sms", "--release", at=released).code == 0
    assert cli.run("pack", "sms", at=released).code in (0, 1)
    kept = released.root.parent / "kept.zip"
    shutil.copy(released.packs(Edition.RELEASE) / "sms-BE.zip", kept)
    told = witness.read(kept)
    assert told == {locale: ledger.read(released.ledger(locale), "").heads for locale in told} and "de" in told
    assert cli.run("ledger", "verify", str(kept), at=released).code == 0
    shutil.rmtree(released.packs(Edition.RELEASE))
    path = released.ledger("de")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    released.history.unlink()
    shutil.rmtree(released.root / ".campaign", ignore_errors=True)
    assert cli.run("ledger", "verify", at=released).code == 0
    ended = cli.run("ledger", "verify", str(kept), at=released)
    assert ended.code == 1 and "it was delivered, and relied in locales/de/reviews.jsonl" in ended.err
    kept.write_bytes(b"PK no zip")
    assert "tells no heads of ledgers" in cli.run("ledger", "verify", str(kept), at=released).err


@pytest.mark.slow
def test_a_rejection_while_a_pack_is_made_is_heeded(released, cli, monkeypatch):
    """The pack asks before it locks, and again when something changed meanwhile: nothing lies between asking and writing."""
    asked, real = [], clearance.may_go_out

    def ask(*arguments, **named):
        answer = real(*arguments, **named)
        if not asked:
            unit = next(
                u for u in loader.load(released).texts["de"].units.values() if u.source.startswith("Health and")
            )
            event = verdicts.event(unit, Verdict.REJECT, Person("K. Roth", "mediator"), TODAY, reason="misleading")
            verdicts.record(released, "de", [event])
        asked.append(answer)
        return answer

    monkeypatch.setattr(clearance, "may_go_out", ask)
    ended = cli.run("pack", "sms", "--release", at=released)
    assert ended.code == 1 and "nobody signed" in ended.err
    assert len(asked) == 2 and not asked[0]
    assert not [*released.packs(Edition.RELEASE).glob("sms-*.zip")]


@pytest.mark.slow
def test_while_a_pack_is_written_nobody_rejects(released, cli, monkeypatch):
    """A rejection waits until the ZIP is written: it comes after, and the next pack is refused."""
    real, waited = operator_zip.write_atomic, []

    def write(path, data):
        if path.suffix == ".zip":
            with ThreadPoolExecutor(1) as other:
                waited.append(other.submit(locks, released.ledger("de")).result())
        real(path, data)

    def locks(path):
        from filelock import FileLock, Timeout

        try:
            with FileLock(path.with_name(f".{path.name}.lock"), timeout=0.1):
                return False
        except Timeout:
            return True

    monkeypatch.setattr(operator_zip, "write_atomic", write)
    assert cli.run("pack", "sms", "--release", at=released).code == 0
    assert waited == [True]
