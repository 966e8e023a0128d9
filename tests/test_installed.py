"""What to type for a missing extra, in the words of how the program was installed."""

import importlib.metadata
import json
import shlex
import sys

import pytest

from campaign import installed

_REQUIRES = importlib.metadata.requires("campaign")


class _Installed:
    """The metadata of an installation, as a file of it says."""

    def __init__(self, url: dict):
        self.url = url
        self.requires = _REQUIRES

    def read_text(self, name):
        """`direct_url.json`: where pip took the program from."""
        return json.dumps(self.url) if name == "direct_url.json" and self.url else None


def _from(monkeypatch, url):
    monkeypatch.setattr(importlib.metadata, "distribution", lambda name: _Installed(url))


def test_a_checkout_is_named_with_its_folder(monkeypatch, tmp_path):
    """Whoever installed from a folder, spaces and brackets in it or not, adds the extra from the same folder."""
    folder = tmp_path / "our program [ñ]"
    folder.mkdir()
    for editable in (True, False):
        _from(monkeypatch, {"url": folder.as_uri(), "dir_info": {"editable": editable}})
        words = shlex.split(installed.command_for("review"))
        assert words[-1] == f"{folder}[review]"
        assert ("-e" in words) is editable
        assert words[1:4] == ["-m", "pip", "install"]


@pytest.mark.parametrize("url", [{}, {"url": "https://example.org/campaign.whl"}, {"url": "file:///gone/campaign.whl"}])
def test_what_is_gone_is_told_by_what_the_extra_consists_of(monkeypatch, url):
    """No name is looked up in an index, where it may be somebody else's: the libraries of the extra are named."""
    _from(monkeypatch, url)
    words = shlex.split(installed.command_for("audit"))
    assert [word for word in words if word.startswith("py3langid")] == ["py3langid>=0.4"]
    assert not [word for word in words[4:] if word.startswith("campaign")]


def test_pipx_is_asked_by_its_own_name_of_the_program(monkeypatch, tmp_path):
    """pipx keeps the program in an environment that `pip` alone does not reach."""
    home = tmp_path / "pipx" / "venvs" / "campaign"
    home.mkdir(parents=True)
    (home / "pipx_metadata.json").write_text("{}")
    monkeypatch.setattr(sys, "prefix", str(home))
    assert installed.command_for("draft").startswith("pipx runpip campaign install ")
    assert installed.again("pretix-fontpack-free").endswith("--force-reinstall pretix-fontpack-free")


def test_an_environment_of_uv_is_told_to_uv(monkeypatch):
    """uv makes environments without pip: `python -m pip` would end in an error there."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert installed.command_for("scale").startswith("uv pip install --python ")
