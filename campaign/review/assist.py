"""What helps a mediator beside the text: glossary, memory, back-translation; each shows only when it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from campaign import engines
from campaign.catalogue import glossary, store
from campaign.catalogue.memory import Match, Memory, accepted
from campaign.errors import CampaignError
from campaign.model.unit import Unit
from campaign.project import Project
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
        memories = (desk.sheet(unit.locale).memory, remembered(desk.project, unit.locale))
        found = [match for memory in memories for match in (memory.exact(unit), memory.similar(unit)) if match]
        return [_hint(match) for match in found]

    def back(unit: Unit) -> str | None:
        source = desk.campaign.source_language
        if not engines.available(unit.locale, source):
            return None
        return " / ".join(back_translate(unit.forms, unit.locale, source))

    return Aids(terms, earlier, back)


def remembered(project: Project, locale: str) -> Memory:
    """The pairs of old leaflets that somebody accepted; none where there are none, or where the file is broken."""
    path = accepted(project, locale)
    try:
        known = path.stat()
        return _pairs(path, project.name(path), locale, (known.st_mtime_ns, known.st_size))
    except (OSError, CampaignError):  # `campaign draft` says what is wrong with the file; the page goes on without
        return Memory(())


@lru_cache(maxsize=32)
def _pairs(path: Path, name: str, locale: str, stamp: tuple[int, int]) -> Memory:
    """The pairs of a file as it was at this moment: each look at a sentence asks."""
    return Memory(store.read(path, name, locale).units)


def _hint(match: Match) -> Hint:
    return Hint(
        match.unit.source, " / ".join(match.unit.forms), f"{match.percent} %{', signed' if match.signed else ''}"
    )
