"""What a build must make, what still stands, and why: each item's ingredients now against those of the last build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from campaign import manifest as manifests
from campaign.editions import explain
from campaign.editions.fingerprint import PARTS, Ingredients, fingerprints, texts_hash
from campaign.editions.last_build import Last
from campaign.editions.state import SHORT, Made, Record, Seen
from campaign.editions.worker import Bench, Item
from campaign.manifest import Entry
from campaign.model.artefact import Artefact
from campaign.model.digest import digest
from campaign.model.job import Job
from campaign.model.state import State
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Group, Selection

#: An item and the lines of its files in the manifest, by path.
Finished = tuple[Item, Mapping[str, str]]


@dataclass(slots=True)
class Plan:
    """The groups to make (each with the channels that need it), the reasons by job, and the items that need no making.

    `standing` maps the item of a job to its files of the last build; a refused or failed item has none.
    """

    make: list[Group] = field(default_factory=list)
    reasons: dict[Job, tuple[str, ...]] = field(default_factory=dict)
    standing: dict[Job, Finished] = field(default_factory=dict)


class Planner:
    """Compares a workspace with an edition's last build and its record."""

    def __init__(self, space: Workspace, bench: Bench, ingredients: Ingredients, last: Last, record: Record) -> None:
        self._space, self._bench, self._ingredients, self._record, self._last = space, bench, ingredients, record, last
        self.details = explain.details(ingredients)
        self.prints = {locale: fingerprints(texts) for locale, texts in space.texts.items()}
        self._traces: dict[tuple[tuple[str, str, str], tuple[str, ...]], str] = {}
        self._layouts = cache(ingredients.layouts)

    def plan(self, chosen: Selection) -> Plan:
        """What to do for the chosen items, in the order of the work."""
        plan = Plan()
        for group in chosen.groups():
            make = [
                channel
                for channel in group.channels
                if not self._stands(Job(group.country, group.locale, group.audience, channel), plan)
            ]
            unsure = [
                channel
                for channel in make
                if self._may_stand(Job(group.country, group.locale, group.audience, channel), plan)
            ]
            for item in self._bench.items(replace(group, channels=tuple(unsure)), dry=True) if unsure else ():
                if self._settled(item, plan):
                    make.remove(item.job.channel)
            if make:
                plan.make.append(replace(group, channels=tuple(make)))
        return plan

    def trace(self, job: Job, units: tuple[str, ...]) -> str:
        """The trace of a job's message when it uses these units."""
        at = (job.audience, job.country, job.locale)
        if (at, units) not in self._traces:
            words = texts_hash(units, self.prints[job.locale])
            self._traces[at, units] = self._ingredients.trace(*at, words)
        return self._traces[at, units]

    def _stands(self, job: Job, plan: Plan) -> bool:
        """Whether an item needs no look at its message: everything that it is rendered and set from is as it was.

        A release is looked at in any case: its gates are never taken from the last build.
        """
        known = self._record.items.get(job)
        if known is None:
            plan.reasons[job] = ("not built yet",)
        elif not all(map(self._last.whole, known.files)):
            plan.reasons[job] = ("its files are gone, or were changed after they were built",)
        elif self._bench.gate is None and known.trace == self.trace(job, known.units):
            if known.key == self.key(known.made, known.layouts):
                item = Item(job, State(known.state), warnings=known.warnings, made=known.made, layouts=known.layouts)
                plan.standing[job] = (item, {path: self._last.lines[path] for path in known.files})
                return True
            plan.reasons[job] = self._layout_reason(job, known)
        return False

    def _may_stand(self, job: Job, plan: Plan) -> bool:
        """Whether only the message can tell: its sources changed, but perhaps nothing that this item shows."""
        if job in plan.reasons:
            return False
        known = self._record.items[job]
        if known.parts[0] == self._ingredients.program[:SHORT] or self._bench.gate is not None:
            return True
        plan.reasons[job] = (self._said("program", job),)
        return False

    def _settled(self, item: Item, plan: Plan) -> bool:
        if item.refused or item.failed:
            plan.standing[item.job] = (item, {})
            return True
        known = self._record.items[item.job]
        if known.key == self.key(item.made, known.layouts):
            entries = [_refreshed(entry, item) for entry in self._last.entries(known.files)]
            if all(entries):
                kept = replace(item, warnings=known.warnings, layouts=known.layouts)
                plan.standing[item.job] = (kept, {entry.path: manifests.line(entry) for entry in entries if entry})
                return True
            # The same words and numbers, but in sentences whose English is another.
            plan.reasons[item.job] = tuple(self._sentences(item))
            return False
        plan.reasons[item.job] = tuple(self._reasons(item, known)) or self._layout_reason(item.job, known)
        return False

    def key(self, made: str, layouts: tuple[str, ...]) -> str:
        """The key of an item of this hash of parts, set in these layouts."""
        return digest(made, self._layouts(layouts))[:32]

    def _said(self, part: str, job: Job) -> str:
        return explain.said(part, job.audience, self.details, self._record.details)

    def _layout_reason(self, job: Job, known: Made) -> tuple[str, ...]:
        mine = {name: value for name, value in self.details[explain.LAYOUT].items() if name in known.layouts}
        before = self._record.details.get(explain.LAYOUT, {})
        then = {name: before[name] for name in known.layouts if name in before}
        return (explain.said(explain.LAYOUT, job.audience, {explain.LAYOUT: mine}, {explain.LAYOUT: then}),)

    def _reasons(self, item: Item, known: Made) -> Iterator[str]:
        changed = [
            name for name, now, then in zip(PARTS, item.parts.values(), known.parts, strict=True) if now[:SHORT] != then
        ]
        yield from (self._said(name, item.job) for name in changed if name != "words")
        if "words" in changed:
            # Numbers, promises and the edition are among the words; what changed them is said once.
            yield from self._sentences(item, silent=len(changed) > 1)

    def _sentences(self, item: Item, *, silent: bool = False) -> Iterator[str]:
        before, after = self._record.prints.get(item.job.locale, {}), self.prints[item.job.locale]
        changed = [unit for unit in item.used if before.get(unit.key) != after.get(unit.key)]
        yield from (f"{PARTS['words']}: {unit.source[:60]!r}" for unit in changed)
        if not changed and not silent:
            yield f"{PARTS['words']} of its templates"


def _refreshed(entry: Entry, item: Item) -> Entry | None:
    """A standing file with the states that its units have now; None when it shows a unit that the item does not."""
    used = {unit.key: unit for unit in item.used}
    if not all(key in used for key in entry.units):
        return None
    units = tuple(used[key] for key in entry.units)
    artefact = Artefact(entry.path, entry.media_type, b"", units, entry.format, contacts=entry.contacts)
    return replace(
        Entry.of(item.job, artefact, entry.path, item.batch, item.content, item.contacts),
        size=entry.size,
        sha256=entry.sha256,
        proof=entry.proof,
    )


def remember(record: Record, planner: Planner, made: Iterable[Finished], seen: Mapping[str, Seen]) -> None:
    """Put into the record how these items were made; one that could not be made is forgotten."""
    for item, files in made:
        if item.made and not item.parts:  # nothing about it changed
            known = record.items[item.job]
            record.items[item.job] = replace(known, files={path: seen[path] for path in files})
            continue
        record.items.pop(item.job, None)
        if item.refused or item.failed or not item.made or not all(path in seen for path in files):
            continue
        record.items[item.job] = Made(
            planner.trace(item.job, item.rendered),
            item.rendered,
            item.made,
            planner.key(item.made, item.layouts),
            tuple(value[:SHORT] for value in item.parts.values()),
            item.layouts,
            item.state.value,
            {path: seen[path] for path in files},
            item.warnings,
        )
