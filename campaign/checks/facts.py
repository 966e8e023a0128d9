"""What a check knows beside the unit: its language, the words allowed as they are, the fonts, the contact records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

import regex

from campaign import languages, sentence_ends
from campaign.checks.rules import finding
from campaign.errors import CampaignError
from campaign.model.finding import Finding, Severity
from campaign.model.language import Language
from campaign.model.sentence import Sentence, say, shortened
from campaign.model.unit import Unit

#: The template that compiles promises from contact records (content guide, section 3, claim-unbacked).
CLAIMS_TEMPLATE = "claims.j2"

#: The block of what stands around the blocks of every message: labels, buttons, what a contact's record promises.
AROUND = "around"

WORD = regex.compile(r"[\p{L}\p{M}]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a language's glossary: its source form, the forms that may stand for it, and those that may not."""

    source: str
    approved: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where readers meet a unit: the block of the message, whether children read it, and whether women alone do."""

    block: str = ""
    child: bool = False
    women: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """`language` is None for a tag outside the registry; `names` are single words, casefolded, in any script.

    `compiled` says that the unit comes from the template that compiles claims and from no other one. `place` is where
    readers meet it, `terms` are those of its language's glossary.
    """

    language: Language | None
    source_language: str
    names: frozenset[str]
    fonts: Path | None
    compiled: bool
    place: Place = Place()
    terms: tuple[Term, ...] = ()

    @classmethod
    def of(
        cls,
        unit: Unit,
        names: Collection[str],
        fonts: Path | None,
        source_language: str,
        compiled: bool | None,
        place: Place,
        terms: Collection[Term],
    ) -> Facts:
        """The facts about a unit; `compiled` None reads them off the unit's places in the templates."""
        own = from_claims(unit.where) if compiled is None else compiled
        known = languages.registry().get(unit.locale)
        return cls(known, source_language, _words(tuple(names)), fonts, own, place, tuple(terms))

    def is_source(self, locale: str) -> bool:
        """Whether the locale is the source language itself or a regional form of it."""
        return locale.partition("-")[0] == self.source_language.partition("-")[0]


@lru_cache(maxsize=64)  # every unit of a campaign has the same names
def _words(names: tuple[str, ...]) -> frozenset[str]:
    """The single words of names, casefolded."""
    return frozenset(word.casefold() for name in names for word in WORD.findall(name))


def from_claims(where: str) -> bool:
    """Whether every place of a unit (`file` or `file:line`, parted by spaces) is the template of the claims."""
    files = [PurePosixPath(place.replace("\\", "/").partition(":")[0]).name for place in where.split()]
    return bool(files) and all(file == CLAIMS_TEMPLATE for file in files)


def found(code: str, unit: Unit, said: Sentence, *, severity: Severity | None = None) -> Finding:
    """A finding about a unit: its place says which sentence of the file, because a file has many."""
    sentence = shortened(unit.source)
    where = f"{unit.where}: {sentence}" if unit.where else sentence
    return finding(code, unit.locale, where, said, severity=severity)


def in_form(unit: Unit, index: int, said: Sentence) -> Sentence:
    """What is said about one form of a unit, which a plural has several of."""
    return say("plural form %(index)s: %(detail)s", index=index, detail=said) if unit.plural else said


def pairs(source: str, form: str) -> list[tuple[str, str]]:
    """Each sentence of a source with the one that answers to it; the whole texts where they have not as many."""
    asked, answered = sentence_ends.split(source), sentence_ends.split(form)
    return list(zip(asked, answered, strict=True)) if len(asked) == len(answered) else [(source, form)]


def unknown_language(tag: str) -> str:
    """Why a tag is not in the registry and what was meant, in the registry's own words."""
    try:
        languages.get(tag)
    except CampaignError as error:
        return "; ".join(f"{problem.what}, {problem.todo}" for problem in error.problems)
    return ""
