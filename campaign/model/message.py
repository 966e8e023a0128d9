"""An audience's text in one language for one country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from campaign.model.contact import ADDRESS, CHAT, EMAIL, NUMBER, Contact
from campaign.model.labels import STEPS
from campaign.model.used_unit import UsedUnit

#: The icon beside another way to a contact.
_WAY_ICONS = {CHAT: "link", EMAIL: "document", ADDRESS: "door"}


@dataclass(frozen=True, slots=True)
class Helpline:
    """A contact as one reader sees it: the number and the compiled claims, in the reader's language."""

    contact: Contact
    kind: str
    hours: str
    cost: str
    privacy: str
    spoken: str

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        """The claims that the record backs, in reading order, each with the name of its icon; never an empty one."""
        icons = (("clock", self.hours), ("phone", self.cost), ("speech", self.spoken), ("shield", self.privacy))
        ways = ((_WAY_ICONS[way], text) for way, text in self.contact.others)
        return tuple((icon, line) for icon, line in (*ways, *icons) if line)

    @property
    def lines(self) -> tuple[str, ...]:
        """The texts of the claims."""
        return tuple(line for _, line in self.claims)

    @property
    def aloud(self) -> Helpline:
        """The same as it is said: beside a number or an address nobody hears the letters of a link."""
        if self.contact.way in (CHAT, EMAIL):
            return self
        return replace(self, contact=replace(self.contact, chat="", email=""))


@dataclass(frozen=True, slots=True)
class Message:
    """An audience's text in one language for one country: `blocks` maps a block name to its lines.

    `texts` maps a text channel (a template in templates/channels) to its whole text.
    `units` maps a block name (also `label:<name>`, `text:<name>` and `contact:<id>`) to the units it used, each with
    its state, so that the state of an item is exact.
    `headline` are the lines of the title where a mediator broke it, else empty. `formats` are the only print formats
    that its audience has; empty for all.
    `marked` are texts that a preview points out on the page. `sound` is what is heard beside a page (the value of a
    `voice.recordings.Reading`), empty where nothing is.
    """

    audience: str
    locale: str
    country: str
    blocks: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, str]
    labels: Mapping[str, str]
    helplines: tuple[Helpline, ...]
    emergency: Contact
    url: str
    batch: str
    units: Mapping[str, tuple[UsedUnit, ...]]
    marked: tuple[str, ...] = ()
    sound: str = ""
    headline: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()

    @property
    def coded(self) -> bool:
        """Whether print carries a code that leads to the page."""
        return bool(self.url and self.labels["qr_alt"])

    @property
    def printed(self) -> tuple[Helpline, ...]:
        """The helplines that paper may show."""
        return tuple(line for line in self.helplines if line.contact.printed)

    @property
    def pictograms(self) -> tuple[tuple[str, str], ...]:
        """Icon and words of each step of a call, as far as the first helpline's record backs it."""
        return tuple((icon, text) for name, icon in STEPS.items() if (text := self.labels.get(name, "")))

    @property
    def lettered(self) -> tuple[str, ...]:
        """The chats, e-mails and addresses that its texts may hold: each keeps its own direction."""
        contacts = [helpline.contact for helpline in self.helplines]
        first = [contact.display for contact in contacts if contact.way != NUMBER]
        return tuple(dict.fromkeys([*first, *(text for contact in contacts for _, text in contact.others)]))

    def line(self, block: str) -> str:
        """The lines of a block joined to one text."""
        return " ".join(self.blocks.get(block, ()))

    def shown(self, name: str) -> tuple[str, ...]:
        """The lines behind the name of a block, a `label:`, a `text:` or a `contact:`."""
        kind, _, rest = name.partition(":")
        if kind == "text":
            return (self.texts[rest],)
        if kind == "label":
            return (self.labels[rest],)
        if kind == "contact":
            return tuple(line for h in self.helplines if h.contact.id == rest for line in (h.kind, *h.lines))
        return self.blocks.get(name, ())

    def used(self, *blocks: str) -> tuple[UsedUnit, ...]:
        """The units behind these blocks, each once, in order of use."""
        return tuple(dict.fromkeys(unit for block in blocks for unit in self.units.get(block, ())))
