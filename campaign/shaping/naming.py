"""What places and audiences name in their tables when that gets another name or goes."""

from __future__ import annotations

from campaign.project import Project
from campaign.shaping import settings

WALLS, AUDIENCES = "walls", "audiences"


def rename(project: Project, table: str, key: str, old: str, new: str) -> None:
    """Another name for what a key of each place or audience names: one name, or one of a list."""
    for name, entry in settings.table(project, table).items():
        value = entry.get(key) if isinstance(entry, dict) else None
        if value == old or (isinstance(value, list) and old in value):
            with settings.document(project, project.config) as held:
                held[table][name][key] = new if value == old else [new if one == old else one for one in value]


def remove(project: Project, table: str, key: str, gone: str) -> None:
    """Take a name out of the lists of places or audiences. A place that names nothing else there goes with it; an
    audience stays with an empty list, which `campaign.toml` does not take: somebody must say what it has instead.
    """
    for name, entry in settings.table(project, table).items():
        value = entry.get(key) if isinstance(entry, dict) else None
        if value in (gone, [gone]) and table == WALLS:
            settings.take_out(project, project.config, settings.header(table, name))
        elif isinstance(value, list) and gone in value:
            with settings.document(project, project.config) as held:
                held[table][name][key] = [one for one in value if one != gone]
