"""A signature knows an item by whose page it is: how its address is spelt takes nobody's signature."""

from __future__ import annotations

from dataclasses import replace

from campaign import config
from campaign.channels.registry import channels
from campaign.model.cover import ADDRESS, short
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace.facts import Covers


def test_an_item_signed_before_addresses_were_private_still_holds(workspace: Project) -> None:
    """Its parts are those of earlier versions, which knew the address by country, language and audience."""
    campaign = config.load(workspace)
    for kept in (campaign, replace(campaign, web_key="spring")):
        renderer, every = Renderer(workspace, kept), channels(kept, Typesetter(workspace), review=True)
        form, covers = renderer.form("migrants", "de", "BE"), Covers(workspace, kept, renderer)
        parts = {name: covers.item(every[name], form) for name in ("leaflet", "sms", "social", "web")}
        assert {cover.parts[ADDRESS] for cover in parts.values()} == {short("https://rights.test/help/be/de/migrants")}
        if kept is campaign:
            known = {name: str(cover) for name, cover in parts.items()}
        assert {name: str(cover) for name, cover in parts.items()} == known
    assert form.url != replace(campaign).page("BE", "de", "migrants") and form.url in form.texts["facebook"]
