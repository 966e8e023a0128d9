"""The agreed word for a term: accepted where the engine found it, put in where it did not, else flagged.

Steps per term (design section 6): an accepted form is there; else the engine's own rendering is replaced; else a noun
of the same gender stands in for the term while the engine works; else the agreed word is written into the source. A
plural of a term that the glossary has in the singular is flagged only: its agreed word would be the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from campaign.catalogue.glossary import Glossary, Term, occurs, used
from campaign.drafting import surrogates, verify
from campaign.drafting.ladder import Outcome, attempt
from campaign.drafting.protect import Span, spans
from campaign.drafting.surrogates import Surrogate
from campaign.protocols import TranslationEngine

#: Language -> gender (and s for the plural) -> an English noun and what engines make of it: plain things that no
#: campaign text speaks of.
STAND_INS = {
    "pt": {
        "m": ("telescope", "telescópio"),
        "ms": ("telescopes", "telescópios"),
        "f": ("guitar", "guitarra"),
        "fs": ("guitars", "guitarras"),
    },
    "es": {
        "m": ("telescope", "telescopio"),
        "ms": ("telescopes", "telescopios"),
        "f": ("guitar", "guitarra"),
        "fs": ("guitars", "guitarras"),
    },
    "it": {
        "m": ("telescope", "telescopio"),
        "ms": ("telescopes", "telescopi"),
        "f": ("guitar", "chitarra"),
        "fs": ("guitars", "chitarre"),
    },
    "fr": {
        "m": ("telescope", "télescope"),
        "ms": ("telescopes", "télescopes"),
        "f": ("guitar", "guitare"),
        "fs": ("guitars", "guitares"),
    },
}


class Terms:
    """The agreed words of one drafting run; the engine's own renderings of the terms are asked for once."""

    def __init__(self, engine: TranslationEngine, glossary: Glossary, locale: str) -> None:
        self._engine, self._locale, self.names = engine, locale, glossary.names
        self._language = glossary.source
        self._terms = tuple(term for term in glossary.terms if term.forms and not term.keep)
        found = engine.translate([term.term for term in self._terms], hypotheses=1) if self._terms else []
        self._own = {
            term.term: offers[0].text.strip(" .") for term, offers in zip(self._terms, found, strict=False) if offers
        }

    def apply(self, source: str, outcome: Outcome) -> tuple[Outcome, list[str]]:
        """A sentence's translation with the agreed words, and what was done about which term, for the mediator."""
        notes: list[str] = []
        for term in self._terms:
            if (
                not outcome.text
                or not occurs(term.term, source, self._language)
                or any(used(form, outcome.text, self._locale) for form in term.forms)
            ):
                continue
            place = occurs(term.term, source, self._language)
            fits = place is not None and place[0].casefold() == term.term.casefold()
            changed = (self._replaced(source, outcome, term) or self._stood_in(source, term)) if fits else None
            notes.append(f"{term.term} -> {term.forms[0]}" if changed else f"{term.term} is not {term.forms[0]} here")
            outcome = changed or outcome
        return outcome, notes

    def _replaced(self, source: str, outcome: Outcome, term: Term) -> Outcome | None:
        """The engine's own word for the term, found once, gives way to the agreed one."""
        own = self._own.get(term.term, "")
        if len(own) < 3:
            return None
        places = list(re.finditer(rf"(?<!\w){re.escape(own)}(?!\w)", outcome.text, re.IGNORECASE))
        if len(places) != 1:
            return None
        start, end = places[0].span()
        form = _like(outcome.text[start:end], term.forms[0])
        text = outcome.text[:start] + form + outcome.text[end:]
        return None if verify.faults(source, text, self.names) else replace(outcome, text=text)

    def _stood_in(self, source: str, term: Term) -> Outcome | None:
        """The sentence once more, with a stand-in for the term: a noun of its gender, then the agreed word itself."""
        place = occurs(term.term, source, self._language)
        assert place is not None  # noqa: S101 - the caller found it
        if place[0] == source:
            return Outcome(_like(source, term.forms[0]))
        protected = [
            span for span in spans(source, self.names) if span.end <= place.start() or span.start >= place.end()
        ]
        if len(protected) != len(spans(source, self.names)):
            return None
        mark = Span(place.start(), place.end(), term.forms[0], "term")
        marked = sorted([*protected, mark], key=lambda span: span.start)
        number = "s" if term.term.endswith("s") and not term.term.endswith("ss") else ""
        nouns = STAND_INS.get(self._locale.partition("-")[0], {}) if self._language == "en" else {}
        noun = nouns.get(term.gender + number)
        form = term.forms[0].upper() if place[0].isupper() and len(place[0]) > 1 else term.forms[0]
        for shown, back in filter(None, (noun, (term.forms[0], term.forms[0]))):
            if shown.lower() in source.lower():
                continue
            maker = _maker(mark, Surrogate(shown, _word(back), form, "term"))
            outcome = attempt(self._engine, {source: marked}, surrogates.RUNGS[0], self._locale, self.names, maker)[
                source
            ]
            if outcome.text:
                return outcome
        return None


def _maker(mark: Span, stand_in: Surrogate) -> Callable[[str, Sequence[Span], str], list[Surrogate] | None]:
    """Stand-ins as ever, but for the term its own."""

    def make(text: str, marked: Sequence[Span], rung: str) -> list[Surrogate] | None:
        others = surrogates.make([span for span in marked if span is not mark], rung, text)
        if others is None:
            return None
        rest = iter(others)
        return [stand_in if span is mark else next(rest) for span in marked]

    return make


def _word(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)


def _like(old: str, new: str) -> str:
    """The new word with a capital where the old one had one."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
