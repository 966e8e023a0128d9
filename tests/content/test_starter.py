"""The starter that `init` hands out is the reference campaign: whole, valid, and it builds."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from campaign import config, languages
from campaign.catalogue import glossary
from campaign.project import Project


def test_the_reference_campaign_is_valid(reference: Path) -> None:
    """The campaign that `init` hands out has no problem, seventeen audiences and languages in every hard script."""
    campaign = config.load(Project(reference))

    assert (len(campaign.audiences), len(campaign.countries)) == (17, 4)
    assert {languages.get(tag).script for tag in campaign.languages} >= {"Latn", "Grek", "Cyrl", "Arab", "Ethi", "Beng"}
    assert not any(contact.verified for contact in campaign.contacts), "nobody has called these numbers yet"


def test_the_reference_glossaries_are_valid(reference):
    """The starter list has notes and names, Portuguese has words, and every language can be loaded."""
    words = {term.term: term for term in glossary.load(Project(reference), "pt").terms}
    assert words["residence permit"].forms == ("autorização de residência",)
    assert words["WhatsApp"].keep and words["debt bondage"].note
    assert "Payoke" in glossary.load(Project(reference), "ar").names


def test_init_refuses_a_folder_with_something_in_it(cli, tmp_path):
    """Nothing of the user's is overwritten."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    ended = cli.run("init", "mine", at=tmp_path)
    assert ended.code == 1
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_init_fills_the_empty_folder_that_one_stands_in(cli, tmp_path):
    """`mkdir mine; cd mine; campaign init .` is how many begin."""
    ended = cli.run("init", ".", at=tmp_path)
    assert (ended.code, "cd ." in ended.out) == (0, False)
    assert (tmp_path / "campaign.toml").is_file() and (tmp_path / "templates").is_dir()
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".campaign-init-")]


@pytest.mark.slow
def test_a_fresh_workspace_builds(cli, tmp_path):
    """init, then build in it, is all a newcomer needs."""
    assert cli.run("init", "fresh", at=tmp_path).code == 0
    ended = cli.run(
        "build", "--country", "BE", "--lang", "ar", "--audience", "migrants", "--jobs", "1", at=tmp_path / "fresh"
    )
    assert ended.code == 0, ended.err
    assert (tmp_path / "fresh/output/review/BE/ar/migrants/leaflet-a5-screen.pdf").is_file()


@pytest.mark.breadth
@pytest.mark.slow
def test_the_wheel_carries_the_starter(reference, tmp_path):
    """The wheel holds messages, catalogues, pictures and layouts, and nothing of a developer's machine."""
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(reference)],
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for path in (
        "campaign.toml",
        "templates/messages/migrants.j2",
        "templates/layouts/leaflet-a5.typ",
        "locales/ti/LC_MESSAGES/campaign.po",
        "assets/illustrations/migrants.svg",
        "assets/fonts/NotoNastaliqUrdu-OFL.txt",
        "assets/fonts/DejaVuSansTifinagh-LICENCE.txt",
    ):
        assert f"campaign/starter/{path}" in names, path
    assert not [name for name in names if ".lock" in name or "__pycache__" in name or "/output/" in name]
