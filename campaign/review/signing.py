"""Sign what items show: the units of the chosen audiences and channels in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.editions.worker import Bench, BuildContext
from campaign.errors import CampaignError, Problem
from campaign.ledger import verdicts
from campaign.model.edition import Edition
from campaign.model.event import Event
from campaign.model.job import Job
from campaign.model.state import State
from campaign.project import Project
from campaign.render.notice import notice
from campaign.render.templates import Templates
from campaign.review import sign as signing
from campaign.workspace import loader
from campaign.workspace.facts import Shown, facts, items_of, shown_beside
from campaign.workspace.loader import Workspace
from campaign.workspace.selection import Selection


@dataclass(frozen=True, slots=True)
class Act:
    """What one person's signing did: sentences signed now, those that were before, items signed off as a whole now."""

    units: int
    before: int
    items: int

    @property
    def news(self) -> bool:
        """Whether the ledger says more than before."""
        return bool(self.units or self.items)


def sign_items(
    project: Project, locale: str, selection: Selection, *, reviewer: str, role: str, on: date, comment: str
) -> Act:
    """Sign the selected items and every unit of them that is not signed yet.

    Raises:
        CampaignError: a sentence is missing, the role may not sign, the selection is unknown; nothing is signed.
    """
    space = loader.load(project)
    chosen = Selection(selection.countries, (locale,), selection.audiences, selection.channels).resolve(space.campaign)
    bench, texts = Bench(BuildContext.of(space, Edition.REVIEW)), space.texts[locale]
    keys: dict[str, State] = {}
    items: list[Event] = []
    by = verdicts.Person(reviewer.strip(), role)
    problems: dict[Problem, None] = {}
    for group in chosen.groups():
        message = bench.renderer.message(group.audience, locale, group.country, texts)
        for channel in group.channels:
            job = Job(group.country, locale, group.audience, channel)
            items.append(verdicts.sign_off(job.item, facts(bench.channels[channel], message), by, on, comment))
            for used in message.used(*bench.channels[channel].shows(message)):
                keys[used.key] = used.state
                if used.fallback:
                    problems[
                        Problem(f"{locale}: {used.source[:60]!r}", "has no text to sign", "translate it first")
                    ] = None
    shown = shown_beside(items_of(space.campaign, bench.renderer, bench.channels, locale))
    return _sign(space, locale, keys, problems, items, shown, reviewer=reviewer, role=role, on=on, comment=comment)


def sign_notice(project: Project, locale: str, *, reviewer: str, role: str, on: date, comment: str) -> Act:
    """Sign the sentences of the notice "this number has changed", as `sign_items` does those of an item.

    Raises:
        CampaignError: as for `sign_items`.
    """
    space = loader.load(project)
    Selection((), (locale,)).resolve(space.campaign)
    country = space.campaign.countries[0]
    used_units = notice(Templates(project), locale, country, space.texts[locale], old="1", new="2").units
    keys = {used.key: used.state for used in used_units}
    problems = {
        Problem(f"{locale}: {used.source[:60]!r}", "has no text to sign", "translate it first"): None
        for used in used_units
        if used.fallback
    }
    return _sign(space, locale, keys, problems, (), {}, reviewer=reviewer, role=role, on=on, comment=comment)


def _sign(
    space: Workspace,
    locale: str,
    keys: Mapping[str, State],
    problems: Mapping[Problem, None],
    items: Sequence[Event],
    shown: Shown,
    *,
    reviewer: str,
    role: str,
    on: date,
    comment: str,
) -> Act:
    if problems:
        raise CampaignError(problems)
    texts = space.texts[locale]
    open_units = [texts.units[key] for key, state in keys.items() if state is not State.SIGNED]
    signed = signing.sign(
        space.project,
        space.campaign,
        locale,
        open_units,
        reviewer=reviewer,
        role=role,
        on=on,
        comment=comment,
        also=items,
        shown=shown,
    )
    return Act(signed.units, len(keys) - signed.units, signed.items)
