"""Rehearse an emergency: what could go out now, what the machine takes, what people have to do, who is left out.

The ledger knows days, not hours: the machine's part is measured by doing it in scratch, the people's part is listed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from campaign import languages
from campaign.catalogue import date_words
from campaign.checks.contacts import contact_findings
from campaign.config.weights import read as read_weights
from campaign.editions.worker import Bench, BuildContext
from campaign.errors import CampaignError
from campaign.forms import gate, samples
from campaign.forms.filled import Desk, make
from campaign.forms.show import DAY
from campaign.model.channels import CHANNELS
from campaign.model.contact import Contact
from campaign.model.drill import Drill
from campaign.model.edition import Edition
from campaign.model.finding import errors_among
from campaign.model.state import State
from campaign.project import Project
from campaign.reports import write
from campaign.workspace import loader
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Group

#: A check of a contact that is over within so many days is a step to take now.
SOON = timedelta(days=30)
#: What is measured and counted of messages: the rest of the channels takes its time from them.
_CHANNELS = ("leaflet", "sms")
_GONE = "is not in campaign.toml any more: correct the table of this drill"


@dataclass(frozen=True, slots=True)
class Part:
    """A form or the message of an audience in one language: whether it could go out now, and what is in the way."""

    name: str
    ready: bool
    unsigned: int = 0
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
    def unsigned(self) -> int:
        """Sentences that nobody signed; one that several parts show is counted in each."""
        return sum(part.unsigned for part in self.parts)


@dataclass(frozen=True, slots=True)
class Report:
    """A rehearsal on a day in a country. `contacts` are steps about numbers, the same for every language."""

    drill: Drill
    country: str
    on: date
    languages: tuple[Rehearsed, ...]
    contacts: tuple[str, ...]

    @property
    def left_out(self) -> tuple[Rehearsed, ...]:
        """The languages whose readers would get nothing of their own, those with most people first."""
        return tuple(sorted((one for one in self.languages if not one.ready), key=lambda one: -one.people))


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
        parts = (*_forms(desk, drill, country, locale, today), *_messages(space, bench, drill, country, locale))
        people = sum(weights.get((audience, locale), 0) for audience in drill.audiences)
        missing = sum(1 for key in date_words.needed(locale) if not _written(space, locale, key)) if drill.forms else 0
        found.append(Rehearsed(locale, parts, time.perf_counter() - begun, missing, people))
    return Report(drill, country, today, tuple(found), tuple(_contacts(space, country, today)))


def _written(space: Workspace, locale: str, key: str) -> bool:
    unit = space.texts[locale].units.get(key)
    return unit is not None and unit.translated


def _forms(desk: Desk, drill: Drill, country: str, locale: str, today: date) -> Iterator[Part]:
    """Each form with values of nobody: set, read back, and asked whether it could go out."""
    contacts = tuple(each for each in desk.space.campaign.contacts if each.country == country)
    source = desk.space.campaign.source_language
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
        own = {locale: made.used[locale]}
        shown = tuple(value.contact for value in values.values() if value.contact)
        refused = gate.refused(desk.space, form, country, own, shown, today)
        unsigned = sum(1 for unit in made.used[locale] if unit.state is not State.SIGNED or unit.fallback)
        others = tuple(dict.fromkeys(each.what for each in refused if "unsigned" not in each.where))
        yield Part(name, not refused, unsigned, others)


def _messages(space: Workspace, bench: Bench, drill: Drill, country: str, locale: str) -> Iterator[Part]:
    """The message of each audience, made as for a review."""
    channels = tuple(name for name in _CHANNELS if name in space.campaign.channels and name in CHANNELS)
    for audience in drill.audiences:
        if audience not in space.campaign.audiences:
            yield Part(audience, False, faults=(_GONE,))
            continue
        group = Group(country, locale, audience, channels)
        items = bench.items(group)
        faults = tuple(dict.fromkeys(problem.what for item in items for problem in item.failed))
        open_ = {unit.key for item in items for unit in item.used if unit.state is not State.SIGNED or unit.fallback}
        ready = not faults and all(standing.state is State.SIGNED for standing in bench.states(group))
        yield Part(audience, ready, len(open_), faults)


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
    """Write the report as a page beside the editions; its path.

    Raises:
        CampaignError: the file cannot be written.
    """
    folder = project.inside(project.root / "output" / "drills")
    path = project.inside(folder / f"{report.drill.id}-{report.country}-{report.on.isoformat()}.html")
    names = {one.locale: languages.get(one.locale).english for one in report.languages}
    rounded = replace(report, languages=tuple(replace(one, seconds=round(one.seconds, 1)) for one in report.languages))
    write(path, "drill", report=rounded, names=names)
    return path
