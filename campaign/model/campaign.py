"""Everything that the configuration of a campaign says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from campaign.limits import Limits
from campaign.model import web_address
from campaign.model.brand import Brand
from campaign.model.contact import Contact
from campaign.model.drill import Drill
from campaign.model.form import Form
from campaign.model.language import Language
from campaign.model.layout import Layout
from campaign.model.print_profile import PrintProfile
from campaign.model.sms_plan import SmsPlan
from campaign.model.trust import Trust
from campaign.model.wall import Wall


@dataclass(frozen=True, slots=True)
class Audience:
    """One group of readers; `child` groups get child words and a child-appropriate contact first.

    `women`: the texts may speak to women alone, where a language marks the gender of whom it speaks to.
    `qr`: whether what is printed for them carries a code that leads to their page. `number` and `row` are the place in
    the rack: the number on the item, and how far down its edge tab stands among those of its colour.
    `channels` and `formats` are those of the campaign's that it has; empty for all of them.
    """

    id: str
    name: str
    accent: str = "coral"
    child: bool = False
    qr: bool = True
    women: bool = False
    number: int = 0
    row: int = 0
    picture: str = ""
    channels: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()

    @property
    def illustration(self) -> str:
        """The file of assets/illustrations that its items show: the one that bears its name, or another."""
        return self.picture or f"{self.id}.svg"


@dataclass(frozen=True, slots=True)
class Campaign:
    """Everything campaign.toml and contacts.toml say, checked; `crisis` chooses sentences of crisis.j2.

    `own_languages` are those that the program does not have. `web_key` makes the addresses of pages the campaign's own.
    """

    name: str
    source_language: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    audiences: Mapping[str, Audience]
    channels: tuple[str, ...]
    contacts: tuple[Contact, ...]
    brand: Brand
    edition: date
    base_url: str
    sms: SmsPlan = field(default_factory=SmsPlan)
    trust: Trust = field(default_factory=Trust)
    signatures: int = 1
    signatures_by_language: Mapping[str, int] = field(default_factory=dict)
    hashtags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exit_url: str = ""
    web_key: str = ""
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    profiles: Mapping[str, PrintProfile] = field(default_factory=dict)
    crisis: str = ""
    forms: Mapping[str, Form] = field(default_factory=dict)
    drills: Mapping[str, Drill] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    own_languages: tuple[Language, ...] = ()
    film: bool = False
    walls: Mapping[str, Wall] = field(default_factory=dict)

    def channels_for(self, audience: str) -> tuple[str, ...]:
        """What is made for an audience, in the order of the campaign."""
        own = self.audiences[audience].channels
        return tuple(name for name in self.channels if not own or name in own)

    def leads_on(self, audience: str) -> bool:
        """Whether print for an audience carries a code: there is a page, and nobody turned the code off."""
        return "web" in self.channels_for(audience) and self.audiences[audience].qr

    def folder(self, country: str, locale: str, audience: str) -> str:
        """The folder of a page below `base_url`; `locale` is `web_address.MANY` for the language chooser."""
        return web_address.folder(self.web_key, country, locale, audience)

    def page(self, country: str, locale: str, audience: str) -> str:
        """The address of a page: where codes and posts lead."""
        return f"{self.base_url}/{self.folder(country, locale, audience)}"

    def for_all(self, country: str) -> str:
        """The audience with whose contact a format is made that all share: the first whose first number anybody may
        call, grown-ups before children.
        """
        general = [each for each in self.audiences.values() if "*" in self.contacts_for(country, each.id)[0].audiences]
        return min(general or self.audiences.values(), key=lambda audience: audience.child).id

    def called(self, name: str) -> str:
        """What people call an audience or a form."""
        return self.audiences[name].name if name in self.audiences else self.forms[name].name

    def needed(self, locale: str) -> int:
        """How many different people must sign a text of this language (2: four eyes)."""
        if locale in self.trust.back_translated:
            return 2
        return self.signatures_by_language.get(locale, self.signatures)

    def trusted(self, locale: str) -> Trust:
        """Whose word counts in a language."""
        return self.trust.of(locale)

    def contacts_for(self, country: str, audience: str) -> tuple[Contact, ...]:
        """The contacts of a place for an audience: those that name it first, then the general ones; of both those
        of the region before those of the country.

        Those that paper must not show come last.
        """
        mine = [c for c in self.contacts if c.serves(country) and c.kind != "emergency"]
        mine.sort(key=lambda contact: not contact.region)
        named = [c for c in mine if audience in c.audiences]
        found = named + [c for c in mine if "*" in c.audiences and c not in named]
        return tuple(sorted(found, key=lambda contact: not contact.printed))

    def emergency_for(self, country: str) -> Contact:
        """The emergency number of a place; config loading guarantees that there is one."""
        mine = (c for c in self.contacts if c.serves(country) and c.kind == "emergency")
        return min(mine, key=lambda contact: not contact.region)
