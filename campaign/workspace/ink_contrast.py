"""The brand's colours in ink: every pair that can be read on screen and cannot on paper, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.checks.contrast import TEXT
from campaign.checks.rules import finding
from campaign.model.brand import Brand
from campaign.model.campaign import Campaign
from campaign.model.finding import Finding
from campaign.model.sentence import say, together
from campaign.press import profiles
from campaign.press.colour import Inks
from campaign.press.contrast import Paper, contrasts
from campaign.project import Project


def paper_of(project: Project, campaign: Campaign) -> Paper | None:
    """The paper of the first print profile; None in a workspace without its colour profiles: nothing can be measured.

    Raises:
        CampaignError: a profile is there and cannot be used.
    """
    profile = next(iter(campaign.profiles.values()))
    files = (profile.convert, profile.intent)
    if not all(project.inside(project.profiles / name).is_file() for name in files):
        return None
    known = {name: profiles.read(project, name) for name in dict.fromkeys(files)}
    return Paper(Inks(known[profile.convert], campaign.brand.chosen_inks()), known[profile.intent])


def paper_findings(where: str, brand: Brand, paper: Paper | None) -> Iterator[Finding]:
    """A finding for each pair of colours that is below the limit on paper alone, with a colour that would do.

    What fails on screen is named by `checks.contrast`; `where` is the file that the colours stand in.
    """
    for pair in contrasts(brand, paper) if paper else ():
        if pair.screen >= TEXT > pair.paper:
            said = say(
                "%(one)s and %(other)s: %(ratio)s on paper, at least %(least)s",
                one=pair.one,
                other=pair.other,
                ratio=f"{pair.paper:.2f}",
                least=TEXT,
            )
            hint = [say("try %(colour)s", colour=pair.suggestion)] if pair.suggestion else []
            yield finding("contrast", "", where, together(said, *hint))
