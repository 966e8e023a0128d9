"""False friends: words that look like one of the source, or are its other meaning, and say something else."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks import wordlist
from campaign.checks.facts import Facts, found
from campaign.folded import foldings
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit


def false_friends(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each word of the source with the word that a text must not have for it.

    A kind of the list is a word of the source: its own table says how it is written, the table of a language what is
    wrong for it there.
    """
    own, source = (wordlist.words("false_friends", tag) for tag in (unit.locale, facts.source_language))
    if own is None or source is None or facts.is_source(unit.locale):
        return
    asked, answered = foldings(unit.source, unit.plural), foldings(*unit.forms)
    for kind in own.kinds:
        if (wrong := own.first(kind, answered)) and (meant := source.first(kind, asked)):
            said = say('"%(said)s" is a false friend of "%(meant)s" in the source', said=wrong, meant=meant)
            yield found("false-friend", unit, said)
