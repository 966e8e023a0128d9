"""Signatures: which units of an item nobody signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campaign.checks.rules import finding, shortened
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.state import State
from campaign.model.used_unit import UsedUnit

#: What is said of a sentence in each state.
_OWN = {
    State.MISSING: say('missing: not translated: "%(source)s"'),
    State.DRAFT: say('draft: a draft that nobody signed: "%(source)s"'),
    State.STALE: say('stale: signed for an earlier source text: "%(source)s"'),
}
#: The same of one that shows the source text instead of its own.
_STAND_IN = {
    State.MISSING: say('missing: not translated, the source text stands in: "%(source)s"'),
    State.DRAFT: say('draft: a draft that nobody signed, the source text stands in: "%(source)s"'),
    State.STALE: say('stale: signed for an earlier source text, the source text stands in: "%(source)s"'),
    State.SIGNED: say('signed: signed, the source text stands in: "%(source)s"'),
}


def unsigned_findings(used: Iterable[UsedUnit], locale: str, where: str) -> Iterator[Finding]:
    """Yield a finding for each unit, once, that is not signed or that shows the source text instead of its own."""
    for unit in dict.fromkeys(used):
        if unit.state is State.SIGNED and not unit.fallback:
            continue
        said = (_STAND_IN if unit.fallback else _OWN)[unit.state].given(source=shortened(unit.source))
        yield finding("unsigned", locale, where, said)


def facts_findings(used: Iterable[UsedUnit], locale: str, where: str) -> Iterator[Finding]:
    """Yield a finding for an item that was approved with other numbers or promises, when its every sentence is signed.

    What a sentence lacks is said by `unsigned_findings`.
    """
    if all(unit.state is State.SIGNED for unit in used):
        said = say("stale: a number or a promise changed since it was signed")
        yield finding("unsigned", locale, where, said)
