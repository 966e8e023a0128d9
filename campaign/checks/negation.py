"""Negation: a no, not or never stands in a text where its source has one, and nowhere else, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from campaign import sentence_ends
from campaign.checks import wordlist
from campaign.checks.facts import Facts, found, in_form, pairs
from campaign.checks.modality import forbidden
from campaign.checks.wordlist import Words
from campaign.folded import foldings
from campaign.model.finding import Finding
from campaign.model.sentence import Sentence, say
from campaign.model.unit import Unit

#: What parts two statements of one sentence: each may be denied by itself ("you are not to blame, and not alone").
_STATEMENT = regex.compile(rf"{sentence_ends.CLAUSE}|\b(?:and|but)\b", regex.IGNORECASE)


def changed_negation(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each form that denies less than its source, or what its source does not deny."""
    own, source = wordlist.words("negation", unit.locale), wordlist.words("negation", facts.source_language)
    if own is None or source is None or facts.is_source(unit.locale):
        return
    for index, form in enumerate(unit.forms):
        asked = unit.plural if unit.plural and index else unit.source
        for question, answer in pairs(asked, form) if form.strip() else ():
            said = _lost(question, answer, source, own)
            # A form for no things at all may well say so.
            if said is None and not unit.plural and not forbidden(question, answer, unit.locale, facts.source_language):
                said = _added(question, answer, source, own)
            if said:
                yield found("negation", unit, in_form(unit, index, said))
                return


def _lost(asked: str, answered: str, source: Words, own: Words) -> Sentence | None:
    """What to say where the source denies something and the text denies nothing, or less often."""
    said = source.first("negation", foldings(asked))
    if not said:
        return None
    answers = foldings(answered)
    denials = sum(1 for kind in ("negation", "answers") for _ in own.matches(kind, answers))
    if not denials:
        return say('"%(said)s" of the source has no counterpart: does it say the opposite?', said=said)
    count = _statements(asked, source)
    if denials < count:
        return say(
            "%(count)s statements of the source say no, and %(own)s of the text: does one say the opposite?",
            count=count,
            own=denials,
        )
    return None


def _statements(asked: str, source: Words) -> int:
    """How many statements say no. What is lacking is one list, however often its language repeats the word."""
    parts = [foldings(part) for part in _STATEMENT.split(asked)]
    denying = [part for part in parts if source.has("negation", part)]
    if not any(source.has("without", part) for part in denying):
        return len(denying)
    lacking = [part for part in denying if not source.has("plain", part)]  # "sin guantes, mascarilla ni agua"
    return len(denying) - max(len(lacking) - 1, 0)


def _added(asked: str, answered: str, source: Words, own: Words) -> Sentence | None:
    """What to say where the text denies something and the source does not, not even in other words ("unseen")."""
    questions = foldings(asked)
    if any(source.has(kind, questions) for kind in ("plain", "implied", "answers")):
        return None
    answers = foldings(answered)
    denials = [text.written(start, end) for text, start, end in own.matches("plain", answers)]
    free = 0 if own.has("without", answers) else sum(1 for _ in source.matches("negation", questions))
    if len(denials) > free:
        said = denials[0]
        return say('"%(said)s" has no counterpart in the source: does it say the opposite?', said=said)
    return None
