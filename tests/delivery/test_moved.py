"""Paper of earlier releases leads to where its page lay then: the web pack leads on from there."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from campaign import config
from campaign import manifest as manifests
from campaign.delivery.moved import redirects
from campaign.ledger import releases
from campaign.ledger.releases import History
from campaign.model.edition import Edition
from campaign.project import Project

WHOSE = "BE", "de", "migrants"


def past(project: Project) -> History:
    """The history of a workspace."""
    return releases.read(project.history, "releases.jsonl")


def test_pages_of_an_earlier_version_lead_to_the_private_address(released: Project) -> None:
    """A line without an address is of a page that lay at country, language and audience; it leads on by one file."""
    campaign, whole = config.load(released), past(released)
    old = History(tuple(replace(release, address="") for release in whole.releases))
    entries = manifests.read(released.manifest(Edition.RELEASE), "x").entries
    found = redirects(campaign, old, [entry for entry in entries if entry.channel == "web"])
    assert set(found) == {"be/de/migrants/index.html", "be/mul/migrants/index.html"}
    page = found["be/de/migrants/index.html"].decode()
    assert f'content="0; url=../../../{campaign.folder(*WHOSE)}/index.html"' in page
    assert re.findall("<title>(.*?)</title>", page) == ["Deutsch"] and 'lang="de"' in page
    assert redirects(campaign, whole, entries) == {}


@pytest.mark.breadth
@pytest.mark.slow
def test_a_new_key_moves_pages_and_every_earlier_address_leads_on(released: Project, cli: Any, rewrite: Any) -> None:
    """Signatures stand, the pack holds both addresses, and it is read again as it was made."""
    before = config.load(released).folder(*WHOSE)
    rewrite(released.config, "[web]\n", '[web]\nkey = "spring"\n')
    chosen = ("--lang", "de", "--audience", "migrants")
    assert cli.run("build", "--release", *chosen, at=released).code == 0
    assert cli.run("pack", "web", "--release", *chosen, at=released).code == 0
    (pack,) = released.packs(Edition.RELEASE).glob("web-*.zip")
    after = config.load(released).folder(*WHOSE)
    with zipfile.ZipFile(pack) as archive:
        assert f"url=../{after}/index.html" in archive.read(f"{before}/index.html").decode()
        assert b"<h1>" in archive.read(f"{after}/index.html")
    ended = cli.run("verify", "--release", at=released)
    assert ended.code == 0, ended.out + ended.err


def test_two_pages_with_one_address_stop_a_build(workspace: Project, cli: Any, monkeypatch: Any) -> None:
    """Nobody is led to another page than theirs: both are named, and what to write."""
    monkeypatch.setattr("campaign.model.web_address._LETTERS", 1)
    ended = cli.run("build", "--channel", "sms", at=workspace)
    assert ended.code == 1
    assert "have the same address" in ended.err and "web.key" in ended.err
