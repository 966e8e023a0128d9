"""Recall: whatever was released is found again, by number, sentence or batch id, long after output/ is gone."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from campaign.delivery import recall
from campaign.editions.build import build
from campaign.errors import CampaignError
from campaign.ledger import releases
from campaign.ledger.releases import Delivery
from campaign.workspace import loader
from campaign.workspace.selection import Selection

TODAY = date.today()


def release(project):
    """Release what is signed: German, migrants."""
    return build(
        project,
        edition="release",
        selection=Selection(locales=("de",), audiences=("migrants",)),
        workers=1,
        today=TODAY,
        progress=lambda done, total: None,
    )


@pytest.mark.slow
def test_every_released_file_is_in_the_history_once(released):
    """The history holds what the manifest holds; releasing the same again adds nothing."""
    listed = json.loads(released.manifest("release").read_text(encoding="utf-8"))["items"]
    past = releases.read(released.history, "releases.jsonl")
    assert {(r.path, r.batch, r.sha256) for r in past.releases} == {
        (i["path"], i["batch"], i["sha256"]) for i in listed
    }
    before = released.history.read_bytes()
    release(released)
    assert released.history.read_bytes() == before


@pytest.mark.slow
def test_a_number_in_any_form_a_batch_read_aloud_and_a_sentence_lead_to_the_items(released, cli):
    """By id, by national form, by native digits, by batch with a space and small letters, by the key of a unit."""
    past = releases.read(released.history, "")
    first = past.releases[0]
    spoken = f"{first.batch[:3].lower()} {first.batch[3:]}"
    shutil.rmtree(released.root / "output")
    for target in (
        "be-payoke",
        "+3232011690",
        "03 201 16 90",
        "٠٣ ٢٠١ ١٦ ٩٠",
        spoken,
        f"{first.batch[:3]}-{first.batch[3:]}",
        first.units[0],
    ):
        ended = cli.run("recall", target, "--json", at=released)
        assert ended.code == 0, ended.err
        hits = json.loads(ended.out)["items"]
        assert "BE/de/migrants/leaflet-a5-screen.pdf" in {hit["path"] for hit in hits}
        assert {hit["recalled"] for hit in hits} == {None}
    assert "be-emergency" in cli.run("recall", "112", at=released).out


@pytest.mark.slow
def test_what_nothing_carries_is_said_with_what_was_meant(released, cli):
    """A slip in a batch id or in the name of a contact gets the nearest known one."""
    ended = cli.run("recall", "be-payoka", at=released)
    assert ended.code == 1 and "did you mean 'be-payoke'?" in ended.err


def test_marking_needs_a_name_and_a_reason_and_stays(released, cli):
    """The history says who recalled what, when and why; the file that is still there is a reminder in status."""
    assert cli.run("recall", "be-payoke", "--name", "A. Peeters", at=released).code == 1
    lines = released.history.read_bytes().count(b"\n")
    marked = cli.run("recall", "be-payoke", "--name", "A. Peeters", "--reason", "the number changed", at=released)
    assert "files marked as recalled" in marked.out
    past = releases.read(released.history, "")
    assert {(r.by, r.reason) for r in past.recalls} == {("A. Peeters", "the number changed")}
    again = cli.run("recall", "be-payoke", "--name", "B", "--reason", "again", at=released)
    assert "0 files marked" in again.out
    assert released.history.read_bytes().count(b"\n") == lines + len(past.recalls)
    assert "is recalled" in cli.run("status", "--lang", "de", at=released).err


def test_the_packs_that_a_file_went_into_are_named(released, cli):
    """A pack record of the same history says which printer got the file, and when."""
    sha256 = releases.read(released.history, "").releases[0].sha256
    releases.append(released.history, "", [Delivery("2026-11-25", "de-migrants.zip", "Printer Janssens", (sha256,))])
    shown = cli.run("recall", "be-payoke", at=released).out
    assert "de-migrants.zip for Printer Janssens on 2026-11-25" in shown


@pytest.mark.slow
def test_the_notice_is_a_draft_until_a_mediator_signs_it(released, cli, rewrite, attest):
    """The page and the post name the old and the new number; unsigned, or with a number that nobody checked, they say DRAFT."""
    refused = cli.run("recall", "be-payoke", "--notice", at=released)
    assert refused.code == 1 and "still has the number that is recalled" in refused.err
    rewrite(released.contacts, '"+3232011690"', '"+3232011699"')
    assert cli.run("recall", "be-payoke", "--notice", at=released).code == 0
    folder = released.root / "output" / "recall" / "be-payoke" / "BE" / "de"
    post, page = (
        (folder / "notice.txt").read_text(encoding="utf-8"),
        (folder / "notice.html").read_text(encoding="utf-8"),
    )
    assert post.startswith("[DRAFT] ") and "+32 3 201 16 90" in post and "+32 3 201 16 99" in post
    assert 'class="draft"' in page and 'href="tel:+3232011699"' in page
    assert 'Rufen Sie <bdi dir="ltr">+32 3 201 16 90</bdi> nicht mehr an.' in page
    assert cli.run("review", "sign", "de", "--notice", "--name", "M. Weber", at=released).code == 0
    told = cli.run("recall", "be-payoke", "--notice", at=released)
    assert "was changed after it was checked (number)" in told.err
    assert (folder / "notice.txt").read_text(encoding="utf-8").startswith("[DRAFT]")
    attest(released)
    cli.run("recall", "be-payoke", "--notice", at=released)
    assert not (folder / "notice.txt").read_text(encoding="utf-8").startswith("[DRAFT]")
    assert 'class="draft"' not in (folder / "notice.html").read_text(encoding="utf-8")


def test_signing_needs_to_know_what(released, cli):
    """Neither audience nor notice, or both: a usage error."""
    assert cli.run("review", "sign", "de", "--name", "M", at=released).code == 2
    assert cli.run("review", "sign", "de", "--notice", "--audience", "migrants", "--name", "M", at=released).code == 2


def test_a_torn_line_is_left_out_and_a_wrong_one_is_named(released):
    """A crash while writing loses that line only; an edited line stops the command with its number."""
    whole = released.history.read_bytes()
    count = whole.count(b'"event":"released"')
    released.history.write_bytes(whole + b'{"event": "rel')
    assert len(releases.read(released.history, "").releases) == count
    releases.append(released.history, "", [Delivery("2026-11-25", "p.zip", "x", ())])
    assert releases.read(released.history, "").packs[0].pack == "p.zip"
    released.history.write_bytes(whole.replace(b'"event":"released"', b'"event":"eaten"', 1))
    with pytest.raises(CampaignError, match=r"releases.jsonl:2: was edited"):
        recall.find(released, "be-payoke", TODAY)


def test_nothing_released_is_said(workspace, cli):
    """A fresh workspace has nothing to recall."""
    ended = cli.run("recall", "112", at=workspace)
    assert ended.code == 1 and "nothing was released yet" in ended.err


def test_a_damaged_history_stops_a_release_before_anything_is_made(signed):
    """What cannot be remembered is not released."""
    signed.history.write_text("eaten\n", encoding="utf-8")
    with pytest.raises(CampaignError, match=r"releases.jsonl:1"):
        release(signed)
    assert not signed.output("release").exists()


def shown(cli, project, target, *options):
    """The paths that a recall lists, and its exit code."""
    ended = cli.run("recall", target, *options, "--json", at=project)
    return {item["path"] for item in json.loads(ended.out)["items"]} if ended.out else ended.err, ended.code


@pytest.fixture
def corrected(released, cli, rewrite, attest):
    """The number of Payoke was wrong: corrected, checked, signed and released again. The old files, and those of now."""
    old = {r.path: r for r in releases.read(released.history, "").releases}
    rewrite(released.contacts, '"+3232011690"', '"+3232011699"')
    attest(released)
    chosen = ("de", "--audience", "migrants", "--name", "M. Weber")
    assert cli.run("review", "sign", *chosen, at=released).code == 0
    report = release(released)
    assert not report.refused
    return released, old, releases.read(released.history, "").out()


@pytest.mark.slow
def test_only_the_files_with_the_old_number_are_found_and_marked(corrected, cli):
    """Corrected and released again, then recalled by id: what carries the new number is neither listed nor marked."""
    project, old, now = corrected
    wrong = {(r.batch, r.sha256) for r in old.values() if r.numbers.get("be-payoke") == "+3232011690"}
    right = {(r.batch, r.sha256) for r in now.values() if r.numbers.get("be-payoke") == "+3232011699"}
    assert wrong and right and not wrong & right
    ended = cli.run("recall", "be-payoke", "--name", "A. Peeters", "--reason", "changed", "--notice", at=project)
    assert ended.code == 0, ended.err
    past = releases.read(project.history, "")
    assert {(r.batch, r.sha256) for r in past.recalls} == wrong
    count = sum(r.numbers.get("be-payoke") == "+3232011699" for r in now.values())
    assert f"{count} more files show be-payoke with the number that contacts.toml has now" in ended.out
    assert "+32 3 201 16 90" in (project.root / "output/recall/be-payoke/BE/de/notice.txt").read_text(encoding="utf-8")
    # The README's order ends here: nothing that lies there was recalled.
    assert "is recalled" not in cli.run("status", "--lang", "de", at=project).err
    for kind in ("web", "sms", "social"):
        assert cli.run("pack", kind, "--release", at=project).code == 0
    assert "holds recalled" not in cli.run("status", "--lang", "de", at=project).err
    assert cli.run("verify", "--release", "--no-ocr", "--jobs", "1", at=project).code == 0


@pytest.mark.slow
def test_a_sentence_leads_to_the_files_in_which_it_was_otherwise(released, cli, rewrite):
    """Corrected, signed and released again: only what went out before is listed and marked; all while it is uncorrected."""
    units = loader.load(released).texts["de"].units.values()
    unit = next(unit for unit in units if unit.source.startswith("Health and travel information"))
    old = {(r.batch, r.sha256) for r in releases.read(released.history, "").releases if unit.key in r.units}
    assert old and {r.texts[unit.key] for r in releases.read(released.history, "").releases if unit.key in r.units} == {
        unit.text_hash[:12]
    }
    listed = json.loads(cli.run("recall", unit.key, "--json", at=released).out)["items"]
    assert len(listed) == len(old)
    word = unit.forms[0].split()[0]
    rewrite(released.catalogue("de"), unit.forms[0][:20], unit.forms[0][:20].replace(word, "Anderes", 1))
    assert cli.run("review", "sign", "de", "--audience", "migrants", "--name", "M. Weber", at=released).code == 0
    assert not release(released).refused
    ended = cli.run("recall", unit.key, "--name", "A. Peeters", "--reason", "wrong", at=released)
    assert ended.code == 0 and "more files show the sentence as it stands now" in ended.out, ended.out + ended.err
    past = releases.read(released.history, "")
    assert {(r.batch, r.sha256) for r in past.recalls} == old
    assert len([r for r in past.releases if unit.key in r.units]) > len(old)


@pytest.mark.slow
def test_every_value_that_a_contact_ever_had_leads_to_its_files(corrected, cli, rewrite):
    """The old number and the new one in their own files; by id again when the check of the new number is ended too."""
    project, _, _ = corrected
    old, _ = shown(cli, project, "03 201 16 90")
    new, _ = shown(cli, project, "tel:+32 3 201 16 99")
    assert old == new
    past = releases.read(project.history, "")
    listed = json.loads(cli.run("recall", "+3232011699", "--json", at=project).out)["items"]
    assert {item["numbers"]["be-payoke"] for item in listed} == {"+3232011699"}
    assert cli.run("contacts", "expire", "be-payoke", "--reason", "wrong too", at=project).code == 0
    listed = json.loads(cli.run("recall", "be-payoke", "--json", at=project).out)["items"]
    assert {item["numbers"]["be-payoke"] for item in listed} == {"+3232011690", "+3232011699"}
    rewrite(project.contacts, '"+3232011699"', '"+3232011690"')
    listed = json.loads(cli.run("recall", "be-payoke", "--json", at=project).out)["items"]
    assert {item["numbers"]["be-payoke"] for item in listed} == {"+3232011699"}
    assert past.releases[0].values["be-payoke"] == ("+32 3 201 16 90",)


def of_an_earlier_version(history):
    """The lines of the history as they were before they proved themselves."""
    lines = [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
    return [{key: value for key, value in line.items() if key not in ("id", "version", "prev")} for line in lines]


def test_an_address_leads_to_the_files_of_its_contact(released, cli, rewrite):
    """A web address or an e-mail that a contact had on the day of the release, in any writing."""
    lines = of_an_earlier_version(released.history)
    for line in lines:
        for name, values in line.get("values", {}).items():
            line["values"][name] = [*values, f"https://www.{name}.org/help/", f"info@{name}.org"]
    written = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    released.history.write_text(written, encoding="utf-8")
    everything, _ = shown(cli, released, "be-payoke")
    for target in (
        "https://www.be-payoke.org/help/",
        "be-payoke.org/help",
        "info@be-payoke.org",
        "mailto:INFO@be-payoke.org",
    ):
        assert shown(cli, released, target) == (everything, 0), target
    assert cli.run("recall", "be-payoke.org/other", at=released).code == 1


@pytest.mark.slow
def test_an_old_history_has_numbers_alone(released, cli, rewrite):
    """Lines of an earlier version know no address: what contacts.toml says of the contact now finds its files."""
    lines = [line for line in of_an_earlier_version(released.history) if line["event"] == "released"]
    for line in lines:
        del line["values"], line["content"]
    released.history.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    rewrite(released.contacts, 'number = "+3232011690"', 'number = "+3232011690"\nurl = "https://payoke.be/"')
    assert shown(cli, released, "www.payoke.be") == shown(cli, released, "be-payoke")
    assert cli.run("verify", "--release", "--no-ocr", "--jobs", "1", at=released).code == 1  # the record was changed


@pytest.mark.slow
@pytest.mark.parametrize("why", ["same number", "nobody to call", "words", "style", "no name"])
@pytest.mark.sample(3)
def test_nothing_is_marked_before_everything_was_asked(released, cli, rewrite, why):
    """Whatever can refuse refuses first: the history is as it was, and no notice lies there."""
    arguments = ["--name", "A. Peeters", "--reason", "changed", "--notice"]
    if why != "same number":
        rewrite(released.contacts, '"+3232011690"', '"+3232011699"')
    page = released.channel_texts / "notice.html.j2"
    if why == "nobody to call":
        arguments += ["--new", "be-nobody"]
    elif why == "words":
        rewrite(page, "<p>{{ pass_on|e }}</p>", "<p>{{ pass_on|e }} Call 0900 12 345.</p>")
    elif why == "style":
        rewrite(page, "</style>", 'h1::after { content: "0900" } </style>')
    elif why == "no name":
        arguments[1] = " "
    before = released.history.read_bytes()
    ended = cli.run("recall", "be-payoke", *arguments, at=released)
    assert ended.code == 1, ended.out
    said = {"same number": "still has the number", "nobody to call": "be-nobody", "no name": "needs a name"}
    assert said.get(why, "says what no sentence says") in ended.err
    assert released.history.read_bytes() == before
    assert not (released.root / "output" / "recall").exists()


@pytest.mark.slow
def test_a_recall_notices_that_lines_are_missing(released, cli):
    """Three lines are cut: what is left is listed, the loss is said, and nothing is marked on such a list."""
    lines = released.history.read_bytes().splitlines(keepends=True)
    released.history.write_bytes(b"".join(lines[:-3]))
    ended = cli.run("recall", "be-payoke", at=released)
    assert ended.code == 1 and "3 files of output/release have no line" in ended.err and "files carry" in ended.out
    marked = cli.run("recall", "be-payoke", "--name", "A. Peeters", "--reason", "changed", at=released)
    assert marked.code == 1 and "lines are missing" in marked.err
    assert b'"recalled"' not in released.history.read_bytes()


@pytest.mark.slow
def test_a_pack_that_somebody_has_leads_to_its_files(released, cli):
    """By the name of a ZIP; what was recalled is packed no more, and a pack that holds it is a reminder till it is gone."""
    assert cli.run("pack", "sms", "--release", at=released).code == 0
    paths, code = shown(cli, released, "sms-BE.zip")
    assert (paths, code) == ({"BE/de/migrants/sms.txt"}, 0)
    assert cli.run("recall", "sms-BE.zip", "--name", "A. Peeters", "--reason", "wrong", at=released).code == 0
    assert "sms-BE.zip holds recalled files" in cli.run("status", "--lang", "de", at=released).err
    again = cli.run("pack", "sms", "--release", at=released)
    assert again.code == 1 and "was recalled on" in again.err
    (released.packs("release") / "sms-BE.zip").write_bytes(b"another file")
    assert "sms-BE.zip holds" not in cli.run("status", "--lang", "de", at=released).err
