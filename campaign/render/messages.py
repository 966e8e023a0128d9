"""The messages of a workspace, each rendered once however many ask for it."""

from __future__ import annotations

from campaign.errors import CampaignError
from campaign.model.campaign import Campaign
from campaign.model.message import Message
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts


class Messages(Renderer):
    """A renderer that remembers: for a command that reads each message for one end after another."""

    def __init__(self, project: Project, campaign: Campaign) -> None:
        super().__init__(project, campaign)
        self._rendered: dict[tuple[str, str, str], tuple[Texts, Message | CampaignError]] = {}

    def message(self, audience: str, locale: str, country: str, texts: Texts) -> Message:
        """As `Renderer.message`; with other texts than before the message is rendered anew."""
        key = audience, locale, country
        before, result = self._rendered.get(key, (None, None))
        if result is None or before is not texts:
            try:
                result = super().message(audience, locale, country, texts)
            except CampaignError as error:
                result = error
            self._rendered[key] = texts, result
        if isinstance(result, CampaignError):
            raise result
        return result
