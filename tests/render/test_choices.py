"""A template chooses its sentences by country, by the emergency and by who reads, and never prints what it chose by."""

from __future__ import annotations

import pytest

from campaign.errors import CampaignError
from campaign.render.crises import crises
from campaign.render.renderer import Renderer
from campaign.translation.catalogues import extract_pot
from campaign.workspace import loader

CLOSING = "{% block closing %}"


def closing(project, template, audience="migrants", country="BE"):
    """The closing lines of a message whose block says `template`."""
    path = project.messages / f"{audience}.j2"
    head, rest = path.read_text("utf-8").split(CLOSING)
    path.write_text(head + CLOSING + template + rest[rest.index("{% endblock %}") :], "utf-8")
    space = loader.load(project)
    return Renderer(project, space.campaign).message(audience, "en", country, space.texts["en"]).blocks["closing"]


def configure(project, line):
    """Put a line at the head of campaign.toml."""
    project.config.write_text(line + "\n" + project.config.read_text("utf-8"), "utf-8")


def said(text):
    """A sentence of a template."""
    return "{% trans %}" + text + "{% endtrans %}"


def test_what_differs_between_countries_is_said_in_each(workspace):
    """Readers in Belgium get Belgium's sentence, everybody else the general one."""
    for code, expected in (("BE", "In Belgium, ask."), ("DE", "Ask.")):
        chosen = (
            f"{{% if country == '{code}' %}}" + said("In Belgium, ask.") + "{% else %}" + said("Ask.") + "{% endif %}"
        )
        assert closing(workspace, chosen) == (expected,)


@pytest.mark.slow
def test_children_get_their_own_sentence(workspace):
    """The same English has two sentences to translate: one of them in the register of children."""
    chosen = '{% if child %}{% trans "for children" %}Ask us.{% endtrans %}{% else %}' + said("Ask us.") + "{% endif %}"
    campaign = loader.load(workspace).campaign
    keys = {}
    for audience in campaign.audiences:
        closing(workspace, chosen, audience)
        space = loader.load(workspace)
        message = Renderer(workspace, campaign).message(audience, "en", "BE", space.texts["en"])
        keys.setdefault(campaign.audiences[audience].child, set()).update(u.key for u in message.units["closing"])
    assert set(keys) == {True, False}
    assert len(keys[True]) == len(keys[False]) == 1
    assert keys[True] != keys[False]


def test_the_emergency_that_the_campaign_names_brings_its_sentences(workspace):
    """Without a name nothing is added; with one, exactly its sentence."""
    chosen = said("Ask.") + "\n{% if crisis == 'flood' %}" + said("Ask for dry clothes.") + "{% endif %}"
    assert closing(workspace, chosen) == ("Ask.",)
    configure(workspace, 'crisis = "flood"')
    assert closing(workspace, chosen) == ("Ask.", "Ask for dry clothes.")
    assert crises(workspace) == {"flood"}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('crisis = "flod"', "did you mean 'flood'?"),
        ('crisis = "heat"', "use flood"),
        ('crisis = "a flood"', "not a name"),
    ],
)
def test_an_emergency_without_sentences_is_refused_by_name(workspace, line, named):
    """A misspelt emergency would leave its sentences out of every leaflet in silence."""
    closing(workspace, "{% if crisis == 'flood' %}" + said("Ask.") + "{% endif %}")
    configure(workspace, line)
    with pytest.raises(CampaignError) as caught:
        loader.load(workspace)
    (problem,) = caught.value.problems
    assert "campaign.toml" in problem.where
    assert named in f"{problem.what} {problem.todo}"


@pytest.mark.parametrize("name", ["country", "crisis", "child", "women"])
def test_what_a_template_chooses_by_is_never_printed(workspace, name):
    """A value that nobody signs would be a word of nobody on the leaflet."""
    configure(workspace, 'crisis = "flood"')
    with pytest.raises(CampaignError) as caught:
        closing(workspace, "{% if crisis == 'flood' %}{{ " + name + " }}{% endif %}")
    assert {"country": "BE", "crisis": "flood", "child": "False", "women": "False"}[name] in str(caught.value)


def test_the_choices_are_known_to_extract(workspace):
    """A template that chooses is no template with an unknown value."""
    closing(workspace, "{% if country == 'BE' and not child and crisis != 'flood' %}" + said("Ask.") + "{% endif %}")
    assert extract_pot(workspace) > 0
