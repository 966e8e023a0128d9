"""Preview: what a locked telephone shows of a text message endangers nobody."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks import wordlist
from campaign.checks.facts import Facts, found
from campaign.model import Finding, Unit

#: Characters of a message that a locked screen shows (content guide, section 3).
SHOWN = 30
SMS = "sms"


def endangering_preview(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding when a word that begins in the first 30 characters of an SMS endangers its reader."""
    own = wordlist.words("preview", unit.locale)
    if facts.place.block != SMS or own is None:
        return
    for form in unit.forms:
        # A word is judged whole: half of it on the screen says enough.
        shown = form[:SHOWN] + form[SHOWN:].partition(" ")[0] if form[SHOWN - 1 : SHOWN].strip() else form[:SHOWN]
        if said := own.first("danger", wordlist.foldings(shown)):
            yield found("preview", unit, f'a locked screen shows "{said}": begin with harmless words')
            return
