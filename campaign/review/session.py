"""The mediator's desk: each language as it stands, kept warm between looks, read again when its files change."""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from campaign import config
from campaign.catalogue import glossary
from campaign.catalogue.states import source_unit, state
from campaign.catalogue.warm import WarmCatalogue
from campaign.channels.registry import channels
from campaign.checks import RULES, Place, check_unit
from campaign.config.reviewing import reviewers
from campaign.editions.worker import Bench, BuildContext
from campaign.errors import CampaignError
from campaign.forms.frame import views
from campaign.ledger import last_seen, ledger
from campaign.ledger.ledger import Ledger
from campaign.ledger.queue import Line, risks
from campaign.ledger.waivers import Waivers
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.model.event import Event
from campaign.model.finding import Finding
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.protocols import Channel
from campaign.render.texts import Texts
from campaign.review.look import Shelf
from campaign.review.snapshot import Sheet
from campaign.typeset import fonts
from campaign.typeset.kept import Recent
from campaign.voice import recordings
from campaign.words import VOICE
from campaign.workspace import loader
from campaign.workspace.facts import ItemView, items_of
from campaign.workspace.terms import agreed
from campaign.workspace.usage import places

#: How long one answer of a page may rely on what it saw of the settings, in seconds.
STEADY = 0.2


class Desk:
    """The languages of a workspace for a long-running program. Its methods may be called from several threads."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.lock = threading.RLock()
        self._looked = threading.local()
        self._stamp: tuple[object, ...] = ()
        #: Counts the changes of settings, templates and pictures: what was made of other files has another number.
        self.generation = 0
        #: The latest looks at items.
        self.shelf = Shelf()
        self._campaign: Campaign
        self._bench: Bench | None = None
        self._final: Mapping[str, Channel] = {}
        self._places: Mapping[str, Place] | None = None
        self._catalogues: dict[str, WarmCatalogue] = {}
        self._sheets: dict[str, Sheet] = {}
        self._items: dict[str, tuple[ItemView, ...]] = {}
        self._heard: tuple[tuple[str, int, int], ...] = ()
        self._source: Mapping[str, Unit] = {}

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Look for changed settings once in what this thread does inside, as long as that takes no longer than STEADY.

        A page asks for the configuration a dozen times, and each look asks for the times of a hundred files.
        """
        self._looked.inside, self._looked.at = True, -STEADY
        try:
            yield
        finally:
            self._looked.inside = False

    @property
    def campaign(self) -> Campaign:
        """The configuration as its files are now."""
        with self.lock:
            self._look()
            return self._campaign

    @property
    def known(self) -> Campaign:
        """The configuration as it was last read, whatever its files say by now: to say what is wrong with them."""
        return self._campaign

    def bench(self) -> Bench:
        """A warm bench for previews, made anew when a template or the configuration changes. Hold `lock` to use it."""
        self._look()
        if self._bench is None:
            context = BuildContext(self.project, self._campaign, {}, Edition.REVIEW)
            self._bench = Bench(context, recent=Recent())
        return self._bench

    def channels(self, *, final: bool) -> Mapping[str, Channel]:
        """The channels of the warm bench; `final` ones put no mark of a draft on what they make. Hold `lock` to use it.

        What the final ones make is for the eye alone: it stays in memory, and nothing of it may be written.
        """
        bench = self.bench()
        if not final:
            return bench.channels
        self._final = self._final or channels(self._campaign, bench.typesetter, review=False)
        return self._final

    def catalogue(self, locale: str) -> WarmCatalogue | None:
        """The open PO file of a language, None for the source language. Hold `lock` to use it."""
        if locale == self.campaign.source_language:
            return None
        if locale not in self._catalogues:
            path = self.project.catalogue(locale)
            self._catalogues[locale] = WarmCatalogue(path, self.project.name(path), locale)
        return self._catalogues[locale]

    def sheet(self, locale: str) -> Sheet:
        """A language as its files are now.

        Raises:
            CampaignError: the campaign has no such language, or a file of it cannot be read.
        """
        with self.lock:
            self._look()
            if locale not in self._campaign.languages:
                raise CampaignError.single(f"{locale!r} is no language of this campaign", todo="use a language of it")
            old = self._sheets.get(locale)
            reviews = self._ledger(locale, old.ledger if old else None)
            units = self._units(locale)
            if old and reviews is old.ledger and _same(units, old.lines):
                return old
            self._sheets[locale] = self._sheet(locale, units, reviews, old)
            return self._sheets[locale]

    def states(self, locale: str) -> Sequence[State]:
        """The state of each sentence of a language, without looking for findings: ten times faster than `sheet`.

        Raises:
            CampaignError: the campaign has no such language, or a file of it cannot be read.
        """
        with self.lock:
            self._look()
            if locale in self._sheets or locale not in self._campaign.languages:
                return [line.state for line in self.sheet(locale).lines.values()]
            approvals = self._ledger(locale).approvals(self._campaign.trusted(locale))
            needed = self._campaign.needed(locale)
            return [state(unit, approvals, needed) for unit in self._units(locale).values()]

    def _ledger(self, locale: str, known: Ledger | None = None) -> Ledger:
        """The ledger as it is now; what is new in it was seen by this copy, as after `status`."""
        path = self.project.ledger(locale)
        found = ledger.read(path, self.project.name(path), known)
        if found is not known and found.heads:
            last_seen.note(self.project.root, self.project.name(path), found.heads, found.book.records)
        return found

    def _look(self) -> None:
        """Read the configuration again, and forget what was made from it, when it or a template changed."""
        inside, now = getattr(self._looked, "inside", False), time.monotonic()
        if inside and now - self._looked.at < STEADY:
            return
        stamp, heard = _stamp(self.project), _heard(self.project)
        self._looked.at = now
        if heard != self._heard:  # what somebody read aloud changes items, and no setting
            self._heard, self._sheets = heard, {}
            self.generation += 1
        if stamp == self._stamp:
            return
        self._campaign = config.load(self.project)
        source = self._campaign.source_language
        self._source = {unit.key: source_unit(unit, source) for unit in loader.source_units(self.project, source)}
        self._bench, self._places, self._final = None, None, {}
        self._sheets, self._items, self._stamp = {}, {}, stamp
        self.generation += 1
        fonts.forget(self.project.fonts)

    def _units(self, locale: str) -> Mapping[str, Unit]:
        catalogue = self.catalogue(locale)
        if catalogue is None:
            return self._source
        if not self.project.catalogue(locale).exists():
            return {}
        return catalogue.units()

    def _sheet(self, locale: str, units: Mapping[str, Unit], reviews: Ledger, old: Sheet | None) -> Sheet:
        """The lines of a language; what is known of a unit that did not change is taken over from the old one."""
        campaign, needed = self._campaign, self._campaign.needed(locale)
        known = old.lines if old else {}
        history: dict[str, list[Event]] = defaultdict(list)
        for event in reviews.events:
            history[event.unit_key].append(event)
        # Some events change what others mean without naming a sentence, and so may the order in which two copies meet.
        steady = old is not None and reviews.events[: len(old.ledger.events)] == old.ledger.events
        fresh = reviews.events[len(old.ledger.events) if old else 0 :]
        steady = steady and not any(event.verdict in (Verdict.WITHDRAW, Verdict.REVOKE) for event in fresh)
        trust = campaign.trusted(locale)
        approvals, stands = reviews.approvals(trust), reviews.standing(trust)
        waivers = Waivers.of(stands.waived)
        check = cache(lambda: self.checks(locale))
        lines = {}
        for key, unit in units.items():
            before = known.get(key)
            same = before is not None and before.unit is unit
            words = (before.source_hash, before.text_hash) if before and same else (unit.source_hash, unit.text_hash)
            if before and same and steady and not unit.previous and before.events == tuple(history.get(key, ())):
                lines[key] = before
                continue
            codes = waivers.codes(key, *words) if waivers.given else frozenset()
            said = stands.dispute(words)
            lines[key] = Line(
                unit,
                state(unit, approvals, needed),
                *words,
                before.look if before and same else cache(lambda unit=unit: check()(unit)),
                frozenset(code for code in codes if code in RULES and RULES[code].waivable),
                approvals.get(words, frozenset()),
                tuple(history.get(key, ())),
                before.risks if before and same else risks(unit),
                said.objections,
                said.answered,
                said.questions,
                frozenset(event.reviewer for event in stands.own.get(words, ())),
            )
        return Sheet(locale, campaign, lines, reviews, lambda: self._items_of(locale, units))

    def checks(self, locale: str) -> Callable[[Unit], tuple[Finding, ...]]:
        """What finds everything about a text of a language: names, fonts, its place in messages, agreed terms."""
        with self.lock:
            self._look()
            campaign, source = self._campaign, self._campaign.source_language
            if self._places is None:
                texts = {source: Texts(source, self._source, {})}
                self._places = places(loader.Workspace(self.project, campaign, texts))
            known, elsewhere = self._places, Place()
            names = sorted({contact.name for contact in campaign.contacts})
            terms, letters = agreed(glossary.load(self.project, locale, source)), self.project.fonts

        def check(unit: Unit) -> tuple[Finding, ...]:
            place = known.get(unit.key, elsewhere)
            return tuple(check_unit(unit, names=names, fonts=letters, source_language=source, place=place, terms=terms))

        return check

    def _items_of(self, locale: str, units: Mapping[str, Unit]) -> tuple[ItemView, ...]:
        """Every item with its sentences: which ones depends on templates and contacts, not on the translations.

        What is heard of an item does: where the campaign has a voice, the items are looked for again.
        """
        with self.lock:
            spoken = Texts(locale, units, {}) if VOICE in self._campaign.channels else None
            if spoken or locale not in self._items:
                bench = self.bench()
                found = items_of(self._campaign, bench.renderer, bench.channels, bench.covers, locale, spoken)
                self._items[locale] = (*found, *views(self.project, self._campaign, locale))
            return self._items[locale]


def _same(units: Mapping[str, Unit], lines: Mapping[str, Line]) -> bool:
    return len(units) == len(lines) and all(
        unit is line.unit or unit == line.unit for unit, line in zip(units.values(), lines.values(), strict=True)
    )


def _stamp(project: Project) -> tuple[object, ...]:
    """What changes when a file of the configuration, a template or a picture does: names, sizes and times."""
    found = [_stat(str(path)) for path in (project.config, project.contacts, reviewers(project))]
    for name in ("templates", "assets", "glossary"):
        folder = project.inside(project.root / name)
        found += (_stat(str(path)) for _, path in project.below(folder, links_out=True, hidden=True))
    return tuple(sorted(found))


def _heard(project: Project) -> tuple[tuple[str, int, int], ...]:
    """What changes when a recording is kept, or a voice agrees or withdraws."""
    return tuple(_stat(str(path)) for path in recordings.index(project))


def _stat(path: str) -> tuple[str, int, int]:
    try:
        known = os.stat(path)  # noqa: PTH116 - every look at a page asks, and pathlib takes twice as long
    except FileNotFoundError:
        return path, 0, 0
    return path, known.st_size, known.st_mtime_ns
