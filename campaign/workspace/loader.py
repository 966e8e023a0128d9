"""A workspace as it stands: the campaign, each language's texts with their states, and what to note about its files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, fields, replace
from typing import Any

from campaign import config
from campaign.cache import Cache
from campaign.catalogue import date_words, dialect, extract, store
from campaign.catalogue.states import source_unit
from campaign.config import kinds
from campaign.counting.platforms import platforms
from campaign.errors import CampaignError, Problem
from campaign.ledger.ledger import Ledger
from campaign.ledger.standing import Standing
from campaign.ledger.waivers import Waivers
from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.model.unit import Unit
from campaign.project import Project, read_text
from campaign.render.crises import unknown_crisis
from campaign.render.texts import Texts
from campaign.workspace import records
from campaign.workspace.inputs import program_hash

_FIELDS = tuple(each.name for each in fields(Unit))


@dataclass(frozen=True, slots=True)
class Workspace:
    """What every command starts from. `notes` are things to tell the user that stop nothing, `faults` are what is wrong
    with the records of signatures and releases: reviewing goes on, nothing goes out. `heads` are those of each ledger,
    `standings` what counts in it.
    """

    project: Project
    campaign: Campaign
    texts: Mapping[str, Texts]
    notes: tuple[str, ...] = ()
    waivers: Mapping[str, Waivers] = field(default_factory=dict)
    faults: tuple[Problem, ...] = ()
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)

    def units(self, locale: str) -> Mapping[str, Unit]:
        """The units of a language by key; none of what is in no language, such as a chooser."""
        return self.texts[locale].units if locale in self.texts else {}

    def trusted(self) -> Workspace:
        """Itself, for what goes out.

        Raises:
            CampaignError: everything that is wrong with the records.
        """
        if self.faults:
            raise CampaignError(self.faults)
        return self


def load(project: Project, cache: Cache | None = None) -> Workspace:
    """Read everything. With a `cache`, a PO file that was read before is not parsed again.

    This copy remembers which lines of the records it saw, where it can: what is cut off afterwards is missed.

    Raises:
        CampaignError: with every problem of every file.
    """
    campaign = config.load(project)
    problems = list(unknown_crisis(project, campaign.crisis))
    texts, notes, waivers = {}, list(_without_template(project, campaign)), {}
    books: dict[str, Ledger] = {}
    for locale in campaign.languages:
        try:
            books |= records.ledgers(project, [locale])
            units = _units(project, campaign, locale, cache)
        except CampaignError as error:
            problems += error.problems
            continue
        reviews = books[locale]
        texts[locale] = texts_of(campaign, locale, units, reviews)
        waivers[locale] = Waivers.of(reviews.standing(campaign.trusted(locale)).waived)
    if problems:
        # Every language extracts the same templates: say once what is wrong with them.
        raise CampaignError(dict.fromkeys(problems))
    faults = records.look(project, books)
    return Workspace(
        project,
        campaign,
        texts,
        (*notes, *map(str, faults)),
        waivers,
        faults,
        {locale: book.heads for locale, book in books.items()},
        {locale: book.standing(campaign.trusted(locale)) for locale, book in books.items()},
    )


def _without_template(project: Project, campaign: Campaign) -> Iterator[str]:
    """Which posts nobody gets: a workspace can be older than a platform of the program."""
    for platform in platforms().values() if "social" in campaign.channels else ():
        path = project.inside(project.channel_texts / f"{platform.id}.j2")
        if not path.is_file():
            yield (
                f"no post for {platform.name}: there is no {project.name(path)}; write it, or copy it from a fresh "
                "workspace (campaign init)"
            )


def texts_of(campaign: Campaign, locale: str, units: tuple[Unit, ...], reviews: Ledger) -> Texts:
    """The texts of a language with the states that its ledger gives them."""
    trust = campaign.trusted(locale)
    seen, read = reviews.seen(trust), reviews.read_words
    return Texts.of(locale, units, reviews.approvals(trust), campaign.needed(locale), seen, read)


def _units(project: Project, campaign: Campaign, locale: str, cache: Cache | None) -> tuple[Unit, ...]:
    """The units of a language. The source language needs no PO file: its texts are the templates themselves."""
    if locale == campaign.source_language:
        files = [project.name(path) + read_text(path, project.name(path)) for path in extract.sources(project)]
        files += map(repr, kinds.read(project))
        units = _remembered(cache, "templates", files, lambda: source_units(project))
        return tuple(_written(unit, locale) for unit in units if date_words.meant_for(unit.key, locale))
    path = project.catalogue(locale)
    if not path.exists():
        return ()
    name = project.name(path)
    return _remembered(
        cache, "catalogue", [locale, dialect.read(path, name).text], lambda: store.read(path, name, locale).units
    )


def _written(unit: Unit, locale: str) -> Unit:
    """A message as the source language has it. The words of dates are no sentences of a template: their entries are
    called by English words, whatever the campaign is written in.
    """
    own = source_unit(unit, locale)
    dated = locale != date_words.NAMED_IN and unit.key in date_words.all_words()
    return replace(own, forms=(date_words.draft(own),)) if dated else own


def _remembered(
    cache: Cache | None, kind: str, sources: list[str], read: Callable[[], tuple[Unit, ...]]
) -> tuple[Unit, ...]:
    """What `read` gives, from the cache when these sources were read before by this program."""
    if cache is None:
        return read()
    key = digest(program_hash(), *sources)
    for data in cache.get(kind, key):
        if units := _unpacked(data):
            return units
    units = read()
    cache.put(kind, key, "units", json.dumps([astuple(unit) for unit in units]).encode())
    return units


def _unpacked(data: bytes) -> tuple[Unit, ...] | None:
    """The units of a cache entry; None when it is none."""
    try:
        rows: list[dict[str, Any]] = [dict(zip(_FIELDS, row, strict=True)) for row in json.loads(data)]
        return tuple(
            Unit(**{**row, "forms": tuple(row["forms"]), "previous": row["previous"] and tuple(row["previous"])})
            for row in rows
        )
    except (ValueError, TypeError, RecursionError):
        return None


def in_language(unit: Unit, locale: str, nplurals: int) -> Unit:
    """A message of the templates as the empty unit of a language."""
    return replace(unit, locale=locale, forms=("",) * (nplurals if unit.plural else 1))


def source_units(project: Project, locale: str = "") -> tuple[Unit, ...]:
    """Every message of the templates as an empty unit; of a language, those that it needs."""
    units = tuple(
        Unit(
            "",
            message.context,
            message.source,
            message.plural,
            (),
            where=" ".join(message.files),
            notes="\n".join(message.notes),
        )
        for message in extract.extract(project)
    )
    return tuple(unit for unit in units if not locale or date_words.meant_for(unit.key, locale))
