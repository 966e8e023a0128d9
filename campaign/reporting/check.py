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
from campaign.errors import CampaignError, Problem
from campaign.model.edition import Edition
from campaign.model.finding import Finding
from campaign.model.sentence import quoted
from campaign.model.used_unit import UsedUnit
from campaign.project import Project
from campaign.protocols import Progress
from campaign.render.renderer import Renderer
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
    found += [*_texts(space, chosen), *_messages(space, chosen), *_signatures(space, chosen)]
    found += [*contact_findings(space.campaign.contacts, today)]
    found += [
        *silent_records(space.campaign.contacts),
        *contrast_findings(space.campaign.brand),
        *picture_findings(project),
    ]
    where, brand = project.name(project.config), space.campaign.brand
    found += paper_findings(where, brand, paper_of(project, space.campaign))
    found += [f for locale in chosen.locales for f in unchecked(locale, space.campaign.source_language)]
    if layout:
        found += _laid_out(space, chosen, workers, progress)
    return tuple(dict.fromkeys(found))


def _laid_out(space: Workspace, chosen: Selection, workers: int, progress: Progress) -> Iterator[Finding]:
    from campaign.executors import executor

    work, context = batches(chosen.groups()), BuildContext.of(space, Edition.REVIEW)
    with executor(min(workers, len(work)), context) as pool:
        for item in made(pool, work, progress):
            yield from (*item.warnings, *(_as_finding(problem, item.job.locale) for problem in item.failed))


def _texts(space: Workspace, chosen: Selection) -> Iterator[Finding]:
    known = places(space)
    for locale in chosen.locales:
        for _, findings in unit_findings(space, locale, known):
            yield from findings
        yield from catalogue_findings(space, locale)
        yield from consistency_findings(space, locale, known)


def _signatures(space: Workspace, chosen: Selection) -> Iterator[Finding]:
    """What the selected items lack: signatures of the sentences that they show, and of how they are now."""
    bench = Bench(BuildContext.of(space, Edition.REVIEW))
    used: dict[str, dict[UsedUnit, None]] = {locale: {} for locale in chosen.locales}
    for group in chosen.groups():
        for item in bench.states(group):
            used[group.locale].update(dict.fromkeys(item.used))
            yield from changed_findings(item.used, group.locale, item.job.name, item.changed) if item.changed else ()
    for locale, units in used.items():
        yield from unsigned_findings(units, locale, space.project.name(space.project.ledger(locale)))


def _messages(space: Workspace, chosen: Selection) -> Iterator[Finding]:
    renderer = Renderer(space.project, space.campaign)
    for group in chosen.groups():
        try:
            message = renderer.message(group.audience, group.locale, group.country, space.texts[group.locale])
        except CampaignError as error:
            yield from (_as_finding(problem, group.locale) for problem in error.problems)
        else:
            yield from message_findings(space, message)


def _as_finding(problem: Problem, locale: str) -> Finding:
    """A problem of laying out as a finding about the rule that it breaks."""
    return finding(problem.rule or "clipped", locale, problem.where, quoted(problem.what))
