"""How far every item is: languages by audiences, channels and countries, without laying anything out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from campaign.catalogue import date_words
from campaign.checks.contacts import contact_findings
from campaign.editions.worker import Bench, BuildContext
from campaign.errors import Problem
from campaign.model.edition import Edition
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.model.state import State
from campaign.project import Project
from campaign.review.waiting import nobody
from campaign.workspace import loader, records, seals
from campaign.workspace.inputs import allowed_signers
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Selection


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """One language: the state of each of its items, and how many units are in each state.

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
class Status:
    """The whole campaign; `contacts` are the numbers that no release may carry as they are."""

    languages: tuple[LanguageStatus, ...]
    contacts: tuple[Finding, ...]
    failed: tuple[Problem, ...]
    notes: tuple[str, ...]


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
    earlier, sentences = Counter[str](), Counter[str]()
    for group in chosen.groups():
        for item in bench.states(group):
            items[group.locale].append((item.job, item.state))
            earlier[group.locale] += item.earlier
            sentences[group.locale] += item.state is State.SIGNED and not item.whole
            failed.update(dict.fromkeys(item.failed))
    every = {unit.key for unit in loader.source_units(project)}
    languages, notes = [], list(space.notes)
    for locale in chosen.locales:
        texts = space.texts[locale]
        wanted = {key for key in every if date_words.meant_for(key, locale)}
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
    return Status(tuple(languages), contacts, tuple(failed), tuple(notes))


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
