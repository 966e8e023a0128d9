"""Where the files of an edition lie: one module knows, and every command follows it."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import CampaignError
from campaign.model import output_path
from campaign.model.job import Job
from campaign.model.output_path import OutputFile
from campaign.project import Project

names = st.from_regex(r"[a-z][a-z0-9-]{0,8}(\.[a-z]{2,4})?", fullmatch=True)
PACKS = (("web",), ("sms",), ("social",), ("printer", "--proof", "--lang", "de", "--format", "leaflet-a5"))


@pytest.mark.slow
@given(st.from_regex("[A-Z]{2}", fullmatch=True), st.sampled_from(["de", "sr-Cyrl", "mul"]), names, names)
def test_what_a_path_was_made_of_is_read_off_it(country, locale, audience, name):
    """Country, language, audience and name come back, also for a file about a whole language."""
    for whose in (audience, ""):
        path = output_path.build(Job(country, locale, whose, "web"), name)
        assert output_path.parse(path) == OutputFile(country, locale, whose, name)
        assert output_path.packed(path) == "/".join(filter(None, (locale, whose, name)))


def test_an_edition_is_folders_of_countries_languages_and_audiences():
    """Where people find a leaflet, and what is about a whole language."""
    leaflet, sheet = Job("BE", "ar", "migrants", "leaflet"), Job("BE", "ar", "", "social")
    assert output_path.build(leaflet, "leaflet-a5-screen.pdf") == "BE/ar/migrants/leaflet-a5-screen.pdf"
    assert output_path.build(sheet, "contact-sheet.png") == "BE/ar/contact-sheet.png"


@pytest.mark.parametrize("path", ["", "leaflet.pdf", "BE/de", "BE//x.png", "BE/de/", "BE/de/migrants/a/b.txt"])
def test_a_path_that_no_build_makes_is_named(path):
    """A damaged manifest gives a message with the path, never a traceback."""
    with pytest.raises(CampaignError) as raised:
        output_path.parse(path)
    assert raised.value.problems[0].where == path


def flat(job: Job, name: str) -> str:
    """Every file of an edition side by side."""
    return "_".join((job.country, job.locale, job.audience, name))


def unflat(path: str) -> OutputFile:
    """What `flat` was given."""
    return OutputFile(*path.split("_", 3))


@pytest.mark.slow
@pytest.mark.breadth
def test_flat_names_are_one_function_and_its_inverse(workspace, repository, cli, contents, monkeypatch):
    """Whoever wants another layout changes one module: building, verifying and every pack follow, the ZIPs to the byte."""

    def made(project: Project) -> tuple[set[str], dict[str, bytes]]:
        ended = cli.run("build", "--lang", "de", "--lang", "ar", "--audience", "migrants", at=project)
        assert ended.code == 0, ended.out + ended.err
        again = cli.run("build", "--lang", "de", "--lang", "ar", "--audience", "migrants", at=project)
        assert again.out.startswith("Nothing changed"), again.out
        for kind in PACKS:
            ended = cli.run("pack", *kind, at=project)
            assert ended.code == 0, ended.out + ended.err
        ended = cli.run("verify", "--json", at=project)
        assert ended.code == 0, ended.out + ended.err
        assert json.loads(ended.out)["findings"] == []
        zips = contents(project.root / "output" / "packs")
        return {path for path in contents(project.output("review")) if path != "manifest.json"}, zips

    shutil.copytree(repository / "assets" / "icc", workspace.root / "assets" / "icc")
    other = Project(shutil.copytree(workspace.root, workspace.root.with_name("flat")))
    folders, zips = made(workspace)
    monkeypatch.setattr(output_path, "build", flat)
    monkeypatch.setattr(output_path, "parse", unflat)
    files, flat_zips = made(other)

    assert "BE_de_migrants_leaflet-a5-screen.pdf" in files and not any("/" in path for path in files)
    assert len(files) == len(folders)
    assert flat_zips == zips and len(zips) == len(PACKS)
