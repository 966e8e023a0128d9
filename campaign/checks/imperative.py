"""Imperative: what the source tells readers to do, the text tells them to do, and does not only recommend."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks import wordlist
from campaign.checks.facts import AROUND, Facts, found, in_form, pairs
from campaign.folded import foldings
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit


def lost_imperative(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each form that advises, permits or names what its source tells readers to do."""
    own, source = wordlist.words("imperative", unit.locale), wordlist.words("imperative", facts.source_language)
    if own is None or source is None or facts.is_source(unit.locale):
        return
    for index, form in enumerate(unit.forms):
        asked = unit.plural if unit.plural and index else unit.source
        for question, answer in pairs(asked, form) if form.strip() else ():
            told = source.first("order", foldings(question))
            kinds = ("softened",) if facts.place.block in ("", AROUND) else ("softened", "named")
            said = next(filter(None, (own.first(kind, foldings(answer)) for kind in kinds)), None)
            if told and said:
                softer = say('"%(said)s" tells nobody to act, as "%(told)s" does: say what to do', said=said, told=told)
                yield found("imperative", unit, in_form(unit, index, softer))
                break
