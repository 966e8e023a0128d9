"""Kinds of contacts that a workspace describes: their words are translated, and what may harm is not on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from campaign import config
from campaign.catalogue import extract
from campaign.checks.children import suits_children
from campaign.errors import CampaignError
from campaign.model.layout import Layout
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.workspace import loader

KINDS = """
[kinds.labour-inspectorate]
words = "State office that checks how people work"
child_words = "Adults who check that work is fair"

[kinds.shelter-line]
words = "A safe place to sleep"
for_children = true
safe_to_print = false
"""


@pytest.fixture
def described(workspace: Project) -> Callable[..., Project]:
    """The workspace with two kinds, and Payoke as one of them."""

    def made(kind: str, kinds: str = KINDS, first: str = "be-payoke") -> Project:
        text = workspace.contacts.read_text(encoding="utf-8")
        head, name, rest = text.partition(f'id = "{first}"')
        rest = rest.replace('kind = "trafficking"', f'kind = "{kind}"', 1)
        workspace.contacts.write_text(head + name + rest + kinds, encoding="utf-8")
        return workspace

    return made


def test_the_words_of_a_kind_are_translated_like_all_others(described: Callable[..., Project]) -> None:
    """They stand in the POT with their place, and on the item as long as nobody translated them."""
    project = described("labour-inspectorate")
    found = {(each.context, each.source): each for each in extract.extract(project)}
    own = found["", "State office that checks how people work"]
    assert own.files == ("contacts.toml",) and "labour-inspectorate" in own.notes[0]
    assert ("for children", "Adults who check that work is fair") in found
    space = loader.load(project)
    message = Renderer(project, space.campaign).message("migrants", "en", "BE", space.texts["en"])
    (line,) = [each for each in message.helplines if each.contact.id == "be-payoke"]
    assert line.kind == "State office that checks how people work"
    assert [used.source for used in message.units["contact:be-payoke"]][-1] == line.kind


def test_what_is_not_safe_to_print_is_on_no_paper_and_comes_last(described: Callable[..., Project]) -> None:
    """A page shows it; the number in the sentences is another one."""
    project = described("shelter-line")
    space = loader.load(project)
    message = Renderer(project, space.campaign).message("migrants", "en", "BE", space.texts["en"])
    assert message.helplines[-1].contact.id == "be-payoke" and suits_children(message.helplines[-1].contact)
    paper = [line.contact.id for line in Layout("a", "A", 100, 100).helplines(message)]
    assert paper == [line.contact.id for line in message.helplines[:-1]] != []


def test_an_audience_needs_a_contact_that_paper_may_show(described: Callable[..., Project]) -> None:
    """Else its leaflet would be without a number."""
    project = described("shelter-line")
    text = project.contacts.read_text(encoding="utf-8").replace('kind = "trafficking"', 'kind = "shelter-line"')
    project.contacts.write_text(text, encoding="utf-8")
    with pytest.raises(CampaignError, match=r"no contact for migrants[\s\S]*safe to print"):
        config.load(project)


@pytest.mark.parametrize(
    ("kinds", "where"),
    [
        ("[kinds.trafficking]\nwords = 'x'", "kinds.trafficking"),
        ("[kinds.'Union!']\nwords = 'x'", "kinds.Union!"),
        ("[kinds.union]", "kinds.union.words"),
        ("[kinds.union]\nwords = '%(phone)s'", "kinds.union.words"),
        ("[kinds.union]\nwords = '100 % safe'", "kinds.union.words"),
        ("[kinds.union]\nwords = 'a'\nsafe = true", "kinds.union.safe"),
        ("[kinds]\nunion = 'words'", "kinds.union"),
    ],
)
def test_a_kind_that_is_not_whole_is_named(described: Callable[..., Project], kinds: str, where: str) -> None:
    """With its place; a sentence with a placeholder would be filled in by nobody."""
    with pytest.raises(CampaignError) as caught:
        config.load(described("trafficking", kinds))
    assert f"contacts.toml: {where}" in {problem.where for problem in caught.value.problems}


def test_an_unknown_kind_names_those_that_there_are(described: Callable[..., Project]) -> None:
    """The workspace's own among them."""
    with pytest.raises(CampaignError, match=r"labour-inspectorat.*did you mean 'labour-inspectorate'"):
        config.load(described("labour-inspectorat"))
