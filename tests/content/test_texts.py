"""The shipped SMS texts: each within its parts and harmless on a locked screen, in every language and country."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from own_campaigns import REPOSITORY

from campaign import config
from campaign.channels.sms import measured, sendable
from campaign.checks.preview import revealing
from campaign.model.message import Message
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.workspace.loader import Workspace

LANGUAGES = config.load(Project(REPOSITORY)).languages


@pytest.fixture(scope="module")
def messages(space: Workspace) -> Callable[[str], list[Message]]:
    """language -> every message of it, in every country."""
    renderer, campaign = Renderer(space.project, space.campaign), space.campaign
    return lambda locale: [
        renderer.message(audience, locale, country, space.texts[locale])
        for audience in campaign.audiences
        for country in campaign.countries
    ]


@pytest.mark.slow
@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.sample(3)
def test_every_sms_fits_its_parts_and_its_first_words_harm_nobody(
    reference: Path, messages: Callable[[str], list[Message]], locale: str
) -> None:
    """No text costs more parts than the campaign pays for, and none reveals its matter in its first 30 characters."""
    plan = config.load(Project(reference)).sms
    for message in messages(locale):
        text = sendable(message, plan)
        cost, _ = measured(text, plan)
        assert cost.segments <= plan.parts, (message.audience, message.country, cost.segments)
        assert list(revealing(text, locale, message.audience)) == [], (message.audience, text[:30])


@pytest.mark.slow
def test_women_are_spoken_to_as_women_and_others_are_not(
    reference: Path, messages: Callable[[str], list[Message]]
) -> None:
    """Arabic tells a woman from a man in every order; who is not said to be a woman is not called one."""
    women = {audience.id for audience in config.load(Project(reference)).audiences.values() if audience.women}

    called = {message.audience for message in messages("ar") if "اتصلي" in message.line("steps")}

    assert called == women == {"domestic-workers", "women-children"}
