"""The review page in Debian's firefox-esr: what is typed is kept, and a sentence fits a telephone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from firefox import firefox
from visitor import make_app, running

from campaign.ledger import ledger
from campaign.project import Project

pytestmark = pytest.mark.slow

FIREFOX = shutil.which("firefox-esr")
CALL = "In danger now? Call %(emergency)s"


@pytest.mark.skipif(FIREFOX is None, reason="firefox-esr is not installed (Debian: apt-get install firefox-esr)")
@pytest.mark.breadth
def test_firefox_keeps_what_is_typed_while_the_program_is_stopped(workspace: Project, tmp_path: Path) -> None:
    """Text and reason in Arabic, typed before and after a stop, are sent by themselves when the program is there again."""
    app, profile = make_app(workspace), tmp_path / "profile"
    profile.mkdir()
    sheet = app.extensions["review"].desk.sheet("ar")
    key = next(key for key, line in sheet.lines.items() if line.unit.source == CALL)
    before = sheet.lines[key].unit.text
    with firefox(str(FIREFOX), profile) as tab:
        tab.size(360, 740)
        with running(app) as port:
            address = f"http://127.0.0.1:{port}/"
            tab.goto(f"{address}?token={app.extensions['tokens'].give()}")
            tab.type("input[name=name]", "B. Weber")
            tab.run("document.querySelector('form.you button').click()")
            tab.until("document.readyState === 'complete' && document.body.dataset.me === 'B. Weber'")
            tab.goto(f"{address}ar/unit/{key}")
            tab.until("!!document.querySelector('.glimpse img')?.naturalHeight")  # it comes after the page
            assert tab.run("document.documentElement.scrollWidth") <= 360
            for part in ("#sentence", ".face", ".glimpse img", ".answers.first"):
                assert tab.run(f"document.querySelector({part!r}).getBoundingClientRect().bottom <= 740"), part
            assert tab.run("document.querySelector('.face .piece').getClientRects().length") == 1
            tab.type(".face", " هنا")
            tab.type("#reason", "قبل")
        tab.type("#reason", " بعد")
        tab.run("document.querySelector('button[value=reject]').click()")
        tab.until("!document.querySelector('.lost').hidden")
        assert tab.run("document.querySelector('#text0').value") == f"{before} هنا"
        with running(app, port):
            tab.until("document.readyState === 'complete' && !!document.querySelector('.said')")
            tab.goto(f"{address}ar/unit/{key}")
            assert tab.run("document.querySelector('#reason').value") == ""
    said = [
        (event.verdict.value, event.forms, event.reason) for event in ledger.read(workspace.ledger("ar"), "ar").events
    ]
    assert said == [("reject", (before,), "قبل بعد"), ("suggest", (f"{before} هنا",), "")]
