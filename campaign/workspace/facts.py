"""What a signature on an item covers beside its words; and every item of a language with the sentences it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from campaign.channels.layout_data import families
from campaign.channels.leaflet import shown
from campaign.errors import CampaignError
from campaign.model import web_address
from campaign.model.campaign import Campaign
from campaign.model.contact import Contact
from campaign.model.cover import ADDRESS, EMERGENCY, FORM, HELPLINE, LAYOUT, PAGE, STYLE, Cover, short
from campaign.model.digest import digest
from campaign.model.frame import INKS
from campaign.model.job import Job
from campaign.model.labels import LABELS
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.project import Project
from campaign.protocols import Channel, Framed, Heard
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts
from campaign.workspace.frames import Frames

#: By a unit's key: (name of the item, what a signature on it covers) of each item that shows the unit.
Shown = Mapping[str, tuple[tuple[str, str], ...]]

#: Labels that a workspace may be older than: where it has none, its items are what they were.
_LATELY = frozenset(f"label:{spec.name}" for spec in LABELS if spec.optional)

#: The channel whose items printers get in further formats.
_PRINTED = "leaflet"


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a language: the sentences that it shows, and what a signature on it covers beside their words."""

    job: Job
    keys: tuple[str, ...]
    cover: Cover

    @property
    def facts(self) -> str:
        """What it covers as a ledger keeps it."""
        return str(self.cover)


class Covers:
    """What signatures on the items of a workspace cover now; its files are read once.

    Everything is taken from the messages as their source reads: no translation is part of a cover. What is heard is the
    exception: whose voice, and which clips, the message in its own words says.
    """

    def __init__(self, project: Project, campaign: Campaign, renderer: Renderer) -> None:
        self._campaign, self._renderer = campaign, renderer
        self._frames = Frames(project, campaign)
        self._known: dict[tuple[str, str, str, str], Cover] = {}

    def item(self, channel: Channel, message: Message) -> Cover:
        """What a signature on the item of a message covers, with the formats of it that go to a printer.

        Raises:
            CampaignError: the message cannot be rendered, or a file that it stands in leads out of the workspace.
        """
        key = channel.name, message.audience, message.locale, message.country
        if key not in self._known:
            self._known[key] = self._item(channel, self._renderer.form(*key[1:]))
        return _with_sound(self._known[key], channel, message)

    def printed(self, leaflet: Channel, layout: Layout, message: Message) -> Cover:
        """What of a signature on a leaflet a format of it shows: its own layout, sentences and contacts, its inks.

        Raises:
            CampaignError: the message cannot be rendered, or a file that it stands in leads out of the workspace.
        """
        whole = self.item(leaflet, message)
        own = (f"{LAYOUT}:{layout.id}", f"{FORM}:{layout.id}", EMERGENCY, ADDRESS, INKS)
        return Cover(whole.facts, whole.parts, self._frames.design(layout.id).uses.union(own), layout.contacts)

    def _item(self, channel: Channel, form: Message) -> Cover:
        frame = channel.frame(form) if isinstance(channel, Framed) else self._frames.everything
        shows, contacts = channel.shows(form), channel.contacts(form)
        uses = frame.uses.union(*(self._frames.design(layout).uses for layout in frame.layouts))
        own = {
            FORM: self._form(shows, form),
            ADDRESS: short(self._address(form)),
            **_contacts(contacts, shows, form),
            **{f"{LAYOUT}:{layout}": self._frames.design(layout).value for layout in frame.layouts},
            **{f"{PAGE}:{page}": self._frames.page(page) for page in frame.pages},
            **{f"{STYLE}:{style}": self._frames.style(style) for style in frame.styles},
        }
        prints = [layout for layout in self._campaign.layouts.values() if layout.offered(form)]
        prints = prints if channel.name == _PRINTED else []
        printers_own = {INKS} if prints else frozenset[str]()
        looks = uses.union(printers_own, *(self._frames.design(layout.id).uses for layout in prints))
        parts = {
            **own,
            **{use: self._frames.value(use, form.audience, families(form), form.locale) for use in sorted(looks)},
            **{f"{LAYOUT}:{layout.id}": self._frames.design(layout.id).value for layout in prints},
            **{f"{FORM}:{layout.id}": self._form(shown(layout, form), form) for layout in prints},
        }
        return Cover(_facts(contacts, shows, form, self._address(form)), parts, uses.union(own))

    def _address(self, form: Message) -> str:
        """The address of an item's page as a signature knows it: by whose page it is, not by how it is spelt."""
        earlier = web_address.earlier(form.country, form.locale, form.audience)
        return f"{self._campaign.base_url}/{earlier}" if form.url else ""

    def _form(self, names: Iterable[str], form: Message) -> str:
        """The hash of what an item says in its source: its sentences in their order and places.

        Claims of helplines are parts of their own; the date and the batch are new in every edition.
        """
        absent = {name for name in _LATELY if not form.shown(name)[0]}
        said = (name for name in names if not name.startswith("contact:") and name not in absent)
        lines = (part for name in said for part in (name, *form.shown(name), ""))
        new, address = self._campaign.edition.isoformat(), self._address(form)
        named = (line.replace(form.url, address) if address else line for line in lines)
        return short(*(line.replace(new, "").replace(form.batch, "") for line in named))


def _with_sound(cover: Cover, channel: Channel, message: Message) -> Cover:
    """A cover with what is heard of the item."""
    if not isinstance(channel, Heard):
        return cover
    spoken = channel.spoken(message)
    return Cover(cover.facts, {**cover.parts, **spoken}, cover.names.union(spoken), cover.helplines)


def _contacts(contacts: Iterable[Contact], shows: Iterable[str], form: Message) -> Mapping[str, str]:
    """The numbers of an item in their order, each with the hash of what is said of it."""
    claimed = _claimed(shows)
    found: dict[str, str] = {}
    for contact in contacts:
        name = EMERGENCY if contact is form.emergency else f"{HELPLINE}:{len(found.keys() - {EMERGENCY}) + 1}"
        found[name] = ",".join((contact.id, contact.value, _said(contact, form) if contact.id in claimed else ""))
    return found


def _said(contact: Contact, form: Message) -> str:
    """The hash of the record behind what is said of a contact, and of the sentences that say it."""
    line = next(line for line in form.helplines if line.contact.id == contact.id)
    claims = (icon for icon, _ in line.claims)
    sources = (used.source for used in form.units[f"contact:{contact.id}"])
    return short(repr((*_record(contact), contact.answers_sms, contact.answers_whatsapp)), *claims, "", *sources)


def _facts(contacts: Iterable[Contact], shows: Iterable[str], form: Message, address: str) -> str:
    """Hash of an item's numbers and of the records behind its promises: all that earlier versions kept."""
    claimed = _claimed(shows)
    numbers = (f"{contact.value} {contact.display}" for contact in contacts)
    records = (helpline.contact for helpline in form.helplines if helpline.contact.id in claimed)
    return digest(address, *numbers, *(repr(_record(contact)) for contact in records))


def _claimed(shows: Iterable[str]) -> frozenset[str]:
    """The contacts whose claims an item shows."""
    return frozenset(name.removeprefix("contact:") for name in shows if name.startswith("contact:"))


def _record(contact: Contact) -> tuple[object, ...]:
    """What of a record is promised to readers."""
    record = (contact.name, contact.kind, contact.always_open, contact.hours, contact.cost, contact.anonymous)
    later = (contact.exceptions,) if contact.exceptions else ()  # what was signed before knew of none
    ways = (contact.others,) if contact.others else ()
    return (*record, contact.interpreters, contact.languages, *later, *ways)


def items_of(
    campaign: Campaign,
    renderer: Renderer,
    channels: Mapping[str, Channel],
    covers: Covers,
    locale: str,
    texts: Texts | None = None,
) -> Iterator[ItemView]:
    """Every item of a language: country by country, audience by audience, channel by channel.

    Which sentences an item shows depends on templates and contacts, never on a translation. `texts` are those that a
    voice read; without them nothing is known of what is heard.
    """
    for country in campaign.countries:
        for audience in campaign.audiences:
            message = renderer.form(audience, locale, country)
            for name in campaign.channels_for(audience):
                keys = dict.fromkeys(used.key for used in message.used(*channels[name].shows(message)))
                said = message
                if texts and isinstance(channels[name], Heard):
                    said = _spoken(renderer, message, texts)
                cover = covers.item(channels[name], said)
                yield ItemView(Job(country, locale, audience, name), tuple(keys), cover)


def _spoken(renderer: Renderer, form: Message, texts: Texts) -> Message:
    """The message in its own words; as its source reads where a text cannot be printed: then nobody read it."""
    try:
        return renderer.message(form.audience, form.locale, form.country, texts)
    except CampaignError:
        return form


def shown_beside(items: Iterable[ItemView]) -> Shown:
    """What a signature covers of the items that show each unit, as an approval keeps it."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in items:
        told = item.job.item, item.facts
        for key in item.keys:
            found[key].append(told)
    return {key: tuple(told) for key, told in found.items()}
