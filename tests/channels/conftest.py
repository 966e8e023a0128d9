"""The wide campaign's messages and one warm compiler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest

from campaign.channels.registry import channels
from campaign.model.campaign import Campaign
from campaign.model.message import Message
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace import loader


@pytest.fixture(scope="package")
def bench(wide):
    """campaign, project, typesetter, `message(audience, locale, country, campaign)`, `channel(name, review, campaign)`."""
    space = loader.load(Project(wide))
    typesetter, warm = Typesetter(space.project), Renderer(space.project, space.campaign)

    def message(audience="migrants", locale="en", country="BE", campaign: Campaign = space.campaign) -> Message:
        renderer = warm if campaign is space.campaign else Renderer(space.project, campaign)
        return renderer.message(audience, locale, country, space.texts[locale])

    def channel(name, *, review=False, campaign: Campaign = space.campaign):
        return channels(campaign, typesetter, review=review)[name]

    def files(name, item, *, review=False, campaign: Campaign = space.campaign):
        return {a.path: a for a in channel(name, review=review, campaign=campaign).export(item)}

    return SimpleNamespace(
        campaign=space.campaign,
        project=space.project,
        texts=space.texts,
        renderer=warm,
        typesetter=typesetter,
        message=message,
        files=files,
        channel=channel,
    )


@pytest.fixture
def block() -> Callable[..., Message]:
    """`block(message, name="text")`: the message with another text or block."""

    def change(message: Message, **texts: str) -> Message:
        return replace(message, texts={**message.texts, **texts})

    return change
