"""Negation: a no, not or never of the source stands in every text."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks import wordlist
from campaign.checks.facts import Facts, found, in_form
from campaign.folded import foldings
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit


def lost_negation(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each form without a negation of its language while the source has one."""
    own, source = wordlist.words("negation", unit.locale), wordlist.words("negation", facts.source_language)
    if own is None or source is None or facts.is_source(unit.locale):
        return
    said = source.first("negation", foldings(unit.source))
    if not said:
        return
    for index, form in enumerate(unit.forms):
        if form.strip() and not own.has("negation", foldings(form)):
            lost = say('"%(said)s" of the source has no counterpart: does it say the opposite?', said=said)
            yield found("negation", unit, in_form(unit, index, lost))
            return
