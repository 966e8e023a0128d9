"""The brand's colours in ink: every pair that can be read on screen and cannot on paper, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks.contrast import TEXT
from campaign.checks.rules import finding
from campaign.model.campaign import Campaign
from campaign.model.finding import Finding
from campaign.model.sentence import say, together
from campaign.press import profiles
from campaign.press.colour import Inks
from campaign.press.contrast import Paper, contrasts
from campaign.project import Project


def paper_findings(project: Project, campaign: Campaign) -> Iterator[Finding]:
    """A finding for each pair that is below the limit on paper alone, with a colour that would do.

    What fails on screen is named by `checks.contrast`. A workspace without the colour profiles of its first print
    profile has no paper to measure.

    Raises:
        CampaignError: a profile is there and cannot be used.
    """
    profile = next(iter(campaign.profiles.values()))
    files = (profile.convert, profile.intent)
    if not all(project.inside(project.profiles / name).is_file() for name in files):
        return
    known = {name: profiles.read(project, name) for name in dict.fromkeys(files)}
    inks = Inks(known[profile.convert], campaign.brand.chosen_inks())
    for pair in contrasts(campaign.brand, Paper(inks, known[profile.intent])):
        if pair.screen >= TEXT > pair.paper:
            said = say(
                "%(one)s and %(other)s: %(ratio)s on paper, at least %(least)s",
                one=pair.one,
                other=pair.other,
                ratio=f"{pair.paper:.2f}",
                least=TEXT,
            )
            hint = [say("try %(colour)s", colour=pair.suggestion)] if pair.suggestion else []
            yield finding("contrast", "", project.name(project.config), together(said, *hint))
