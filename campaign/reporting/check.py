"""Every finding on a workspace: texts, signatures, contacts, and what does not fit when it is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaign.catalogue import store
from campaign.checks import unchecked
from campaign.checks.contacts import contact_findings, silent_records
from campaign.checks.contrast import contrast_findings
from campaign.checks.pictures import unconsented_pictures
from campaign.checks.rules import finding
from campaign.checks.signatures import unsigned_findings
from campaign.checks.whose import strange_catalogue
from campaign.config.consents import consents
from campaign.errors import CampaignError, Problem
from campaign.model.finding import Finding
from campaign.model.sentence import quoted
from campaign.model.state import State
from campaign.model.used_unit import UsedUnit
from campaign.project import Project
from campaign.protocols import Progress
from campaign.render.renderer import Renderer
from campaign.reporting.ink_contrast import paper_findings
from campaign.workspace import loader
from campaign.workspace.findings import message_findings, unit_findings
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
    found = [*_texts(space, chosen), *_messages(space, chosen), *contact_findings(space.campaign.contacts, today)]
    found += [*silent_records(space.campaign.contacts), *contrast_findings(space.campaign.brand), *_pictures(project)]
    found += paper_findings(project, space.campaign)
    found += [f for locale in chosen.locales for f in unchecked(locale, space.campaign.source_language)]
    if layout:
        found += _laid_out(space, chosen, workers, progress)
    return tuple(dict.fromkeys(found))


def _laid_out(space: Workspace, chosen: Selection, workers: int, progress: Progress) -> Iterator[Finding]:
    # The channels and all that they set and draw with: a check of the texts alone is over before they are loaded.
    from campaign.editions.worker import BuildContext, made
    from campaign.executors import executor
    from campaign.model.edition import Edition

    work, context = batches(chosen.groups()), BuildContext.of(space, Edition.REVIEW)
    with executor(min(workers, len(work)), context) as pool:
        for item in made(pool, work, progress):
            yield from (*item.warnings, *(_as_finding(problem, item.job.locale) for problem in item.failed))


def _texts(space: Workspace, chosen: Selection) -> Iterator[Finding]:
    wanted = loader.source_units(space.project)
    known = places(space)
    for locale in chosen.locales:
        texts = space.texts[locale]
        for _, findings in unit_findings(space, locale, known):
            yield from findings
        yield from _catalogue(space, locale)
        used = (
            UsedUnit(unit.key, texts.states.get(unit.key, State.MISSING), unit.key not in texts.units, unit.source)
            for unit in wanted
        )
        yield from unsigned_findings(used, locale, space.project.name(space.project.ledger(locale)))


def _catalogue(space: Workspace, locale: str) -> Iterator[Finding]:
    """The findings about a catalogue as a whole; the source language needs none."""
    path = space.project.catalogue(locale)
    if locale == space.campaign.source_language or not path.exists():
        return
    name = space.project.name(path)
    forms = (form for unit in space.texts[locale].units.values() for form in unit.forms)
    yield from strange_catalogue(locale, name, store.language(path, name), forms)


def _messages(space: Workspace, chosen: Selection) -> Iterator[Finding]:
    renderer = Renderer(space.project, space.campaign)
    for group in chosen.groups():
        try:
            message = renderer.message(group.audience, group.locale, group.country, space.texts[group.locale])
        except CampaignError as error:
            yield from (_as_finding(problem, group.locale) for problem in error.problems)
        else:
            yield from message_findings(space, message)


def _pictures(project: Project) -> Iterator[Finding]:
    files = (file for _, file in project.below(project.illustrations, hidden=True))
    return unconsented_pictures(((project.name(file), file.read_bytes()) for file in files), consents(project))


def _as_finding(problem: Problem, locale: str) -> Finding:
    """A problem of laying out as a finding about the rule that it breaks."""
    return finding(problem.rule or "clipped", locale, problem.where, quoted(problem.what))
