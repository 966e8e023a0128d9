"""Build an edition: render, gate, lay out, write, and say exactly what was refused and why."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from campaign import manifest as manifests
from campaign.cache import Cache
from campaign.editions import folder, remote
from campaign.editions import state as states
from campaign.editions.aggregates import Collector
from campaign.editions.fingerprint import Ingredients
from campaign.editions.last_build import Last, job_of
from campaign.editions.plan import Finished, Planner, remember
from campaign.editions.release_gate import Gate, make_gate
from campaign.editions.worker import Bench, Item, bench, made, prepare
from campaign.executors import executor
from campaign.ledger import releases
from campaign.ledger.releases import Release
from campaign.manifest import Entry, Listing
from campaign.model.digest import digest
from campaign.model.edition import Edition
from campaign.model.job import Job
from campaign.project import Project, locked
from campaign.protocols import Executor, Progress
from campaign.typeset import fonts
from campaign.workspace import loader
from campaign.workspace.inputs import file_hashes, inputs_hash, tools
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Group, Selection, batches

log = logging.getLogger(__name__)

#: Below this many groups, starting a pool of processes takes longer than the work.
FEW = 8


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `items` have no bytes any more; `unchanged` says that nothing had to be built.

    `files` is how many the edition holds.
    `reasons` says, for each item that was made, why; an item without reasons stood as it was.
    """

    edition: str
    items: tuple[Item, ...]
    files: int
    unchanged: bool = False
    notes: tuple[str, ...] = ()
    reasons: Mapping[Job, tuple[str, ...]] = field(default_factory=dict)

    @property
    def states(self) -> Counter[str]:
        """How many items are in each state."""
        return Counter(item.state.value for item in self.items)

    @property
    def refused(self) -> tuple[Item, ...]:
        """The items that were asked for and not written."""
        return tuple(item for item in self.items if item.refused or item.failed)

    @property
    def made(self) -> tuple[Item, ...]:
        """The items that were made and written; the rest stood as they were, or were refused."""
        return tuple(item for item in self.items if item.job in self.reasons and not item.refused and not item.failed)


def build(
    project: Project,
    *,
    edition: str,
    selection: Selection,
    workers: int,
    today: date,
    progress: Progress,
    cache: Cache | None = None,
    scheduler: str = "",
) -> Report:
    """Build the selected items of an edition and write its manifest last.

    The review edition holds everything; the release edition only what is signed, verified, unexpired and clean. What
    stands from the last build is neither made nor written again. `cache` keeps made items and read catalogues between
    builds; a release takes nothing from it. `scheduler` is the address of a Dask cluster.

    Raises:
        CampaignError: the workspace cannot be read or the selection names unknown things. Items that cannot be made are
            in the report instead.
    """
    with locked(states.path_of(project, edition), project.name(project.output(edition))):
        return _build(project, edition, selection, workers, today, progress, cache, scheduler)


def _build(
    project: Project,
    edition: str,
    selection: Selection,
    workers: int,
    today: date,
    progress: Progress,
    cache: Cache | None,
    scheduler: str,
) -> Report:
    files = file_hashes(project)
    asked = inputs_hash(
        files,
        edition,
        *map(str, (selection.countries, selection.locales, selection.audiences, selection.channels)),
    )
    record = states.read(project, edition)
    last = Last.of(project, edition, record)
    if edition == Edition.REVIEW and last.inputs == asked and last.untouched():
        return Report(edition, (), len(last.lines), unchanged=True)
    if edition == Edition.RELEASE:
        cache = None
    space = loader.load(project, cache)
    chosen = selection.resolve(space.campaign)
    if edition == Edition.RELEASE:
        releases.read(project.history, project.name(project.history))  # a damaged history stops before anything is made
    gate = make_gate(space, today, _locales(space, last, chosen)) if edition == Edition.RELEASE else None
    kept = _kept(space, last, chosen, gate, edition)
    ingredients = Ingredients.of(project, space.campaign, edition)
    kit = (project, space.campaign, space.texts, edition, gate, ingredients, cache)
    prepare(*kit)
    planner = Planner(space, bench(), ingredients, last, record)
    plan = planner.plan(chosen)
    if gate:
        # First take away what may no longer be out: whatever stops this build, nothing unsigned lies in the folder.
        folder.prune(project, edition, _lines(kept, plan.standing.values()))
    folder.drop_packs(project, edition)
    collector = Collector(project, space.campaign, ingredients, last, record.others)
    work = batches(plan.make)
    results, seen = dict(plan.standing), dict(last.seen)
    with _workers(workers, scheduler, work, kit) as pool:
        for item in made(pool, work, progress):
            log.info("made %s because: %s", item.job, "; ".join(plan.reasons.get(item.job, ())))
            written = [folder.write(project, edition, item, artefact) for artefact in item.artefacts]
            seen |= states.seen(project.output(edition), written)
            for entry, artefact in zip(written, item.artefacts, strict=True):
                collector.keep(entry, artefact)
            lines = {entry.path: manifests.line(entry) for entry in written}
            results[item.job] = (replace(item, artefacts=()), lines)
        single = _lines(kept, results.values())
        others = collector.collect(single, pool)
    if cache and plan.make:
        cache.trim()
    items = tuple(results[job][0].bare() for job in _jobs(chosen))
    log.info("%s edition: %s items made, %s stand", edition, len(plan.reasons), len(plan.standing))
    complete = not any(item.refused or item.failed for item in items)
    if file_hashes(project) != files:
        # Somebody edited a file meanwhile: what was made may be from both. Nothing of it counts as made from either.
        complete = False
        for job in plan.reasons:
            if cache:
                cache.drop("item", results[job][0].made)
            results[job] = (replace(results[job][0], made=""), results[job][1])
    lines = single | {path: made.line for path, made in others.items()}
    versions = _fonts(project, cache, ingredients)
    listing = Listing(edition, asked if complete else "", tools(), versions, lines)
    with locked(project.manifest(edition), project.name(project.manifest(edition))):  # verify adds its proofs to it
        record.manifest = manifests.write(project.manifest(edition), listing)
    folder.prune(project, edition, lines)
    remember(record, planner, results.values(), seen)
    lie = states.seen(project.output(edition), (manifests.entry_of(made.line) for made in others.values()))
    record.others = {path: (lie[path], made.parts) for path, made in others.items() if path in lie}
    there = {job for job, (_, mine) in results.items() if mine} | kept.keys()
    record.items = {job: known for job, known in record.items.items() if job in there}
    record.details = planner.details
    record.prints.update({locale: planner.prints[locale] for locale in chosen.locales})
    states.write(project, edition, record)
    if edition == Edition.RELEASE:
        _remember(space, [manifests.entry_of(line) for line in lines.values()], today)
    return Report(edition, items, len(lines), notes=space.notes, reasons=plan.reasons)


def _lines(kept: Mapping[Job, Mapping[str, str]], made: Iterable[Finished]) -> dict[str, str]:
    """The lines of all these files by path."""
    return {path: line for mine in (*kept.values(), *(lines for _, lines in made)) for path, line in mine.items()}


def _workers(
    workers: int, scheduler: str, work: Sequence[Sequence[Group]], kit: tuple[Any, ...]
) -> AbstractContextManager[Executor]:
    """The executor for what there is to make; the few groups of a small change need no pool and no cluster."""
    if sum(map(len, work)) < FEW:
        return executor(1, prepare, kit)
    if not scheduler:
        return executor(min(workers, len(work)), prepare, kit)
    project, *values, ingredients, _ = kit
    files = remote.pack(project, ingredients)
    return executor(workers, remote.prepare_remote, (files, *values, ingredients), scheduler=scheduler)


def _fonts(project: Project, cache: Cache | None, ingredients: Ingredients) -> tuple[str, ...]:
    """Each font with its hash, for the manifest; reading forty files takes longer than making an item."""
    if cache is None:
        return fonts.versions(project.assets / "fonts")
    mine = (
        part
        for name in sorted(ingredients.files)
        if name.startswith("assets/fonts/")
        for part in (name, ingredients.files[name])
    )
    key = digest(ingredients.program, *mine)
    for data in cache.get("fonts", key):
        return tuple(data.decode().split("\n"))
    versions = fonts.versions(project.assets / "fonts")
    cache.put("fonts", key, "names", "\n".join(versions).encode())
    return versions


def _jobs(chosen: Selection) -> list[Job]:
    return [
        Job(group.country, group.locale, group.audience, channel)
        for group in chosen.groups()
        for channel in group.channels
    ]


def _remember(space: Workspace, entries: Iterable[Entry], today: date) -> None:
    """Note in the history what is out now and was not before: a recall must find it when output/ is long gone."""
    path = space.project.history
    name = space.project.name(path)
    past = {(release.batch, release.path, release.sha256) for release in releases.read(path, name).releases}
    numbers = {contact.id: contact.number for contact in space.campaign.contacts}
    fresh = [
        Release(
            today.isoformat(),
            entry.batch,
            entry.path,
            entry.sha256,
            entry.audience,
            entry.locale,
            entry.country,
            entry.channel,
            entry.format,
            {contact: numbers[contact] for contact in entry.contacts},
            entry.units,
        )
        for entry in entries
        if (entry.batch, entry.path, entry.sha256) not in past
    ]
    releases.append(path, name, fresh)


def _locales(space: Workspace, last: Last, chosen: Selection) -> tuple[str, ...]:
    """The languages of a build: those that are chosen, and those of the last build that may be kept."""
    named = {*chosen.locales, *(job.locale for job in last.jobs)}
    return tuple(locale for locale in space.texts if locale in named)


def _kept(
    space: Workspace, last: Last, chosen: Selection, gate: Gate | None, edition: str
) -> dict[Job, dict[str, str]]:
    """The files of the last build that this one does not replace and that still hold: their lines, by item and path.

    What the campaign no longer has goes. A released file is kept only while it would be released again with the same
    content.
    """
    everything = Selection().resolve(space.campaign)
    jobs = [job for job in last.jobs if everything.has(job) and not chosen.has(job)]
    if gate is None:
        return {job: {path: last.lines[path] for path in last.jobs[job] if last.whole(path)} for job in jobs}
    rest = [entry for job in jobs for entry in last.entries(last.jobs[job])]
    damaged = {entry.path for entry, _ in manifests.damaged(space.project.output(edition), rest)}
    checker, holds = Bench(space.project, space.campaign, space.texts, edition, gate), set()
    for country, locale, audience in sorted({(job.country, job.locale, job.audience) for job in jobs}):
        made = checker.items(Group(country, locale, audience, space.campaign.channels), dry=True)
        holds |= {(item.job, item.content) for item in made if not item.refused and not item.failed}
    kept: dict[Job, dict[str, str]] = defaultdict(dict)
    for entry in rest:
        if entry.path not in damaged and (job_of(entry), entry.content) in holds:
            kept[job_of(entry)][entry.path] = last.lines[entry.path]
    return kept
