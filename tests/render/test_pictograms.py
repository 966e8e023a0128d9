"""For who reads little: the steps of a call in pictures, a picture an idea, languages by names that readers know."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from own_campaigns import REPOSITORY

from campaign import config, languages
from campaign.channels.layout_data import data
from campaign.model.labels import INTERPRETED, STEPS
from campaign.project import Project
from campaign.render.helpline import spoken_name
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts


@pytest.fixture(scope="module")
def shipped():
    """The reference campaign."""
    project = Project(REPOSITORY)
    return project, config.load(project)


def message(project, campaign, *, interpreters, locale="en"):
    """A message whose first helpline's record promises an interpreter, or does not."""
    contacts = tuple(replace(contact, interpreters=interpreters) for contact in campaign.contacts)
    changed = replace(campaign, contacts=contacts)
    return Renderer(project, changed).message("migrants", locale, "BE", Texts(locale, {}, {})), changed


def test_an_interpreter_is_promised_only_where_the_record_does(shipped):
    """Telephone, language, interpreter, help; else telephone and help, and nobody must sign what is not shown."""
    with_one, campaign = message(*shipped, interpreters=True)
    without, _ = message(*shipped, interpreters=False)
    assert [icon for icon, _ in with_one.pictograms] == list(STEPS.values())
    assert [icon for icon, _ in without.pictograms] == ["call", "together"]
    assert all(not without.units[f"label:{name}"] and with_one.units[f"label:{name}"] for name in INTERPRETED)
    leaflet, folded = (campaign.layouts[name] for name in ("leaflet-a5", "trifold-a4"))
    assert len(data(with_one, campaign, review=False, layout=leaflet)["pictograms"]) == 4
    assert data(with_one, campaign, review=False, layout=folded)["pictograms"] == []


def test_every_step_and_every_idea_has_a_picture_of_its_own(shipped):
    """Two ideas with one picture say the same to who looks at the pictures; each picture is drawn."""
    project, campaign = shipped
    icons = {path.stem for path in (project.assets / "icons").glob("*.svg")}
    assert set(STEPS.values()) <= icons
    for audience in campaign.audiences:
        easy = Renderer(project, campaign).message(audience, "en", "BE", Texts("en", {}, {})).blocks["easy"]
        named = [re.match(r"\[([a-z-]+)\]", line)[1] for line in easy]
        assert len(set(named)) == len(named) and set(named) <= icons


@pytest.mark.parametrize(
    ("tag", "reader", "name"),
    [
        ("nl", "ar", "Nederlands (الهولندية)"),
        ("fr", "de", "Français (Französisch)"),
        ("ar", "bn", "العربية (আরবি)"),
        ("de", "de", "Deutsch"),
    ],
)
def test_a_language_has_the_name_that_its_reader_knows(tag, reader, name):
    """Its own name, and in brackets that of the reader's language; once where the two are one."""
    assert spoken_name(tag, reader) == name


def test_a_language_that_cldr_does_not_know_keeps_its_own_name():
    """No reader's name: no brackets, and nothing fails."""
    assert languages.name_in("nl", "xx-unknown") == ""
