"""Terms: the glossary's form stands, the forbidden one does not."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.catalogue.glossary import occurs, used
from campaign.checks.facts import Facts, found
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit


def unapproved_terms(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each glossary term of the source without an approved form, and for each forbidden form."""
    translated = any(form.strip() for form in unit.forms) and not set(unit.forms) <= {unit.source, unit.plural}
    meant = {form for term in facts.terms if _asked(term.source, unit, facts.source_language) for form in term.approved}
    for term in facts.terms:
        for bad in term.forbidden:
            # What another term of the source is called is no wrong word for this one.
            if bad not in meant and (said := _said(bad, unit)):
                forbidden = say('"%(said)s" is forbidden by the glossary', said=said)
                if term.approved:
                    forbidden = say(
                        '"%(said)s" is forbidden by the glossary: write %(words)s',
                        said=said,
                        words=" or ".join(term.approved),
                    )
                yield found("term", unit, forbidden)
        if (
            translated
            and term.approved
            and _asked(term.source, unit, facts.source_language)
            and not any(_said(good, unit) for good in term.approved)
        ):
            lacking = say(
                '"%(term)s" has none of its approved forms: write %(words)s',
                term=term.source,
                words=" or ".join(term.approved),
            )
            yield found("term", unit, lacking)


def _asked(term: str, unit: Unit, language: str) -> bool:
    return bool(occurs(term, unit.source, language) or occurs(term, unit.plural, language))


def _said(form: str, unit: Unit) -> str:
    """The form as one of a unit's texts writes it; "" where none does."""
    return next(filter(None, (used(form, text, unit.locale) for text in unit.forms)), "")
