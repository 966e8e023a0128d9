"""Build an edition: load, plan, make, publish; and say exactly what was refused and why."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date

from campaign import manifest as manifests
from campaign.cache import Cache
from campaign.config.addresses import refuse_clashes
from campaign.editions import folder
from campaign.editions import state as states
from campaign.editions.aggregates import Collector
from campaign.editions.fingerprint import Ingredients
from campaign.editions.item import Item
from campaign.editions.leaving import Leaving, as_released
from campaign.editions.plan import BuildPlan, Planner
from campaign.editions.publish import Made, publish
from campaign.editions.release_gate import leaving_gate
from campaign.editions.remote import RemoteContext
from campaign.editions.state import LastBuild
from campaign.editions.worker import Bench, BuildContext, made
from campaign.errors import CampaignError
from campaign.executors import executor
from campaign.executors.context import hold
from campaign.executors.context import tools as warm
from campaign.manifest import Listing, NotMade
from campaign.model.digest import digest
from campaign.model.edition import Edition
from campaign.model.job import Job
from campaign.project import Project, locked
from campaign.protocols import Executor, Progress
from campaign.render.messages import Messages
from campaign.typeset import fonts
from campaign.workspace import loader
from campaign.workspace.inputs import Inputs, inputs_hash, tools
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Group, Selection, batches

log = logging.getLogger(__name__)

#: Below this many groups, starting a pool of processes takes longer than the work.
FEW = 8


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `items` have no bytes any more; `unchanged` says that nothing had to be built.

    `files` is how many the edition holds.
    `reasons` says, for each item that was made, why; an item without reasons was up to date.
    """

    edition: Edition
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
    def lacking(self) -> tuple[Item, ...]:
        """The items that were written without some of their formats."""
        return tuple(item for item in self.items if item.unfit and not (item.refused or item.failed))

    @property
    def unlooked(self) -> tuple[Item, ...]:
        """The items of a release that nobody signed as a whole: nobody answers for how they are laid out."""
        return tuple(item for item in self.items if not (item.whole or item.refused or item.failed))

    @property
    def made(self) -> tuple[Item, ...]:
        """The items that were made and written; the rest were up to date or refused."""
        return tuple(item for item in self.items if item.job in self.reasons and not item.refused and not item.failed)


def build(
    project: Project,
    *,
    edition: Edition,
    selection: Selection,
    workers: int,
    today: date,
    progress: Progress,
    cache: Cache | None = None,
    scheduler: str = "",
) -> Report:
    """Build the selected items of an edition and write its manifest last.

    The review edition holds everything; the release edition only what is signed, verified, unexpired and clean. What
    is up to date is neither made nor written again. `cache` keeps made items and read catalogues between builds; a
    release takes nothing from it. `scheduler` is the address of a Dask cluster.

    Raises:
        CampaignError: the workspace cannot be read, the selection names unknown things, or a release is asked for on a
            cluster. Items that cannot be made are
            in the report instead.
    """
    _at_home(edition, scheduler)
    asked = (edition, *map(str, (selection.countries, selection.locales, selection.audiences, selection.channels)))
    with locked(project.record(edition), project.name(project.output(edition))):
        folder.claim(project, edition)
        inputs, record = Inputs.of(project), states.read(project, edition)
        last, key = LastBuild.of(project, edition, record), inputs_hash(inputs.hashes, *asked)
        if edition == Edition.REVIEW and last.inputs == key and last.all_intact():
            return Report(edition, (), len(last.lines), unchanged=True)
        if edition == Edition.RELEASE:
            last = as_released(project, last, record)  # a damaged history stops before anything is made
        loaded = _load(inputs, edition, selection, last, today, cache)
        planner = Planner(loaded.space, loaded.bench, loaded.ingredients, last, record)
        plan = planner.plan(loaded.chosen)
        made = _make(loaded, planner, plan, workers, scheduler, progress)
        complete, late = _settle(loaded, plan, made), tuple[Item, ...]()
        head = (edition, key if complete else "", tools(), _fonts(project, loaded.context.cache, loaded.ingredients))

        def write(made: Made) -> None:
            listing = Listing(*head, made.files, not_made=tuple(_not_made(plan, made, last)))
            publish(loaded.space, edition, loaded.chosen, planner, plan, made, listing)

        if edition == Edition.RELEASE:
            made, late = Leaving(loaded.space, inputs, loaded.context, planner, plan, today).leave(made, write)
        else:
            write(made)
        items = (*(made.finished[job][0].bare() for job in _jobs(loaded.chosen)), *late, *plan.dropped)
        log.info("%s edition: %s items made, %s up to date", edition, len(plan.reasons), len(plan.up_to_date))
        notes = (*loaded.space.notes, *_other(project, plan))
        return Report(edition, items, len(made.files), notes=notes, reasons=plan.reasons)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What a build works on, and this process's warm tools for it."""

    inputs: Inputs
    space: Workspace
    chosen: Selection
    ingredients: Ingredients
    context: BuildContext
    bench: Bench


def _load(
    inputs: Inputs, edition: Edition, selection: Selection, last: LastBuild, today: date, cache: Cache | None
) -> _Loaded:
    """Read the workspace; for a release also what may not go out."""
    project, gate = inputs.project, None
    cache = None if edition == Edition.RELEASE else cache
    space = loader.load(project, cache)
    refuse_clashes(space.campaign)
    chosen, messages = selection.resolve(space.campaign), Messages(project, space.campaign)
    if edition == Edition.RELEASE:
        gate = leaving_gate(space, today, _locales(space, last, chosen), messages)
    ingredients = Ingredients.of(inputs, space.campaign, edition)
    context = replace(BuildContext.of(space, edition, gate), ingredients=ingredients, cache=cache)
    hold(context)
    return _Loaded(inputs, space, chosen, ingredients, context, warm(BuildContext, lambda mine: Bench(mine, messages)))


def _make(loaded: _Loaded, planner: Planner, plan: BuildPlan, workers: int, scheduler: str, progress: Progress) -> Made:
    """Make and write what the plan says, and the files that are made of many items."""
    project, edition = loaded.space.project, loaded.context.edition
    if edition == Edition.RELEASE:
        # First take away what may no longer be out: whatever stops this build, nothing unsigned lies in the folder.
        folder.prune(project, edition, plan.lines(plan.up_to_date.values()))
    folder.drop_packs(project, edition)
    last = planner.last
    collector = Collector(project, loaded.space.campaign, loaded.ingredients, last, planner.record.others)
    work = batches(plan.make, workers)
    finished, lying = dict(plan.up_to_date), dict(last.on_disk)
    with _workers(workers, scheduler, work, loaded.context) as pool:
        for item in made(pool, work, progress):
            log.info("made %s because: %s", item.job, "; ".join(plan.reasons.get(item.job, ())))
            written = [folder.write(project, edition, item, artefact) for artefact in item.artefacts]
            lying |= states.on_disk(project.output(edition), written)
            for entry, artefact in zip(written, item.artefacts, strict=True):
                collector.keep(entry, artefact)
            lines = {entry.path: manifests.line(entry) for entry in written}
            finished[item.job] = (replace(item, artefacts=()), lines)
        single = plan.lines(finished.values())
        aggregates = collector.collect(single, pool)
    return Made(finished, aggregates, lying, single | {path: file.line for path, file in aggregates.items()})


def _settle(loaded: _Loaded, plan: BuildPlan, made: Made) -> bool:
    """Whether every chosen item was made from the files as they were read.

    When somebody edited a file meanwhile, what was made may be from both: nothing of it counts as made from either.
    """
    cache = loaded.context.cache
    if cache and plan.make:
        cache.trim()
    if loaded.inputs.differing():
        for job in plan.reasons:
            item, lines = made.finished[job]
            if cache:
                cache.drop("item", item.made)
            made.finished[job] = (replace(item, made=""), lines)
        return False
    return all(item.complete for item, _ in made.finished.values())


def _not_made(plan: BuildPlan, made: Made, last: LastBuild) -> Iterator[NotMade]:
    """The formats that items of the edition lack: of what was made now, and of what is retained as it was."""
    for job, (item, lines) in made.finished.items():
        for each in item.unfit if lines else ():
            why = tuple(map(str, each.problems))
            yield NotMade(job.country, job.locale, job.audience, job.channel, each.format, why)
    yield from (each for each in last.not_made if each.job in plan.retained)


def _other(project: Project, plan: BuildPlan) -> Iterator[str]:
    """What is said of items that are not chosen and left the release, because they would show something else now."""
    for locale, count in sorted(Counter(job.locale for job in plan.other).items()):
        gone = f"{count} items in {locale} left {project.name(project.output(Edition.RELEASE))}"
        yield f"{gone}: they would show something else now, or their files were changed; build {locale} too"


def _workers(
    workers: int, scheduler: str, work: Sequence[Sequence[Group]], context: BuildContext
) -> AbstractContextManager[Executor]:
    """The executor for what there is to make; the few groups of a small change need no pool and no cluster."""
    if sum(map(len, work)) < FEW:
        return executor(1, context)
    if not scheduler:
        return executor(min(workers, len(work)), context)
    return executor(workers, RemoteContext.of(context), scheduler=scheduler)


def _at_home(edition: Edition, scheduler: str) -> None:
    """A release is made on this machine: of what a cluster sends back nobody here saw how it was made."""
    if edition == Edition.RELEASE and scheduler:
        raise CampaignError.single(
            "a release is not made on a cluster: what its workers send back cannot be proved here",
            where="--executor dask",
            todo="build the release without --executor and --scheduler; drafts may be built on a cluster",
        )


def _fonts(project: Project, cache: Cache | None, ingredients: Ingredients) -> tuple[str, ...]:
    """Each font with its hash, for the manifest; reading forty files takes longer than making an item."""
    if cache is None:
        return fonts.versions(project.fonts)
    parts = (
        part
        for name in sorted(ingredients.files)
        if name.startswith("assets/fonts/")
        for part in (name, ingredients.files[name])
    )
    key = digest(ingredients.program, *parts)
    for data in cache.get("fonts", key):
        return tuple(data.decode().split("\n"))
    versions = fonts.versions(project.fonts)
    cache.put("fonts", key, "names", "\n".join(versions).encode())
    return versions


def _jobs(chosen: Selection) -> list[Job]:
    return [
        Job(group.country, group.locale, group.audience, channel)
        for group in chosen.groups()
        for channel in group.channels
    ]


def _locales(space: Workspace, last: LastBuild, chosen: Selection) -> tuple[str, ...]:
    """The languages of a build: those that are chosen, and those of the last build that may be retained."""
    named = {*chosen.locales, *(job.locale for job in last.jobs)}
    return tuple(locale for locale in space.texts if locale in named)
