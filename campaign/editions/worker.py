"""One worker's warm tools: from an audience, a language and a country to finished items, gated when it is a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from campaign import config
from campaign.cache import Cache
from campaign.channels.registry import channels
from campaign.channels.web import Choice, chooser
from campaign.checks.metadata import metadata_findings
from campaign.editions import cached_item
from campaign.editions.beside_page import with_sound
from campaign.editions.fingerprint import Ingredients
from campaign.editions.item import Item, Standing
from campaign.errors import CampaignError, Problem
from campaign.executors.context import WorkerContext, tools
from campaign.manifest import Entry
from campaign.model import output_path
from campaign.model.artefact import Artefact
from campaign.model.campaign import Campaign
from campaign.model.contact import Contact
from campaign.model.digest import digest
from campaign.model.edition import Edition
from campaign.model.finding import Finding, errors_among
from campaign.model.job import Job
from campaign.model.message import Message
from campaign.model.state import State, worst
from campaign.model.unfit import Unfit
from campaign.model.used_unit import UsedUnit
from campaign.project import Project
from campaign.protocols import Channel, Executor, Progress
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts
from campaign.typeset.kept import Pictures, Recent
from campaign.typeset.session import Typesetter
from campaign.workspace.facts import Covers
from campaign.workspace.selection import Group

if TYPE_CHECKING:  # a worker that releases nothing has no gate, and none loads a workspace
    from campaign.editions.release_gate import Gate
    from campaign.workspace.loader import Workspace


@dataclass(frozen=True, slots=True)
class BuildContext(WorkerContext):
    """What the items of an edition are made from.

    With `ingredients` every item gets its key; with a `cache` too, a review item that was made before is taken from it.
    """

    project: Project
    campaign: Campaign
    texts: Mapping[str, Texts]
    edition: Edition
    gate: Gate | None = None
    ingredients: Ingredients | None = None
    cache: Cache | None = None

    @classmethod
    def of(cls, space: Workspace, edition: Edition, gate: Gate | None = None) -> BuildContext:
        """What a workspace's items are looked at with; whoever keeps what was made adds ingredients and a cache."""
        return cls(space.project, space.campaign, space.texts, edition, gate)


class Bench:
    """One worker's warm tools: renderer, compiler, channels; each is warmed when it is first used.

    `renderer` is one that renders the same messages for the caller as well; `recent` keeps pictures while it works.
    """

    def __init__(self, context: BuildContext, renderer: Renderer | None = None, recent: Recent | None = None) -> None:
        self.project, self.campaign, self.texts, self.gate = (
            context.project,
            context.campaign,
            context.texts,
            context.gate,
        )
        config.hold(context.campaign)
        self.review = context.edition == Edition.REVIEW
        self.ingredients, self.cache = context.ingredients, context.cache if context.gate is None else None
        self.renderer = renderer or Renderer(self.project, self.campaign)
        self.typesetter = Typesetter(self.project, recent or self._pictures)
        self.channels = channels(self.campaign, self.typesetter, review=self.review)
        self.covers = Covers(self.project, self.campaign, self.renderer)

    @property
    def _pictures(self) -> Pictures | None:
        """The pictures of earlier builds; a release takes nothing from a cache."""
        return Pictures(self.cache, self.ingredients.layout_inputs) if self.cache and self.ingredients else None

    def items(self, *groups: Group, dry: bool = False) -> tuple[Item, ...]:
        """Make the items of these groups; `dry` stops before the files.

        Channel by channel: Typst remembers what it measured for a few layouts, so setting a message for one country
        after another takes less time (benchmarks/RESULTS.md).
        """
        messages = {group: self.message(group) for group in groups}
        return tuple(
            self._item(Job(group.country, group.locale, group.audience, channel), message, dry)
            for channel in self.channels
            for group, message in messages.items()
            if channel in group.channels
        )

    def states(self, group: Group, message: Message | tuple[Problem, ...] | None = None) -> Iterator[Standing]:
        """How far each item of a group is; asks for nothing else about it. `message`: what was made of it already."""
        message = self.message(group) if message is None else message
        for name, channel in self.channels.items():
            if name in group.channels:
                job = Job(group.country, group.locale, group.audience, name)
                if isinstance(message, tuple):
                    yield Standing(job, State.MISSING, message)
                    continue
                used = message.used(*channel.shows(message))
                state = self._state(job, channel, message, used)
                earlier = state is State.SIGNED and not self._seen_whole(job, channel, message)
                stale = state is State.STALE and self.texts[job.locale].seen
                changed = stale.changes(job.item, self.covers.item(channel, message)) if stale else ()
                keys, texts = (unit.key for unit in used), self.texts[job.locale]
                whole = state is State.SIGNED and texts.signed_whole(job.item, self.covers.item(channel, message), keys)
                yield Standing(job, state, (), earlier, used, changed, whole)

    def _state(self, job: Job, channel: Channel, message: Message, used: tuple[UsedUnit, ...]) -> State:
        state = worst({unit.state for unit in used})
        if state is State.SIGNED:
            keys, cover = (unit.key for unit in used), self.covers.item(channel, message)
            return self.texts[job.locale].item_state(job.item, cover, keys)
        return state

    def _seen_whole(self, job: Job, channel: Channel, message: Message) -> bool:
        """Whether those who signed an item signed all that a signature covers now."""
        keys, cover = (unit.key for unit in message.used(*channel.shows(message))), self.covers.item(channel, message)
        return self.texts[job.locale].hold(job.item, cover, keys, fully=True)

    def message(self, group: Group) -> Message | tuple[Problem, ...]:
        """The message of a group, or why there is none."""
        try:
            return self.renderer.message(group.audience, group.locale, group.country, self.texts[group.locale])
        except CampaignError as error:
            return error.problems

    def _item(self, job: Job, message: Message | tuple[Problem, ...], dry: bool) -> Item:
        if isinstance(message, tuple):
            return Item(job, State.MISSING, failed=message)
        message = with_sound(message, job, self.channels, self.covers, self.gate)
        channel = self.channels[job.channel]
        shows, contacts = channel.shows(message), channel.contacts(message)
        used = message.used(*shows)
        try:
            state, cover = self._state(job, channel, message, used), self.covers.item(channel, message)
        except CampaignError as error:  # a file that it stands in is not the workspace's
            return Item(job, worst({unit.state for unit in used}), failed=error.problems)
        refused = self.gate.refused(job, used, contacts, cover) if self.gate else ()
        content = content_of(message, shows, contacts, cover.counted + message.sound)
        item = Item(job, state, message.batch, content, tuple(contact.id for contact in contacts), refused=refused)
        if self.gate:
            item = replace(
                item, whole=self.texts[job.locale].signed_whole(job.item, cover, (unit.key for unit in used))
            )
        if self.ingredients:
            parts = self.ingredients.item(channel, message)
            rendered = dict.fromkeys(unit.key for units in message.units.values() for unit in units)
            item = replace(item, parts=parts, made=digest(*parts.values()), used=used, rendered=tuple(rendered))
        if refused or dry:
            return item
        if cached := self._from_cache(item):
            return cached
        return self._exported(item, channel, message)

    def _exported(self, item: Item, channel: Channel, message: Message) -> Item:
        """The item with its files: those of every format that can be shown whole."""
        self.typesetter.used.clear()
        try:
            exported = tuple(channel.export(message))
        except CampaignError as error:
            return replace(item, failed=error.problems)
        artefacts = tuple(each for each in exported if isinstance(each, Artefact))
        unfit = tuple(each for each in exported if isinstance(each, Unfit))
        if unfit and not artefacts:
            return replace(item, failed=replace(item, unfit=unfit).problems)
        findings = self._findings(item.job, artefacts)
        if self.gate and (errors := errors_among((*findings, *self._read_back(item, artefacts)))):
            return replace(item, refused=errors)
        layouts = tuple(sorted(self.typesetter.used))
        item = replace(item, artefacts=artefacts, unfit=unfit, warnings=findings, layouts=layouts)
        if self.cache and self.ingredients and not unfit:
            key = self.ingredients.key(item.made, item.layouts)
            self.cache.put("item", item.made, key, cached_item.pack(key, item.layouts, artefacts))
        return item

    def _read_back(self, item: Item, artefacts: Iterable[Artefact]) -> Iterator[Finding]:
        """What the finished files say of their contacts."""
        made = []
        for artefact in artefacts:
            path = output_path.build(item.job, artefact.path)
            made.append((Entry.of(item.job, artefact, path, item.batch, item.content, item.contacts), artefact.data))
        from campaign.audit.fresh import fresh_findings  # readers of every kind of file: a quarter of a second to load

        return fresh_findings(made, self.campaign)

    def _from_cache(self, item: Item) -> Item | None:
        """The item as an earlier build made it from the same ingredients."""
        if not (self.cache and self.ingredients):
            return None
        for data in self.cache.get("item", item.made):
            cached = cached_item.unpack(data, item.used)
            if cached and cached.key == self.ingredients.key(item.made, cached.layouts):
                return replace(
                    item,
                    artefacts=cached.artefacts,
                    warnings=self._findings(item.job, cached.artefacts),
                    layouts=cached.layouts,
                )
        return None

    def _findings(self, job: Job, artefacts: Iterable[Artefact]) -> tuple[Finding, ...]:
        """What is to be said about finished files: their own findings and those on their metadata."""
        ours = self.campaign.brand.organisation
        return tuple(
            finding
            for artefact in artefacts
            for finding in (
                *artefact.findings,
                *metadata_findings(artefact, output_path.build(job, artefact.path), job.locale, ours),
            )
        )


def content_of(message: Message, shows: Iterable[str], contacts: Iterable[Contact], approved: str) -> str:
    """A short hash (48 bits) of every word and number that an item shows, and of its facts, which its signatures cover.

    `shows` are the blocks, labels and contacts of the message that it shows.
    """
    lines = (line for name in shows for line in message.shown(name))
    return digest(message.url, *lines, *(contact.value for contact in contacts), approved)[:12]


def bench() -> Bench:
    """This thread's bench for what the process works on."""
    return tools(BuildContext, Bench)


def run_batch(groups: tuple[Group, ...]) -> tuple[Item, ...]:
    """Make the items of these groups with this process's bench."""
    return bench().items(*groups)


def made(pool: Executor, work: Sequence[tuple[Group, ...]], progress: Progress) -> Iterator[Item]:
    """The items of these batches in order, as they are finished; `progress` hears of a batch when it was taken."""
    done, total = 0, sum(len(group.channels) for batch in work for group in batch)
    for items in pool.map(run_batch, work):
        yield from items
        done += len(items)
        progress(done, total)


def run_chooser(message: tuple[str, str, tuple[Choice, ...]]) -> bytes:
    """The page that links the languages of a message, a country's for an audience, with this process's bench."""
    return chooser(bench().project, bench().campaign, *message, review=bench().review)
