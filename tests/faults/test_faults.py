"""Whatever stops a command, no half-file is trusted, no signature is lost, and the next run succeeds or says why."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from campaign.delivery.printer_zip import pack_printer
from campaign.editions.build import build
from campaign.errors import CampaignError
from campaign.ledger import issued
from campaign.model.edition import Edition
from campaign.project import locked
from campaign.workspace.selection import Selection

TODAY = date.today()


def _mounted(folder: Path, size: str) -> contextlib.ExitStack:
    """A small disk of its own at this folder."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("needs the right to mount a tmpfs")
    stack = contextlib.ExitStack()
    stack.callback(subprocess.run, ["umount", "-l", str(folder)], check=True)
    return stack


@pytest.mark.slow
@pytest.mark.parametrize("state", ["full", "read-only"])
@pytest.mark.parametrize("name", ["update", "build", "review sign", "contacts verify", "pack sms", "models install"])
@pytest.mark.sample(2)
def test_a_full_or_read_only_disk(faults, whole, tmp_path, name, state):
    """The command says what cannot be written, exit 1, and loses nothing; with room again it succeeds."""
    with _mounted(tmp_path / "disk", "24m"):
        harness = faults(name).moved(tmp_path / "disk" / "workspace")
        filler = tmp_path / "disk" / "filler"
        if state == "full":
            with contextlib.suppress(OSError), filler.open("wb") as stream:
                while True:
                    stream.write(b"\0" * 65536)
                    stream.flush()
        else:
            _remount(tmp_path / "disk", "ro")
        ended = harness.run()
        # A small text may still find room where nothing big does; then the command is done and nothing is wrong.
        assert ended.code == 1 or (ended.code == 0 and state == "full"), ended.text
        assert ended.code == 0 or "cannot be written" in ended.text, ended.text
        assert "Traceback" not in ended.text
        harness.nothing_lost(whole(name))
        if state == "full":
            filler.unlink()
        else:
            _remount(tmp_path / "disk", "rw")
        harness.recovers(whole(name))


def _remount(folder: Path, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", str(folder)], check=True)


def _build(project, progress=lambda done, total: None):
    return build(
        project, edition=Edition.REVIEW, selection=Selection(locales=("de",)), workers=1, today=TODAY, progress=progress
    )  # fmt: skip


@pytest.mark.slow
def test_a_picture_that_vanishes_is_named(workspace, cli):
    """An illustration that is gone: its audience's items are refused by name, the others are built."""
    (workspace.assets / "illustrations" / "migrants.svg").unlink()
    ended = cli.run("build", "--lang", "de", "--jobs", "1", at=workspace)
    assert ended.code == 1
    assert ended.err.count("assets/illustrations/migrants.svg: there is no such picture") == 1  # for all its items
    assert "campaign-layout-" not in ended.err
    assert (workspace.output(Edition.REVIEW) / "BE/de/unaccompanied-children/leaflet-a5-screen.pdf").is_file()


def test_fonts_that_vanish_are_named(workspace, cli):
    """Urdu's own font is gone: the glyphs that nothing can show are named, nothing is built with boxes."""
    shutil.rmtree(workspace.assets / "fonts")
    text = workspace.config.read_text().replace(
        'languages = ["en", "de", "ar"]', 'languages = ["en", "de", "ar", "ur"]'
    )
    workspace.config.write_text(text)
    ended = cli.run(
        "build", "--lang", "ur", "--audience", "migrants", "--channel", "leaflet", "--jobs", "1", at=workspace
    )
    assert ended.code == 1
    assert "could not be displayed" in ended.err or "no font shows" in ended.err
    assert not list(workspace.output(Edition.REVIEW).rglob("*.pdf"))


@pytest.mark.slow
def test_files_that_change_during_a_build_are_built_again(workspace):
    """A layout edited while the build runs: the next build does not take its items for finished."""
    layout = workspace.layouts / "style.typ"
    changed = []

    def edit_once(done, total):
        if not changed:
            layout.write_text(layout.read_text() + "\n// edited\n")
            changed.append(done)

    _build(workspace, edit_once)
    report = _build(workspace)
    assert {job.channel for job in report.reasons} >= {"leaflet", "social"}


@pytest.mark.slow
def test_a_clock_that_jumps_changes_nothing(workspace):
    """Files dated 1970 or 2100: nothing is made again, and nothing wrong is trusted."""
    _build(workspace)
    files = [path for path in workspace.output(Edition.REVIEW).rglob("*.*") if path.is_file()]
    for when in (0, 4102444800):
        for path in files:
            os.utime(path, (when, when))
        assert _build(workspace).unchanged
    path = next(path for path in files if path.name == "sms.txt")
    stat = path.stat()
    path.write_text("Call 113")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert not _build(workspace).unchanged


@pytest.mark.slow
def test_a_picture_that_vanishes_during_a_build_is_named_by_the_next(workspace):
    """What was made meanwhile is not trusted: the items are refused by name, and their files are gone."""
    picture = workspace.assets / "illustrations" / "migrants.svg"
    _build(workspace, lambda done, total: picture.unlink(missing_ok=True))
    again = _build(workspace)
    refused = {(item.job.audience, item.job.channel): str(item.failed) for item in again.refused}
    assert "migrants.svg" in refused["migrants", "leaflet"]
    assert not (workspace.output(Edition.REVIEW) / "BE/de/migrants/leaflet-a5-screen.pdf").exists()


@pytest.mark.slow
def test_a_font_that_vanishes_during_a_build_is_named(workspace):
    """The build ends in words, and its files have no list that says they are good."""
    with pytest.raises(CampaignError, match=r"Noto\S+\.ttf: cannot be read any more"):
        _build(workspace, lambda done, total: shutil.rmtree(workspace.assets / "fonts", ignore_errors=True))
    assert not workspace.manifest(Edition.REVIEW).exists()


@pytest.mark.slow
def test_a_profile_that_vanishes_during_printing_leaves_no_pack(signed, repository):
    """The press profile goes after the first job: the pack is whole or is not there, and the profile is named."""
    shutil.copytree(repository / "assets" / "icc", signed.profiles)

    def take_away(done, total):
        shutil.rmtree(signed.profiles, ignore_errors=True)

    chosen = Selection(locales=("de",), audiences=("migrants",))
    with pytest.raises(CampaignError, match=r"\.icc"):
        for _ in range(2):
            pack_printer(
                signed, selection=chosen, formats=("palm-card",), profile="", proof=True, workers=1, today=TODAY,
                progress=take_away,
            )  # fmt: skip
    for path in signed.root.rglob("*.zip"):
        assert zipfile.ZipFile(path).testzip() is None


@pytest.mark.slow
@pytest.mark.parametrize("today", [date(1970, 1, 1), date(2100, 1, 1)])
def test_a_wrong_clock_releases_nothing(signed, today):
    """A check that lies in the future or is over is none, whatever clock is wrong; the review edition is still made."""
    chosen = Selection(locales=("de",), audiences=("migrants",), channels=("sms",))
    quiet = {"selection": chosen, "workers": 1, "today": today, "progress": lambda done, total: None}
    report = build(signed, edition=Edition.RELEASE, **quiet)
    assert {finding.code for item in report.refused for finding in item.refused} == {"contact-expired"}
    assert not list(signed.output(Edition.RELEASE).rglob("*.txt"))
    assert build(signed, edition=Edition.REVIEW, **quiet).made


def test_a_torn_line_in_the_list_of_packs_costs_no_later_pack(tmp_path):
    """A full disk cut the last line, another one nests without end: the next pack that is sent out is found."""
    book = tmp_path / "packs.jsonl"
    book.write_bytes(b"[" * 20_000 + b'\n{"pack": "0123')
    number = issued.issue(book, "packs.jsonl", "html", (), TODAY, "")
    found = issued.find(book, number)
    assert found and found.form == "html"


@pytest.mark.slow
@pytest.mark.breadth
def test_two_commands_at_once(signed, cli):
    """Two builds and an update together: each succeeds or says that another command is writing; the result is whole."""
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": os.defpath, "CAMPAIGN_CACHE": "off"}
    commands = [["build", "--lang", locale, "--audience", "migrants", "--jobs", "1"] for locale in ("de", "ar")]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", "from campaign.cli.main import main; main()", *arguments],
            cwd=signed.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for arguments in [*commands, ["update"]]
    ]  # fmt: skip
    for process in started:
        text, _ = process.communicate(timeout=120)
        assert process.returncode == 0 or "another campaign command" in text, text
    assert cli.run("build", "--lang", "de", "--jobs", "1", at=signed).code == 0
    assert cli.run("verify", "--jobs", "1", at=signed).code == 0


@pytest.mark.slow
@pytest.mark.breadth
def test_no_pack_is_made_while_its_edition_is_built(workspace, cli):
    """A build takes the packs of the old files away when it begins; one made meanwhile would stay and be sent."""
    assert cli.run("build", "--lang", "de", "--audience", "migrants", "--channel", "sms", at=workspace).code == 0
    with locked(workspace.record(Edition.REVIEW), "output/review"):
        ended = cli.spawn("pack", "sms", at=workspace)
    assert ended.code == 1 and "another campaign command" in ended.err
    assert not list(workspace.packs(Edition.REVIEW).glob("*.zip"))
    assert cli.run("pack", "sms", at=workspace).code == 0


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["{", "[]", '{"version": 1}', '{"version": 1, "items": [5]}', "", "\0\0"])
@pytest.mark.sample(3)
def test_a_damaged_manifest_is_said_and_built_anew(workspace, cli, damage):
    """verify names it, exit 1; build makes a new one."""
    selection = ("--lang", "de", "--audience", "migrants", "--channel", "sms", "--jobs", "1")
    assert cli.run("build", *selection, at=workspace).code == 0
    workspace.manifest(Edition.REVIEW).write_text(damage)
    ended = cli.run("verify", "--jobs", "1", at=workspace)
    assert ended.code == 1 and "damaged" in ended.err
    assert cli.run("build", *selection, at=workspace).code == 0
    assert json.loads(workspace.manifest(Edition.REVIEW).read_text())["items"]


@pytest.mark.slow
def test_ctrl_c_stops_two_workers_within_a_second(workspace, repository):
    """Exit 130 in words, no worker is left, nothing half-written lies in the output."""
    import signal

    process = subprocess.Popen(
        [sys.executable, "-c", "from campaign.cli.main import main; main()", "build", "--jobs", "2"],
        cwd=workspace.root, env={"PYTHONPATH": str(repository), "PATH": os.defpath, "CAMPAIGN_CACHE": "off"},
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    for _ in range(600):
        if list(workspace.output("review").rglob("sms.txt")):
            break
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode in (0, 130)
    assert "Traceback" not in err
    assert not [path for path in workspace.output("review").rglob("*") if path.name.endswith(".tmp")]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
