"""What helps a mediator beside the text: glossary, memory, back-translation; each shows only when it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campaign import engines
from campaign.catalogue import glossary
from campaign.catalogue.memory import Match
from campaign.errors import CampaignError
from campaign.model.unit import Unit
from campaign.review.back_translation import back_translate
from campaign.review.session import Desk


@dataclass(frozen=True, slots=True)
class Hint:
    """One glossary or memory entry: the source words, their translation, and a note (how alike, which gender)."""

    source: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Aids:
    """Functions that the review page calls when they are there.

    glossary, memory     entries for a unit; called for every unit page, so they must answer in milliseconds
    back_translation     the unit's text put back into the source language by a machine, or None where no model is
                         installed; called only when a person asks for it. The page labels it as unreliable.
    """

    glossary: Callable[[Unit], Sequence[Hint]] | None = None
    memory: Callable[[Unit], Sequence[Hint]] | None = None
    back_translation: Callable[[Unit], str | None] | None = None


NONE = Aids()


def aids_of(desk: Desk) -> Aids:
    """What the workspace and this machine have: glossary/<lang>.csv, the language's own sentences, installed models."""

    def terms(unit: Unit) -> list[Hint]:
        try:
            agreed = glossary.load(desk.project, unit.locale, desk.campaign.source_language)
        except CampaignError:  # `campaign glossary check` says what is wrong with the file; the page goes on without
            return []
        return [
            Hint(term.term, " / ".join(term.forms) or term.term, " ".join(filter(None, (term.gender, term.note))))
            for term in agreed.hits(unit.source)
            if term.forms or term.keep
        ]

    def earlier(unit: Unit) -> list[Hint]:
        memory = desk.sheet(unit.locale).memory
        return [_hint(match) for match in (memory.exact(unit), memory.similar(unit)) if match]

    def back(unit: Unit) -> str | None:
        source = desk.campaign.source_language
        if not engines.available(unit.locale, source):
            return None
        return " / ".join(back_translate(unit.forms, unit.locale, source))

    return Aids(terms, earlier, back)


def _hint(match: Match) -> Hint:
    return Hint(
        match.unit.source, " / ".join(match.unit.forms), f"{match.percent} %{', signed' if match.signed else ''}"
    )
