"""The shared desk on its own socket: what trickles, swells or lies about itself is cut off; the commands around it."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from guests import HOST, URL, listening
from own_campaigns import REPOSITORY

from campaign.errors import CampaignError
from campaign.project import Project
from campaign.webapp.app import LARGEST
from campaign.webapp.desk import listen
from campaign.webapp.desk.register import FILE, LOG, Register, home

Serve = Callable[..., int]


def _echo(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    """Says who asked, by which scheme, and how much came."""
    size = len(environ["wsgi.input"].read())
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']} {environ['HTTP_HOST']} {size}".encode()]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """`serve(proxy)` serves an application that says who asked; gives the port."""
    with contextlib.ExitStack() as stack:
        yield lambda proxy="", **more: stack.enter_context(listening(_echo, proxy, **more))


def ask(port: int, data: bytes) -> bytes:
    """Everything that comes back for some bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(data)
        answer = b""
        # A connection that is closed while bytes are still on their way is reset; what was said before may be lost.
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65536):
                answer += part
        return answer


HEAD = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n".encode()


def test_only_the_proxy_says_who_asks(serve: Serve) -> None:
    """X-Forwarded-For counts from the trusted proxy alone; nothing else that a request says of itself does."""
    lies = HEAD + b"X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: evil.example\r\n\r\n"
    assert ask(serve("127.0.0.1"), lies).endswith(f"203.0.113.9 https {HOST} 0".encode())
    assert ask(serve(), lies).endswith(f"127.0.0.1 https {HOST} 0".encode())
    assert ask(serve("192.0.2.1"), lies).endswith(f"127.0.0.1 https {HOST} 0".encode())


def test_of_a_chain_only_the_last_hop_counts(serve: Serve) -> None:
    """What a client wrote into the header itself, in front of the proxy's own word, is not believed."""
    lies = HEAD + b"X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\n\r\n"
    assert b"203.0.113.9 " in ask(serve("127.0.0.1"), lies)


@pytest.mark.slow
@pytest.mark.parametrize(
    "start", [b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n"]
)
@pytest.mark.sample(1)
def test_a_request_that_trickles_in_is_cut_off(serve: Serve, monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    """Slow loris: a byte now and then keeps no connection open for longer than its time, in head or body."""
    monkeypatch.setattr(listen, "ARRIVAL", 1.0)
    with socket.create_connection(("127.0.0.1", serve(cleanup_interval=0)), timeout=20) as connection:
        connection.sendall(start)
        with pytest.raises(OSError):
            for _ in range(200):
                connection.sendall(b"x")
                connection.setblocking(False)
                try:
                    if connection.recv(100) == b"":
                        raise ConnectionResetError
                except BlockingIOError:
                    pass
                connection.setblocking(True)
                time.sleep(0.05)


def test_bodies_and_heads_have_an_end(serve: Serve) -> None:
    """A large body is answered before it is read, said with its length or in chunks; so is a large head."""
    port = serve()
    head = HEAD.replace(b"GET", b"POST")
    assert b" 413 " in ask(port, head + b"Content-Length: 50000000\r\n\r\n").partition(b"\r\n")[0]
    chunks = b"".join(b"8000\r\n" + b"x" * 0x8000 + b"\r\n" for _ in range(1 + LARGEST // 0x8000))
    assert b" 200 " not in ask(port, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    assert b" 431 " in ask(port, HEAD + b"X-A: " + b"x" * 2 * listen.HEAD + b"\r\n\r\n").partition(b"\r\n")[0]


@pytest.mark.parametrize(
    "head",
    [
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\nabcd",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-A: b\nX-C: d\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    ],
)
def test_a_request_that_two_programs_would_read_differently_is_one_or_none(serve: Serve, head: bytes) -> None:
    """Request smuggling: refused, or read as one request; never as two."""
    answer = ask(serve(), head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
    assert answer.count(b"HTTP/1.1 200") + answer.count(b"HTTP/1.0 200") <= 1
    assert b" 404 " not in answer


def test_a_port_that_is_taken_is_said(serve: Serve) -> None:
    """With what to do."""
    with pytest.raises(CampaignError, match="choose another"):
        listen.server(_echo, "127.0.0.1", serve(), "")


def test_a_proxy_that_is_no_address_is_said() -> None:
    """A name would be looked up by nobody, and nobody believed."""
    with pytest.raises(CampaignError, match="--proxy"):
        listen.server(_echo, "127.0.0.1", 0, "proxy.example.org")


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private folder of its own, by CAMPAIGN_DESK."""
    folder = tmp_path / "private"
    monkeypatch.setenv("CAMPAIGN_DESK", str(folder))
    return folder


def test_the_coordinator_invites_lists_and_takes_back(workspace: Project, private: Path, cli: Any) -> None:
    """The link stands on the screen once and nowhere else; who is who, until when, and what became of it, in a list."""
    arguments = ("--lang", "ar", "--lang", "de", "--role", "mediator", "--name", "Amina", "--until", "2099-01-31")
    asked = cli.run("review", "invite", *arguments, at=workspace)
    assert asked.code == 1 and "--url" in asked.err
    made = cli.run("review", "invite", *arguments, "--url", URL, at=workspace)
    assert made.code == 0, made.err
    link = made.out.strip()
    assert re.fullmatch(rf"{URL}/in/[\w-]{{43}}", link)
    kept = "".join(path.read_text(encoding="utf-8") for path in private.iterdir())
    assert link.rpartition("/")[2] not in kept
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert {stat.S_IMODE((private / name).stat().st_mode) for name in (FILE, LOG)} == {0o600}
    listed = cli.run("review", "invitations", at=workspace).out
    assert "Amina (mediator), ar, de, until 2099-01-31: not used yet" in listed
    assert str(private) in listed
    id_ = listed.split()[0]
    assert cli.run("review", "invitations", "revoke", "nothing", at=workspace).code == 1
    assert cli.run("review", "invitations", "revoke", id_, at=workspace).code == 0
    assert "taken back" in cli.run("review", "invitations", at=workspace).out
    assert "taken back before" in cli.run("review", "invitations", "revoke", id_, at=workspace).out
    log = cli.run("review", "invitations", "log", at=workspace).out
    assert [line.split(": ")[1] for line in log.splitlines()] == ["invited", "revoked"]


def test_who_may_not_sign_is_said_when_they_are_invited(workspace: Project, private: Path, cli: Any) -> None:
    """Where reviewers.toml names the people, somebody else may come and correct; the coordinator hears of it at once."""
    people = '[[reviewer]]\nname = "Amina"\nlanguages = ["ar"]\n'
    (workspace.root / "reviewers.toml").write_text(people, encoding="utf-8")
    arguments = ("review", "invite", "--lang", "ar", "--lang", "de", "--until", "2099-01-31", "--url", URL, "--name")
    said = cli.run(*arguments, "Amina", at=workspace)
    assert said.code == 0
    assert re.findall(r"In (\w+) this name may not sign", said.err) == ["de"]
    assert re.findall(r"In (\w+) this", cli.run(*arguments, "Boris", at=workspace).err) == ["ar", "de"]


def test_a_wrong_invitation_is_refused_with_every_reason(workspace: Project, private: Path, cli: Any) -> None:
    """Nobody is invited, and each fault is named."""
    wrong = ("--lang", "xx", "--role", "king", "--name", "a\u200bb", "--until", "2020-01-01", "--url", URL)
    done = cli.run("review", "invite", *wrong, at=workspace)
    assert done.code == 1
    assert {"--lang", "--role", "--name", "--until"} <= set(re.findall(r"--\w+", done.err))
    assert not Register(private).guests().invitations


@pytest.mark.parametrize(("first", "second"), [("Amina Haddad", "A. Haddad"), ("Amina", "Аmina"), ("Amina", "AMINA")])
def test_two_people_are_never_taken_for_one(
    workspace: Project, private: Path, cli: Any, first: str, second: str
) -> None:
    """A name that could be that of somebody who is invited is refused; the same person gets another link by the same name."""
    arguments = ("review", "invite", "--lang", "ar", "--until", "2099-01-31", "--url", URL, "--name")
    assert cli.run(*arguments, first, at=workspace).code == 0
    assert cli.run(*arguments, second, at=workspace).code == 1
    assert cli.run(*arguments, first, at=workspace).code == 0


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://review.example.org",
        "https://",
        "https://review.example.org/desk",
        "https://a@review.example.org",
        "https://review.example.org:0",
        "https://review.example.org:99999",
        "https://review.example.org\r\nX: y",
        "https://bücher.example",
        "https://review.example.org?x",
        "https://-a.example",
    ],
)
def test_an_address_that_is_none_is_refused(workspace: Project, private: Path, cli: Any, url: str) -> None:
    """Only https and a host."""
    done = cli.run("review", "serve", "--shared", "--url", url, at=workspace)
    assert done.code == 1 and "--url" in done.err


def test_the_private_folder_is_private(workspace: Project, private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the workspace, which git keeps, nor open to other people of the machine."""
    private.mkdir(mode=0o755)
    with pytest.raises(CampaignError, match="chmod 700"):
        home(workspace)
    monkeypatch.setenv("CAMPAIGN_DESK", str(workspace.root / "desk"))
    with pytest.raises(CampaignError, match="CAMPAIGN_DESK"):
        home(workspace)
    assert not (workspace.root / "desk").exists()
    monkeypatch.delenv("CAMPAIGN_DESK")
    monkeypatch.setenv("XDG_DATA_HOME", str(private))
    assert workspace.root not in home(workspace).parents


@pytest.mark.slow
def test_the_desk_runs_until_it_is_told_to_end(workspace: Project, private: Path) -> None:
    """As systemd starts and stops it: no secret on its command line or in its output, and the end is no failure."""
    command = (sys.executable, "-m", "campaign", "review", "serve", "--shared", "--url", URL, "--port", "0")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen(
        command, cwd=workspace.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        port = int(re.findall(r"port (\d+)", told)[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/", headers={"Host": HOST})
        assert connection.getresponse().status == 403
        connection.close()
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert Register(private).guests().url == URL
