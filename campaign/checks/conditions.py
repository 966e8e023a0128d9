"""Conditions: help and health care whatever the reader's papers."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks import wordlist
from campaign.checks.assertion import asserted, reported
from campaign.checks.facts import Facts, found
from campaign.checks.rules import finding
from campaign.folded import foldings
from campaign.model.finding import Finding, Severity
from campaign.model.message import Message
from campaign.model.sentence import say
from campaign.model.unit import Unit


def conditions_of_papers(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a condition of papers, and for "whatever your papers" that a translation lost."""
    own, source = wordlist.words("conditions", unit.locale), wordlist.words("conditions", facts.source_language)
    forms, sources = foldings(*unit.forms), foldings(unit.source, unit.plural)
    told = source is not None and reported(source, "condition", sources, facts.source_language)
    if own and not told and (said := asserted(own, "condition", forms, unit.locale, within=True)):
        depends = say('"%(said)s" makes help depend on papers: take the condition out', said=said)
        yield found("status-condition", unit, depends)
    lent = None if own or told else source
    if lent and (said := asserted(lent, "condition", sources, facts.source_language, within=True)):
        depends = say('"%(said)s" in the source makes help depend on papers', said=said)
        yield found("status-condition", unit, depends)
    if own and source and source.has("whatever", sources) and not own.has("papers", forms):
        lost = say("the source says whatever your papers, the text does not speak of papers")
        yield found("status-condition", unit, lost, severity=Severity.WARNING)


def unconditional_care(message: Message, source_language: str) -> Iterator[Finding]:
    """Yield a finding for a message that speaks of health care and nowhere says: whatever your papers.

    The sources of all its units are read, so the finding is the same in every language and has none.
    """
    source = wordlist.words("conditions", source_language)
    if source is None:
        return
    texts = foldings(*dict.fromkeys(unit.source for used in message.units.values() for unit in used))
    said = source.first("health", texts)
    if said and not source.has("whatever", texts):
        silent = say(
            'speaks of health care ("%(said)s") and nowhere says that it holds whatever the papers',
            said=said,
        )
        yield finding("status-condition", "", message.audience, silent)
