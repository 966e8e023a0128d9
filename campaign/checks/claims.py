"""Claims: no promise in a text that only the record of a contact can make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from campaign.checks import wordlist
from campaign.checks.facts import Facts, found
from campaign.model.finding import Finding
from campaign.model.unit import Unit

#: Each kind of promise and what it says, in the order of the data file.
KINDS: Mapping[str, str] = {
    "free": "that it costs nothing",
    "anonymous": "that nobody asks for a name",
    "confidential": "that nobody else learns of it",
    "always": "that somebody answers day and night",
    "language": "that somebody speaks the reader's language",
}


def unbacked_claims(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each kind of promise in a unit that is not compiled from contact records."""
    if facts.compiled:
        return
    sources, forms = wordlist.foldings(unit.source, unit.plural), wordlist.foldings(*unit.forms)
    source, own = wordlist.words("claims", facts.source_language), wordlist.words("claims", unit.locale)
    for kind, meaning in KINDS.items():
        said = own.first(kind, forms) if own else None
        lent = source.first(kind, sources) if source and not said else None
        # A harmless phrase ("you must work day and night") keeps its words in every translation.
        harmless = source.harmless.get(kind) if source and (said or lent) else None
        if harmless and any(harmless.search(text.folded) for text in sources):
            continue
        if said:
            yield found("claim-unbacked", unit, f'"{said}" promises {meaning}')
        elif lent:
            yield found("claim-unbacked", unit, f'"{lent}" in the source promises {meaning}')


def unlisted(locale: str) -> bool:
    """Whether nobody listed the claim words of a language yet: then no finding means "not checked"."""
    return wordlist.words("claims", locale) is None
