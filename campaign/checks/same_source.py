"""Same source: what the source says in the same words, and a term, is the same wherever a catalogue has it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from campaign import sentence_ends
from campaign.catalogue.glossary import occurs, used
from campaign.checks.facts import Place, Term, found
from campaign.checks.placeholders import VALID
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit

#: A way of saying it that stands so often, and more often than any other, is the catalogue's own.
FEWEST = 2
#: Two approved forms are one word with two endings when they begin alike, or when so much of them is the same, as in
#: plurals that change inside a word.
ALIKE, SHARE = 4, 0.6


def mixed_translations(units: Iterable[Unit], places: Mapping[str, Place]) -> Iterator[tuple[Unit, Finding]]:
    """Yield the units, each with a finding, that say a sentence otherwise than most of those with the same source.

    Children and adults, women and everybody, may need other words for the same sentence: they are compared apart, and
    so are sentences with a context of their own, which says that they do.
    """
    heard: dict[tuple[str, str, bool, bool], Counter[str]] = defaultdict(Counter)
    said: list[tuple[Unit, tuple[str, str, bool, bool], str]] = []
    for unit in units:
        place = places.get(unit.key)
        if place is None or unit.plural or not unit.text.strip():
            continue  # what no message shows nobody knows the readers of
        asked, answered = sentence_ends.split(unit.source), sentence_ends.split(unit.text)
        for question, answer in zip(asked, answered, strict=True) if len(asked) == len(answered) else ():
            if sorted(VALID.findall(question)) != sorted(VALID.findall(answer)):
                continue  # the same number of sentences, cut elsewhere
            key = (question.casefold(), unit.context, place.child, place.women)
            answer = " ".join(answer.split())
            heard[key][answer.casefold()] += 1
            said.append((unit, key, answer))
    for unit, key, answer in said:
        (usual, times), *others = heard[key].most_common(2)
        if others and times >= FEWEST and times > others[0][1] and answer.casefold() != usual:
            other = say('"%(said)s" is "%(usual)s" in %(count)s other places', said=answer, usual=usual, count=times)
            yield unit, found("same-source", unit, other)


def mixed_terms(units: Collection[Unit], terms: Iterable[Term], language: str = "en") -> Iterator[tuple[Unit, Finding]]:
    """Yield the units, each with a finding, that use another of a term's approved words than most of the catalogue.

    `language` is the one that the terms are in.
    """
    for term in terms:
        groups = _words(term.approved)
        if len(groups) < FEWEST:
            continue
        uses: dict[int, list[tuple[Unit, str]]] = defaultdict(list)
        for unit in units:
            if not any(occurs(term.source, text, language) for text in (unit.source, unit.plural)):
                continue
            for number, forms in enumerate(groups):
                written = (used(form, text, unit.locale) for form in forms for text in unit.forms)
                if said := next(filter(None, written), ""):
                    uses[number].append((unit, said))
                    break
        usual = max(uses, key=lambda number: len(uses[number]), default=0)
        for number, several in uses.items():
            for unit, said in several if number != usual and len(several) < len(uses[usual]) else ():
                other = say(
                    '"%(said)s" for "%(term)s", which is "%(usual)s" in %(count)s other places',
                    said=said,
                    term=term.source,
                    usual=groups[usual][0],
                    count=len(uses[usual]),
                )
                yield unit, found("same-source", unit, other)


def _words(forms: Iterable[str]) -> list[list[str]]:
    """The approved forms of a term, those of one word together."""
    groups: list[list[str]] = []
    for form in forms:
        own = next((group for group in groups if any(_alike(form, other) for other in group)), None)
        if own is None:
            groups.append([form])
        else:
            own.append(form)
    return groups


def _alike(one: str, other: str) -> bool:
    small, large = sorted((one.casefold(), other.casefold()), key=len)
    return small in large or small[:ALIKE] == large[:ALIKE] or SequenceMatcher(None, small, large).ratio() > SHARE
