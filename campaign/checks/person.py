"""Person: a sentence about the reader stays about the reader."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks import wordlist
from campaign.checks.facts import Facts, found, in_form, pairs
from campaign.checks.wordlist import Words
from campaign.folded import foldings
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit


def changed_person(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each form that speaks of others where a sentence of its source speaks to the reader alone."""
    own, source = wordlist.words("person", unit.locale), wordlist.words("person", facts.source_language)
    if own is None or source is None or facts.is_source(unit.locale):
        return
    for index, form in enumerate(unit.forms):
        asked = unit.plural if unit.plural and index else unit.source
        for question, answer in pairs(asked, form) if form.strip() else ():
            if said := _others(question, answer, source, own):
                other = say('"%(said)s" speaks of others, and the source speaks to the reader', said=said)
                yield found("person", unit, in_form(unit, index, other))
                break


def _others(asked: str, answered: str, source: Words, own: Words) -> str | None:
    """The words for others in a text that has none for the reader, while its source has only such."""
    questions, answers = foldings(asked), foldings(answered)
    spoken_of = any(source.has(kind, questions) for kind in ("they", "others"))
    if not source.has("you", questions) or spoken_of or own.has("you", answers):
        return None
    begins = source.has("subject", questions)
    return own.first("they", answers) or (own.first("acts", answers) if begins else None)
