"""A language added or taken away. Its catalogue and its signatures stay on disk: they are somebody's work."""

from __future__ import annotations

from campaign import languages
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.shaping import naming, settings, weights

_WHAT = "a language of the campaign"


def add(project: Project, tag: str) -> None:
    """A new language; what an earlier catalogue of it holds is there again, with its signatures.

    Raises:
        CampaignError: the tag is unknown, or there already.
    """
    languages.get(tag)
    settings.fresh(tag, settings.listed(project, "languages"), _WHAT, "campaign.toml")
    settings.change_list(project, "languages", lambda tags: [*tags, tag])


def remove(project: Project, tag: str) -> None:
    """Take a language out of the settings; locales/<tag> stays, and counts again once the language is added again.

    Raises:
        CampaignError: the campaign has no such language, or its messages are written in it.
    """
    settings.known(tag, settings.listed(project, "languages"), _WHAT, "campaign.toml")
    if settings.values(project, project.config).get("source_language") == tag:
        raise CampaignError.single(
            "is the language that the messages are written in", where=tag, todo="leave it; every other one can go"
        )
    settings.change_list(project, "languages", lambda tags: [known for known in tags if known != tag])
    with settings.document(project, project.config) as held:
        for outer, inner in (("review", "languages"), ("social", "hashtags")):
            held.get(outer, {}).get(inner, {}).pop(tag, None)
    naming.remove(project, naming.WALLS, "languages", tag)
    weights.column(project, tag, None)
