"""The channels of a campaign, ready to export: model/channels.py lists them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from campaign.model.campaign import Campaign
from campaign.model.channels import CHANNELS
from campaign.protocols import Channel
from campaign.typeset.session import Typesetter


def channels(campaign: Campaign, typesetter: Typesetter, *, review: bool) -> Mapping[str, Channel]:
    """Every channel, ready to export messages of this campaign in the review or the release edition."""
    makers = {name: getattr(importlib.import_module(spec.module), spec.maker) for name, spec in CHANNELS.items()}
    return {name: make(campaign, typesetter, review=review) for name, make in makers.items()}
