"""The records that a release relies on, looked at as a whole: is every line of them what its author wrote, and here?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from campaign.errors import Problem
from campaign.ledger import ledger
from campaign.ledger.ledger import Ledger
from campaign.project import Project


def ledgers(project: Project, locales: Iterable[str]) -> dict[str, Ledger]:
    """The ledger of each language.

    Raises:
        CampaignError: a file cannot be read.
    """
    return {locale: ledger.read(project.ledger(locale), project.name(project.ledger(locale))) for locale in locales}


def faults(project: Project, books: Mapping[str, Ledger]) -> tuple[Problem, ...]:
    """Everything that is wrong with the records. Reviewing goes on meanwhile; nothing is released or packed."""
    return tuple(
        problem for locale, book in books.items() for problem in book.problems(project.name(project.ledger(locale)))
    )
