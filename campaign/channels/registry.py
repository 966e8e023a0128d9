"""The channels by name: a new one is a file of its own and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.channels.leaflet import Leaflet
from campaign.channels.sms import Sms
from campaign.channels.social import Social
from campaign.channels.web import Web
from campaign.model.campaign import Campaign
from campaign.protocols import Channel
from campaign.typeset.session import Typesetter


def channels(campaign: Campaign, typesetter: Typesetter, *, review: bool) -> Mapping[str, Channel]:
    """Every channel, ready to export messages of this campaign in the review or the release edition."""
    made = (
        Leaflet(campaign, typesetter, review=review),
        Sms(campaign, review=review),
        Social(campaign, typesetter, review=review),
        Web(campaign, typesetter, review=review),
    )
    return {channel.name: channel for channel in made}
