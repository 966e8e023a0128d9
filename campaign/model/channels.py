"""The channels, by name: the one list that configuration, help texts, workers and documentation follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """One way out: `maker` is the class that keeps `protocols.Channel`, in a module that is imported when asked for.

    `words` say to people what its items are. `drawn` items have colours and pictures, `printed` ones go onto paper.
    `usual`: a campaign that does not list its channels has it.
    """

    name: str
    module: str
    maker: str
    words: str
    drawn: bool = True
    printed: bool = False
    usual: bool = True


CHANNELS: Mapping[str, ChannelSpec] = {
    spec.name: spec
    for spec in (
        ChannelSpec(
            "leaflet",
            "campaign.channels.leaflet",
            "Leaflet",
            "screen PDFs of formats with `build = true`",
            printed=True,
        ),
        ChannelSpec("sms", "campaign.channels.sms", "Sms", "the text message, and what it costs", drawn=False),
        ChannelSpec("social", "campaign.channels.social", "Social", "a post for each platform, cards, descriptions"),
        ChannelSpec("web", "campaign.channels.web", "Web", "a page, one file, under the address of its QR code"),
        ChannelSpec(
            "voice",
            "campaign.channels.voice",
            "Voice",
            "the message read aloud: Opus, MP3, telephone prompts, captions, a radio spot, the script to read from",
            drawn=False,
            usual=False,
        ),
    )
}
