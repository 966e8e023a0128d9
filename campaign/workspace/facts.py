"""What an item says that no translation holds, its facts; and every item of a language with the sentences it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.model.job import Job
from campaign.model.message import Message
from campaign.protocols import Channel
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts

#: By a unit's key: (name of the item, hash of its facts) of each item that shows the unit, as an approval keeps them.
Shown = Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a language: the sentences that it shows, and the hash of its numbers and promises."""

    job: Job
    keys: tuple[str, ...]
    facts: str


def facts(channel: Channel, message: Message) -> str:
    """Hash of what an item says that no translation holds: its numbers, and the records behind its promises."""
    parts = [f"{contact.number} {contact.display}" for contact in channel.contacts(message)]
    shown = {name.removeprefix("contact:") for name in channel.shows(message) if name.startswith("contact:")}
    for contact in (helpline.contact for helpline in message.helplines):
        if contact.id in shown:
            record = (contact.name, contact.kind, contact.always_open, contact.hours, contact.cost, contact.anonymous)
            parts.append(repr((*record, contact.interpreters, contact.languages)))
    return digest(message.url, *parts)


def items_of(
    campaign: Campaign, renderer: Renderer, channels: Mapping[str, Channel], locale: str
) -> tuple[ItemView, ...]:
    """Every item of a language: country by country, audience by audience, channel by channel.

    Which sentences an item shows depends on templates and contacts, never on a translation.
    """
    found, empty = [], Texts(locale, {}, {})
    for country in campaign.countries:
        for audience in campaign.audiences:
            message = renderer.message(audience, locale, country, empty)
            for name in campaign.channels:
                keys = dict.fromkeys(used.key for used in message.used(*channels[name].shows(message)))
                job = Job(country, locale, audience, name)
                found.append(ItemView(job, tuple(keys), facts(channels[name], message)))
    return tuple(found)


def shown_beside(items: Iterable[ItemView]) -> Shown:
    """The facts of the items that show each unit."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in items:
        for key in item.keys:
            found[key].append((item.job.item, item.facts))
    return {key: tuple(told) for key, told in found.items()}
