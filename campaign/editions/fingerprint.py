"""What one item is made from, as hashes: equal ingredients give equal bytes, so an equal key need not be made again.

The key is generic: it takes the values that a channel says it shows, its contacts, its texts, the layouts it was set
in, and what any channel may read (pictures, fonts, profiles, brand, program). A new channel gets it for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import TypedDict

from campaign.limits import Limits
from campaign.model.campaign import Audience, Campaign
from campaign.model.contact import Contact
from campaign.model.digest import digest
from campaign.model.edition import Edition
from campaign.model.message import Message
from campaign.model.trust import Trust
from campaign.model.unit import Unit
from campaign.protocols import Channel, Heard
from campaign.render.texts import Texts
from campaign.voice.recordings import FOLDER
from campaign.words import TEXT_CHANNELS
from campaign.workspace.inputs import Inputs, program_hash

#: The parts of a key, each with the words by which `build --explain` names a change of it.
PARTS: Mapping[str, str] = {
    "program": "another version of the program or of a library",
    "campaign": "campaign.toml",
    "audience": "the audience's entry in campaign.toml",
    "contacts": "contacts.toml",
    "assets": "a picture, font or colour profile",
    "frames": "a template",
    "words": "a sentence",
}


class _Lists(TypedDict):
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    audiences: Mapping[str, Audience]
    channels: tuple[str, ...]
    contacts: tuple[Contact, ...]
    trust: Trust
    limits: Limits


#: Settings that say what there is, or what stops a release without being in an item: no part of a key, here empty.
LISTS: _Lists = {
    "languages": (),
    "countries": (),
    "audiences": {},
    "channels": (),
    "contacts": (),
    "trust": Trust(),
    "limits": Limits(),
}

_MESSAGES, _CHANNELS, LAYOUTS = "templates/messages/", "templates/channels/", "templates/layouts/"
PICTURES = "assets/illustrations/"
RECORDINGS = f"{FOLDER}/"


@dataclass(frozen=True)
class Ingredients:
    """The hashes that the items of one edition share; a plain value, so that a worker elsewhere gets it whole."""

    edition: Edition
    program: str
    campaign: Campaign
    files: Mapping[str, str]

    @classmethod
    def of(cls, inputs: Inputs, campaign: Campaign, edition: Edition) -> Ingredients:
        """The ingredients of a workspace whose files were read."""
        files = {
            name: value
            for name, value in inputs.hashes.items()
            if name.startswith(("templates/", "assets/", RECORDINGS))
        }
        return cls(edition, program_hash(), campaign, files)

    @cached_property
    def _settings(self) -> str:
        """Every setting that is not a list of what there is: new settings take part by themselves."""
        return digest(
            self.edition,
            repr(replace(self.campaign, **LISTS)),
        )

    @cached_property
    def _assets(self) -> Mapping[str, str]:
        """The hash of the pictures, fonts and profiles by audience; '' for those that are nobody's illustration."""
        owners: dict[str, list[str]] = {audience: [] for audience in ("", *self.campaign.audiences)}
        shown: dict[str, list[str]] = {}
        for audience in self.campaign.audiences.values():
            shown.setdefault(f"{PICTURES}{audience.illustration}", []).append(audience.id)
        for name in sorted(self.files):
            if name.startswith("assets/"):
                stem = PurePosixPath(name).stem if name.startswith(PICTURES) else ""
                for owner in shown.get(name, [f"unused:{stem}"] if stem else [""]):
                    owners.setdefault(owner, []).extend((name, self.files[name]))
        return {owner: digest(*parts) for owner, parts in owners.items()}

    @property
    def layout_inputs(self) -> str:
        """The hash of what any layout can read beside its values: the program, every layout, everything in assets/."""
        return digest(self.program, self._named(name for name in self.files if name.startswith(("assets/", LAYOUTS))))

    @cached_property
    def frames(self) -> tuple[str, ...]:
        """Templates of pages and styles; the words of messages and of the texts of channels are in the message."""
        texts = {f"{_CHANNELS}{name}.j2" for name in (*TEXT_CHANNELS, "digits")}
        return tuple(
            name
            for name in self.files
            if name.startswith("templates/") and not name.startswith((_MESSAGES, LAYOUTS)) and name not in texts
        )

    @cached_property
    def _frames(self) -> str:
        return self._named(self.frames)

    @cached_property
    def _templates(self) -> Mapping[str, str]:
        """The hash of the templates that make an audience's message: its own, and those that are no audience's."""
        own = {audience: f"{_MESSAGES}{audience}.j2" for audience in self.campaign.audiences}
        shared = self._named(
            name for name in self.files if name.startswith((_MESSAGES, _CHANNELS)) and name not in own.values()
        )
        return {audience: digest(shared, self.files.get(name, "")) for audience, name in own.items()}

    def _named(self, names: Iterable[str]) -> str:
        return digest(*(part for name in sorted(names) for part in (name, self.files[name])))

    def parts(self, audience: str, contacts: Iterable[Contact], words: str) -> dict[str, str]:
        """The parts of a key by name (PARTS); `words` is the hash of what is printed."""
        return {
            "program": self.program,
            "campaign": self._settings,
            "audience": digest(repr(self.campaign.audiences[audience])),
            "contacts": digest(*(printed(contact) for contact in contacts)),
            "assets": digest(self._assets[""], self._assets[audience]),
            "frames": self._frames,
            "words": words,
        }

    def trace(self, audience: str, country: str, locale: str, units: str) -> str:
        """The hash of everything that a message is rendered from; `units` is the `texts_hash` of its units."""
        contacts = (*self.campaign.contacts_for(country, audience), self.campaign.emergency_for(country))
        parts = self.parts(audience, contacts, units)
        return digest(country, locale, self._templates[audience], self._heard(locale), *parts.values())[:32]

    def _heard(self, locale: str) -> str:
        """The hash of what says which clips of a language there are; nothing where there are none."""
        names = [name for name in self.files if name.startswith(f"{RECORDINGS}{locale}/")]
        return self._named(names) if names else ""

    def item(self, channel: Channel, message: Message) -> dict[str, str]:
        """The parts of the key of a message on a channel."""
        shown = channel.shows(message)
        contacts = {contact.id: contact for contact in channel.contacts(message)}
        contacts |= {h.contact.id: h.contact for h in message.helplines if f"contact:{h.contact.id}" in shown}
        texts = [name.removeprefix("text:") for name in shown if name.startswith("text:")] or sorted(message.texts)
        words = digest(
            channel.name,
            message.locale,
            message.country,
            message.url,
            *(part for name in shown if not name.startswith("text:") for part in (name, *message.shown(name), "\n")),
            *(part for name in texts for part in (name, message.texts[name])),
            # The draft marks of the review edition are on every item and declared by none.
            *filter(None, (message.sound,)),
            *(channel.spoken(message).values() if isinstance(channel, Heard) else ()),
            *message.headline,
            *(message.labels[name] for name in ("draft", "draft_line") if self.edition == "review"),
            *(("unread",) if self.edition == "review" and any(unit.raw for unit in message.used(*shown)) else ()),
        )
        return self.parts(message.audience, contacts.values(), words)

    def layouts(self, names: Collection[str]) -> str:
        """The hash of these layout files as they are now; a file that is gone counts as changed."""
        return digest(*(part for name in sorted(names) for part in (name, self.files.get(LAYOUTS + name, "gone"))))

    def key(self, made: str, layouts: Collection[str]) -> str:
        """The key of an item: of the hash of its parts and of the layouts that it was set in."""
        return digest(made, self.layouts(layouts))[:32]


@cache
def printed(contact: Contact) -> str:
    """A contact without who verified it: that stops a release, and changes no byte of an item."""
    return repr(replace(contact, verified_on=None, verified_by="", verified_how="", valid_until=None, checked=()))


def fingerprints(texts: Texts) -> Mapping[str, str]:
    """Each unit's words and state, in short: what a message that uses the unit depends on."""

    def short(unit: Unit) -> str:
        unread = ":unread" if unit.key in texts.raw else ""
        return f"{texts.states[unit.key].value}:{unit.text_hash[:16]}{unread}"

    return {key: short(unit) for key, unit in texts.units.items()}


def texts_hash(keys: Iterable[str], prints: Mapping[str, str]) -> str:
    """The hash of these units as they are now; a unit without a text is one too."""
    return digest(*(part for key in keys for part in (key, prints.get(key, "missing"))))
