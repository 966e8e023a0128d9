"""What a build must make, what is up to date, and why: each item's ingredients now against those of the last build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from campaign import manifest as manifests
from campaign.editions import explain
from campaign.editions.fingerprint import PARTS, Ingredients, fingerprints, texts_hash
from campaign.editions.item import Item
from campaign.editions.state import SHORT, BuiltItem, LastBuild, OnDisk, Record, job_of
from campaign.editions.worker import Bench
from campaign.manifest import Entry
from campaign.model.artefact import Artefact
from campaign.model.digest import digest
from campaign.model.job import Job
from campaign.model.state import State
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Group, Selection

#: A finished item and the lines of its files in the manifest, by path.
Finished = tuple[Item, Mapping[str, str]]


@dataclass(slots=True)
class BuildPlan:
    """The groups to make (each with the channels that need it), the reasons by job, and what needs no making.

    `up_to_date` maps a chosen item to its files of the last build; a refused or failed item has none. `retained` are
    the lines of the files of the last build that are not chosen and still hold, by item and path; `dropped` are
    items of the last build that are not chosen and may not be released any more, `other` those that would show
    something else.
    """

    make: list[Group] = field(default_factory=list)
    reasons: dict[Job, tuple[str, ...]] = field(default_factory=dict)
    up_to_date: dict[Job, Finished] = field(default_factory=dict)
    retained: Mapping[Job, Mapping[str, str]] = field(default_factory=dict)
    dropped: tuple[Item, ...] = ()
    other: tuple[Job, ...] = ()

    def lines(self, finished: Iterable[Finished]) -> dict[str, str]:
        """The lines of these items' files and of the retained ones, by path."""
        each = (*self.retained.values(), *(lines for _, lines in finished))
        return {path: line for lines in each for path, line in lines.items()}


class Planner:
    """Compares a workspace with an edition's last build and its record."""

    def __init__(
        self, space: Workspace, bench: Bench, ingredients: Ingredients, last: LastBuild, record: Record
    ) -> None:
        self._space, self._bench, self._ingredients = space, bench, ingredients
        self.record, self.last = record, last
        self.details = explain.details(ingredients)
        self.prints = {locale: fingerprints(texts) for locale, texts in space.texts.items()}
        self._traces: dict[tuple[tuple[str, str, str], tuple[str, ...]], str] = {}
        self._layouts = cache(ingredients.layouts)
        self._lacking = {each.job for each in last.not_made}

    def plan(self, chosen: Selection) -> BuildPlan:
        """What to do for the chosen items, in the order of the work."""
        plan = BuildPlan()
        self._retain(chosen, plan)
        for group in chosen.groups():
            make = [
                channel
                for channel in group.channels
                if not self._is_up_to_date(Job(group.country, group.locale, group.audience, channel), plan)
            ]
            unsure = [
                channel
                for channel in make
                if self._may_be_up_to_date(Job(group.country, group.locale, group.audience, channel), plan)
            ]
            for item in self._bench.items(replace(group, channels=tuple(unsure)), dry=True) if unsure else ():
                if self._settled(item, plan):
                    make.remove(item.job.channel)
            if make:
                plan.make.append(replace(group, channels=tuple(make)))
        return plan

    def _retain(self, chosen: Selection, plan: BuildPlan) -> None:
        """The files of the last build that this one does not replace and that still hold, and those that do not.

        What the campaign no longer has goes. A released file is retained only while it would be released again with the
        same content.
        """
        space, last, everything = self._space, self.last, Selection().resolve(self._space.campaign)
        jobs = [job for job in last.jobs if everything.has(job) and not chosen.has(job)]
        if self._bench.gate is None:
            intact = {job: {path: last.lines[path] for path in last.jobs[job] if last.intact(path)} for job in jobs}
            plan.retained = intact
            return
        rest = [entry for job in jobs for entry in last.entries(last.jobs[job])]
        damaged = {entry.path for entry, _ in manifests.damaged(last.folder, rest)}
        now: dict[Job, Item] = {}
        for country, locale, audience in sorted({(job.country, job.locale, job.audience) for job in jobs}):
            items = self._bench.items(Group(country, locale, audience, space.campaign.channels_for(audience)), dry=True)
            now |= {item.job: item.bare() for item in items}
        retained: dict[Job, dict[str, str]] = defaultdict(dict)
        for entry in rest:
            item = now.get(job_of(entry))
            holds = item and item.content == entry.content and not item.refused and not item.failed
            if holds and entry.path not in damaged:
                retained[job_of(entry)][entry.path] = last.lines[entry.path]
        whole = {job for job in jobs if retained[job].keys() == set(last.jobs[job])}
        gone = [now[job] for job in jobs if job in now and job not in whole]
        plan.dropped = tuple(item for item in gone if item.refused or item.failed)
        plan.other = tuple(item.job for item in gone if not item.refused and not item.failed)
        plan.retained = {job: lines for job, lines in retained.items() if job in whole}

    def trace(self, job: Job, units: tuple[str, ...]) -> str:
        """The trace of a job's message when it uses these units."""
        at = (job.audience, job.country, job.locale)
        if (at, units) not in self._traces:
            words = texts_hash(units, self.prints[job.locale])
            self._traces[at, units] = self._ingredients.trace(*at, words)
        return self._traces[at, units]

    def _is_up_to_date(self, job: Job, plan: BuildPlan) -> bool:
        """Whether an item needs no look at its message: everything that it is rendered and set from is as it was.

        A release is looked at in any case: its gates are never taken from the last build.
        """
        built = self.record.items.get(job)
        if built is None:
            plan.reasons[job] = ("not built yet",)
        elif not all(map(self.last.intact, built.files)):
            plan.reasons[job] = ("its files are gone, or were changed after they were built",)
        elif job in self._lacking:
            plan.reasons[job] = ("a format of it could not be made",)
        elif self._bench.gate is None and built.trace == self.trace(job, built.units):
            if built.key == self.key(built.made, built.layouts):
                item = Item(job, State(built.state), warnings=built.warnings, made=built.made, layouts=built.layouts)
                plan.up_to_date[job] = (item, {path: self.last.lines[path] for path in built.files})
                return True
            plan.reasons[job] = self._layout_reason(job, built)
        return False

    def _may_be_up_to_date(self, job: Job, plan: BuildPlan) -> bool:
        """Whether only the message can tell: its sources changed, but perhaps nothing that this item shows."""
        if job in plan.reasons:
            return False
        built = self.record.items[job]
        if built.parts[0] == self._ingredients.program[:SHORT] or self._bench.gate is not None:
            return True
        plan.reasons[job] = (self._changed("program", job),)
        return False

    def _settled(self, item: Item, plan: BuildPlan) -> bool:
        if item.refused or item.failed:
            plan.up_to_date[item.job] = (item, {})
            return True
        built = self.record.items[item.job]
        if built.key == self.key(item.made, built.layouts):
            entries = [_refreshed(entry, item) for entry in self.last.entries(built.files)]
            if all(entries):
                same = replace(item, warnings=built.warnings, layouts=built.layouts)
                plan.up_to_date[item.job] = (same, {entry.path: manifests.line(entry) for entry in entries if entry})
                return True
            # The same words and numbers, but in sentences of another source.
            plan.reasons[item.job] = tuple(self._sentences(item))
            return False
        plan.reasons[item.job] = tuple(self._reasons(item, built)) or self._layout_reason(item.job, built)
        return False

    def key(self, made: str, layouts: tuple[str, ...]) -> str:
        """The key of an item of this hash of parts, set in these layouts."""
        return digest(made, self._layouts(layouts))[:32]

    def _changed(self, part: str, job: Job) -> str:
        return explain.change(part, self._picture(job), self.details, self.record.details)

    def _picture(self, job: Job) -> str:
        readers = self._ingredients.campaign.audiences.get(job.audience)
        return readers.illustration if readers else ""

    def _layout_reason(self, job: Job, built: BuiltItem) -> tuple[str, ...]:
        mine = {name: value for name, value in self.details[explain.LAYOUT].items() if name in built.layouts}
        before = self.record.details.get(explain.LAYOUT, {})
        then = {name: before[name] for name in built.layouts if name in before}
        return (explain.change(explain.LAYOUT, self._picture(job), {explain.LAYOUT: mine}, {explain.LAYOUT: then}),)

    def _reasons(self, item: Item, built: BuiltItem) -> Iterator[str]:
        changed = [
            name for name, now, then in zip(PARTS, item.parts.values(), built.parts, strict=True) if now[:SHORT] != then
        ]
        yield from (self._changed(name, item.job) for name in changed if name != "words")
        if "words" in changed:
            # Numbers, promises and the edition are among the words; what changed them is said once.
            yield from self._sentences(item, silent=len(changed) > 1)

    def _sentences(self, item: Item, *, silent: bool = False) -> Iterator[str]:
        before, after = self.record.prints.get(item.job.locale, {}), self.prints[item.job.locale]
        changed = [unit for unit in item.used if before.get(unit.key) != after.get(unit.key)]
        yield from (f"{PARTS['words']}: {unit.source[:60]!r}" for unit in changed)
        if not changed and not silent:
            yield f"{PARTS['words']} of its templates"


def _refreshed(entry: Entry, item: Item) -> Entry | None:
    """A file of the last build with its units' states now; None when it shows a unit that the item does not."""
    used = {unit.key: unit for unit in item.used}
    if not all(key in used for key in entry.units):
        return None
    units = tuple(used[key] for key in entry.units)
    artefact = Artefact(
        entry.path, entry.media_type, b"", units, entry.format, contacts=entry.contacts, words=entry.words
    )
    return replace(
        Entry.of(item.job, artefact, entry.path, item.batch, item.content, item.contacts),
        size=entry.size,
        sha256=entry.sha256,
        proof=entry.proof,
    )


def remember(planner: Planner, finished: Iterable[Finished], lying: Mapping[str, OnDisk]) -> None:
    """Put into the record how these items were made; one that could not be made is forgotten."""
    record = planner.record
    for item, files in finished:
        if item.made and not item.parts:  # nothing about it changed
            built = record.items[item.job]
            record.items[item.job] = replace(built, files={path: lying[path] for path in files})
            continue
        record.items.pop(item.job, None)
        if item.refused or item.failed or not item.made or not all(path in lying for path in files):
            continue
        record.items[item.job] = BuiltItem(
            planner.trace(item.job, item.rendered),
            item.rendered,
            item.made,
            planner.key(item.made, item.layouts),
            tuple(value[:SHORT] for value in item.parts.values()),
            item.layouts,
            item.state.value,
            {path: lying[path] for path in files},
            item.warnings,
        )
