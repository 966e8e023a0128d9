"""Printed formats of messages: how far one is, and why it may not leave; a sheet of several is as far as its least."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.channels.leaflet import printed, shown
from campaign.editions.release_gate import Gate
from campaign.editions.worker import content_of
from campaign.model.digest import digest
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.model.state import State, worst
from campaign.protocols import Channel
from campaign.render.texts import Texts
from campaign.workspace.facts import Covers

#: What an item would show if it were released now, and why it would not be.
Answer = tuple[str, tuple[Finding, ...]]


def ask_format(gate: Gate, covers: Covers, leaflet: Channel, layout: Layout, message: Message) -> Answer:
    """A printed format of a message: it is the leaflet, with the sentences and numbers that this format prints."""
    job = Job(message.country, message.locale, message.audience, leaflet.name)
    names, contacts, approved = (
        shown(layout, message),
        printed(layout, message),
        covers.printed(leaflet, layout, message),
    )
    where = f"{message.country}/{message.locale}/{message.audience}/{layout.id}"
    refused = gate.refused(job, message.used(*names), contacts, approved, where)
    return content_of(message, names, contacts, approved.counted), refused


def ask_sheet(gate: Gate, covers: Covers, leaflet: Channel, layout: Layout, messages: Sequence[Message]) -> Answer:
    """A format that shows these messages side by side: it may leave when each of them may."""
    answers = [ask_format(gate, covers, leaflet, layout, message) for message in messages]
    if len(answers) == 1:
        return answers[0]
    return digest(*(content for content, _ in answers))[:12], tuple(one for _, why in answers for one in why)


def state_of(texts: Texts, covers: Covers, leaflet: Channel, layout: Layout, message: Message) -> State:
    """How far a format of a message is, by its sentences and by what its signatures cover."""
    used = message.used(*shown(layout, message))
    state = worst({unit.state for unit in used})
    if state is not State.SIGNED:
        return state
    job = Job(message.country, message.locale, message.audience, leaflet.name)
    return texts.item_state(job.item, covers.printed(leaflet, layout, message), (unit.key for unit in used))
