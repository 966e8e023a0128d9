"""One helpline of one country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
