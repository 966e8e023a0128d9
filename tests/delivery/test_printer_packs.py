"""A printer's pack after it was made: verify reads it again, the history remembers it, a recall names it."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from datetime import date

import pytest

from campaign import config
from campaign.delivery import printer_zip_check
from campaign.ledger import releases, verdicts, witness
from campaign.ledger.verdicts import Person
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.workspace import loader

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

TODAY = date.today()
STEM = "BE_de_migrants_palm-card"


@pytest.fixture(scope="module")
def _printed(_signed_workspace, repository, tmp_path_factory):
    """A workspace with a released printer's pack: the palm card in German."""
    from campaign.delivery.printer_zip import pack_printer
    from campaign.workspace.selection import Selection

    project = Project(shutil.copytree(_signed_workspace, tmp_path_factory.mktemp("printed") / "workspace"))
    shutil.copytree(repository / "assets" / "icc", project.profiles)
    pack_printer(
        project,
        selection=Selection(("BE",), ("de",), ("migrants",)),
        formats=("palm-card",),
        profile="",
        proof=False,
        workers=1,
        today=TODAY,
        progress=lambda done, total: None,
    )
    return project.root


@pytest.fixture
def printed(_printed, tmp_path):
    """A copy of it for this test."""
    return Project(shutil.copytree(_printed, tmp_path / "workspace"))


def path_of(project):
    """The pack."""
    return project.packs("release") / "printer_BE_de_standard.zip"


def changed(project, change, *, sums=True):
    """Write the pack again with its files changed; `sums` corrects SHA256SUMS as a careful forger would."""
    with zipfile.ZipFile(path_of(project)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    if sums:
        files["SHA256SUMS"] = "".join(
            f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items() if name != "SHA256SUMS"
        ).encode()
    with zipfile.ZipFile(path_of(project), "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def found(project, *, ocr=False):
    """What is wrong with the printers' packs."""
    count, findings = printer_zip_check.findings(project, config.load(project), "release", ocr=ocr)
    assert count == 1
    return [f"{finding.code}: {finding.where}: {finding.detail}" for finding in findings]


def test_a_pack_as_it_was_made_has_no_fault(printed):
    """Hashes, ticket, numbers in the text, QR codes, and with OCR the digits of the TIFFs."""
    assert found(printed, ocr=True) == []


def test_a_number_that_changed_in_contacts_toml_is_found_in_every_press_file(printed, rewrite):
    """The pack was right on its day; today it sends readers to a number that nobody answers."""
    rewrite(printed.contacts, '"+3232011690"', '"+3232011699"')
    told = found(printed)
    for kind in ("press", "screen"):
        assert any(f"{STEM}-{kind}.pdf" in line and "+32 3 201 16 99" in line for line in told), told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda files: files.update({f"{STEM}-page-1.tif": b"II*\0"}), "is not what was packed"),
        (lambda files: files.pop(f"{STEM}-page-1.tif"), "is in SHA256SUMS and not in the pack"),
        (lambda files: files.update(extra=b"x"), "is not in SHA256SUMS"),
        (lambda files: files.pop("SHA256SUMS"), "cannot be read"),
        (lambda files: files.update({"job-ticket.json": b"{"}), "cannot be read"),
        (lambda files: files.update({"job-ticket.json": b'{"jobs": [{"tag": 1}]}'}), "cannot be read"),
    ],
)
def test_a_file_that_changed_is_named(printed, change, words):
    """Changed, gone, added, no sums, a ticket that is none: the finding names the pack or the file in it."""
    changed(printed, change, sums=False)
    assert any(words in line and "printer_BE_de_standard.zip" in line for line in found(printed)), found(printed)


def test_a_forger_who_corrects_the_sums_is_caught_by_the_ticket_and_by_the_numbers(printed):
    """Another job's file under this name: the ticket knows the hash, the QR code and the numbers are others."""

    def swap(files):
        import segno
        from PIL import Image

        code = io.BytesIO()
        segno.make("https://example.org/else").save(code, kind="png", scale=8, border=4)
        picture = io.BytesIO()
        Image.open(code).convert("CMYK").save(picture, "TIFF")
        files[f"{STEM}-page-1.tif"] = picture.getvalue()
        files[f"{STEM}-press.pdf"] = files["job-ticket.pdf"]

    changed(printed, swap)
    told = "\n".join(found(printed))
    assert "is not what job-ticket.json names" in told
    assert "leads to https://example.org/else" in told
    assert f"{STEM}-press.pdf: +32 3 201 16 90 (be-payoke) does not stand in the file" in told


def test_a_forger_who_corrects_every_list_is_caught_by_the_history(printed, cli):
    """File, sums and ticket say the same, and no pack of the history held such a file: it is not what was handed over."""

    def swap(files):
        name = f"{STEM}-page-1.tif"
        before, files[name] = hashlib.sha256(files[name]).hexdigest(), files[name] + b"\0"
        after = hashlib.sha256(files[name]).hexdigest()
        for listed in ("job-ticket.json",):
            files[listed] = files[listed].replace(before.encode(), after.encode())

    changed(printed, swap)
    told = found(printed)
    assert any(f"{STEM}-page-1.tif: releases.jsonl has other hashes for it" in line for line in told), told
    ended = cli.run("verify", "--release", "--no-ocr", at=printed)
    assert ended.code == 1 and "it was changed after it was packed" in ended.out


def test_a_pack_whose_sentence_was_rejected_is_not_verified(printed, cli):
    """The pack lies there as it was made; a mediator rejects a sentence of the card, and verify says not to hand it out."""
    assert cli.run("verify", "--release", "--no-ocr", at=printed).code == 0
    unit = next(u for u in loader.load(printed).texts["de"].units.values() if u.source == "Information and advice")
    event = verdicts.event(unit, Verdict.REJECT, Person("K. Roth", "mediator"), TODAY, reason="misleading")
    verdicts.record(printed, "de", [event])
    ended = cli.run("verify", "--release", "--no-ocr", at=printed)
    assert ended.code == 1 and "BE/de/migrants/palm-card" in ended.out and "nobody signed" in ended.out


def test_what_is_no_zip_or_too_large_is_said(printed, monkeypatch):
    """A cut pack and one that claims to hold more than pages are findings, not crashes."""
    monkeypatch.setattr(printer_zip_check, "LARGEST", 1000)
    assert "is larger than a page can be" in found(printed)[0]
    path_of(printed).write_bytes(path_of(printed).read_bytes()[:500])
    assert "cannot be read" in found(printed)[0]


@pytest.mark.breadth
def test_verify_reads_printers_packs(printed, cli):
    """campaign verify --release counts the pack and ends with 1 when it is wrong."""
    chosen = ("--lang", "de", "--audience", "migrants", "--channel", "sms")
    assert cli.run("build", "--release", *chosen, at=printed).code == 0
    # A build takes packs of the edition away; this one is put back as a printer would send it back.
    path_of(printed).parent.mkdir(parents=True, exist_ok=True)
    path_of(printed).write_bytes(b"no pack")
    told = cli.run("verify", "--release", "--no-ocr", at=printed)
    assert told.code == 1 and "printer_BE_de_standard.zip: cannot be read" in told.out


def test_a_recall_names_the_printer_the_pack_and_the_day(printed, cli):
    """Long after output/ is gone, the number leads to the press file, its pack and the day; the same day counts once."""
    past = releases.read(printed.history, "")
    (release,) = past.releases
    with zipfile.ZipFile(path_of(printed)) as archive:
        hashes = {hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert witness.read(path_of(printed)) == past.relied[-1].heads and past.relied[-1].heads["de"]
    assert {*past.packs[0].files} == hashes and release.sha256 in hashes
    assert (release.format, release.numbers["be-payoke"]) == ("palm-card", "+3232011690")
    assert release.units
    line = f"{STEM}-press.pdf  printer_BE_de_standard.zip for printer, profile standard on {TODAY}  out"
    for target in ("be-payoke", "03 201 16 90", release.batch, release.units[0]):
        told = cli.run("recall", target, at=printed)
        assert told.code == 0 and line in told.out, told.out
    assert cli.run("recall", "be-payoke", "--name", "A. Peeters", "--reason", "changed", at=printed).code == 0
    assert "printer_BE_de_standard.zip holds recalled files" in cli.run("status", "--lang", "de", at=printed).err
    shutil.rmtree(printed.root / "output")
    shown = json.loads(cli.run("recall", "be-payoke", "--json", at=printed).out)["items"][0]
    assert shown["packs"] == [
        {"pack": "printer_BE_de_standard.zip", "receiver": "printer, profile standard", "date": TODAY.isoformat()}
    ]


def test_packs_for_operators_are_remembered_too(signed, cli):
    """An SMS pack of a release stands in the history with the files it was made of; a pack of drafts does not."""
    chosen = ("--lang", "de", "--audience", "migrants", "--channel", "sms")
    assert cli.run("build", "--release", *chosen, at=signed).code == 0
    assert cli.run("pack", "sms", "--release", "--lang", "de", at=signed).code == 0
    assert "sms-BE-de.zip for SMS operator on" in cli.run("recall", "be-payoke", at=signed).out
    before = signed.history.read_bytes()
    cli.run("build", *chosen, at=signed)
    assert cli.run("pack", "sms", "--lang", "de", at=signed).code == 0
    assert signed.history.read_bytes() == before


def test_a_damaged_history_stops_a_pack(signed, cli):
    """What cannot be remembered is not handed over."""
    signed.history.write_text("eaten\n", encoding="utf-8")
    told = cli.run("pack", "printer", "--format", "palm-card", "--lang", "de", "--audience", "migrants", at=signed)
    assert told.code == 1 and "releases.jsonl:1" in told.err
    assert not signed.packs("release").exists()
