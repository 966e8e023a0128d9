"""Plural forms: as many texts as the language has ways to count."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks.facts import Facts, found
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit


def missing_forms(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a wrong number of forms and for each form that is left empty."""
    if not unit.plural:
        if len(unit.forms) > 1:
            yield found("plural-form", unit, say("has %(have)s forms, the source has no plural", have=len(unit.forms)))
        return
    language = facts.language
    # A source is a template's: it says one and many, in whatever language.
    if language is not None and not facts.is_source(unit.locale) and len(unit.forms) != language.nplurals:
        said = say(
            "has %(have)s plural forms; %(language)s has %(wanted)s (%(categories)s)",
            have=len(unit.forms),
            language=language.english,
            wanted=language.nplurals,
            categories=", ".join(language.categories),
        )
        yield found("plural-form", unit, said)
    for index, form in enumerate(unit.forms):
        if not form.strip():
            said = say("plural form %(index)s is empty", index=index)
            if language is not None and index < len(language.categories):
                category = language.categories[index]
                said = say("plural form %(index)s (%(category)s) is empty", index=index, category=category)
            yield found("plural-form", unit, said)
