"""Whether a page carries its message as a sound: as the voice message would go out itself, never before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from campaign.errors import CampaignError
from campaign.model.cover import SOUND
from campaign.model.job import Job
from campaign.model.message import Message
from campaign.protocols import Channel
from campaign.voice.value import uses_of
from campaign.workspace.facts import Covers

if TYPE_CHECKING:
    from campaign.editions.release_gate import Gate

_PAGE, _VOICE = "web", "voice"


def with_sound(
    message: Message, job: Job, channels: Mapping[str, Channel], covers: Covers, gate: Gate | None
) -> Message:
    """The message of a page with what is heard of it, where a voice read all of it and agreed to the web.

    A release asks for all that the voice message itself is asked for.
    """
    if job.channel != _PAGE or _VOICE not in message.texts:
        return message
    spoken, own = channels[_VOICE], replace(job, channel=_VOICE)
    try:
        cover = covers.item(spoken, message)
    except CampaignError:  # the item itself fails, and says why
        return message
    value = cover.parts[SOUND]
    used, contacts = message.used(*spoken.shows(message)), spoken.contacts(message)
    if _PAGE not in uses_of(value) or (gate and gate.refused(own, used, contacts, cover)):
        return message
    return replace(message, sound=value)
