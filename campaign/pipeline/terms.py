"""Find the texts that do not use the agreed terms."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.catalogue import glossary
from campaign.checks.terms import term_findings
from campaign.errors import CampaignError, Problem
from campaign.model import Finding
from campaign.pipeline import workspace
from campaign.project import Project


def check_terms(project: Project, locales: Sequence[str] = ()) -> tuple[Finding, ...]:
    """The findings of these languages, or of every language of the campaign but its source language.

    Raises:
        CampaignError: a language that the campaign does not have, or a file that cannot be read, glossaries included.
    """
    space = workspace.load(project)
    source = space.campaign.source_language
    known = [tag for tag in space.campaign.languages if tag != source]
    problems = [
        Problem(tag, "is not a language of this campaign that is translated", f"use one of {', '.join(known)}")
        for tag in locales
        if tag not in known
    ]
    found: list[Finding] = []
    for locale in (tag for tag in known if not locales or tag in locales):
        try:
            terms = glossary.load(project, locale, source)
        except CampaignError as error:
            problems += error.problems
            continue
        found += [item for unit in space.texts[locale].units.values() for item in term_findings(unit, terms)]
    if problems:
        raise CampaignError(dict.fromkeys(problems))
    return tuple(dict.fromkeys(found))
