"""MISSING, DRAFT, STALE or SIGNED: what a unit is, by its text and by the ledger's approvals."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.model.digest import digest
from campaign.model.state import State
from campaign.model.unit import Unit

#: (source hash, text hash) -> the people whose standing verdict on exactly these words is approval.
Approvals = Mapping[tuple[str, str], frozenset[str]]


def state(unit: Unit, approvals: Approvals, needed: int = 1) -> State:
    """The state of a unit (design section 5).

    SIGNED needs a text that is not fuzzy and `needed` people who approved exactly these words for exactly this source.
    STALE is a text that was approved for an earlier source. An edit anywhere makes a DRAFT by itself.
    """
    if not unit.translated:
        return State.MISSING
    if not unit.fuzzy and len(approvals.get((unit.source_hash, unit.text_hash), ())) >= needed:
        return State.SIGNED
    if unit.previous and len(approvals.get((digest(*unit.previous), unit.text_hash), ())) >= needed:
        return State.STALE
    return State.DRAFT


def source_unit(unit: Unit, locale: str) -> Unit:
    """The unit as the source language has it: its text is the source itself."""
    forms = (unit.source, unit.plural) if unit.plural else (unit.source,)
    return Unit(locale, unit.context, unit.source, unit.plural, forms, where=unit.where, notes=unit.notes)
