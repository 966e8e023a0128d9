"""One helpline of one country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.model.digest import digest
from campaign.model.place import country_of

#: The longest that a check of a contact holds: numbers change hands within a year.
LONGEST = timedelta(days=366)

#: What a check of a contact covers: all that people dial, open, or are promised.
ATTESTED = (
    "country",
    "name",
    "kind",
    "number",
    "hours",
    "languages",
    "interpreters",
    "cost",
    "anonymous",
    "confidential",
    "url",
    "email",
    "answers_sms",
    "answers_whatsapp",
    "region",
    "exceptions",
    "chat",
    "address",
)
#: What records of before did not have: it is part of a check only where a record says it.
_LATER = ("region", "exceptions", "chat", "address")

#: The ways to reach a contact, each by the key of its record; the first that a record has is what readers see large.
NUMBER, CHAT, EMAIL, ADDRESS = WAYS = ("number", "chat", "email", "address")


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: `days` is daily, mon-fri, mon-sat or sat-sun; times are HH:MM, local to the country."""

    days: str
    opens: str
    closes: str


#: The day of an exception that stands for every public holiday.
HOLIDAYS = "public-holidays"


@dataclass(frozen=True, slots=True)
class OtherHours:
    """What holds on a day instead of the opening hours: no times means closed.

    `day` is HOLIDAYS, MM-DD of every year, or YYYY-MM-DD of one.
    """

    day: str
    opens: str = ""
    closes: str = ""

    @property
    def date(self) -> str:
        """The day in figures, 25/12 or 25/12/2026; empty for public holidays."""
        return "" if self.day == HOLIDAYS else "/".join(reversed(self.day.split("-")))

    def over(self, today: str) -> bool:
        """Whether it was a day of one year that lies before today (YYYY-MM-DD)."""
        return self.day[:4].isdigit() and self.day < today


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contact that a workspace describes: `words` say what it is for, in the source language.

    `child_words` say so to children, `for_children` that children are listened to there. What is not `safe_to_print`
    could harm whoever is seen with it: pages show it, print does not, and no message has it first.
    """

    id: str
    words: str
    child_words: str = ""
    for_children: bool = False
    safe_to_print: bool = True


@dataclass(frozen=True, slots=True)
class Contact:
    """One helpline of one country, as contacts.toml records it.

    It is reached by a number, a chat, an e-mail or an address, at least by one. `number` is E.164 (+3232011690) or a
    short code (116016), `chat` an https link, `address` where people can walk in. `display` is the first of these that
    it has, as people read it.
    `hours` is empty when they are unknown; `always_open` is day and night. A contact is verified when a named
    person checked it on a date; until then it stops every release. `checked` are the names of what that person saw,
    each with the hash of its value then: what was changed since is not verified any more. `valid_because` says why a
    check holds for more than a year. `own` is its kind where the workspace describes it. `region` (ISO 3166-2) is where
    it answers; empty: in the whole country. `exceptions` are the days on which other hours hold.
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
    checked: tuple[tuple[str, str], ...] = ()
    valid_because: str = ""
    own: Kind | None = None
    region: str = ""
    exceptions: tuple[OtherHours, ...] = ()
    chat: str = ""
    address: str = ""

    @property
    def way(self) -> str:
        """The way to it that readers see large, one of WAYS."""
        return next((way for way in WAYS if getattr(self, way)), NUMBER)

    @property
    def value(self) -> str:
        """What its way leads to, as the record has it."""
        return str(getattr(self, self.way))

    @property
    def taps(self) -> Mapping[str, str]:
        """What a tap on each way opens, by how it is written; nothing for an address: a map would tell others."""
        links = {NUMBER: f"tel:{self.number}", CHAT: self.chat, EMAIL: f"mailto:{self.email}", ADDRESS: ""}
        return {text: links[way] for way, text in ((self.way, self.display), *self.others)}

    @property
    def link(self) -> str:
        """What a tap on what readers see large opens."""
        return self.taps[self.display]

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """The other ways that readers see below the first, each with how it is written.

        An e-mail beside a number is recorded and not shown.
        """
        shown = ((CHAT, bare(self.chat)), (EMAIL, "" if self.number else self.email), (ADDRESS, self.address))
        return tuple((way, text) for way, text in shown if text and way != self.way)

    @property
    def unbroken(self) -> tuple[str, ...]:
        """What is read from left to right and never broken: a number, a link, an e-mail; times and days."""
        ways = ((self.way, self.display), *self.others)
        spans: tuple[Hours | OtherHours, ...] = (*self.hours, *self.exceptions)
        times = (f"{span.opens}–{span.closes}" for span in spans if span.opens)
        days = (other.date for other in self.exceptions if other.date)
        return (*(text for way, text in ways if way != ADDRESS), *times, *days)

    @property
    def values(self) -> tuple[str, ...]:
        """All that people may have of it, what they see large first: what a recall finds it by."""
        return tuple(dict.fromkeys(filter(None, (self.display, self.url, self.email, self.chat, self.address))))

    def serves(self, place: str) -> bool:
        """Whether readers of a country, or of a region of it, may be told of it."""
        return self.country == country_of(place) and self.region in ("", place)

    @property
    def verified(self) -> bool:
        """Whether a named person checked the record as it is now, on a date, and said until when it holds."""
        signed = self.verified_on and self.verified_by and self.valid_until
        return bool(signed and self.checked and not self.changed)

    @property
    def attested(self) -> Mapping[str, str]:
        """What a check covers by name, each as a short hash (48 bits) of its value now."""
        values = {name: repr(getattr(self, name)) for name in ATTESTED}
        values["hours"] = repr((self.always_open, self.hours))
        said = (name for name in values if name not in _LATER or getattr(self, name))
        return {name: digest(name, values[name])[:12] for name in said}

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of what is not as it was when the contact was checked; none where nobody kept what was checked."""
        then, now = dict(self.checked), self.attested
        return tuple(name for name in ATTESTED if then.get(name) != now.get(name)) if then else ()

    @property
    def printed(self) -> bool:
        """Whether paper may show it, which others see."""
        return self.own is None or self.own.safe_to_print

    @property
    def digits(self) -> str:
        """The number as dialled, without the plus sign."""
        return self.number.lstrip("+")

    @property
    def whatsapp(self) -> str:
        """The address that opens a conversation with the helpline on WhatsApp; empty when it does not answer there."""
        return f"https://wa.me/{self.digits}" if self.answers_whatsapp else ""


def bare(link: str) -> str:
    """A link as people read it: without its scheme and without a slash at its end."""
    return link.removeprefix("https://").rstrip("/")
