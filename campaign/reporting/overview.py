"""The campaign at a glance, for a meeting: how far each cell is, what is left, for whom, what blocks a release."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign import config, languages
from campaign.catalogue import date_words
from campaign.config import weights as weight_file
from campaign.config.examples import examples
from campaign.config.weights import Weights
from campaign.delivery.recall import released
from campaign.editions import voice_out
from campaign.editions.item import Item
from campaign.editions.release_gate import make_gate
from campaign.editions.worker import Bench, BuildContext
from campaign.ledger import ledger, releases
from campaign.ledger.releases import History
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.model.finding import Finding
from campaign.model.state import State, worst
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.render.messages import Messages
from campaign.reporting.contact_expiry import Life, Listed, listed
from campaign.reporting.easy import Easy, easy
from campaign.workspace import loader
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Selection

#: A cell without a message: the weights say that nobody needs it.
NOT_PLANNED = "not planned"


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to sign in one language: sentences and words of the source (parted by spaces)."""

    locale: str
    english: str
    units: int
    words: int
    mediators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mediator:
    """One person of the ledgers: sentences signed by now, and what is left in the languages that they sign in."""

    name: str
    locales: tuple[str, ...]
    signed: int
    units: int
    words: int


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that keeps items from being released, and how many items it keeps."""

    code: str
    what: str
    items: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`cells` maps (channel, language, audience) to a state over all countries, or to NOT_PLANNED.

    `easy` maps (audience, language) to how easily the message reads.
    """

    campaign: Campaign
    chosen: Selection
    cells: Mapping[tuple[str, str, str], str]
    left: tuple[Left, ...]
    mediators: tuple[Mediator, ...]
    contacts: tuple[Listed, ...]
    blockers: tuple[Blocker, ...]
    reminders: tuple[str, ...]
    easy: Mapping[tuple[str, str], Easy]

    @property
    def planned(self) -> int:
        """How many cells are planned."""
        return sum(state != NOT_PLANNED for state in self.cells.values())

    @property
    def signed(self) -> int:
        """How many cells are signed."""
        return sum(state == State.SIGNED.value for state in self.cells.values())

    @property
    def percent(self) -> float:
        """The part of the planned cells that is signed, 0 to 100; 100 where nothing is planned."""
        return 100 * self.signed / self.planned if self.planned else 100.0


def overview(project: Project, selection: Selection, today: date, weights: Path | None = None) -> Overview:
    """Everything that a meeting asks. `weights` is the table of people; the workspace's weights.csv where it is None.

    Raises:
        CampaignError: the workspace, the history or the table cannot be read.
    """
    space = loader.load(project)
    chosen = selection.resolve(space.campaign)
    people = read_weights(project, space.campaign, weights)
    messages = Messages(project, space.campaign)
    gate = make_gate(space, today, chosen.locales, messages)
    bench = Bench(BuildContext.of(space, Edition.RELEASE, gate), messages)
    items = [
        item
        for group in chosen.groups()
        if people is None or people.get((group.audience, group.locale), 0)
        for item in bench.items(group, dry=True)
    ]
    rows = listed(tuple(c for c in space.campaign.contacts if any(map(c.serves, chosen.countries))), today)
    left, mediators = _work(space, chosen)
    past = releases.read(project.history, project.name(project.history))
    return Overview(
        space.campaign,
        chosen,
        _cells(items, chosen),
        left,
        mediators,
        rows,
        tuple(_blockers(items)),
        (*_unlisted(people, space.campaign), *_due(rows), *_seen_to(project, space.campaign, past, today)),
        {(one.audience, one.locale): one for one in easy(space, chosen, messages)},
    )


def reminders(project: Project, today: date) -> tuple[str, ...]:
    """What somebody must see to: examples in the settings, checks of contacts that end, recalled files that are there.

    Raises:
        CampaignError: the configuration or the history cannot be read.
    """
    past = releases.read(project.history, project.name(project.history))
    campaign = config.load(project)
    return (*_due(listed(campaign.contacts, today)), *_seen_to(project, campaign, past, today))


def _seen_to(project: Project, campaign: Campaign, past: History, today: date) -> Iterator[str]:
    yield from _examples(campaign)
    yield from released(project, past)
    yield from voice_out.reminders(project, past, campaign, today)


def _examples(campaign: Campaign) -> Iterator[str]:
    return (f"{problem.where}: {problem.what}: no release until then" for problem in examples(campaign))


def _unlisted(people: Weights | None, campaign: Campaign) -> Iterator[str]:
    names = weight_file.unlisted(people, campaign) if people is not None else ()
    return (f"{name}: has no line in the table of people: nothing is planned for it" for name in names)


def read_weights(project: Project, campaign: Campaign, path: Path | None) -> Weights | None:
    """The table of people by audience and language, None when there is none."""
    own = project.weights
    if path is None and not own.is_file():
        return None
    chosen = path or own
    return weight_file.read(chosen, project.name(chosen), campaign)


def _cells(items: Sequence[Item], chosen: Selection) -> dict[tuple[str, str, str], str]:
    states: dict[tuple[str, str, str], set[State]] = defaultdict(set)
    for item in items:
        states[item.job.channel, item.job.locale, item.job.audience].add(item.state)
    return {
        (channel, locale, audience): worst(found).value
        if (found := states.get((channel, locale, audience)))
        else NOT_PLANNED
        for channel in chosen.channels
        for locale in chosen.locales
        for audience in chosen.audiences
    }


def _work(space: Workspace, chosen: Selection) -> tuple[tuple[Left, ...], tuple[Mediator, ...]]:
    wanted = {unit.key: len(unit.source.split()) for unit in loader.source_units(space.project)}
    left, signed, works = [], Counter[str](), defaultdict[str, list[Left]](list)
    for locale in chosen.locales:
        texts = space.texts[locale]
        meant = (key for key in wanted if date_words.meant_for(key, locale))
        open_keys = [key for key in meant if texts.states.get(key, State.MISSING) is not State.SIGNED]
        path = space.project.ledger(locale)
        book = ledger.read(path, space.project.name(path))
        people = Counter(
            name
            for name, _ in {
                (event.reviewer, event.unit_key)
                for event in book.events
                if event.verdict == Verdict.SIGN and texts.states.get(event.unit_key) is State.SIGNED
            }
        )
        everyone = sorted({event.reviewer for event in book.events if event.verdict == Verdict.SIGN})
        row = Left(
            locale,
            languages.get(locale).english,
            len(open_keys),
            sum(wanted[key] for key in open_keys),
            tuple(everyone),
        )
        left.append(row)
        signed.update(people)
        for name in everyone:
            works[name].append(row)
    mediators = tuple(
        Mediator(
            name, tuple(r.locale for r in rows), signed[name], sum(r.units for r in rows), sum(r.words for r in rows)
        )
        for name, rows in sorted(works.items())
    )
    return tuple(left), mediators


def _blockers(items: Sequence[Item]) -> Iterator[Blocker]:
    """What keeps most items back comes first."""
    counts = Counter[tuple[str, str]]()
    for item in items:
        counts.update({_reason(found, item.job.locale) for found in item.refused})
        counts.update({("failed", f"{problem}") for problem in item.failed})
    for (code, what), count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        yield Blocker(code, what, count)


def _reason(found: Finding, locale: str) -> tuple[str, str]:
    if found.code == "unsigned":
        return found.code, f"{languages.get(locale).english} ({locale}): sentences that nobody signed"
    if found.code == "contact-expired":
        return found.code, found.gist
    return found.code, f"{locale} {found.where}: {found.detail}" if locale else f"{found.where}: {found.detail}"


def _due(rows: Sequence[Listed]) -> Iterator[str]:
    """Reminders about contacts whose check ends soon or is over."""
    for row in rows:
        if row.life in (Life.DUE, Life.EXPIRED) and row.days is not None:
            when = f"in {row.days} days" if row.days > 0 else "today" if row.days == 0 else f"{-row.days} days ago"
            ends = "ends" if row.days >= 0 else "ended"
            name = f"{row.contact.name} {row.contact.display} ({row.contact.id})"
            yield f"the check of {name} {ends} {when}: campaign contacts verify {row.contact.id}"
