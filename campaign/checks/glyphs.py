"""Glyphs: every character of a text is in a font of its language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from campaign.checks.facts import Facts, found
from campaign.checks.markup import DAMAGE
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit
from campaign.render.characters import unprintable
from campaign.typeset import fonts


def missing_glyphs(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield one finding that names every character without a glyph."""
    if facts.language is None:
        return
    stack = facts.language.fonts
    # Some scripts (Nastaliq) have their font in the workspace only: without one, nothing can be said about them.
    if facts.fonts is None and not fonts.characters(None, stack[0]):
        return
    # What no print may hold is the markup rule's business: one mistake, one finding.
    lost = [c for c in fonts.missing(facts.fonts, stack, unit.forms) if c not in DAMAGE and not unprintable(c)]
    if lost:
        names = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, 'without a name')}" for c in lost)
        said = say(
            "no font of %(language)s (%(fonts)s) has %(characters)s",
            language=facts.language.english,
            fonts=", ".join(stack),
            characters=names,
        )
        yield found("glyph", unit, said)
