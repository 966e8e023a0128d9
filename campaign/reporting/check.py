"""Every finding on a workspace: texts, signatures, contacts, and what does not fit when it is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaign.checks import unchecked
from campaign.checks.contacts import contact_findings, silent_records
from campaign.checks.contrast import contrast_findings
from campaign.checks.rules import finding
from campaign.checks.signatures import changed_findings, unsigned_findings
from campaign.editions.worker import Bench, BuildContext, made
from campaign.errors import Problem
from campaign.model.edition import Edition
from campaign.model.finding import Finding
from campaign.model.sentence import quoted
from campaign.model.used_unit import UsedUnit
from campaign.project import Project
from campaign.protocols import Progress
from campaign.workspace import loader
from campaign.workspace.findings import (
    catalogue_findings,
    consistency_findings,
    message_findings,
    picture_findings,
    unit_findings,
)
from campaign.workspace.ink_contrast import paper_findings, paper_of
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Selection, batches
from campaign.workspace.usage import places


def check(
    project: Project, selection: Selection, *, layout: bool, workers: int, today: date, progress: Progress
) -> tuple[Finding, ...]:
    """The findings, texts first. `layout` also lays out every selected item to find what is clipped.

    Raises:
        CampaignError: the workspace cannot be read.
    """
    space = loader.load(project)
    chosen = selection.resolve(space.campaign)
    found = [finding("unsigned", "", fault.where, quoted(fault.what)) for fault in space.faults]
    found += [*_texts(space, chosen), *_items(space, chosen)]
    found += [*contact_findings(space.campaign.contacts, today)]
    found += [
        *silent_records(space.campaign.contacts),
        *contrast_findings(space.campaign.brand),
        *picture_findings(project, space.campaign),
    ]
    where, brand = project.name(project.config), space.campaign.brand
    found += paper_findings(where, brand, paper_of(project, space.campaign))
    found += [f for locale in chosen.locales for f in unchecked(locale, space.campaign.source_language)]
    if layout:
        found += _laid_out(space, chosen, workers, progress)
    return tuple(dict.fromkeys(found))


def _laid_out(space: Workspace, chosen: Selection, workers: int, progress: Progress) -> Iterator[Finding]:
    from campaign.executors import executor

    work, context = batches(chosen.groups(), workers), BuildContext.of(space, Edition.REVIEW)
    with executor(min(workers, len(work)), context) as pool:
        for item in made(pool, work, progress):
            yield from (*item.warnings, *(_as_finding(problem, item.job.locale) for problem in item.problems))


def _texts(space: Workspace, chosen: Selection) -> Iterator[Finding]:
    known = places(space)
    for locale in chosen.locales:
        for _, findings in unit_findings(space, locale, known):
            yield from findings
        yield from catalogue_findings(space, locale)
        yield from consistency_findings(space, locale, known)


def _items(space: Workspace, chosen: Selection) -> list[Finding]:
    """What is wrong with whole messages, and what items lack: signatures of what they show, and of how they are now."""
    bench = Bench(BuildContext.of(space, Edition.REVIEW))
    used: dict[str, dict[UsedUnit, None]] = {locale: {} for locale in chosen.locales}
    found: list[Finding] = []
    unsigned: list[Finding] = []
    for group in chosen.groups():
        message = bench.message(group)  # once: to make it is most of what this costs
        if isinstance(message, tuple):
            found += (_as_finding(problem, group.locale) for problem in message)
        else:
            found += message_findings(space, message)
        for item in bench.states(group, message):
            used[group.locale].update(dict.fromkeys(item.used))
            if item.changed:
                unsigned += changed_findings(item.used, group.locale, item.job.name, item.changed)
    for locale, units in used.items():
        unsigned += unsigned_findings(units, locale, space.project.name(space.project.ledger(locale)))
    return found + unsigned


def _as_finding(problem: Problem, locale: str) -> Finding:
    """A problem of laying out as a finding about the rule that it breaks; one of a picture is of no language."""
    if not problem.rule and problem.where.startswith(("assets/", "campaign.toml: brand.logo")):
        return finding("image", "", problem.where, quoted(problem.what))
    return finding(problem.rule or "clipped", locale, problem.where, quoted(problem.what))
