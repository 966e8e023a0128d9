"""Build an edition: render, gate, lay out, write, and say exactly what was refused and why."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from campaign import history
from campaign import manifest as manifests
from campaign.errors import CampaignError
from campaign.executors import executor
from campaign.history import Release
from campaign.manifest import Entry, Manifest
from campaign.model import Artefact, Job, worst
from campaign.pipeline import collected, workspace
from campaign.pipeline.bench import RELEASE, REVIEW, Bench, Gate, Item, make_gate, prepare, run_group
from campaign.pipeline.inputs import inputs_hash, tools
from campaign.pipeline.selection import Group, Selection
from campaign.pipeline.workspace import Workspace
from campaign.project import Project, write_atomic
from campaign.typeset import fonts

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `items` have no bytes any more; `unchanged` says that nothing had to be built."""

    edition: str
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]
    unchanged: bool = False
    notes: tuple[str, ...] = ()

    @property
    def states(self) -> Counter[str]:
        """How many items are in each state."""
        return Counter(item.state.value for item in self.items)

    @property
    def refused(self) -> tuple[Item, ...]:
        """The items that were asked for and not written."""
        return tuple(item for item in self.items if item.refused or item.failed)


def build(
    project: Project, *, edition: str, selection: Selection, workers: int, today: date, progress: Progress
) -> Report:
    """Build the selected items of an edition and write its manifest last.

    The review edition holds everything; the release edition only what is signed, verified, unexpired and clean.

    Raises:
        CampaignError: the workspace cannot be read or the selection names unknown things. Items that cannot be made are
            in the report instead.
    """
    asked = inputs_hash(
        project, edition, *map(str, (selection.countries, selection.locales, selection.audiences, selection.channels))
    )
    old = _previous(project, edition)
    if (
        edition == REVIEW
        and old
        and old.inputs == asked
        and not manifests.damaged(project.output(edition), old.entries)
    ):
        return Report(edition, (), old.entries, unchanged=True)
    space = workspace.load(project)
    chosen = selection.resolve(space.campaign)
    if edition == RELEASE:
        history.read(project.history, project.name(project.history))  # a damaged history stops before anything is made
    gate = make_gate(space, today) if edition == RELEASE else None
    kept = _kept(space, old, chosen, gate, edition)
    if gate:
        # First take away what may no longer be out: whatever stops this build, nothing unsigned lies in the folder.
        _prune(project, edition, kept)
    _drop_packs(project, edition)
    groups = list(chosen.groups())
    entries, items = list(kept), []
    with executor(min(workers, len(groups)), prepare, (project, space.campaign, space.texts, edition, gate)) as pool:
        for done, made in enumerate(pool.map(run_group, groups), start=1):
            for item in made:
                entries += [_write(project, edition, item, artefact) for artefact in item.artefacts]
                items.append(replace(item, artefacts=()))
            progress(done, len(groups))
        entries += collected.collect(project, space.campaign, edition, entries, old.entries if old else (), pool)
    complete = not any(item.refused or item.failed for item in items)
    _finish(
        project,
        Manifest(edition, asked if complete else "", tools(), fonts.versions(project.assets / "fonts"), tuple(entries)),
    )
    if edition == RELEASE:
        _remember(space, entries, today)
    return Report(edition, tuple(items), tuple(entries), notes=space.notes)


def _remember(space: Workspace, entries: Sequence[Entry], today: date) -> None:
    """Note in the history what is out now and was not before: a recall must find it when output/ is long gone."""
    path = space.project.history
    name = space.project.name(path)
    past = {(release.batch, release.path, release.sha256) for release in history.read(path, name).releases}
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
    history.append(path, name, fresh)


def _previous(project: Project, edition: str) -> Manifest | None:
    try:
        return manifests.read(project.manifest(edition), project.name(project.manifest(edition)))
    except CampaignError:
        return None


def _kept(space: Workspace, old: Manifest | None, chosen: Selection, gate: Gate | None, edition: str) -> list[Entry]:
    """The files of the last build that this one does not replace and that still hold.

    A released file is kept only while it would be released again with the same content.
    """
    if old is None:
        return []
    damaged = {entry.path for entry, _ in manifests.damaged(space.project.output(edition), old.entries)}
    rest = [
        entry
        for entry in old.entries
        if not chosen.has(entry) and entry.path not in damaged and entry.format not in collected.FORMATS
    ]
    if gate is None or not rest:
        return rest
    bench, holds = Bench(space.project, space.campaign, space.texts, edition, gate), set()
    for country, locale, audience in sorted({(entry.country, entry.locale, entry.audience) for entry in rest}):
        if country in space.campaign.countries and locale in space.texts and audience in space.campaign.audiences:
            made = bench.items(Group(country, locale, audience, space.campaign.channels), dry=True)
            holds |= {(item.job, item.content) for item in made if not item.refused and not item.failed}
    return [
        entry
        for entry in rest
        if (Job(entry.country, entry.locale, entry.audience, entry.channel), entry.content) in holds
    ]


def _write(project: Project, edition: str, item: Item, artefact: Artefact) -> Entry:
    job = item.job
    path = Path(job.country, job.locale, job.audience, artefact.path)
    # Not durable: the manifest, written last, holds the hash by which the next command trusts the file.
    write_atomic(project.output(edition) / path, artefact.data, durable=False)
    return Entry(
        path.as_posix(),
        artefact.media_type,
        len(artefact.data),
        hashlib.sha256(artefact.data).hexdigest(),
        job.audience,
        job.locale,
        job.country,
        job.channel,
        artefact.format,
        worst({unit.state for unit in artefact.units}).value,
        tuple(unit.key for unit in artefact.units),
        dict(sorted(Counter(unit.state.value for unit in artefact.units).items())),
        tuple(unit.key for unit in artefact.units if unit.fallback),
        item.batch,
        item.content,
        item.contacts,
    )


def _drop_packs(project: Project, edition: str) -> None:
    """Take away the packs of an edition that is about to change: nobody shall send what it no longer holds."""
    for path in project.packs(edition).glob("*.zip"):
        path.unlink()


def _finish(project: Project, manifest: Manifest) -> None:
    """Write the manifest, then take away every file of the edition that it does not list."""
    manifests.write(project.manifest(manifest.edition), manifest)
    _prune(project, manifest.edition, manifest.entries)


def _prune(project: Project, edition: str, entries: Sequence[Entry]) -> None:
    folder = project.output(edition)
    listed = {folder / entry.path for entry in entries} | {project.manifest(edition)}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() or path.is_symlink():
            if path not in listed:
                path.unlink()
        elif not any(path.iterdir()):
            path.rmdir()
