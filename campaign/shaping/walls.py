"""The places of a campaign when what they name gets another name or goes."""

from __future__ import annotations

from campaign.project import Project
from campaign.shaping import settings

_TABLE = "walls"


def rename(project: Project, key: str, old: str, new: str) -> None:
    """Another name for what a key of a place names: one name, or one of a list."""
    for name, place in settings.table(project, _TABLE).items():
        value = place.get(key) if isinstance(place, dict) else None
        if value == old or (isinstance(value, list) and old in value):
            with settings.document(project, project.config) as held:
                held[_TABLE][name][key] = new if value == old else [new if one == old else one for one in value]


def remove(project: Project, key: str, gone: str) -> None:
    """Take a name out of the lists of places; a place that names nothing else there goes with it."""
    for name, place in settings.table(project, _TABLE).items():
        value = place.get(key) if isinstance(place, dict) else None
        if value in (gone, [gone]):
            settings.take_out(project, project.config, settings.header(_TABLE, name))
        elif isinstance(value, list) and gone in value:
            with settings.document(project, project.config) as held:
                held[_TABLE][name][key] = [one for one in value if one != gone]
