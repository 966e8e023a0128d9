"""Model files are hostile until proved otherwise: a clear error each, nothing installed, good models keep working."""

from __future__ import annotations

import io
import json
import shutil
import stat
import zipfile

import pytest

from campaign import engines
from campaign.engines import archive, packages
from campaign.errors import CampaignError


@pytest.fixture(scope="session")
def _installed(trained_package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed") / "models"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPAIGN_MODELS", str(folder))
        archive.install(trained_package)
    return folder


@pytest.fixture
def good(models, _installed):
    """A folder of models with one good package in it."""
    shutil.copytree(_installed, models)
    return models


@pytest.fixture
def forge(random_package, tmp_path):
    """`forge(name, drop=…, add=…, metadata=…, top=…)` is a copy of a good package with something wrong."""

    def make(drop="", add=(), metadata=None, top="translate-en_fr-1_0", pair=("en", "fr")):
        path = tmp_path / "model.argosmodel"
        with zipfile.ZipFile(random_package(*pair)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.infolist():
                inner = member.filename.partition("/")[2]
                data = old.read(member)
                if inner == "metadata.json" and metadata is not None:
                    data = (
                        metadata
                        if isinstance(metadata, bytes)
                        else json.dumps({**json.loads(data), **metadata}).encode()
                    )
                if inner != drop:
                    new.writestr(f"{top}/{inner}", data)
            for entry, data in add:
                new.writestr(entry, data)
        return path

    return make


def link():
    """A symbolic link to the system's passwords."""
    entry = zipfile.ZipInfo("translate-en_fr-1_0/model/link")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry, "/etc/passwd"


CASES = {
    "outside": ({"add": [("../evil.txt", "x")]}, "leads outside"),
    "absolute": ({"add": [("/evil.txt", "x")]}, "leads outside"),
    "windows": ({"add": [("C:\\evil.txt", "x")]}, "leads outside"),
    "link": ({"add": [link()]}, "holds a link"),
    "two tops": ({"add": [("other/metadata.json", "{}")]}, "2 top folders"),
    "hidden top": ({"top": ".hidden"}, "top folder"),
    "no metadata": ({"drop": "metadata.json"}, "not complete"),
    "no model": ({"drop": "model/model.bin"}, "not complete"),
    "no tokenizer": ({"drop": "sentencepiece.model"}, "not complete"),
    "metadata no JSON": ({"metadata": b"{"}, "no JSON"),
    "metadata a list": ({"metadata": b"[]"}, "no JSON object"),
    "metadata nested": ({"metadata": b"[" * 90_000}, "no JSON"),
    "code a number": ({"metadata": {"from_code": 5}}, "from_code is '5'"),
    "code a path": ({"metadata": {"to_code": "../x"}}, "to_code"),
    "version a list": ({"metadata": {"package_version": ["1"]}}, "package_version"),
    "prefix a list": ({"metadata": {"target_prefix": []}}, "target_prefix"),
    "type sbd": ({"metadata": {"type": "sbd"}}, "not 'translate'"),
    "another pair inside": ({"metadata": {"to_code": "de"}}, "says that it translates en to de"),
    "unknown language": ({"metadata": {"to_code": "eo"}, "top": "model"}, "no language here has the code eo"),
    "bomb": ({"add": [("translate-en_fr-1_0/zeros", b"\0" * 30_000_000)]}, "times its size"),
    "too many files": ({"add": [(f"translate-en_fr-1_0/{n}", "x") for n in range(300)]}, "far more than any package"),
    "broken model": ({"drop": "model/model.bin", "add": [("translate-en_fr-1_0/model/model.bin", b"junk" * 99)]}, "does not work"),
    "broken tokenizer": ({"drop": "sentencepiece.model", "add": [("translate-en_fr-1_0/sentencepiece.model", b"junk")]}, "does not work"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_bad_package_is_refused_and_good_ones_keep_working(good, forge, case, tmp_path):
    """One sentence says what is wrong; the folder of models is as before, down to temporary files."""
    how, words = CASES[case]
    before = sorted(path.name for path in good.iterdir())
    with pytest.raises(CampaignError, match=words) as caught:
        archive.install(forge(**how))
    assert all(problem.todo for problem in caught.value.problems)
    assert sorted(path.name for path in good.iterdir()) == before
    assert not (tmp_path / "evil.txt").exists()
    assert [package.target for package in packages.installed()] == ["pt"]


def test_a_duplicate_entry_is_refused(good, forge):
    """Two files of one name: which one would be checked?"""
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = forge(add=[("translate-en_fr-1_0/metadata.json", "{}")])
    with pytest.raises(CampaignError, match="two files of the same name"):
        archive.install(path)


@pytest.mark.parametrize("kept", [0, 10, 2000, -500, -30])
def test_a_truncated_file_is_refused(good, trained_package, tmp_path, kept):
    """Wherever the download broke off."""
    path = tmp_path / "half.argosmodel"
    path.write_bytes(trained_package.read_bytes()[:kept])
    with pytest.raises(CampaignError, match=r"half\.argosmodel: is no readable package"):
        archive.install(path)


def test_a_damaged_byte_is_found(good, trained_package, tmp_path):
    """The zip's checksums are read while unpacking."""
    data = bytearray(trained_package.read_bytes())
    data[len(data) // 2] ^= 0xFF
    (tmp_path / "bent.argosmodel").write_bytes(data)
    with pytest.raises(CampaignError, match="is no readable package"):
        archive.install(tmp_path / "bent.argosmodel")
    assert len(list(good.iterdir())) == 2, "the package and the lock"


def test_a_size_that_lies_is_found(good, forge):
    """A member that holds more than the directory of the zip announces writes no more than that."""
    path = forge(add=[("translate-en_fr-1_0/lie.bin", b"\0" * 5_000_000)])
    data = path.read_bytes()
    where = data.rindex(b"translate-en_fr-1_0/lie.bin") - 46
    (path).write_bytes(data[: where + 24] + (100).to_bytes(4, "little") + data[where + 28 :])
    with pytest.raises(CampaignError):
        archive.install(path)
    assert [package.target for package in packages.installed()] == ["pt"]


def test_a_model_for_another_pair_than_asked_is_refused(models, trained_package):
    """What a download brings must be what was asked for."""
    with pytest.raises(CampaignError, match="translates en to pt, not en to fr"):
        archive.install(trained_package, ("en", "fr"))
    assert not models.exists() or not packages.installed()


@pytest.mark.slow
def test_installing_again_replaces_in_one_step(good, trained_package):
    """The second time takes the place of the first; nothing is left beside it."""
    archive.install(trained_package)
    assert sorted(path.name for path in good.iterdir() if not path.name.endswith(".lock")) == ["translate-en_pt-1_0"]
    assert engines.load("en", "pt", "argos").translate(["Help"])[0]


def test_a_licence_in_the_package_is_shown(models, forge):
    """Its first line; without one it says so."""
    text = "Creative Commons Attribution 4.0\n\nlong text"
    assert archive.install(forge(add=[("translate-en_fr-1_0/LICENSE.txt", text)])).licence == text.split("\n")[0]


@pytest.fixture
def index(monkeypatch, trained_package):
    """A small index on this machine's own address; the value is a switch for what it serves as the package."""
    import http.server
    import threading

    served = {"package": trained_package.read_bytes(), "length": None, "pair": ("en", "pt")}

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            base = f"http://127.0.0.1:{self.server.server_port}"
            source, target = served["pair"]
            row = {"package_version": "1.0", "from_code": source, "to_code": target, "links": [f"{base}/m.argosmodel"]}
            rows = [{"type": "sbd", "from_codes": ["en"]}, {**row, "package_version": "0.9"}, row, "nonsense", 5]
            data = json.dumps(rows).encode() if self.path == "/index.json" else served["package"]
            self.send_response(200)
            self.send_header(
                "Content-Length", str(served["length"] or len(data)) if self.path != "/index.json" else str(len(data))
            )
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"http://127.0.0.1:{server.server_port}")
    yield served
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_a_download_asks_first_and_then_installs(models, index, cli, tmp_path, monkeypatch):
    """No: nothing is fetched, exit 130. Yes, yes: the newest of the pair is there, checked like a file."""
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert cli.run("models", "install", "--download", "en-pt", at=tmp_path).code == 130
    assert not models.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO("y\ny\n"))
    ended = cli.run("models", "install", "--download", "en-pt", at=tmp_path)
    assert ended.code == 0, ended.err
    assert "Connect to the internet" in ended.out and "Installed en-pt, version 1.0" in ended.out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"package": b"<html>busy</html>"}, "is no readable package"),
        ({"length": 9_000_000}, "offline|broke off"),
        ({"pair": ("en", "fr")}, "translates en to pt, not en to fr"),
    ],
)
@pytest.mark.sample(1)
def test_what_a_download_brings_is_checked(models, index, cli, tmp_path, change, words):
    """A page instead of a model, a connection that broke, another pair: nothing is installed."""
    import re

    index.update(change)
    ended = cli.run("models", "install", "--yes", "--download", "-".join(index["pair"]), at=tmp_path)
    assert ended.code == 1 and re.search(words, ended.err), ended.err
    assert packages.installed() == ()


def test_offline_is_said_clearly(models, cli, tmp_path, monkeypatch):
    """Nobody listens at the address: exit 1, and how to go on without a connection."""
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9")
    ended = cli.run("models", "install", "--yes", "--download", "en-fr", at=tmp_path)
    assert ended.code == 1
    assert "offline" in ended.err and "campaign models install FILE" in ended.err


@pytest.mark.slow
def test_a_pair_that_the_index_lacks_is_said(models, index, cli, tmp_path):
    """And one that no language has is refused before anything is asked."""
    assert "no model from en to de" in cli.run("models", "install", "--yes", "--download", "en-de", at=tmp_path).err
    assert "no pair of languages" in cli.run("models", "install", "--yes", "--download", "en-ti", at=tmp_path).err


@pytest.mark.slow
def test_a_pair_that_the_campaign_does_not_use_is_noted(models, random_package, cli, workspace, tmp_path):
    """French to Spanish in a campaign of en, de and ar: installed, and said; English to German has a use."""
    ended = cli.run("models", "install", str(random_package("fr", "es")), at=workspace)
    assert ended.code == 0 and "no language of this campaign" in ended.err
    assert "note" not in cli.run("models", "install", str(random_package("en", "de")), at=workspace).err
    assert "note" not in cli.run("models", "install", str(random_package("fr", "es")), at=tmp_path).err


@pytest.mark.slow
def test_models_are_listed_installed_and_removed(models, trained_package, cli, wide, tmp_path):
    """Per language: installed with size, version and licence; known with the command to type; or none."""
    out = cli.run("models", "list", at=wide).out
    assert "campaign models install --download en-ar" in out
    assert "no model: use a worksheet (campaign draft ti --worksheet)" in out
    assert "bergamot: enpt-1693087644, version 0.2.0, 25 MB, MIT" in out
    assert cli.run("models", "install", str(trained_package), at=tmp_path).code == 0
    rows = json.loads(cli.run("models", "list", "--json", at=wide).out)["models"]
    (argos,) = [row for row in rows if row["engine"] == "argos" and row["standing"] == "installed"]
    assert (argos["locale"], argos["version"], argos["licence"], argos["pivot"]) == ("pt", "1.0", "not stated", False)
    assert cli.run("models", "remove", "en-pt", at=tmp_path).code == 0
    again = cli.run("models", "remove", "en-pt", at=tmp_path)
    assert again.code == 1 and "no model en-pt is installed" in again.err
