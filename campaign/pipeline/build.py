"""Build an edition: render, gate, lay out, write, and say exactly what was refused and why."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from campaign import manifest as manifests
from campaign.channels.registry import channels
from campaign.checks import check_unit
from campaign.checks.contacts import contact_findings
from campaign.checks.signatures import unsigned_findings
from campaign.errors import CampaignError, Problem
from campaign.executors import executor
from campaign.manifest import Entry, Manifest
from campaign.model import Artefact, Campaign, Finding, Job, Message, Severity, State, digest, worst
from campaign.pipeline import workspace
from campaign.pipeline.inputs import inputs_hash, tools
from campaign.pipeline.workspace import Workspace
from campaign.project import Project, write_atomic
from campaign.render import Renderer, Texts
from campaign.typeset import fonts
from campaign.typeset.session import Typesetter

REVIEW, RELEASE = EDITIONS = ("review", "release")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Selection:
    """What to build; an empty tuple means all of the campaign's."""

    countries: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def resolve(self, campaign: Campaign) -> Selection:
        """The same with every empty tuple filled in.

        Raises:
            CampaignError: names something that the campaign does not have.
        """
        problems, resolved = [], []
        for what, asked, known in (
            ("country", self.countries, campaign.countries),
            ("lang", self.locales, campaign.languages),
            ("audience", self.audiences, tuple(campaign.audiences)),
            ("channel", self.channels, campaign.channels),
        ):
            problems += [
                Problem(f"--{what} {name}", "is not in campaign.toml", f"use one of {', '.join(known)}")
                for name in asked
                if name not in known
            ]
            resolved.append(tuple(name for name in known if not asked or name in asked))
        if problems:
            raise CampaignError(problems)
        return Selection(*resolved)

    def groups(self) -> Iterator[Group]:
        """The units of work: the channels of one audience share one rendering."""
        for country in self.countries:
            for locale in self.locales:
                for audience in self.audiences:
                    yield Group(country, locale, audience, self.channels)

    def has(self, entry: Entry) -> bool:
        """Whether a built file belongs to this selection."""
        return (
            entry.country in self.countries
            and entry.locale in self.locales
            and entry.audience in self.audiences
            and entry.channel in self.channels
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one audience in one language for one country."""

    country: str
    locale: str
    audience: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One job done: its files, or why there are none. `warnings` are findings that stop nothing."""

    job: Job
    state: State
    batch: str = ""
    content: str = ""
    artefacts: tuple[Artefact, ...] = ()
    refused: tuple[Finding, ...] = ()
    failed: tuple[Problem, ...] = ()
    warnings: tuple[Finding, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Gate:
    """What a release must not carry: error findings by language and unit key, and by contact id."""

    units: Mapping[str, Mapping[str, tuple[Finding, ...]]]
    contacts: Mapping[str, tuple[Finding, ...]]


class Bench:
    """One worker's warm tools: renderer, compiler, channels."""

    def __init__(
        self, project: Project, campaign: Campaign, texts: Mapping[str, Texts], edition: str, gate: Gate | None
    ) -> None:
        self.campaign, self.texts, self.gate = campaign, texts, gate
        self.renderer = Renderer(project, campaign)
        self.channels = channels(campaign, Typesetter(project), review=edition == REVIEW)

    def items(self, group: Group, *, dry: bool = False) -> tuple[Item, ...]:
        """Make the items of a group; `dry` stops before the files."""
        jobs = [Job(group.country, group.locale, group.audience, channel) for channel in group.channels]
        try:
            message = self.renderer.message(group.audience, group.locale, group.country, self.texts[group.locale])
        except CampaignError as error:
            return tuple(Item(job, State.MISSING, failed=error.problems) for job in jobs)
        return tuple(self._item(job, message, dry) for job in jobs)

    def _item(self, job: Job, message: Message, dry: bool) -> Item:
        channel = self.channels[job.channel]
        used = message.used(*channel.shows(message))
        state = worst({unit.state for unit in used})
        refused: tuple[Finding, ...] = ()
        if self.gate:
            where = f"{job.country}/{job.locale}/{job.audience}/{job.channel}"
            refused = (
                *unsigned_findings(used, job.locale, where),
                *(finding for unit in used for finding in self.gate.units[job.locale].get(unit.key, ())),
                *(
                    finding
                    for contact in channel.contacts(message)
                    for finding in self.gate.contacts.get(contact.id, ())
                ),
            )
        content = digest(
            message.url,
            *(line for name in channel.shows(message) for line in message.shown(name)),
            *(contact.number for contact in channel.contacts(message)),
        )[:12]
        if refused or dry:
            return Item(job, state, message.batch, content, refused=refused)
        try:
            artefacts = tuple(channel.export(message))
        except CampaignError as error:
            return Item(job, state, message.batch, content, failed=error.problems)
        findings = tuple(finding for artefact in artefacts for finding in artefact.findings)
        errors = tuple(finding for finding in findings if finding.severity is Severity.ERROR)
        if self.gate and errors:
            return Item(job, state, message.batch, content, refused=errors)
        return Item(job, state, message.batch, content, artefacts, warnings=findings)


_bench: Bench | None = None


def prepare(project: Project, campaign: Campaign, texts: Mapping[str, Texts], edition: str, gate: Gate | None) -> None:
    """Set up this process's bench; every worker runs it once."""
    global _bench
    _bench = Bench(project, campaign, texts, edition, gate)


def run_group(group: Group) -> tuple[Item, ...]:
    """Make the items of one group with this process's bench."""
    assert _bench is not None  # noqa: S101 - prepare ran first
    return _bench.items(group)


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
    gate = make_gate(space, today) if edition == RELEASE else None
    kept = _kept(space, old, chosen, gate, edition)
    if gate:
        # First take away what may no longer be out: whatever stops this build, nothing unsigned lies in the folder.
        _prune(project, edition, kept)
    groups = list(chosen.groups())
    entries, items = list(kept), []
    with executor(min(workers, len(groups)), prepare, (project, space.campaign, space.texts, edition, gate)) as pool:
        for done, made in enumerate(pool.map(run_group, groups), start=1):
            for item in made:
                entries += [_write(project, edition, item, artefact) for artefact in item.artefacts]
                items.append(replace(item, artefacts=()))
            progress(done, len(groups))
    complete = not any(item.refused or item.failed for item in items)
    _finish(
        project,
        Manifest(edition, asked if complete else "", tools(), fonts.versions(project.assets / "fonts"), tuple(entries)),
    )
    return Report(edition, tuple(items), tuple(entries), notes=space.notes)


def make_gate(space: Workspace, today: date) -> Gate:
    """The error findings of every unit and contact of a campaign."""
    names = sorted({contact.name for contact in space.campaign.contacts})
    units = {}
    for locale, texts in space.texts.items():
        found = {
            key: check_unit(unit, names=names, fonts=space.project.assets / "fonts")
            for key, unit in texts.units.items()
        }
        units[locale] = {
            key: tuple(f for f in findings if f.severity is Severity.ERROR)
            for key, findings in found.items()
            if findings
        }
    contacts = {contact.id: tuple(contact_findings([contact], today)) for contact in space.campaign.contacts}
    return Gate(units, contacts)


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
    rest = [entry for entry in old.entries if not chosen.has(entry) and entry.path not in damaged]
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
    )


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
