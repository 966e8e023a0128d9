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


def test_the_notice_is_a_draft_until_a_mediator_signs_it(released, cli, rewrite):
    """The page and the post name the old and the new number; unsigned they begin with DRAFT."""
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
    assert cli.run("review", "sign", "de", "--notice", "--name", "M. Weber", at=released).code == 0
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
    count = whole.count(b"\n")
    released.history.write_bytes(whole + b'{"event": "rel')
    assert len(releases.read(released.history, "").releases) == count
    releases.append(released.history, "", [Delivery("2026-11-25", "p.zip", "x", ())])
    assert releases.read(released.history, "").packs[0].pack == "p.zip"
    released.history.write_bytes(whole.replace(b'"event": "released"', b'"event": "eaten"', 1))
    with pytest.raises(CampaignError, match=r"releases.jsonl:1: is no event"):
        recall.find(released, "be-payoke")


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
