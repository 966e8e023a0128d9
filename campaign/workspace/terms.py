"""The agreed terms of a glossary, as the checks know them."""

from __future__ import annotations

from campaign.catalogue.glossary import Glossary
from campaign.checks.facts import Term


def agreed(terms: Glossary) -> tuple[Term, ...]:
    """The rows that say something about a text; a name that stays as it is has itself as its approved form."""
    rows = (Term(row.term, (row.term,) if row.keep else row.forms, row.forbidden) for row in terms.terms)
    return tuple(term for term in rows if term.approved or term.forbidden)
