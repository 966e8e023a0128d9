"""Rehearse an emergency: what could go out now, what the machine takes, what people have to do, who is left out.

The ledger knows days, not hours: the machine's part is measured by doing it in scratch, the people's part is listed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from campaign import languages
from campaign.catalogue import date_words
from campaign.checks.contacts import contact_findings
from campaign.config.weights import read as read_weights
from campaign.editions.worker import Bench, BuildContext
from campaign.errors import CampaignError, Problem
from campaign.forms import frame, gate, samples
from campaign.forms.fill import Asked, alert
from campaign.forms.filled import Desk, make
from campaign.forms.record import new_id
from campaign.forms.show import DAY
from campaign.model.channels import CHANNELS
from campaign.model.contact import Contact
from campaign.model.drill import Drill
from campaign.model.edition import Edition
from campaign.model.finding import errors_among
from campaign.model.state import State
from campaign.project import Project, write_atomic
from campaign.reports import write
from campaign.workspace import loader
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Group

#: A check of a contact that is over within so many days is a step to take now.
SOON = timedelta(days=30)
#: What is made and counted of messages: what is printed and sent first in an emergency.
_CHANNELS = ("leaflet", "sms")
_CHECK = "a contact is to be checked"
_GONE = "is not in campaign.toml any more: correct the table of this drill"


@dataclass(frozen=True, slots=True)
class Part:
    """A form or the message of an audience in one language: whether it could go out now, and what is in the way.

    `unsigned` are the keys of the sentences that nobody signed, words of dates among them.
    """

    name: str
    ready: bool
    unsigned: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One language: its parts, the seconds that the machine took, words of dates that nobody wrote yet, people."""

    locale: str
    parts: tuple[Part, ...]
    seconds: float
    dates: int
    people: int

    @property
    def ready(self) -> bool:
        """Whether everything could go out now."""
        return all(part.ready for part in self.parts)

    @property
    def some(self) -> tuple[str, ...]:
        """What could go out now."""
        return tuple(part.name for part in self.parts if part.ready)

    @property
    def unsigned(self) -> int:
        """Sentences that nobody signed; one that several parts show is signed once."""
        return len(frozenset[str]().union(*(part.unsigned for part in self.parts)))


@dataclass(frozen=True, slots=True)
class Report:
    """A rehearsal on a day in a country. `contacts` are steps about numbers, the same for every language; `alerts` are
    the exercises as CAP alerts, by the form of a public emergency that some language could hand out now.
    """

    drill: Drill
    country: str
    on: date
    languages: tuple[Rehearsed, ...]
    contacts: tuple[str, ...]
    alerts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """What the machine took for all languages together."""
        return sum(one.seconds for one in self.languages)

    @property
    def left_out(self) -> tuple[Rehearsed, ...]:
        """The languages whose readers would get nothing of their own, those with most people first."""
        return self._by_people(one for one in self.languages if not one.some)

    @property
    def partly(self) -> tuple[Rehearsed, ...]:
        """The languages whose readers would get a part, those with most people first."""
        return self._by_people(one for one in self.languages if one.some and not one.ready)

    @staticmethod
    def _by_people(found: Iterable[Rehearsed]) -> tuple[Rehearsed, ...]:
        return tuple(sorted(found, key=lambda one: -one.people))

    def as_data(self) -> dict[str, object]:
        """The report for other programs: sentences as their number, an alert as its form."""
        spoken = [
            {
                **asdict(one),
                "parts": [{**asdict(part), "unsigned": len(part.unsigned)} for part in one.parts],
                "ready": one.ready,
                "unsigned": one.unsigned,
            }
            for one in self.languages
        ]
        own = {"drill": asdict(self.drill), "country": self.country, "on": self.on.isoformat()}
        left, seconds = [one.locale for one in self.left_out], round(self.seconds, 1)
        more = {"contacts": self.contacts, "alerts": [*self.alerts], "left_out": left, "seconds": seconds}
        return {**own, "languages": spoken, **more}


def rehearse(project: Project, name: str, country: str, locales: tuple[str, ...], today: date) -> Report:
    """Do in scratch what the emergency asks for; nothing is written or sent.

    Raises:
        CampaignError: no such drill, country or language, or the workspace cannot be read.
    """
    space = loader.load(project)
    campaign = space.campaign
    for what, asked, known in (
        ("SCENARIO", (name,), tuple(campaign.drills)),
        ("--country", (country,), campaign.countries),
        ("--lang", locales, campaign.languages),
    ):
        if unknown := [one for one in asked if one not in known]:
            todo = f"use one of {', '.join(known) or '(none: write [drills.<id>])'}"
            raise CampaignError.single("is not in campaign.toml", where=f"{what} {unknown[0]}", todo=todo)
    drill, desk = campaign.drills[name], Desk.of(space)
    bench = Bench(BuildContext.of(space, Edition.REVIEW))
    table = project.weights
    weights = read_weights(table, project.name(table), campaign) if table.is_file() else {}
    found = []
    for locale in locales or campaign.languages:
        begun = time.perf_counter()
        parts = (*_forms(desk, drill, country, locale, today), *_messages(space, bench, drill, country, locale, today))
        people = sum(weights.get((audience, locale), 0) for audience in drill.audiences)
        missing = sum(1 for key in date_words.needed(locale) if not _written(space, locale, key)) if drill.forms else 0
        found.append(Rehearsed(locale, parts, time.perf_counter() - begun, missing, people))
    steps, alerts = tuple(_contacts(space, country, today)), dict(_alerts(desk, drill, country, found, today))
    return Report(drill, country, today, tuple(found), steps, alerts)


def _alerts(
    desk: Desk, drill: Drill, country: str, found: Iterable[Rehearsed], today: date
) -> Iterator[tuple[str, bytes]]:
    """Each public emergency as an exercise, with values of nobody, in the languages that could hand it out now."""
    contacts = tuple(each for each in desk.space.campaign.contacts if each.serves(country))
    for name in drill.forms:
        form = desk.space.campaign.forms.get(name)
        ready = next((one.locale for one in found if name in one.some), None)
        if form is not None and form.emergency and ready:
            asked = Asked(name, ready, country, cap="exercise")
            yield name, alert(desk, asked, samples.plain(form, contacts, DAY), new_id(), today)


def _written(space: Workspace, locale: str, key: str) -> bool:
    unit = space.texts[locale].units.get(key)
    return unit is not None and unit.translated


def _forms(desk: Desk, drill: Drill, country: str, locale: str, today: date) -> Iterator[Part]:
    """Each form with values of nobody: set, read back, and asked whether it could go out."""
    own = (each for each in desk.space.campaign.contacts if each.serves(country))
    # An office hands out a number that was checked, where there is one.
    contacts = tuple(sorted(own, key=lambda contact: bool(errors_among(contact_findings([contact], today)))))
    source, states = desk.space.campaign.source_language, desk.space.texts[locale].states
    for name in drill.forms:
        if name not in desk.space.campaign.forms:
            yield Part(name, False, faults=(_GONE,))
            continue
        form = desk.space.campaign.forms[name]
        try:
            values = samples.plain(form, contacts, DAY)
            made = make(desk, form, values, tuple(dict.fromkeys((locale, source))), own_id="EXERCISE", draft="EXERCISE")
        except CampaignError as error:
            yield Part(name, False, faults=tuple(problem.what for problem in error.problems))
            continue
        # Signed is a form whole: every choice, every month, whichever the emergency asks for.
        keys = frame.keys(form, desk.template(form), locale)
        unsigned = frozenset(key for key in keys if states.get(key) is not State.SIGNED)
        shown = tuple(value.contact for value in values.values() if value.contact)
        refused = gate.refused(desk.space, form, country, {locale: made.used[locale]}, shown, today)
        others = (_CHECK if each.where.startswith("contacts.toml") else each.what for each in refused)
        faults = tuple(dict.fromkeys(what for what, each in zip(others, refused, strict=True) if _other(each)))
        yield Part(name, not refused and not unsigned, unsigned, faults)


def _other(problem: Problem) -> bool:
    """Whether something else than a missing signature is in the way."""
    return not problem.where.endswith(": unsigned")


def _messages(space: Workspace, bench: Bench, drill: Drill, country: str, locale: str, today: date) -> Iterator[Part]:
    """The message of each audience, made as for a review."""
    for audience in drill.audiences:
        if audience not in space.campaign.audiences:
            yield Part(audience, False, faults=(_GONE,))
            continue
        had = space.campaign.channels_for(audience)
        group = Group(country, locale, audience, tuple(name for name in _CHANNELS if name in had and name in CHANNELS))
        items = bench.items(group)
        known = {contact.id: contact for contact in space.campaign.contacts}
        shown = {each: known[each] for item in items for each in item.contacts if each in known}
        unchecked = [_CHECK] if errors_among(contact_findings(shown.values(), today)) else []
        failed = (problem.what for item in items for problem in item.problems)
        states = tuple(bench.states(group))
        units = (unit for standing in states for unit in standing.used)
        unsigned = frozenset(unit.key for unit in units if unit.state is not State.SIGNED or unit.fallback)
        faults = tuple(dict.fromkeys((*failed, *unchecked)))
        ready = not faults and all(standing.state is State.SIGNED for standing in states)
        yield Part(audience, ready, unsigned, faults)


def _contacts(space: Workspace, country: str, today: date) -> Iterator[str]:
    """Numbers that nobody checked, and those whose check is over soon."""
    for contact in space.campaign.contacts:
        if contact.country != country:
            continue
        if found := errors_among(contact_findings([contact], today)):
            yield found[0].detail
        elif _soon(contact, today):
            yield f"{contact.name}: its check is over on {contact.valid_until}: check it again"


def _soon(contact: Contact, today: date) -> bool:
    return contact.valid_until is not None and contact.valid_until <= today + SOON


def save(project: Project, report: Report) -> Path:
    """Write the report as a page beside the editions, and the exercises as alerts beside it; the path of the page.

    Raises:
        CampaignError: the file cannot be written.
    """
    folder = project.inside(project.root / "output" / "drills")
    path = project.inside(folder / f"{report.drill.id}-{report.country}-{report.on.isoformat()}.html")
    names = {one.locale: languages.get(one.locale).english for one in report.languages}
    alerts = {name: f"{path.stem}-{name}.cap.xml" for name in report.alerts}
    for name, data in report.alerts.items():
        write_atomic(project.inside(folder / alerts[name]), data)
    write(path, "drill", report=report, names=names, alerts=alerts)
    return path
