"""What one rendering used: every unit with its state, and every problem, as the templates call gettext."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

from campaign.errors import Problem
from campaign.model.placeholders import PLACEHOLDER, placeholders
from campaign.model.state import State
from campaign.model.unit import unit_key
from campaign.model.used_unit import UsedUnit
from campaign.render.characters import unprintable
from campaign.render.plurals import plural_index
from campaign.render.texts import Texts
from campaign.scripts import UNSPACED_LETTERS

#: What is counted (the languages of a helpline) is less; a larger number could be one to call.
_MOST_COUNTED = 100

_REACH = (
    "write one that fits how it is reached, with {{ reach }} in place of {{ phone }}; behind {% if way != "
    '"number" %} where other countries have a number'
)
_SPACES = re.compile(r"[ \t\n]+")
#: A line break between signs of scripts that set no space between words.
_UNSPACED = rf"[{UNSPACED_LETTERS}。，、！？：；「」『』（）《》]"
_JOINED = regex.compile(rf"(?<={_UNSPACED})[ \t]*\n\s*(?={_UNSPACED})")


@dataclass(slots=True)
class Record:
    """What one rendering used: filled by the gettext calls of the templates."""

    texts: Texts
    #: The values that the program gave to the templates; a template that fills in another one says what no record says.
    declared: set[str] = field(default_factory=set)
    used: list[UsedUnit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: The lines of each text in which somebody broke a line; only a headline is set by them.
    broken: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: The first contact where it has no number: what was written and translated for one to call is no sentence for it.
    numberless: str = ""
    #: The template of the message, for what is wrong with its sentences.
    message: str = ""

    def start(self) -> None:
        """Forget what was used so far."""
        self.used.clear()

    def taken(self) -> tuple[UsedUnit, ...]:
        """What was used since the last start, each once, in order; and start again."""
        units = tuple(dict.fromkeys(self.used))
        self.start()
        return units

    def lookup(self, context: str, source: str, plural: str, count: int | None, values: Mapping[str, object]) -> str:
        key = unit_key(context, source, plural)
        unit = self.texts.units.get(key)
        missing = unit is None or not unit.translated
        if missing or unit is None:
            text = plural if plural and count != 1 else source
        else:
            text = unit.forms[plural_index(self.texts.locale, count)] if plural and count is not None else unit.text
        if self.numberless and "phone" in placeholders(f"{source} {plural}"):
            what = f"{source[:80]!r} is written for a telephone number, and {self.numberless} has none"
            self.problems.append(Problem(self.message, what, _REACH))
        filled = self._filled(text, source, plural, values)
        state = State.MISSING if missing else self.texts.states.get(key, State.DRAFT)
        self.used.append(UsedUnit(key, state, missing, source, filled, key in self.texts.raw))
        return filled

    def _filled(self, text: str, source: str, plural: str, values: Mapping[str, object]) -> str:
        where = f"{self.texts.locale}: {source[:60]!r}"
        if bad := unprintable(text):
            self.problems.append(Problem(where, f"the text holds {bad}", "delete this character from the translation"))
            return ""
        wanted, have = set(placeholders(source + " " + plural)), set(placeholders(text))
        if unknown := have - wanted:
            self.problems.append(
                Problem(
                    where,
                    f"the text asks for {', '.join(sorted(unknown))}, the source does not",
                    f"use only {', '.join(sorted(wanted)) or 'plain words'}",
                )
            )
            return ""
        for name in sorted(name for name in have if not self._given(values[name])):
            what = f"{name} is {values[name]!r}, which no record of contacts.toml and no setting says"
            self.problems.append(Problem(where, what, f"take what sets {name} out of the template"))
        filled = PLACEHOLDER.sub(lambda match: str(values[match[1]]) if match[1] else "%", text)
        # One unit is one line: lists and paragraphs are made by the template, never by a line break in a translation.
        # Letters and accents in one (NFC): what is typed apart counts more in an SMS and is not found by a search.
        whole = unicodedata.normalize("NFC", filled).strip()
        text = one_line(whole)
        if "\n" in whole:
            self.broken[text] = tuple(one_line(line) for line in whole.split("\n") if line.strip())
        return text

    def _given(self, value: object) -> bool:
        """Whether a value is one that the program gave, or a count that the rules of plurals need."""
        count = isinstance(value, int) and value < _MOST_COUNTED
        return count or not str(value).strip() or str(value) in self.declared

    def calls(self) -> dict[str, object]:
        """The gettext functions that {% trans %} calls, bound to this rendering."""

        def gettext(source: str, /, **values: object) -> str:
            return self.lookup("", source, "", None, values)

        def ngettext(source: str, plural: str, count: int, /, **values: object) -> str:
            return self.lookup("", source, plural, count, {"num": count, **values})

        def pgettext(context: str, source: str, /, **values: object) -> str:
            return self.lookup(context, source, "", None, values)

        def npgettext(context: str, source: str, plural: str, count: int, /, **values: object) -> str:
            return self.lookup(context, source, plural, count, {"num": count, **values})

        return {"gettext": gettext, "_": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}


def one_line(text: str) -> str:
    """A text without line breaks: a space for each, none between signs of a script that sets none between words."""
    return _SPACES.sub(" ", _JOINED.sub("", text)).strip()
