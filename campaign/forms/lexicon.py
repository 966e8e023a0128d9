"""A value in the words of a language: signed words alone, Latin digits, the second calendar and clock beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from campaign.calendars import COMPUTED, Day, from_six
from campaign.catalogue import date_words
from campaign.forms.values import Value
from campaign.model.form import Words
from campaign.model.used_unit import UsedUnit
from campaign.render.record import Record
from campaign.render.texts import Texts


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a value. `label` stands before it where it is a second calendar or clock."""

    text: str
    label: str = ""


class Lexicon:
    """The words of one language, as a form uses them; `used` are the units behind what was said."""

    def __init__(self, texts: Texts) -> None:
        self.locale = texts.locale
        self._record = Record(texts)
        self._needs = date_words.of(texts.locale)

    @property
    def used(self) -> tuple[UsedUnit, ...]:
        """The units that were used, each once."""
        return tuple(dict.fromkeys(self._record.used))

    def say(self, words: Words) -> str:
        """A sentence or a label."""
        return self._record.lookup(words.context, words.source, "", None, {})

    def lines(self, value: Value) -> tuple[Shown, ...]:
        """The lines of a value, the one that everybody can read first."""
        if value.day:
            return tuple(self._date(value.day, value.by_hand))
        if value.times:
            return tuple(self._times(value.times))
        if value.contact:
            named = value.contact.name != value.contact.display
            return (Shown(value.contact.display), *((Shown(value.contact.name),) if named else ()))
        return (Shown(value.text),)

    def short(self, value: Value) -> tuple[Shown, ...]:
        """What a text message says of a value: its first line, and the second calendar or clock."""
        first, *others = self.lines(value)
        return (first, *(line for line in others if line.label))

    def _date(self, day: date, by_hand: Day | None) -> Iterator[Shown]:
        needs = self._needs
        yield Shown(f"{self.say(date_words.weekday(day.weekday()))} {day:%d.%m.%Y}")
        gregorian = Day(day.year, day.month, day.day)
        if needs.months:
            yield Shown(self._filled(gregorian, self.say(date_words.month(day.month))))
        elif needs.by_number:
            yield Shown(self._numbers(gregorian))
        other = by_hand if needs.calendar == "nepali" else COMPUTED[needs.calendar](day) if needs.calendar else None
        if other:
            word = self.say(date_words.second_month(needs.calendar, other.month))
            yield Shown(self._filled(other, word), self.say(date_words.CALENDARS[needs.calendar]))

    def _filled(self, day: Day, month: str) -> str:
        return self._pattern(date_words.PATTERN, day=str(day.day), month=month, year=str(day.year))

    def _numbers(self, day: Day) -> str:
        return self._pattern(date_words.BY_NUMBER, day=str(day.day), number=str(day.month), year=str(day.year))

    def _pattern(self, words: Words, **values: str) -> str:
        self._record.declared |= {*values.values()}
        return self._record.lookup(words.context, words.source, "", None, values)

    def _times(self, times: tuple[time, ...]) -> Iterator[Shown]:
        yield Shown("–".join(f"{moment:%H:%M}" for moment in times))
        if self._needs.clock:
            parts = [from_six(moment) for moment in times]
            said = (f"{hour} {self.say(date_words.PARTS[part])}" for hour, part in parts)
            yield Shown(" – ".join(said), self.say(date_words.CLOCK))
