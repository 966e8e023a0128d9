"""Personal data stays nowhere: a form is filled in with a marker, and every place that a program writes to is searched."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

import offices
import pytest
from own_campaigns import REPOSITORY

from campaign.forms import record
from campaign.project import Project

pytestmark = pytest.mark.slow
MARKER, CASE = "Zyxwv Qmarker Street", "QMARKER/77"


#: A fault of the program whose words cite all that was filled in.
FAULT = """
from campaign.forms import read_back
def faults(*everything): raise ValueError(everything)
read_back.faults = faults
"""


def start(office: Project, tmp_path: Path, *arguments: str, fault: str = "") -> subprocess.Popen[str]:
    """The program with its own home, cache and folder for temporary files."""
    homes = {name: tmp_path / name for name in ("home", "cache", "temporary")}
    for folder in homes.values():
        folder.mkdir(exist_ok=True)
    variables = {"HOME": str(homes["home"]), "CAMPAIGN_CACHE": str(homes["cache"]), "TMPDIR": str(homes["temporary"])}
    variables |= {"PYTHONPATH": str(REPOSITORY), "XDG_CACHE_HOME": str(homes["cache"])}
    command = [sys.executable, "-c", f"{fault}\nfrom campaign.cli.main import main; main()", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=office.root, env={**os.environ, **variables}, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )


def run(
    office: Project, tmp_path: Path, typed: dict[str, object], *before: str, fault: str = ""
) -> subprocess.Popen[str]:
    """The form filled in from standard input."""
    command = (*before, "fill", "visit", "--lang", "ar", "--beside", "de", "--country", "BE")
    process = start(office, tmp_path, *command, "--to", str(tmp_path / "out"), fault=fault)
    assert process.stdin
    process.stdin.write(json.dumps({"values": typed, "again": typed}))
    process.stdin.close()
    return process


def letter(helper: str) -> dict[str, object]:
    """A letter with the marker in every text."""
    return offices.letter(helper, time="14:37", place=MARKER, case=CASE)


def found(typed: dict[str, object], *folders: Path) -> list[str]:
    """Every file below these folders that holds a value, or a hash of one, in any of the usual writings."""
    values = [str(typed[name]) for name in ("place", "case")]
    hashes = [getattr(hashlib, kind)(value.encode()) for value in values for kind in ("md5", "sha1", "sha256")]
    wanted = [value.encode(code) for value in values for code in ("utf-8", "utf-16-le", "utf-16-be")]
    wanted += [value.encode().hex().encode() for value in values]
    wanted += [each.hexdigest()[:16].encode() for each in hashes] + [each.digest()[:12] for each in hashes]
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [str(path) for path in files if any(needle in path.read_bytes() for needle in wanted)]


def test_a_filled_form_leaves_nothing_behind(office: Project, helper, tmp_path: Path) -> None:
    """Workspace, home, cache, temporary files and the log; the text message and standard error too."""
    typed, log = letter(helper()), tmp_path / "log"
    process = run(office, tmp_path, typed, "--log", str(log))
    out, err = process.stdout.read(), process.stderr.read()
    assert process.wait() == 0, err
    assert not any(str(typed[name]) in out + err for name in ("place", "case", "time"))
    assert found(typed, office.root, *(tmp_path / name for name in ("home", "cache", "temporary"))) == []
    assert log.is_file() and MARKER not in log.read_text()
    (line,) = record.path_of(office).read_text().splitlines()
    assert {*json.loads(line)} == {"id", "form", "frame", "country", "languages", "contacts", "on"}
    assert len(list((tmp_path / "out").iterdir())) == 3


@pytest.mark.breadth
@pytest.mark.parametrize("typed", ["place", "time", "nonsense"])
def test_what_is_refused_is_not_repeated(office: Project, helper, tmp_path: Path, typed: str) -> None:
    """An error names the slot; no traceback, no report and no log has the value."""
    values = {**letter(helper()), typed: f"{MARKER} +32 3 201 16 90", "case": CASE}
    process = run(office, tmp_path, values, "--log", str(tmp_path / "log"))
    out, err = process.stdout.read(), process.stderr.read()
    assert process.wait() == 1
    assert MARKER not in out + err and CASE not in out + err
    assert MARKER not in (tmp_path / "log").read_text()
    assert not record.path_of(office).exists()


@pytest.mark.parametrize(
    "after", [0.6, pytest.param(1.2, marks=pytest.mark.breadth), pytest.param(2.0, marks=pytest.mark.breadth)]
)
def test_a_killed_program_leaves_nothing_behind(office: Project, helper, tmp_path: Path, after: float) -> None:
    """SIGKILL while it works: no file of it but a finished sheet in the office's own folder holds a value."""
    typed = letter(helper())
    process = run(office, tmp_path, typed)
    time.sleep(after)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    seen = [process.pid, *map(int, children.read_text().split())] if children.is_file() else [process.pid]
    for pid in seen:
        for name in ("cmdline", "environ"):
            place = Path(f"/proc/{pid}/{name}")
            try:
                assert MARKER.encode() not in place.read_bytes()
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert found(typed, office.root, *(tmp_path / name for name in ("home", "cache", "temporary"))) == []


@pytest.mark.breadth
def test_a_crash_leaves_nothing_behind(office: Project, helper, tmp_path: Path) -> None:
    """A fault that cites every value: its kind and place are said, no value is, and none is written anywhere."""
    typed, log = letter(helper()), tmp_path / "log"
    process = run(office, tmp_path, typed, "--log", str(log), fault=FAULT)
    out, err = process.stdout.read(), process.stderr.read()
    assert process.wait() == 1 and "ValueError" in err
    assert MARKER not in out + err + log.read_text() and CASE not in out + err
    assert found(typed, office.root, *(tmp_path / name for name in ("home", "cache", "temporary", "out"))) == []
    assert not record.path_of(office).exists()


class Browser:
    """A browser without a screen at the page of a form; nothing that it gets may be kept by a real one."""

    def __init__(self, first: str) -> None:
        self._opener = build_opener(HTTPCookieProcessor())
        self._root = first.partition("?")[0]
        self.page = self.get(first)

    def get(self, address: str) -> str:
        """Open an address."""
        with self._opener.open(urljoin(self._root, address)) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            return str(answer.read().decode("latin-1"))

    def send(self, **values: str) -> str:
        """Send the page's form with these values."""
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.page))
        sent = urlencode({**{name: html.unescape(value) for name, value in hidden.items()}, **values}).encode()
        with self._opener.open(Request(self._root, sent, {"Origin": self._root.rstrip("/")})) as answer:  # noqa: S310
            assert answer.headers["Cache-Control"] == "no-store"
            self.page = answer.read().decode()
        return self.page


@pytest.mark.breadth
@pytest.mark.parametrize("crash", [False, True])
def test_a_page_leaves_nothing_behind(office: Project, helper, tmp_path: Path, crash: bool) -> None:
    """Typed on the page by two people, printed, or stopped by a fault in the middle; then SIGKILL, and all is searched."""
    typed = {name: str(value) for name, value in letter(helper()).items()}
    command = ("fill", "visit", "--lang", "ar", "--beside", "de", "--country", "BE", "--page")
    log = tmp_path / "log"
    process = start(office, tmp_path, "--log", str(log), *command, fault=FAULT if crash else "")
    browser = Browser(re.search(r"http\S+", process.stdout.readline())[0])
    browser.send(**{f"first-{name}": value for name, value in typed.items()})
    page = browser.send(**{f"again-{name}": typed[name] for name in ("day", "time", "case")})
    if crash:
        assert "ValueError" in page
    else:
        (sheet,) = re.findall(r'href="(/file/a5.pdf)"', page)
        assert browser.get(sheet).startswith("%PDF")
    limits = Path(f"/proc/{process.pid}/limits")
    assert not limits.exists() or re.search(r"Max core file size +0 ", limits.read_text())
    cmdline = Path(f"/proc/{process.pid}/cmdline")
    assert not cmdline.exists() or MARKER.encode() not in cmdline.read_bytes()
    process.kill()
    out, err = process.communicate()
    assert MARKER not in out + err and CASE not in out + err
    assert MARKER not in (log.read_text() if log.exists() else "")
    assert found(typed, office.root, *(tmp_path / name for name in ("home", "cache", "temporary"))) == []


def test_a_fault_of_the_program_says_no_value() -> None:
    """Whatever is raised while values are in memory: its kind and its place are said, its words are not."""
    from campaign.errors import CampaignError
    from campaign.forms.unsaid import unsaid

    with pytest.raises(CampaignError) as caught, unsaid():
        int(MARKER)
    assert MARKER not in str(caught.value) and "ValueError" in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
