"""The shared desk behind Debian's Caddy and nginx, set up as docs/how-to/shared-desk.md says, with a certificate made on the spot."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from guests import HOST, House, listening
from own_campaigns import REPOSITORY

from campaign.ledger import ledger
from campaign.project import Project
from campaign.spoken import texts
from campaign.webapp.desk.address import Address
from campaign.webapp.desk.door import Door
from campaign.webapp.desk.register import LOG

PAGE = REPOSITORY / "docs" / "how-to" / "shared-desk.md"
#: Where the browser of these tests sits: a loopback address that is not the proxy's.
HOME = "127.1.0.5"

pytestmark = pytest.mark.slow


def said(kind: str) -> str:
    """A block of settings as the page says it."""
    [block] = re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with cert.pem and key.pem for the name of the desk."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST},DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem"),
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


def caddy(folder: Path, certificate: Path, public: int, port: int) -> tuple[str, ...]:
    """The command that runs Caddy as the page says, with our certificate and ports."""
    text = said("caddy").replace("{\n\tservers", "{\n\tadmin off\n\tauto_https disable_redirects\n\tservers", 1)
    text = text.replace(
        f"{HOST} {{", f"{HOST}:{public}, localhost:{public} {{\n\ttls {certificate}/cert.pem {certificate}/key.pem", 1
    )
    (folder / "Caddyfile").write_text(text.replace("127.0.0.1:8321", f"127.0.0.1:{port}"), encoding="utf-8")
    return ("caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile"))


def nginx(folder: Path, certificate: Path, public: int, port: int) -> tuple[str, ...]:
    """The command that runs nginx as the page says, with our certificate and ports."""
    text = re.sub(r"/etc/letsencrypt/\S*/fullchain.pem", f"{certificate}/cert.pem", said("nginx"))
    text = re.sub(r"/etc/letsencrypt/\S*/privkey.pem", f"{certificate}/key.pem", text)
    text = text.replace("listen 443", f"listen 127.0.0.1:{public}").replace("127.0.0.1:8321", f"127.0.0.1:{port}")
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log {folder}/access.log;\n{places}{text}}}\n",
        encoding="utf-8",
    )
    return ("nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"))


@dataclass
class Browser:
    """A browser that speaks TLS to a proxy and checks its certificate."""

    certificate: Path
    port: int
    cookie: str = ""

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str, str]:
        """A request: (status, page, where it leads)."""
        trusted = ssl.create_default_context(cafile=str(self.certificate / "cert.pem"))
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(HOME, 0))
        connection = http.client.HTTPSConnection(HOST, self.port, context=trusted)
        connection.sock = trusted.wrap_socket(plain, server_hostname=HOST)
        body = urlencode(form) if form is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}:{self.port}"}
        cookies = {"Cookie": self.cookie} if self.cookie else {}
        connection.request(method, path, body, {**cookies, **(kind if form is not None else {}), **headers})
        answer = connection.getresponse()
        page = answer.read().decode()
        for cookie in SimpleCookie(answer.headers.get("Set-Cookie", "")).values():
            assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
            self.cookie = f"{cookie.key}={cookie.value}"
        connection.close()
        return answer.status, page, answer.headers.get("Location", "")

    def form(self, path: str, part: str) -> dict[str, str]:
        """The hidden values of a form of a page."""
        status, page, _ = self.ask("GET", path)
        assert status == 200, page
        form = page[page.index(part) :]
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))


@contextlib.contextmanager
def running(command: tuple[str, ...], folder: Path, port: int) -> Iterator[None]:
    """A proxy, once it answers, until the block ends."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "out").open("w") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
        try:
            for _ in range(300):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
                    break
                assert process.poll() is None, (folder / "out").read_text()
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(20)


@pytest.mark.parametrize("proxy", [caddy, nginx], ids=["caddy", "nginx"])
@pytest.mark.breadth
def test_a_mediator_works_through_the_proxy(
    workspace: Project,
    certificate: Path,
    tmp_path: Path,
    proxy: Callable[[Path, Path, int, int], tuple[str, ...]],
) -> None:
    """From the link to a signature, over TLS; the address that the browser comes from is known, and cannot be forged."""
    with open_house(workspace, certificate, tmp_path, proxy, HOST) as (house, public):
        link, browser = house.invite("Amina", "de"), Browser(certificate, public)
        stranger = Browser(certificate, public)
        assert stranger.ask("GET", "/de/")[0] == 403
        assert browser.ask("POST", "/in", browser.form(link, 'action="/in"'))[::2] == (303, "/")
        assert stranger.ask("GET", link, **{"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"})[0] == 403
        _, queue, _ = browser.ask("GET", "/de/queue?audience=migrants")
        path = re.findall(r'href="(/de/unit/\w+)', queue)[0]
        fields = browser.form(path, 'id="editor"')
        answer = {**fields, "text0": "", "answer": "comment", "reason": "Gut."}
        assert browser.ask("POST", path, answer, Origin=f"https://{HOST}")[0] == 403
        assert browser.ask("POST", path, answer)[0] == 303
        # Caddy hands a body on while it arrives, and may call our refusal a broken connection.
        assert browser.ask("POST", path, {**fields, "text0": "x" * 3_000_000})[0] in (413, 502)
        assert "/de/queue" not in browser.ask("GET", "/de/", Host="evil.example")[1]
    assert [event.reviewer for event in ledger.read(workspace.ledger("de"), "de").events] == ["Amina"]
    lines = [json.loads(line) for line in (house.folder / LOG).read_text(encoding="utf-8").splitlines()]
    assert {line["network"] for line in lines} == {"127.1.0.0/24"}
    logs = "".join(path.read_text() for path in (tmp_path / "proxy").glob("*.log"))
    assert link.rpartition("/")[2] not in logs


@contextlib.contextmanager
def open_house(
    workspace: Project,
    certificate: Path,
    folder: Path,
    proxy: Callable[[Path, Path, int, int], tuple[str, ...]],
    host: str,
) -> Iterator[tuple[House, int]]:
    """A shared desk behind a proxy, and the proxy's port."""
    name = proxy.__name__
    if not shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin"):
        pytest.skip(f"{name} is not installed (apt-get install {name})")
    (folder / "private").mkdir(mode=0o700)
    (folder / "proxy").mkdir()
    (folder / "proxy").chmod(0o777)  # nginx's workers are another user when root starts it
    folder.chmod(0o755)
    public = free_port()
    house = House(workspace, folder / "private")
    house.serve(Door(Address.read(f"https://{host}:{public}"), house.folder, house.clock))
    with listening(house.app, "127.0.0.1") as port:
        command = proxy(folder / "proxy", certificate, public, port)
        with running(command, folder / "proxy", public):
            yield house, public


@pytest.mark.breadth
@pytest.mark.parametrize("language", ["ar", "de"])
def test_the_link_opens_on_a_telephone(
    workspace: Project, certificate: Path, tmp_path: Path, chromium: Any, axe: Callable[[Any], list[str]], language: str
) -> None:
    """By a tap, in the person's language, nothing sticks out; two who sit at one sentence see each other.

    What was typed when an invitation was taken back is there when the same person comes in by another link.
    """
    options = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "ignore_https_errors": True}
    with open_house(workspace, certificate, tmp_path, nginx, "localhost") as (house, port):
        first, second = chromium.new_context(**options), chromium.new_context(**options)
        with contextlib.closing(first), contextlib.closing(second):
            page, other = first.new_page(), second.new_page()
            page.goto(f"https://localhost:{port}{house.invite('Amina', language)}")
            assert page.locator("html").get_attribute("lang") == language
            button = page.locator('form[action="/in"] button')
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            box = button.bounding_box()
            assert box["y"] + box["height"] < 740
            button.tap()
            page.wait_for_url(f"https://localhost:{port}/")
            # The browser fetched styles for the page of the link: none of its requests named the link.
            assert "/in/" not in (tmp_path / "proxy" / "access.log").read_text()
            assert page.locator('input[name="name"]').count() == 0
            assert page.locator('form[action="/out"] button').is_visible()
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            other.goto(f"https://localhost:{port}{house.invite('Boris', language)}")
            other.locator('form[action="/in"] button').tap()
            page.goto(f"https://localhost:{port}/{language}/queue?audience=migrants")
            address = page.locator("a.name").first.get_attribute("href")
            for each in (page, other):
                each.goto(f"https://localhost:{port}{address}")
            assert "Amina" in other.locator("#here").inner_text()
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            page.wait_for_selector("#here :text('Boris')")
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            page.locator("#reason").fill("Half a remark")
            house.revoke("Amina")
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            words = "You are not in any more. Open a new link in this browser; what you typed is kept on this device."
            page.wait_for_selector(f'text="{texts(language).gettext(words)}"')
            page.goto(f"https://localhost:{port}{house.invite('Amina', language)}")
            page.locator('form[action="/in"] button').tap()
            page.wait_for_url(f"https://localhost:{port}/")
            page.goto(f"https://localhost:{port}{address}")
            assert page.locator("#reason").input_value() == "Half a remark"


def test_the_unit_of_the_page_is_one_that_systemd_takes(tmp_path: Path) -> None:
    """Every line of it is known to systemd, and its command is one of the program."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    text = said("ini")
    command = re.findall(r"ExecStart=\S+/campaign (.*)", text)[0]
    assert command.startswith("review serve --shared --url ")
    unit = tmp_path / "campaign-desk.service"
    text = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text).replace("User=campaign", "User=root")
    unit.write_text(re.sub(r"(?m)^(WorkingDirectory|ReadWritePaths)=.*", rf"\1={tmp_path}", text), encoding="utf-8")
    done = subprocess.run(("systemd-analyze", "verify", "--man=no", unit), capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "campaign-desk" in line]
    assert ours == []
