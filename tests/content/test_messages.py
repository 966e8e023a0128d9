"""The seventeen messages: complete, plain, different from each other, and without a typed contact or promise."""

from __future__ import annotations

import re

import pytest
from shipped import AUDIENCES

from campaign import config
from campaign.checks import check_unit
from campaign.model.finding import Severity
from campaign.project import Project
from campaign.render.renderer import Renderer

PRINTED = ("title", "lead", "signs", "rights", "steps", "closing", "sms", "post", "alt")


@pytest.fixture(scope="module")
def english(space):
    """audience -> its English message for Belgium."""
    renderer = Renderer(space.project, space.campaign)
    return {
        audience: renderer.message(audience, "en", "BE", space.texts["en"]) for audience in space.campaign.audiences
    }


def sentences(text: str) -> list[str]:
    """The sentences of a line."""
    return [part for part in re.split(r"(?<=[.!?:])\s+", text) if part]


def test_the_reference_campaign_speaks_to_all_seventeen_groups(reference):
    """Every group of the recommendations has its message."""
    assert sorted(config.load(Project(reference)).audiences) == sorted(AUDIENCES)


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_message_says_everything_it_must(english, audience):
    """Title, lead, signs, rights, steps, closing, SMS, post and picture description are all there."""
    message = english[audience]
    for block in PRINTED:
        assert message.blocks[block], block
    assert len(message.blocks["signs"]) >= 4
    assert len(message.blocks["rights"]) >= 4
    assert len(message.blocks["steps"]) >= 4
    assert bool(message.blocks["easy"]) == (audience == "disability-learning")


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
def test_sentences_are_short(english, audience):
    """No sentence has more than 20 words; for people with learning difficulties no more than 15."""
    limit = 15 if audience == "disability-learning" else 20
    for block in (*PRINTED, "easy"):
        for line in english[audience].blocks[block]:
            for sentence in sentences(line):
                words = len(sentence.split())
                # Picture descriptions and texts for a phone are read by other people than the leaflet's lists.
                assert words <= (20 if block in ("alt", "sms", "post") else limit), sentence


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_message_promises_care_whatever_the_papers_or_protection(english, audience):
    """Health and protection rights stand in every message, without a condition of papers."""
    rights = " ".join(english[audience].blocks["rights"]).lower()
    assert re.search(r"papers|protected|protection|right to", rights)
    assert not re.search(r"if you have (papers|documents|a permit)", rights)


def test_two_audiences_never_read_the_same_text_with_a_word_swapped(english):
    """Outside the shared sentences no two messages have a line in common, and no two titles are alike."""
    shared = {line for message in english.values() for line in message.blocks["rights"] + message.blocks["steps"]}
    shared = {
        line for line in shared if sum(line in m.blocks["rights"] + m.blocks["steps"] for m in english.values()) > 1
    }
    assert len(shared) <= 12
    for block in ("title", "lead", "signs", "closing", "sms", "post", "alt"):
        lines = [line for message in english.values() for line in message.blocks[block]]
        assert len(lines) == len(set(lines)), block


def test_no_number_and_no_address_is_typed_into_a_template(reference):
    """Contacts come from contacts.toml only: no template holds a run of two digits, an e-mail or a web address."""
    for path in sorted((reference / "templates").rglob("*.j2")):
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"\d\d|https?:|www\.|@", text), path.name


@pytest.mark.slow
def test_the_english_texts_pass_every_check(reference, space):
    """The source has no error: no claim outside the compiled ones, no promise, no markup, every character has a glyph."""
    names = sorted({contact.name for contact in space.campaign.contacts})
    for unit in space.texts["en"].units.values():
        found = check_unit(unit, names=names, fonts=reference / "assets" / "fonts")
        assert [f for f in found if f.severity is Severity.ERROR] == []


def test_the_first_words_of_an_sms_are_harmless_on_a_locked_screen(english):
    """The first 30 characters name neither trafficking nor violence nor the police."""
    for message in english.values():
        assert not re.search(r"traffick|violen|sex|police|abuse|exploit", message.line("sms")[:30].lower())
