"""The agreed terms of a glossary as the checks know them, and the texts that do not use them."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.catalogue import glossary
from campaign.checks.facts import Facts, Place
from campaign.checks.terms import unapproved_terms
from campaign.errors import CampaignError, Problem
from campaign.model.finding import Finding
from campaign.project import Project
from campaign.workspace import loader
from campaign.workspace.terms import agreed


def check_terms(project: Project, locales: Sequence[str] = ()) -> tuple[Finding, ...]:
    """The findings of these languages, or of every language of the campaign but its source language.

    Raises:
        CampaignError: a language that the campaign does not have, or a file that cannot be read, glossaries included.
    """
    space = loader.load(project)
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
            terms = agreed(glossary.load(project, locale, source))
        except CampaignError as error:
            problems += error.problems
            continue
        for unit in space.texts[locale].units.values():
            if "term" not in space.waivers[locale].codes(unit.key, unit.source_hash, unit.text_hash):
                found += unapproved_terms(unit, Facts.of(unit, (), None, source, None, Place(), terms))
    if problems:
        raise CampaignError(dict.fromkeys(problems))
    return tuple(dict.fromkeys(found))
