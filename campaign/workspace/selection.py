"""What a command was asked to work on: countries, languages, audiences, channels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign
from campaign.model.job import Job

#: Groups that a worker makes at a time: more would let finished files pile up in memory.
TOGETHER = 8

#: Batches that each worker gets at the least, so that none waits long for the last one.
SHARES = 6


@dataclass(frozen=True, slots=True)
class Selection:
    """What to build; an empty tuple means all of the campaign's."""

    countries: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    #: (audience, channel) that the campaign does not make.
    left_out: frozenset[tuple[str, str]] = frozenset()

    def resolve(self, campaign: Campaign) -> Selection:
        """The same with every empty tuple filled in.

        Raises:
            CampaignError: names something that the campaign does not have.
        """
        problems, resolved = [], []
        for what, asked, known in (
            ("country", self.countries, campaign.countries),
            ("lang", self.locales, campaign.languages),
            ("audience", self.audiences, tuple(campaign.audiences)),
            ("channel", self.channels, campaign.channels),
        ):
            problems += [
                Problem(f"--{what} {name}", "is not in campaign.toml", f"use one of {', '.join(known)}")
                for name in asked
                if name not in known
            ]
            resolved.append(tuple(name for name in known if not asked or name in asked))
        if problems:
            raise CampaignError(problems)
        made = {audience: campaign.channels_for(audience) for audience in campaign.audiences}
        left_out = ((audience, name) for audience, own in made.items() for name in campaign.channels if name not in own)
        countries, locales, audiences, channels = resolved
        chosen = Selection(countries, locales, audiences, channels, frozenset(left_out))
        if not any(True for _ in chosen.groups()):
            raise CampaignError.single(
                f"is not made for {', '.join(chosen.audiences)}",
                where=f"--channel {', '.join(chosen.channels)}",
                todo="add it to `channels` of the audience in campaign.toml, or ask for another one",
            )
        return chosen

    def groups(self) -> Iterator[Group]:
        """The units of work: the channels of one audience share one rendering."""
        for country in self.countries:
            for locale in self.locales:
                for audience in self.audiences:
                    made = tuple(name for name in self.channels if (audience, name) not in self.left_out)
                    if made:
                        yield Group(country, locale, audience, made)

    def has(self, job: Job) -> bool:
        """Whether an item belongs to this selection."""
        return (
            job.country in self.countries
            and job.locale in self.locales
            and job.audience in self.audiences
            and job.channel in self.channels
            and (job.audience, job.channel) not in self.left_out
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one audience in one language for one country."""

    country: str
    locale: str
    audience: str
    channels: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.country}/{self.locale}/{self.audience}"


def batches(groups: Iterable[Group], workers: int) -> list[tuple[Group, ...]]:
    """The groups for so many workers, a language in each batch and TOGETHER groups at most.

    The countries of one message stay together: they differ in little beside their helplines, and messages of one
    language share small print and helplines, which the compiler remembers.
    """
    found: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups:
        found[group.locale, group.audience].append(group)
    most = min(TOGETHER, sum(map(len, found.values())) // (SHARES * max(1, workers)))
    made: list[list[Group]] = []
    for same in found.values():
        for first in range(0, len(same), TOGETHER):
            countries = same[first : first + TOGETHER]
            last = made[-1] if made else []
            if last and last[0].locale == countries[0].locale and len(last) + len(countries) <= most:
                last += countries
            else:
                made.append(countries)
    return [tuple(batch) for batch in made]


def item_selection(name: str) -> Selection:
    """The selection of one item, COUNTRY/LANG/AUDIENCE/CHANNEL, as `Job.name` writes it.

    Raises:
        CampaignError: not four parts. Whether the campaign has them is for `resolve` to say.
    """
    parts = name.split("/")
    if len(parts) != 4 or not all(parts):
        raise CampaignError.single(
            "is not COUNTRY/LANG/AUDIENCE/CHANNEL", where=f"--item {name}", todo="write it like BE/ar/migrants/leaflet"
        )
    country, locale, audience, channel = parts
    return Selection((country,), (locale,), (audience,), (channel,))
