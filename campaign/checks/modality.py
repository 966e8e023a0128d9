"""Modality: can stays can, must stays must, and "nobody may" never becomes "need not"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaign.checks import wordlist
from campaign.checks.facts import Facts, found, in_form, pairs
from campaign.checks.wordlist import Words
from campaign.folded import Folding, foldings
from campaign.model.finding import Finding
from campaign.model.sentence import Sentence, say
from campaign.model.unit import Unit


def changed_modality(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each form that allows less, or asks less or more, than its source."""
    own, source = wordlist.words("modality", unit.locale), wordlist.words("modality", facts.source_language)
    if own is None or source is None or facts.is_source(unit.locale):
        return
    for index, form in enumerate(unit.forms):
        for asked, answered in pairs(unit.plural if unit.plural and index else unit.source, form):
            if said := _changed(asked, answered, source, own):
                yield found("modality", unit, in_form(unit, index, said))
                break


def forbidden(asked: str, answered: str, locale: str, source_language: str) -> bool:
    """Whether what a sentence of the source allows is forbidden in the text: this rule says so, and no other need."""
    own, source = wordlist.words("modality", locale), wordlist.words("modality", source_language)
    if own is None or source is None:
        return False
    return _denied(foldings(asked), foldings(answered), source, own) is not None


def _denied(questions: Sequence[Folding], answers: Sequence[Folding], source: Words, own: Words) -> Sentence | None:
    """What to say where what the source allows is forbidden in the text."""
    can = source.first("can", questions)
    if can and not _limited(questions, source) and (said := own.first("cannot", answers)):
        return say('"%(asked)s" of the source became "%(said)s": it says the opposite', asked=can, said=said)
    return None


def _limited(questions: Sequence[Folding], source: Words) -> bool:
    return any(source.has(kind, questions) for kind in ("cannot", "forbids", "needless"))


def _changed(asked: str, answered: str, source: Words, own: Words) -> Sentence | None:
    """What to say where what readers can, must or need not do, or what nobody may do, is another thing in the text."""
    questions, answers = foldings(asked), foldings(answered)
    can, must = source.first("can", questions), source.first("must", questions)
    if opposite := _denied(questions, answers, source, own):
        return opposite
    forbids = source.first("forbids", questions)
    if forbids and (said := own.first("needless", answers)) and not own.has("cannot", answers):
        return say('"%(asked)s" of the source became "%(said)s": that forbids nothing', asked=forbids, said=said)
    limited = _limited(questions, source)
    if can and not must and not limited and (said := own.first("duty", answers)):
        return say('"%(asked)s" of the source became "%(said)s": it is no duty', asked=can, said=said)
    if must and not own.has("must", answers) and (said := own.first("can", answers)):
        return say('"%(asked)s" of the source became "%(said)s": is it still a must?', asked=must, said=said)
    return None
