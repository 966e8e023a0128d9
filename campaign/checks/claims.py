"""Claims: no promise in a text that only the record of a contact can make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from campaign.checks import wordlist
from campaign.checks.facts import Facts, found
from campaign.folded import foldings
from campaign.model.finding import Finding
from campaign.model.sentence import Sentence, say
from campaign.model.unit import Unit

#: Each kind of promise and what is said of it, in a text and in its source, in the order of the data file.
KINDS: Mapping[str, tuple[Sentence, Sentence]] = {
    "free": (
        say('"%(said)s" promises that it costs nothing'),
        say('"%(said)s" in the source promises that it costs nothing'),
    ),
    "anonymous": (
        say('"%(said)s" promises that nobody asks for a name'),
        say('"%(said)s" in the source promises that nobody asks for a name'),
    ),
    "confidential": (
        say('"%(said)s" promises that nobody else learns of it'),
        say('"%(said)s" in the source promises that nobody else learns of it'),
    ),
    "always": (
        say('"%(said)s" promises that somebody answers day and night'),
        say('"%(said)s" in the source promises that somebody answers day and night'),
    ),
    "language": (
        say('"%(said)s" promises that somebody speaks the reader\'s language'),
        say('"%(said)s" in the source promises that somebody speaks the reader\'s language'),
    ),
}


def unbacked_claims(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each kind of promise in a unit that is not compiled from contact records."""
    if facts.compiled:
        return
    sources, forms = foldings(unit.source, unit.plural), foldings(*unit.forms)
    source, own = wordlist.words("claims", facts.source_language), wordlist.words("claims", unit.locale)
    for kind, (in_text, in_source) in KINDS.items():
        said = own.first(kind, forms) if own else None
        lent = source.first(kind, sources) if source and not said else None
        # A harmless phrase ("you must work day and night") keeps its words in every translation.
        harmless = source.harmless.get(kind) if source and (said or lent) else None
        if harmless and any(harmless.search(text.folded) for text in sources):
            continue
        if said:
            yield found("claim-unbacked", unit, in_text.given(said=said))
        elif lent:
            yield found("claim-unbacked", unit, in_source.given(said=lent))


def unlisted(locale: str) -> bool:
    """Whether nobody listed the claim words of a language yet: then no finding means "not checked"."""
    return wordlist.words("claims", locale) is None
