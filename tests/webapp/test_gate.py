"""The gate: whatever comes from another page, another run or another machine is refused, changes nothing, and is logged."""

from __future__ import annotations

import http.client
import logging
import os
import pty
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from own_campaigns import REPOSITORY
from visitor import Visitor, first_key, make_app

from campaign.project import Project
from campaign.webapp.first import PATIENCE, Tokens, redirect_file

Contents = Callable[[Path], dict[str, bytes]]


@pytest.fixture(scope="module")
def workspace(_fresh_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One workspace for the whole file: nothing in it ever changes."""
    return Project(Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("gate") / "workspace")))


@pytest.fixture(scope="module")
def app(workspace: Project) -> Flask:
    """One page for the whole file; every test brings browsers of its own."""
    return make_app(workspace)


@pytest.fixture(autouse=True)
def _nothing_changed(workspace: Project, contents: Contents) -> Any:
    """After every test of this file the texts and the ledgers are what they were."""
    before = contents(workspace.root / "locales")
    yield
    assert contents(workspace.root / "locales") == before


def one_line(caplog: pytest.LogCaptureFixture, *words: str) -> None:
    """Exactly one line was logged, and it says this."""
    lines = [record.getMessage() for record in caplog.records if record.name == "campaign.review"]
    assert len(lines) == 1, lines
    assert all(word in lines[0] for word in words), lines
    assert "\n" not in lines[0]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:1", "localhost:80@evil", "[::1]", ""]
)
def test_a_wrong_host_is_refused(visitor: Visitor, caplog: pytest.LogCaptureFixture, host: str) -> None:
    """A page elsewhere that points its own name at this machine gets nothing, even with the cookie."""
    assert visitor.get("/", Host=host).status_code in (400, 403)
    if host:
        one_line(caplog, "refused GET")


@pytest.mark.parametrize(
    "path",
    ["/", "/ar/", "/ar/queue", "/ar/log", "/letters.css", "/?token=wrong", "/?token=", "/ar/?token=first-address"],
)
def test_without_the_first_address_nothing_is_shown(
    stranger: Visitor, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """No token, a wrong one, or the right one in the wrong place: no word of the texts."""
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "العربية" not in answer.text or "aria-pressed" in answer.text
    assert "Migrants" not in answer.text
    one_line(caplog, "token")


def test_the_token_leaves_the_address_and_the_cookie_is_strict(stranger: Visitor) -> None:
    """After the first address the token is in no address; the cookie is unreadable for scripts and never sent from elsewhere."""
    token = stranger.app.extensions["tokens"].give()
    answer = stranger.get(f"/?token={token}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert token not in cookie


def test_a_first_address_opens_one_browser_once(stranger: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever reads it later, on a shared screen or in the history of a browser, does not get in with it."""
    token = stranger.app.extensions["tokens"].give()
    assert stranger.get(f"/?token={token}").status_code == 303
    assert Visitor(stranger.app).get(f"/?token={token}").status_code == 403
    one_line(caplog, "used")
    # The browser that is in goes on, and the address it was opened with again leaves its address bar.
    assert stranger.get(f"/?token={token}").headers["Location"] == "/"
    assert stranger.get("/de/").status_code == 200


def test_many_who_ask_at_once_are_one(stranger: Visitor) -> None:
    """Twenty browsers with the same address at the same moment: one is in."""
    token = stranger.app.extensions["tokens"].give()
    with ThreadPoolExecutor(20) as pool:
        codes = list(pool.map(lambda _: Visitor(stranger.app).get(f"/?token={token}").status_code, range(20)))
    assert sorted(codes) == [303] + [403] * 19


def test_an_address_that_nobody_opens_grows_too_old() -> None:
    """Ten minutes after it was made it opens nothing."""
    now = [0.0]
    tokens = Tokens(lambda: now[0])
    early, late = tokens.give(), tokens.give()
    now[0] = PATIENCE - 1
    assert tokens.take(early)
    now[0] = PATIENCE
    assert not tokens.known(late)
    assert not tokens.take(late)


def test_a_browser_that_slept_for_a_day_is_asked_again(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes to the machine in the morning is not the mediator of yesterday."""
    assert visitor.get("/de/").status_code == 200
    monkeypatch.setattr("campaign.webapp.alone.IDLE", -1.0)
    assert visitor.get("/de/").status_code == 403


OPENS = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/?token=wrong", {"Sec-Fetch-Site": "cross-site", **OPENS}),
        ("/?token=", {"Sec-Fetch-Site": "cross-site", **OPENS}),
        ("/ar/?token=TOKEN", {"Sec-Fetch-Site": "cross-site", **OPENS}),
        ("/static/review.js?token=TOKEN", {"Sec-Fetch-Site": "cross-site", **OPENS}),
        ("/?token=TOKEN", {"Sec-Fetch-Site": "cross-site"}),
        ("/?token=TOKEN", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}),
        ("/?token=TOKEN", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}),
        ("/?token=TOKEN", {"Origin": "https://evil.example"}),
        ("/?token=TOKEN", {"Origin": "null", "Sec-Fetch-Site": "cross-site", **OPENS}),
        ("/?token=TOKEN", {"Host": "evil.example"}),
        ("/?token=TOKEN", {"Host": "127.0.0.1:1"}),
    ],
)
def test_a_token_in_the_address_skips_no_check(stranger: Visitor, path: str, headers: dict[str, str]) -> None:
    """Host, Origin and where the request comes from are looked at first; a refused address stays unused."""
    token = stranger.app.extensions["tokens"].give()
    answer = stranger.get(path.replace("TOKEN", token), **headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert stranger.get(f"/?token={token}").status_code == 303


def test_a_browser_that_is_in_may_say_token_and_is_checked_all_the_same(visitor: Visitor) -> None:
    """`?token=` on any page was a way past the look at where a request comes from."""
    for path in ("/ar/?token=x", "/ar/queue?token=x", "/static/review.js?token=x"):
        assert visitor.get(path, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_the_redirect_file_is_its_owners_alone_and_goes(tmp_path: Path) -> None:
    """What a browser is started with names a file: 0600 in a folder that nobody else may enter."""
    with redirect_file("http://127.0.0.1:1/?token=a&b") as path:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert 'url=http://127.0.0.1:1/?token=a&amp;b"' in path.read_text()
    assert not path.parent.exists()


@pytest.mark.slow
def test_the_file_on_the_disk_lets_a_real_browser_in(
    workspace: Project, served: Callable[..., str], chromium: Any
) -> None:
    """Debian's chromium opens the file, comes to the page, and stays in; the address bar holds no token."""
    with redirect_file(served(workspace)) as path:
        page = chromium.new_context().new_page()
        page.goto(path.as_uri())
        page.wait_for_url("http://127.0.0.1:*/")
        assert page.locator("input[name=name]").count() == 1
        page.reload()
        assert "token" not in page.url
        assert page.locator("input[name=name]").count() == 1


@pytest.mark.slow
def test_no_process_is_started_with_a_token(workspace: Project, tmp_path: Path) -> None:
    """On a desktop `review serve` opens the browser: neither its arguments nor ours hold what opens the page."""
    browser = tmp_path / "xdg-open"
    browser.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/started.tmp\nmv {tmp_path}/started.tmp {tmp_path}/started\n')
    browser.chmod(0o755)
    ours, theirs = pty.openpty()
    desktop = {"DISPLAY": ":0", "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-c", "from campaign.cli.main import main; main()", "review", "serve", "de"]
    running = subprocess.Popen(
        command,
        cwd=workspace.root,
        env={**os.environ, **desktop},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        # Whoever runs the tests in the background has their children ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        os.close(theirs)
        said = b""
        while b"Ctrl+C" not in said or not (tmp_path / "started").exists():
            if select.select([ours], [], [], 0.2)[0]:
                said += os.read(ours, 65536)
            assert running.poll() is None, said
        started = (tmp_path / "started").read_text().strip()
        assert started.endswith(".html")
        file = Path(started.removeprefix("file://"))
        (token,) = re.findall(r"token=([\w-]+)\"", file.read_text())[:1]
        (printed,) = re.findall(rb"token=([\w-]+)", said)
        assert token != printed.decode()
        assert token not in started + " ".join(command)
        os.write(ours, b"\n")
        again = b""
        while b"token=" not in again:
            again += os.read(ours, 65536)
        assert printed not in again
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(20)
        os.close(ours)
    assert not file.exists()


FOREIGN = [
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "https://127.0.0.1"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_from_another_page_is_refused(
    visitor: Visitor, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    """Even with the cookie and a good form value: where it came from decides."""
    path = f"/de/unit/{first_key(visitor)}"
    data = {**visitor.hidden(path, 'id="editor"'), "text0": "Neu", "answer": "changed"}
    visitor.headers = {"Host": "127.0.0.1"}
    assert visitor.post(path, data, **headers).status_code == 403
    one_line(caplog, "refused POST")


def test_a_form_without_any_sign_of_its_page_is_refused(visitor: Visitor) -> None:
    """A program that sends neither Origin nor Sec-Fetch-Site is no browser at our page."""
    visitor.headers = {"Host": "127.0.0.1"}
    assert visitor.post("/you", {"name": "x", "role": "mediator"}).status_code == 403


def test_a_page_elsewhere_cannot_read_ours(visitor: Visitor) -> None:
    """A picture or frame that another page asks for is refused by where it comes from."""
    assert visitor.get("/ar/", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("once", ["", "0", "a.b", "'\"<script>", "é.é"])
def test_a_form_that_this_page_did_not_make_is_refused(
    visitor: Visitor, once: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The form's own value must be of this run and this browser."""
    path = f"/de/unit/{first_key(visitor)}"
    data = {**visitor.hidden(path, 'id="editor"'), "text0": "Neu", "answer": "changed", "once": once}
    assert visitor.post(path, data).status_code == 403
    one_line(caplog, "did not make")


def test_a_form_of_another_browser_is_refused(visitor: Visitor) -> None:
    """Each browser has forms of its own."""
    other = Visitor(visitor.app).enter()
    path = f"/de/unit/{first_key(visitor)}"
    data = {**visitor.hidden(path, 'id="editor"'), "text0": "Neu", "answer": "changed"}
    assert other.post(path, data).status_code == 403


def test_a_replayed_form_is_refused(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """The same form a second time does nothing, whatever it asks for."""
    path = f"/de/unit/{first_key(visitor)}"
    data = {**visitor.hidden(path, 'id="editor"'), "text0": "%(wrong)s", "answer": "changed"}
    assert visitor.post(path, data).status_code == 422
    assert visitor.post(path, data).status_code == 409
    one_line(caplog, "sent before")


@pytest.mark.parametrize(
    "path",
    [
        "/../campaign.toml",
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/letters/..%2f..%2fcampaign.ttf",
        "/xx/",
        "/..%2f..%2fetc/queue",
        "/de/unit/../../etc/passwd",
        "/de/unit/000000000000",
        "/de/item/BE/migrants/..%2fleaflet",
        "/de/item/XX/migrants/leaflet",
        "/de/look/BE/migrants/leaflet/..%2f..%2fcampaign.toml?file=x",
        "/de/look/BE/migrants/leaflet/leaflet-a5-page-1.png?file=../../campaign.toml",
    ],
)
def test_languages_sentences_and_files_come_from_lists(visitor: Visitor, path: str) -> None:
    """An address is never a path on the disk."""
    assert visitor.get(path).status_code == 404


def test_a_language_that_was_not_opened_is_not_there(workspace: Project) -> None:
    """`serve ar` shows ar alone."""
    visitor = Visitor(make_app(workspace, locales=("ar",))).enter()
    assert visitor.get("/ar/").status_code == 200
    assert visitor.get("/de/").status_code == 404


@pytest.mark.slow
def test_50_megabytes_are_refused_unread(
    workspace: Project, served: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    """A body of 50 MB is answered before it is read, over a real connection."""
    address = urlsplit(served(workspace))
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
    connection.request("GET", f"/?{address.query}")
    answer = connection.getresponse()
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    answer.read()
    connection.putrequest("POST", "/de/unit/000000000000")
    for name, value in {
        "Cookie": cookie,
        "Origin": f"http://{address.netloc}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(50_000_000),
    }.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(b"text0=" + b"x" * 1000)
    assert connection.getresponse().status == 413
    connection.close()
    one_line(caplog, "50000000 bytes")


def test_a_body_of_unknown_length_or_kind_is_refused(visitor: Visitor) -> None:
    """Only forms, and only with their length."""
    assert visitor.http.post("/you", json={}, headers=visitor.headers).status_code == 415
    assert visitor.post("/you", {}).status_code == 413
    assert visitor.http.put("/you", headers=visitor.headers).status_code in (403, 405)
    assert visitor.http.delete("/de/", headers=visitor.headers).status_code in (403, 405)


def test_reading_writes_nothing(visitor: Visitor, workspace: Project) -> None:
    """Every page by GET, with the fields of a form in its address: nothing is written (the fixture compares)."""
    key = first_key(visitor)
    for path in (
        f"/de/unit/{key}?answer=changed&text0=Neu",
        "/de/item/BE/migrants/leaflet?answer=sign&read=1",
    ):
        assert visitor.get(path).status_code == 200
    assert not workspace.ledger("de").exists()


@pytest.mark.slow
def test_read_only_refuses_every_change(workspace: Project, caplog: pytest.LogCaptureFixture) -> None:
    """With --read-only everything can be looked at; no form is offered, and a sent one is refused."""
    visitor = Visitor(make_app(workspace, read_only=True)).enter().introduce()
    path = f"/de/unit/{first_key(visitor)}"
    assert 'value="good"' not in visitor.get(path).text
    once = visitor.hidden("/", 'class="you"')["once"]
    assert visitor.post(path, {"once": once, "text0": "Neu", "answer": "changed", "seen": "x"}).status_code == 403
    one_line(caplog, "read-only")


def test_every_answer_carries_the_policy(visitor: Visitor) -> None:
    """Scripts, styles and pictures from this page only; no frame around it; previews may do nothing at all."""
    for path in ("/", "/de/", "/de/nothing", "/static/review.js"):
        answer = visitor.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    html = visitor.get("/de/item/BE/migrants/leaflet").text
    picture = html.split('<img src="')[1].split('"')[0].replace("&amp;", "&")
    assert visitor.get(picture).headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_log_lines_cannot_be_forged(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """A line break in an address stays inside its one line."""
    caplog.set_level(logging.WARNING)
    visitor.get("/de/%0arefused%20nothing", **{"Sec-Fetch-Site": "cross-site"})
    one_line(caplog, "refused GET")
