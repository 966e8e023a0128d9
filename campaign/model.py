"""The values that flow through the program: frozen, standard library only."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How far a unit or an item is; the ledger of signatures decides (design section 5)."""

    MISSING = "missing"
    DRAFT = "draft"
    STALE = "stale"
    SIGNED = "signed"


#: From what stops a release most to what does not: an item is as good as its worst unit.
STATE_ORDER = (State.MISSING, State.DRAFT, State.STALE, State.SIGNED)


def worst(states: frozenset[State] | set[State]) -> State:
    """The state that an item takes from its units; an item without text is MISSING."""
    return next((state for state in STATE_ORDER if state in states), State.MISSING)


class Severity(StrEnum):
    """ERROR stops a release, WARNING asks for a look."""

    ERROR = "error"
    WARNING = "warning"


def digest(*parts: str) -> str:
    """SHA-256, in hexadecimal, of the parts; no part can run into its neighbour."""
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()


#: How the ledger's name of a whole item begins, and that of the message of an audience.
ITEM, MESSAGE = "item:", "message:"


def blank(text: str) -> bool:
    """Whether a reader would see nothing: only spaces, joiners, marks of direction and other invisible characters."""
    return all(character.isspace() or unicodedata.category(character) in ("Cc", "Cf") for character in text)


@dataclass(frozen=True, slots=True)
class Unit:
    """One translatable sentence in one language.

    `forms` holds one text per plural form in gettext index order (one text when there is no plural); all of them
    are empty while nothing is translated. `previous` is (context, source, plural) before the last source change.
    """

    locale: str
    context: str
    source: str
    plural: str
    forms: tuple[str, ...]
    fuzzy: bool = False
    origin: str = ""
    where: str = ""
    notes: str = ""
    previous: tuple[str, str, str] | None = None

    @property
    def text(self) -> str:
        """The first (for most units the only) form."""
        return self.forms[0] if self.forms else ""

    @property
    def translated(self) -> bool:
        """Whether every form has a text that can be seen."""
        return bool(self.forms) and not any(map(blank, self.forms))

    @property
    def key(self) -> str:
        """Short stable name of the unit: 12 hexadecimal digits of the hash of context, source and plural."""
        return unit_key(self.context, self.source, self.plural)

    @property
    def source_hash(self) -> str:
        """Hash of (context, source, plural source): what a signature covers on the source side."""
        return digest(self.context, self.source, self.plural)

    @property
    def text_hash(self) -> str:
        """Hash of every form: what a signature covers on the translated side."""
        return digest(*self.forms)


def unit_key(context: str, source: str, plural: str) -> str:
    """The key of the unit with this context, source and plural source."""
    return digest(context, source, plural)[:12]


@dataclass(frozen=True, slots=True)
class Signature:
    """One verdict of one person on the exact words of one unit. Dates are ISO 8601 (YYYY-MM-DD).

    `source` is (context, source, plural source) and `forms` the text: the words behind the two hashes, for whoever
    reads the history later. Events of an earlier version have none, and so have events about a whole item.
    `facts` are (item, hash of its numbers and promises) of items that show the unit; the ledger writes what is new.
    """

    unit_key: str
    source_hash: str
    text_hash: str
    reviewer: str
    role: str
    on: str
    verdict: str
    comment: str = ""
    source: tuple[str, ...] = field(default=(), compare=False)
    forms: tuple[str, ...] = field(default=(), compare=False)
    facts: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation that an engine offers; `score` is the mean log-probability per token, None when it gives none."""

    text: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a code, how bad, in which language, where, the detail and the rule that it breaks."""

    code: str
    severity: Severity
    locale: str
    where: str
    detail: str
    rule: str

    def as_json(self) -> dict[str, str]:
        """The shape that every `--json` output uses for a finding (design section 4)."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "locale": self.locale,
            "where": self.where,
            "detail": self.detail,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: `days` is daily, mon-fri, mon-sat or sat-sun; times are HH:MM, local to the country."""

    days: str
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Contact:
    """One helpline of one country, as contacts.toml records it.

    `number` is E.164 (+3232011690) or a short code (116016); `display` is the same digits as people read them.
    `hours` is empty when they are unknown; `always_open` is day and night. A contact is verified when a named
    person checked it on a date; until then it stops every release.
    """

    id: str
    country: str
    name: str
    kind: str
    number: str
    display: str
    source: str
    always_open: bool = False
    hours: tuple[Hours, ...] = ()
    languages: tuple[str, ...] = ()
    interpreters: bool = False
    cost: str = "unknown"
    anonymous: bool = False
    confidential: str = "unknown"
    url: str = ""
    email: str = ""
    audiences: tuple[str, ...] = ("*",)
    answers_sms: bool = False
    answers_whatsapp: bool = False
    verified_on: date | None = None
    verified_by: str = ""
    verified_how: str = ""
    valid_until: date | None = None

    @property
    def verified(self) -> bool:
        """Whether a named person checked the record on a date and said until when it holds."""
        return bool(self.verified_on and self.verified_by and self.valid_until)

    @property
    def digits(self) -> str:
        """The number as dialled, without the plus sign."""
        return self.number.lstrip("+")


@dataclass(frozen=True, slots=True)
class Audience:
    """One group of readers; `child` groups get child words and a child-appropriate contact first."""

    id: str
    name: str
    accent: str = "coral"
    child: bool = False


@dataclass(frozen=True, slots=True)
class Brand:
    """Names and colours of the campaign: `palette` maps a role to an sRGB colour `#RRGGBB`.

    `inks` maps a role or an accent to cyan, magenta, yellow and black in percent, where the designer chose them.
    """

    organisation: str
    logo: str
    palette: Mapping[str, str]
    accents: Mapping[str, str]
    inks: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def chosen_inks(self) -> dict[str, tuple[float, ...]]:
        """The inks that a designer chose, by sRGB colour."""
        colours = {**self.palette, **self.accents}
        return {colours[role]: plates for role, plates in self.inks.items()}


@dataclass(frozen=True, slots=True)
class SmsPlan:
    """How the campaign sends SMS: its budget, and what its gateway can do.

    `parts` is the most parts a text may take. `plain` asks for plain characters in place of those that make a Latin
    text dear. `reference_bits` (8 or 16) is the width of the reference in concatenated parts, `whole_graphemes` says
    that the gateway cuts between graphemes only. The shift tables are the national ones of 3GPP TS 23.038 that the
    gateway can announce. `senders` and `opt_outs` are by country; `not_before` and `not_after` are hours of the day
    (HH:MM).
    """

    parts: int = 3
    plain: bool = False
    reference_bits: int = 8
    whole_graphemes: bool = False
    single_shift: tuple[str, ...] = ()
    locking_shift: tuple[str, ...] = ()
    senders: Mapping[str, str] = field(default_factory=dict)
    opt_outs: Mapping[str, str] = field(default_factory=dict)
    not_before: str = ""
    not_after: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Everything campaign.toml and contacts.toml say, checked."""

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
    roles: tuple[str, ...] = ("mediator",)
    signatures: int = 1
    signatures_by_language: Mapping[str, int] = field(default_factory=dict)
    hashtags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exit_url: str = ""
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    profiles: Mapping[str, PrintProfile] = field(default_factory=dict)

    def needed(self, locale: str) -> int:
        """How many different people must sign a text of this language (2: four eyes)."""
        return self.signatures_by_language.get(locale, self.signatures)

    def contacts_for(self, country: str, audience: str) -> tuple[Contact, ...]:
        """The contacts of a country for an audience: those that name the audience first, then the general ones."""
        mine = [c for c in self.contacts if c.country == country and c.kind != "emergency"]
        named = [c for c in mine if audience in c.audiences]
        return tuple(named + [c for c in mine if "*" in c.audiences and c not in named])

    def emergency_for(self, country: str) -> Contact:
        """The emergency number of a country; config loading guarantees that there is one."""
        return next(c for c in self.contacts if c.country == country and c.kind == "emergency")


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One thing to build: an audience in a language for a country on a channel."""

    country: str
    locale: str
    audience: str
    channel: str

    @property
    def item(self) -> str:
        """The name of the item in the ledger of its language; no unit key looks like it."""
        return f"{ITEM}{self.country}/{self.audience}/{self.channel}"


@dataclass(frozen=True, slots=True)
class UsedUnit:
    """A unit as a rendered block used it; `fallback` says that the source text stood in for a missing translation.

    `shown` is the text as it was filled in the first time.
    """

    key: str
    state: State
    fallback: bool = False
    source: str = ""
    shown: str = field(default="", compare=False)


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
        return tuple((icon, line) for icon, line in icons if line)

    @property
    def lines(self) -> tuple[str, ...]:
        """The texts of the claims."""
        return tuple(line for _, line in self.claims)


@dataclass(frozen=True, slots=True)
class Message:
    """An audience's text in one language for one country: `blocks` maps a block name to its lines.

    `texts` maps a text channel (a template in templates/channels) to its whole text.
    `units` maps a block name (also `label:<name>`, `text:<name>` and `contact:<id>`) to the units it used, each with
    its state, so that the state of an item is exact.
    `marked` are texts that a preview points out on the page.
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


@dataclass(frozen=True, slots=True)
class Artefact:
    """One finished file in memory: a path below the item's folder, its media type, bytes and the units it shows.

    `contacts` are the ids of the contacts whose numbers this file shows; None when it shows all of its item.
    """

    path: str
    media_type: str
    data: bytes
    units: tuple[UsedUnit, ...]
    format: str = ""
    findings: tuple[Finding, ...] = ()
    contacts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One printed format, as a table of campaign.toml describes it; its design is templates/layouts/<id>.typ.

    `width` and `height` are the trim of one page in mm, `pages` how many it has (0: as many as the text needs).
    `panels` are the widths of the folded panels in mm as a left-to-right reader sees the outside sheet.
    `min_text` is the smallest type in pt that readers of this format can read; `contacts` how many helplines it prints
    (0: all). `needs` are blocks without which it is not offered, `shows` the blocks and labels that it prints.
    """

    id: str
    name: str
    width: float
    height: float
    pages: int = 0
    panels: tuple[float, ...] = ()
    min_text: float = 6.0
    contacts: int = 0
    needs: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    build: bool = False
    paper: str = ""
    quantity: int = 0

    def offered(self, message: Message) -> bool:
        """Whether a message has what this format needs."""
        return all(message.blocks.get(name) for name in self.needs)

    def helplines(self, message: Message) -> tuple[Helpline, ...]:
        """The helplines that it prints."""
        return message.helplines[: self.contacts or None]


@dataclass(frozen=True, slots=True)
class PrintProfile:
    """What one printer wants: lengths in mm, ink in percent of one plate, type in pt, resolution in pixels per inch.

    `convert` is the ICC file that turns sRGB into ink, `intent` the one that the press is described by; both lie in
    assets/icc. `naming` holds {country}, {language}, {audience}, {format}.
    """

    id: str
    bleed: float = 3.0
    safe: float = 5.0
    marks: bool = False
    convert: str = "ISOcoated_v2_300_bas.icc"
    intent: str = "FOGRA39L_coated.icc"
    condition: str = "FOGRA39"
    max_ink: float = 300.0
    min_text: float = 6.0
    resolution: int = 300
    outlines: bool = False
    naming: str = "{country}_{language}_{audience}_{format}"
    language: str = "en"
