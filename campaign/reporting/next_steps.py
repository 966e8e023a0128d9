"""What to do next: the messages that leave most people out, for the least work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from campaign.config.weights import unlisted
from campaign.editions.worker import Bench, BuildContext
from campaign.model.edition import Edition
from campaign.model.state import State
from campaign.project import Project
from campaign.reporting.overview import read_weights
from campaign.workspace import loader
from campaign.workspace.selection import Selection


@dataclass(frozen=True, slots=True)
class Step:
    """One message that is not ready: `people` it would reach, `units` sentences and `words` of the source to sign."""

    locale: str
    audience: str
    people: int
    units: int
    words: int


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Steps by people left out, most first, then by work, least first. `weighed` says that a table of people was there;
    without one every message counts as one person. `unlisted` are the audiences that the table has no line for.
    """

    steps: tuple[Step, ...]
    languages: tuple[tuple[str, int, int], ...]
    audiences: tuple[tuple[str, int, int], ...]
    weighed: bool
    unlisted: tuple[str, ...] = ()


def plan(project: Project, selection: Selection, weights: Path | None) -> NextSteps:
    """What is left, by language, audience and message; `languages` and `audiences` are (name, people, words).

    The words of a language count a sentence once, however many messages share it.

    Raises:
        CampaignError: the workspace or the table cannot be read.
    """
    space = loader.load(project)
    chosen = selection.resolve(space.campaign)
    people = read_weights(project, space.campaign, weights)
    length = {unit.key: len(unit.source.split()) for unit in loader.source_units(project)}
    bench = Bench(BuildContext.of(space, Edition.REVIEW))
    needed: dict[tuple[str, str], set[str]] = {}
    for group in chosen.groups():
        message = bench.renderer.message(group.audience, group.locale, group.country, space.texts[group.locale])
        used = {
            unit.key
            for channel in group.channels
            for unit in message.used(*bench.channels[channel].shows(message))
            if unit.state is not State.SIGNED
        }
        needed.setdefault((group.locale, group.audience), set()).update(used)
    steps = [
        Step(locale, audience, count, len(keys), sum(length.get(key, 0) for key in keys))
        for (locale, audience), keys in needed.items()
        if keys and (count := 1 if people is None else people.get((audience, locale), 0))
    ]
    steps.sort(key=lambda step: (-step.people, step.words, step.locale, step.audience))

    def totals(place: int) -> tuple[tuple[str, int, int], ...]:
        reached: dict[str, int] = defaultdict(int)
        keys: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for step in steps:
            name = (step.locale, step.audience)[place]
            reached[name] += step.people
            keys[name] |= {(step.locale, key) for key in needed[step.locale, step.audience]}
        rows = [(name, reached[name], sum(length.get(key, 0) for _, key in keys[name])) for name in reached]
        return tuple(sorted(rows, key=lambda row: (-row[1], row[2], row[0])))

    left_out = () if people is None else unlisted(people, space.campaign)
    return NextSteps(tuple(steps), totals(0), totals(1), people is not None, left_out)
