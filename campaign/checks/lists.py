"""What a word list alone decides: promises, stigma, masculine-only address, words for adults, motifs of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks import wordlist
from campaign.checks.assertion import asserted, reported
from campaign.checks.facts import Facts, found
from campaign.folded import foldings
from campaign.model.blocks import ALT
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say
from campaign.model.unit import Unit


def unkeepable_promises(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a promise that nobody can keep in the text or, where its language has no list, the source."""
    own, source = wordlist.words("promise", unit.locale), wordlist.words("promise", facts.source_language)
    sources = foldings(unit.source, unit.plural)
    if source and reported(source, "promise", sources, facts.source_language):
        return
    if own and (said := asserted(own, "promise", foldings(*unit.forms), unit.locale, within=False)):
        empty = say('"%(said)s" promises what nobody can keep: say what the reader can do or ask for', said=said)
        yield found("promise", unit, empty)
    lent = None if own else source
    if lent and (said := asserted(lent, "promise", sources, facts.source_language, within=False)):
        empty = say(
            '"%(said)s" in the source promises what nobody can keep: say what the reader can do or ask for', said=said
        )
        yield found("promise", unit, empty)


def stigmatising_words(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a word that labels the reader or goes with blame."""
    if said := _said(unit, "stigma", "stigma"):
        yield found("stigma", unit, say('"%(said)s" labels people: write "a person who …" or "you"', said=said))


def one_gender(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for words that speak to every reader as to a man, or to a woman where others read them too."""
    if said := _said(unit, "gender", "masculine"):
        yield found("gender", unit, say('"%(said)s" speaks to men only: use a neutral form or both forms', said=said))
    elif not facts.place.women and facts.place.block and (said := _said(unit, "gender", "feminine")):
        yield found("gender", unit, say('"%(said)s" speaks to women only: use a neutral form or both forms', said=said))


def adult_words(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding, that asks for a look, for a word that children do not use; only where children read the unit."""
    if facts.place.child and (said := _said(unit, "child", "adult")):
        adult = say('"%(said)s" is a word for adults: say it as a child would', said=said)
        yield found("child-contact", unit, adult, severity=Severity.WARNING)


def harmful_motifs(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for what no picture may show, in the words that describe the picture."""
    if facts.place.block == ALT and (said := _said(unit, "image", "motif")):
        yield found("image", unit, say('the picture shows "%(said)s": show a way to help instead', said=said))


def _said(unit: Unit, name: str, kind: str) -> str | None:
    """The first words of the unit that stand in a list; None too where its language has no list."""
    words = wordlist.words(name, unit.locale)
    return words.first(kind, foldings(*unit.forms)) if words else None
