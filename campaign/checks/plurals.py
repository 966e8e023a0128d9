"""Plural forms: as many texts as the language has ways to count."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks.facts import Facts, found
from campaign.model.finding import Finding
from campaign.model.unit import Unit


def missing_forms(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a wrong number of forms and for each form that is left empty."""
    if not unit.plural:
        if len(unit.forms) > 1:
            yield found("plural-form", unit, f"has {len(unit.forms)} forms, the source has no plural")
        return
    language = facts.language
    if language is not None and len(unit.forms) != language.nplurals:
        wanted = f"{language.english} has {language.nplurals} ({', '.join(language.categories)})"
        yield found("plural-form", unit, f"has {len(unit.forms)} plural forms; {wanted}")
    for index, form in enumerate(unit.forms):
        if not form.strip():
            known = language is not None and index < len(language.categories)
            category = f" ({language.categories[index]})" if language is not None and known else ""
            yield found("plural-form", unit, f"plural form {index}{category} is empty")
