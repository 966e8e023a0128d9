"""The signed sentences of a language as a translation memory that another organisation can take as proposals."""

from __future__ import annotations

from dataclasses import dataclass

from campaign import languages
from campaign.catalogue.exchange import tmx
from campaign.catalogue.exchange.tmx import Pair, Signature
from campaign.errors import CampaignError
from campaign.ledger.queue import Line
from campaign.model.state import State
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.session import Desk


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """A file to hand on: its bytes, how many sentences it holds, how many of these are signed."""

    data: bytes
    count: int
    signed: int


def memory(project: Project, locale: str, *, drafts: bool) -> MemoryFile:
    """The sentences of a language with who signed them and when; with `drafts` also those that nobody signed.

    Raises:
        CampaignError: no language to translate into, nothing to hand on, or a file that cannot be read.
    """
    desk = Desk(project)
    source = desk.campaign.source_language
    if locale not in desk.campaign.languages or locale == source:
        languages.get(locale)
        raise CampaignError.single("is no language that this campaign translates into", where=locale)
    lines = [line for line in desk.sheet(locale).lines.values() if line.unit.translated]
    chosen = [line for line in lines if drafts or line.state is State.SIGNED]
    if not chosen:
        todo = "sign some, or hand on drafts as well: --drafts" if lines else "translate it first"
        raise CampaignError.single("has no signed sentence", where=locale, todo=todo)
    pairs = [Pair(line.unit, line.state.value, _signatures(line)) for line in chosen]
    signed = sum(line.state is State.SIGNED for line in chosen)
    return MemoryFile(tmx.write(pairs, source, locale), len(chosen), signed)


def _signatures(line: Line) -> tuple[Signature, ...]:
    """Who signed exactly these words, each with the last day that they did."""
    if line.state is not State.SIGNED:
        return ()
    words = (line.source_hash, line.text_hash)
    said = [event for event in line.events if (event.source_hash, event.text_hash) == words]
    signed = {
        each.reviewer: Signature(each.reviewer, each.role, each.on) for each in said if each.verdict == Verdict.SIGN
    }
    return tuple(signed.values())
