"""The command line: help with examples, exit codes, JSON shapes, a fresh workspace."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time

import pytest

from campaign import __version__
from campaign.cli.main import COMMANDS


@pytest.mark.parametrize(
    "command",
    [command for command in COMMANDS if command not in ("review", "models", "glossary")]
    + ["review sign", "review log", "models list", "models install", "models remove", "glossary check"],
)
def test_every_command_explains_itself_with_an_example(cli, repository, command):
    """`--help` ends with an example that one can copy."""
    ended = cli.run(*command.split(), "--help", at=repository)
    assert ended.code == 0
    assert f"Example: campaign {command}" in " ".join(ended.out.split())


def test_help_lists_the_commands_in_the_order_of_the_work(cli, repository):
    """`campaign --help` shows every command with one line."""
    out = cli.run("--help", at=repository).out
    places = [out.index(f"\n  {command}") for command in COMMANDS]
    assert places == sorted(places)


def test_help_and_version_import_nothing_heavy(repository):
    """Both start at once: no engine, no catalogue library, no reader of installed packages is loaded."""
    heavy = ("jinja2", "typst", "translate", "babel", "phonenumbers", "PIL", "importlib.metadata", "campaign.model")
    code = (
        "import sys; known = {*sys.modules}; "
        "from campaign.cli import main as m; m._run(['--version']); m._run(['--help']); "
        f"print([n for n in {heavy} if n in {{*sys.modules}} - known])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_the_version_is_the_one_of_this_program(cli, repository):
    """`campaign --version` names the program that runs, not an installed one."""
    assert cli.run("--version", at=repository).out == f"campaign {__version__}\n"


def test_a_misspelt_command_is_named(cli, repository):
    """`campaign biuld` asks whether build was meant, exit 2."""
    ended = cli.run("biuld", at=repository)
    assert ended.code == 2
    assert "did you mean 'build'" in ended.err


def test_outside_a_workspace_the_next_step_is_said(cli, tmp_path):
    """Exit 1, with the command to type."""
    ended = cli.run("status", at=tmp_path)
    assert ended.code == 1
    assert "campaign init" in ended.err


def test_an_unknown_language_lists_the_known_ones(cli, workspace):
    """--lang xx is answered with the campaign's languages."""
    ended = cli.run("build", "--lang", "xx", "--country", "ZZ", at=workspace)
    assert ended.code == 1
    assert "--lang xx" in ended.err and "en, de, ar" in ended.err
    assert "--country ZZ" in ended.err


def test_a_fault_of_ours_keeps_its_traceback_and_exits_3(cli, workspace, monkeypatch):
    """What is no error of the user is shown whole, with the request to report it."""
    from campaign.reporting import status

    def broken(*arguments):
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(status, "status", broken)
    ended = cli.run("status", at=workspace)
    assert ended.code == 3
    assert "ZeroDivisionError: planted" in ended.err and "report" in ended.err


@pytest.mark.slow
def test_ctrl_c_says_what_happened_and_exits_130(workspace, repository):
    """An interrupted build keeps what was finished and says so."""
    # A shell gives what it runs in the background a SIGINT that is ignored; here somebody sits at the terminal.
    here = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{here}; from campaign.cli.main import main; main()", "build", "--jobs", "1"],
        cwd=workspace.root,
        env={"PYTHONPATH": str(repository), "PATH": "/usr/bin:/bin", "CAMPAIGN_CACHE": "off"},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    for _ in range(200):
        if list(workspace.output("review").rglob("*.pdf")):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Interrupted" in err and "Traceback" not in err


def test_status_json_has_the_published_shape(cli, signed):
    """Per language the four counts and each item with its state."""
    ended = cli.run("status", "--json", at=signed)
    rows = {row["language"]: row for row in json.loads(ended.out)["languages"]}
    assert set(rows) == {"en", "de", "ar"}
    assert (rows["de"]["signed"], rows["de"]["draft"], rows["de"]["stale"], rows["de"]["missing"]) == (4, 4, 0, 0)
    assert {"audience", "channel", "country", "state"} == set(rows["de"]["items"][0])


def test_status_reads_as_a_table(cli, workspace):
    """A person sees languages by name, counts, and the contacts that stop a release, each with its id."""
    out = cli.run("status", at=workspace).out
    assert "de German" in out and "signed" in out
    assert "be-payoke: Payoke +32 3 201 16 90 is not verified" in out


def test_status_and_check_count_the_same_sentences(cli, workspace):
    """What nothing shows is asked for by neither: as many sentences wait in the one as in the other."""
    row = next(line for line in cli.run("status", "--lang", "ar", at=workspace).out.splitlines() if "ar Arabic" in line)
    findings = json.loads(cli.run("check", "--lang", "ar", "--no-layout", "--json", at=workspace).out)["findings"]
    assert row.endswith(f" 0 of {sum(f['code'] == 'unsigned' and f['locale'] == 'ar' for f in findings)}")


@pytest.mark.slow
def test_check_json_has_the_published_shape(cli, workspace):
    """Findings with code, severity, locale, where, detail and rule; exit 1 while there are errors."""
    ended = cli.run("check", "--json", "--no-layout", at=workspace)
    assert ended.code == 1
    findings = json.loads(ended.out)["findings"]
    errors = {finding["code"] for finding in findings if finding["severity"] == "error"}
    assert errors == {"unsigned", "contact-expired"}
    assert [f["code"] for f in findings if f["detail"].startswith("not measured") and f["locale"] == "ar"] == ["plain"]
    assert all(set(finding) == {"code", "severity", "locale", "where", "detail", "rule"} for finding in findings)


@pytest.mark.slow
def test_check_lays_out_to_find_what_is_clipped(cli, workspace):
    """A text that does not fit is a finding of its own code."""
    path = workspace.catalogue("de")
    text = path.read_text()
    old = next(
        line for line in text.split("\n") if line.startswith('msgstr "') and "Papiere" in line and "Rechte" in line
    )
    path.write_text(text.replace(old, 'msgstr "' + "Papier" * 20 + '"', 1))
    ended = cli.run("check", "--json", "--lang", "de", "--audience", "migrants", "--jobs", "1", at=workspace)
    clipped = [finding for finding in json.loads(ended.out)["findings"] if finding["code"] == "clipped"]
    assert clipped and all("PapierPapier" in finding["detail"] for finding in clipped)


def test_measure_counts_a_text_from_the_argument_or_standard_input(cli, wide):
    """Parts and units of an SMS, weighted length on X."""
    ended = cli.run("measure", "sms", "Ça va", "--json", at=wide)
    assert json.loads(ended.out)["segments"] == 1
    assert cli.spawn("measure", "x", at=wide, stdin="ሰላም").out.strip() == "6 of 280"


@pytest.mark.slow
def test_a_log_is_written_on_request_and_holds_no_names(cli, signed):
    """--log appends versions, arguments and reasons to a file of its owner; the mediator's name and remark stay out."""
    sign = ("review", "sign", "de", "--audience", "unaccompanied-children", "--channel", "sms")
    ended = cli.spawn("--log", "run.log", *sign, "--name", "Nadia Haddad", "--comment=called her", at=signed)
    cli.spawn("--log", "run.log", "recall", "be-payoke", "--name", "x", "--reason", "called her", at=signed)
    assert ended.code == 0, ended.err
    cli.spawn("--log", "run.log", "build", "--lang", "de", "--channel", "sms", "--jobs", "1", at=signed)
    cli.spawn("--log", "run.log", "build", "--lang", "xx", at=signed)
    text = (signed.root / "run.log").read_text()
    assert "Haddad" not in text and "called her" not in text
    assert "campaign 0." in text and "not built yet" in text and "--lang xx" in text and "ERROR" in text
    assert (signed.root / "run.log").stat().st_mode & 0o077 == 0


def test_addresses_say_which_page_is_where(cli, repository):
    """An address tells nobody which page it is: staff ask, for one page or for all, with the language chooser."""
    (line,) = cli.run(
        "addresses", "--country", "BE", "--lang", "ar", "--audience", "migrants", at=repository
    ).out.splitlines()
    address, item = line.split()
    assert item == "BE/ar/migrants" and re.fullmatch(r"https://example\.org/help/[b-z]{8}", address)
    rows = json.loads(cli.run("addresses", "--country", "BE", "--audience", "migrants", "--json", at=repository).out)
    assert rows[0]["language"] == "mul" and address in [row["address"] for row in rows]
