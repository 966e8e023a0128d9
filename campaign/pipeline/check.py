"""Every finding on a workspace: texts, signatures, contacts, and what does not fit when it is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaign.checks import check_unit
from campaign.checks.contacts import contact_findings
from campaign.checks.rules import RULES, finding
from campaign.checks.signatures import unsigned_findings
from campaign.errors import Problem
from campaign.executors import executor
from campaign.model import Finding, State, UsedUnit
from campaign.pipeline import workspace
from campaign.pipeline.bench import REVIEW, prepare, run_group
from campaign.pipeline.build import Progress
from campaign.pipeline.selection import Selection
from campaign.pipeline.workspace import Workspace
from campaign.project import Project


def check(
    project: Project, selection: Selection, *, layout: bool, workers: int, today: date, progress: Progress
) -> tuple[Finding, ...]:
    """The findings, texts first. `layout` also lays out every selected item to find what is clipped.

    Raises:
        CampaignError: the workspace cannot be read.
    """
    space = workspace.load(project)
    chosen = selection.resolve(space.campaign)
    found = [*_texts(space, chosen), *contact_findings(space.campaign.contacts, today)]
    if layout:
        groups = list(chosen.groups())
        with executor(min(workers, len(groups)), prepare, (project, space.campaign, space.texts, REVIEW, None)) as pool:
            for done, items in enumerate(pool.map(run_group, groups), start=1):
                for item in items:
                    found += [*item.warnings, *(_as_finding(problem, item.job.locale) for problem in item.failed)]
                progress(done, len(groups))
    return tuple(dict.fromkeys(found))


def _texts(space: Workspace, chosen: Selection) -> Iterator[Finding]:
    names = sorted({contact.name for contact in space.campaign.contacts})
    wanted = workspace.source_units(space.project)
    for locale in chosen.locales:
        texts = space.texts[locale]
        for unit in texts.units.values():
            yield from check_unit(unit, names=names, fonts=space.project.assets / "fonts")
        used = (
            UsedUnit(unit.key, texts.states.get(unit.key, State.MISSING), unit.key not in texts.units, unit.source)
            for unit in wanted
        )
        yield from unsigned_findings(used, locale, space.project.name(space.project.ledger(locale)))


def _as_finding(problem: Problem, locale: str) -> Finding:
    """A problem of laying out as a finding; its first word says which rule it breaks."""
    code, _, rest = problem.what.partition(": ")
    return (
        finding(code, locale, problem.where, rest)
        if code in RULES
        else finding("clipped", locale, problem.where, problem.what)
    )
