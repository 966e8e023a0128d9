"""A workspace as it stands: the campaign, each language's texts with their states, and what to note about its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from campaign import config
from campaign.catalogue import extract, store
from campaign.catalogue.states import source_unit
from campaign.errors import CampaignError, Problem
from campaign.model import Campaign, Unit
from campaign.project import Project
from campaign.render import Texts
from campaign.review import ledger
from campaign.review.ledger import Ledger
from campaign.review.waivers import Waivers


@dataclass(frozen=True, slots=True)
class Workspace:
    """What every command starts from. `notes` are things to tell the user that stop nothing."""

    project: Project
    campaign: Campaign
    texts: Mapping[str, Texts]
    notes: tuple[str, ...] = ()
    waivers: Mapping[str, Waivers] = field(default_factory=dict)


def load(project: Project) -> Workspace:
    """Read everything.

    Raises:
        CampaignError: with every problem of every file.
    """
    campaign = config.load(project)
    problems: list[Problem] = []
    texts, notes, waivers = {}, [], {}
    for locale in campaign.languages:
        try:
            reviews = ledger.read(project.ledger(locale), project.name(project.ledger(locale)))
            units = _units(project, campaign, locale)
        except CampaignError as error:
            problems += error.problems
            continue
        if reviews.torn:
            notes.append(
                f"{project.name(project.ledger(locale))}: the last line is torn; the next signature sets it aside"
            )
        texts[locale] = texts_of(campaign, locale, units, reviews)
        waivers[locale] = Waivers.of(reviews.events)
    if problems:
        # Every language extracts the same templates: say once what is wrong with them.
        raise CampaignError(dict.fromkeys(problems))
    return Workspace(project, campaign, texts, tuple(notes), waivers)


def texts_of(campaign: Campaign, locale: str, units: tuple[Unit, ...], reviews: Ledger) -> Texts:
    """The texts of a language with the states that its ledger gives them."""
    approvals = reviews.approvals(campaign.roles)
    return Texts.of(locale, units, approvals, campaign.needed(locale), reviews.sign_offs(campaign.roles))


def _units(project: Project, campaign: Campaign, locale: str) -> tuple[Unit, ...]:
    """The units of a language. The source language needs no PO file: its texts are the templates themselves."""
    if locale == campaign.source_language:
        return tuple(source_unit(unit, locale) for unit in source_units(project))
    path = project.catalogue(locale)
    return store.read(path, project.name(path), locale).units if path.exists() else ()


def in_language(unit: Unit, locale: str, nplurals: int) -> Unit:
    """A message of the templates as the empty unit of a language."""
    return replace(unit, locale=locale, forms=("",) * (nplurals if unit.plural else 1))


def source_units(project: Project) -> tuple[Unit, ...]:
    """Every message of the templates as an empty unit."""
    return tuple(
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
