"""No two pages of a campaign have one address."""

from __future__ import annotations

from campaign.errors import CampaignError
from campaign.model.campaign import Campaign
from campaign.model.web_address import MANY


def refuse_clashes(campaign: Campaign) -> None:
    """Stop before anything is made that leads to another page. One campaign in twenty-five thousand as large as the
    reference one has two such pages.

    Raises:
        CampaignError: two pages have one address; another `[web] key` gives each another one.
    """
    if "web" not in campaign.channels:
        return
    known: dict[str, str] = {}
    for country in campaign.countries:
        for locale in (MANY, *campaign.languages):
            for audience in campaign.audiences:
                page = f"{country}/{locale}/{audience}"
                other = known.setdefault(campaign.folder(country, locale, audience), page)
                if other != page:
                    what = f"{other} and {page} have the same address"
                    todo = "write another word there: every page moves, and the web pack leads on from where it lay"
                    raise CampaignError.single(what, where="campaign.toml: web.key", todo=todo)
