"""Modality: can stays can, must stays must, and "nobody may" never becomes "need not"."""

from __future__ import annotations

from collections.abc import Iterator

from campaign import sentence_ends
from campaign.checks import wordlist
from campaign.checks.facts import Facts, found, in_form
from campaign.checks.wordlist import Words
from campaign.folded import foldings
from campaign.model.finding import Finding
from campaign.model.sentence import Sentence, say
from campaign.model.unit import Unit


def changed_modality(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each form that allows less, or asks less, than its source."""
    own, source = wordlist.words("modality", unit.locale), wordlist.words("modality", facts.source_language)
    if own is None or source is None or facts.is_source(unit.locale):
        return
    for index, form in enumerate(unit.forms):
        for asked, answered in _pairs(unit.plural if unit.plural and index else unit.source, form):
            if said := _changed(asked, answered, source, own):
                yield found("modality", unit, in_form(unit, index, said))
                break


def _pairs(source: str, form: str) -> list[tuple[str, str]]:
    """Each sentence of a source with the one that answers to it; the whole texts where they have not as many."""
    asked, answered = sentence_ends.split(source), sentence_ends.split(form)
    return list(zip(asked, answered, strict=True)) if len(asked) == len(answered) else [(source, form)]


def _changed(asked: str, answered: str, source: Words, own: Words) -> Sentence | None:
    questions, answers = foldings(asked), foldings(answered)
    can, must = source.first("can", questions), source.first("must", questions)
    limited = source.has("cannot", questions) or source.has("forbids", questions) or source.has("needless", questions)
    if can and not limited and (said := own.first("cannot", answers)):
        return say('"%(asked)s" of the source became "%(said)s": it says the opposite', asked=can, said=said)
    forbids = source.first("forbids", questions)
    if forbids and (said := own.first("needless", answers)) and not own.has("cannot", answers):
        return say('"%(asked)s" of the source became "%(said)s": that forbids nothing', asked=forbids, said=said)
    if must and not own.has("must", answers) and (said := own.first("can", answers)):
        return say('"%(asked)s" of the source became "%(said)s": is it still a must?', asked=must, said=said)
    return None
