"""How far every item is: languages by audiences, channels and countries, without laying anything out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from campaign import manifest as manifests
from campaign.catalogue import date_words
from campaign.checks.contacts import contact_findings
from campaign.editions.formats import state_of
from campaign.editions.worker import Bench, BuildContext
from campaign.errors import Problem
from campaign.model.edition import Edition
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.model.state import State, worst
from campaign.model.wall import Wall
from campaign.project import Project
from campaign.review.waiting import nobody
from campaign.workspace import loader, records, seals
from campaign.workspace.inputs import allowed_signers
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Group, Selection

#: How many refused formats are named one by one.
_FEW = 5


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """One language: the state of each of its items, and how many units that they show are in each state.

    `earlier` is how many signed items were signed before their order, pictures and layouts were kept; `keys` says how
    many signatures are name claimed and key verified, where the workspace knows keys; `unread` is how many sentences
    are a machine's that no person has edited or read. `sentences` is how many signed items nobody signed as a whole, as
    they are laid out; `objections` how many are open, `waits` how many sentences wait for a second person; `nobody`
    says that nobody can sign the language, and why.
    """

    locale: str
    items: tuple[tuple[Job, State], ...]
    units: Counter[str]
    earlier: int = 0
    keys: str = ""
    unread: int = 0
    sentences: int = 0
    objections: int = 0
    waits: int = 0
    nobody: str = ""

    def count(self, state: State) -> int:
        """How many items are in a state."""
        return sum(1 for _, item_state in self.items if item_state is state)


@dataclass(frozen=True, slots=True)
class SheetStatus:
    """One sheet of several languages of a place: how far each of them is on it, in their order."""

    wall: Wall
    layout: str
    panels: Mapping[str, State]

    @property
    def state(self) -> State:
        """A sheet is as far as its least finished language."""
        return worst({*self.panels.values()})

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The languages that are not signed."""
        return tuple(tag for tag, state in self.panels.items() if state is not State.SIGNED)


@dataclass(frozen=True, slots=True)
class Status:
    """The whole campaign; `contacts` are the numbers that no release may carry as they are.

    `sheets` are those of the places that show a chosen language.
    """

    languages: tuple[LanguageStatus, ...]
    contacts: tuple[Finding, ...]
    failed: tuple[Problem, ...]
    notes: tuple[str, ...]
    sheets: tuple[SheetStatus, ...] = ()


def status(project: Project, selection: Selection, today: date) -> Status:
    """The state of every selected item.

    Raises:
        CampaignError: the workspace cannot be read.
    """
    space = loader.load(project)
    chosen = selection.resolve(space.campaign)
    bench = Bench(BuildContext.of(space, Edition.REVIEW))
    items: dict[str, list[tuple[Job, State]]] = {locale: [] for locale in chosen.locales}
    failed: dict[Problem, None] = {}
    shown: dict[str, set[str]] = {locale: set() for locale in chosen.locales}
    earlier, sentences = Counter[str](), Counter[str]()
    for group in chosen.groups():
        for item in bench.states(group):
            items[group.locale].append((item.job, item.state))
            shown[group.locale].update(unit.key for unit in item.used)
            earlier[group.locale] += item.earlier
            sentences[group.locale] += item.state is State.SIGNED and not item.whole
            failed.update(dict.fromkeys(item.failed))
    # What nothing shows is asked of nobody; where no message of a language could be made, all of the catalogue is.
    every = frozenset() if all(shown.values()) else frozenset(unit.key for unit in loader.source_units(project))
    languages, notes = [], [*space.notes, *_lacking(project, chosen)]
    for locale in chosen.locales:
        texts = space.texts[locale]
        wanted = {key for key in shown[locale] or every if date_words.meant_for(key, locale)}
        counts = Counter(texts.states.get(key, State.MISSING).value for key in wanted)
        languages.append(
            LanguageStatus(
                locale,
                tuple(items[locale]),
                counts,
                earlier[locale],
                _keys(space, locale, notes),
                len(wanted & texts.raw),
                sentences[locale],
                _objections(space, locale),
                _waits(space, locale),
                str(nobody(space.campaign, locale, today) or ""),
            )
        )
    contacts = tuple(
        contact_findings((c for c in space.campaign.contacts if any(map(c.serves, chosen.countries))), today)
    )
    return Status(tuple(languages), contacts, tuple(failed), tuple(notes), tuple(_sheets(bench, space, chosen)))


def _lacking(project: Project, chosen: Selection) -> Iterator[str]:
    """What the last builds left out of items that they wrote."""
    for edition in Edition:
        formats = [each for each in manifests.lacking(project.manifest(edition)) if chosen.has(each.job)]
        if formats:
            named = ", ".join(f"{each.format} of {each.job.name}" for each in formats[:_FEW])
            more = f" and {len(formats) - _FEW} more" if len(formats) > _FEW else ""
            folder = project.name(project.output(edition))
            yield f"{folder} lacks {named}{more}: they could not be made, and a build says why and tries again"


def _sheets(bench: Bench, space: Workspace, chosen: Selection) -> Iterator[SheetStatus]:
    """Each sheet of each place in a chosen country with a chosen language, as far as its texts can be shown."""
    for wall in space.campaign.walls.values():
        if wall.country not in chosen.countries or {*wall.languages}.isdisjoint(chosen.locales):
            continue
        messages = {tag: bench.message(Group(wall.country, tag, wall.audience, ("leaflet",))) for tag in wall.languages}
        for name in wall.formats:
            panels = {}
            for tag, message in messages.items():
                asked = space.texts[tag], bench.covers, bench.channels["leaflet"], space.campaign.layouts[name]
                panels[tag] = State.MISSING if isinstance(message, tuple) else state_of(*asked, message)
            yield SheetStatus(wall, name, panels)


def _objections(space: Workspace, locale: str) -> int:
    """How many objections are open, to the words as they are and to items."""
    stands, units = space.standings[locale], space.texts[locale].units
    open_ = {about: stands.open(about) for about in stands.against}
    if not any(open_.values()):
        return 0
    now = {(unit.source_hash, unit.text_hash) for unit in units.values()}
    return sum(len(events) for about, events in open_.items() if about in now or not about[1])


def _waits(space: Workspace, locale: str) -> int:
    """How many sentences somebody signed that a second person must sign too."""
    stands, texts = space.standings[locale], space.texts[locale]
    unsigned = (unit for key, unit in texts.units.items() if texts.states[key] is State.DRAFT)
    return sum(bool(stands.by((unit.source_hash, unit.text_hash))) for unit in unsigned)


def _keys(space: Workspace, locale: str, notes: list[str]) -> str:
    """What is known of who signed; seals of other words are noted."""
    if not (space.campaign.trust.ssh or allowed_signers(space.project).is_file()):
        return ""
    book = records.ledgers(space.project, [locale])[locale]
    found = seals.read(space.project, locale, book)
    notes += [*map(str, found.wrong), *([seals.MISSING] if found.unread else ())]
    return seals.summed(found, seals.counting(book, space.campaign.trusted(locale)))
