"""Preview: what a locked telephone shows of a text message endangers nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from unicode_segmentation_rs import graphemes

from campaign.checks import wordlist
from campaign.checks.facts import Facts, found
from campaign.checks.rules import finding
from campaign.folded import foldings
from campaign.model.blocks import SMS
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit

#: Graphemes of a message that a locked screen shows (content guide, section 3).
SHOWN = 30

_SHOWS = say('a locked screen shows "%(said)s": begin with harmless words')


def endangering_preview(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding when a word that begins in the first 30 characters of an SMS endangers its reader."""
    if facts.place.block != SMS:
        return
    for form in unit.forms:
        if said := _danger(form, unit.locale):
            yield found("preview", unit, _SHOWS.given(said=said))
            return


def revealing(text: str, locale: str, where: str) -> Iterator[Finding]:
    """Yield the same finding about a finished SMS, its numbers and names filled in."""
    if said := _danger(text, locale):
        yield finding("preview", locale, where, _SHOWS.given(said=said))


def _danger(text: str, locale: str) -> str | None:
    """The first word on a locked screen that endangers; None too where nobody listed the words of the language."""
    own = wordlist.words("preview", locale)
    if own is None:
        return None
    shown = len(unicodedata.normalize("NFC", "".join(graphemes(text, True)[:SHOWN])))
    # A word that begins on the screen is judged whole: half of it says enough.
    begun = (match for match in own.matches("danger", foldings(text)) if match[0].places[match[1]] < shown)
    return next((folding.written(start, end) for folding, start, end in begun), None)
