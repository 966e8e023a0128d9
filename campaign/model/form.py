"""A form: what an office fills in without a new signature, as campaign.toml and its template describe it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from campaign.model.unit import unit_key

#: What a slot may hold, and whether a telephone may show it on a locked screen.
TYPES: Mapping[str, bool] = {
    "date": True,
    "time": True,
    "time-range": True,
    "days": True,
    "phone": True,
    "place": False,
    "room": False,
    "person": False,
    "case": False,
    "amount": False,
    "choice": False,
}
#: Types that are typed as free text.
TEXTS = ("place", "room", "person")


@dataclass(frozen=True, slots=True)
class Slot:
    """One value of a form. `within` are the days from today in which a date may lie, `longest` the characters of a
    text, `pattern` the regular expression of a case number, `most` the largest number, `currency` an ISO 4217 code.
    `required_with` are the sentences of a choice that speak of it: beside them it may not be left out.
    """

    name: str
    type: str
    optional: bool = False
    within: int = 730
    longest: int = 80
    pattern: str = ""
    most: int = 0
    currency: str = "EUR"
    options: tuple[str, ...] = ()
    required_with: tuple[str, ...] = ()

    def missing_with(self, chosen: Collection[str]) -> bool:
        """Whether a sheet with these sentences speaks of it."""
        return any(option in chosen for option in self.required_with)


@dataclass(frozen=True, slots=True)
class Form:
    """A table [forms.<id>]. `twice` are the slots that a second person types again, `sms` those in the text message;
    `emergency` is a public emergency, which may go out as a CAP alert.
    """

    id: str
    name: str
    slots: Mapping[str, Slot]
    twice: tuple[str, ...] = ()
    sms: tuple[str, ...] = ()
    personal: bool = True
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or a label of a template: what a catalogue knows it by."""

    context: str
    source: str

    @property
    def key(self) -> str:
        """The key of its unit."""
        return unit_key(self.context, self.source, "")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a template, in its order: a sentence; a label with its slot; or a slot with a sentence a choice."""

    block: str
    line: int
    words: Words | None = None
    slot: str = ""
    choices: Mapping[str, Words] | None = None

    @property
    def every(self) -> tuple[Words, ...]:
        """All words that it can show."""
        return (*((self.words,) if self.words else ()), *(self.choices or {}).values())


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """What templates/forms/<id>.j2 says: lines alone, no code."""

    lines: tuple[Line, ...]

    def of(self, block: str) -> tuple[Line, ...]:
        """The lines of a block."""
        return tuple(line for line in self.lines if line.block == block)

    @property
    def words(self) -> tuple[Words, ...]:
        """Every sentence, label and choice, each once."""
        return tuple(dict.fromkeys(words for line in self.lines for words in line.every))
