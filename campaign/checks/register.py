"""Register: children are spoken to as children, adults as adults, in each language's own forms of address."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks import wordlist
from campaign.checks.facts import Facts, found
from campaign.folded import foldings
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say
from campaign.model.unit import Unit


def other_register(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a form of address that belongs to the other readers.

    A formal one in a text that children read is an error; a familiar one in a text for adults asks for a look. Of a
    text that no message shows nobody knows who reads it.
    """
    words = wordlist.words("register", unit.locale)
    if words is None or facts.is_source(unit.locale):
        return
    texts = foldings(*unit.forms)
    if facts.place.child:
        if said := words.first("formal", texts):
            yield found("register", unit, say('"%(said)s" speaks to adults, and children read this', said=said))
    elif facts.place.block and (said := words.first("familiar", texts)):
        near = say('"%(said)s" speaks to a child or a friend, and adults read this', said=said)
        yield found("register", unit, near, severity=Severity.WARNING)
