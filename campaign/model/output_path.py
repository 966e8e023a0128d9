"""Where the files of an edition lie below its folder. Nothing else in the program knows how such a path is made."""

from __future__ import annotations

import re
from typing import NamedTuple

from campaign.errors import CampaignError
from campaign.model.job import Job

#: A path that `build` made: country, language, audience (nothing for a whole language), name.
_MADE = re.compile(r"([^/]+)/([^/]+)/(?:([^/]+)/)?([^/]+)")


class OutputFile(NamedTuple):
    """What a path says: whose file it is, and its name. `audience` is empty for a file about a whole language."""

    country: str
    locale: str
    audience: str
    name: str


def build(job: Job, name: str) -> str:
    """The path of a file of a job, with slashes; `name` is that of its artefact. `parse` is its inverse."""
    return "/".join(filter(None, (job.country, job.locale, job.audience, name)))


def parse(path: str) -> OutputFile:
    """What `build` made this path of.

    Raises:
        CampaignError: no build makes such a path.
    """
    made = _MADE.fullmatch(path)
    if made is None:
        raise CampaignError.single("is no path of an edition", where=path, todo="build again: campaign build")
    return OutputFile(*made.groups(default=""))


def packed(path: str) -> str:
    """The path of the same file in a ZIP of its country, which people unpack: a folder a language and audience."""
    _, *parts = parse(path)
    return "/".join(filter(None, parts))
