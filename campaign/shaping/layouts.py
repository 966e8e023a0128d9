"""A format added, renamed or taken away: its table and its design."""

from __future__ import annotations

import copy
from pathlib import Path

from campaign.project import Project, write_atomic
from campaign.shaping import naming, settings

_WHAT = "a format of campaign.toml"


def add(project: Project, name: str, like: str, *, title: str, width: float, height: float) -> None:
    """A new format that starts as a copy of another one's design and table; sizes in mm, 0 for those of the other one.

    Raises:
        CampaignError: the name is taken or no name; there is no format `like`.
    """
    settings.named(name, "a format")
    layouts = settings.table(project, "layouts")
    settings.fresh(name, layouts, _WHAT, "campaign.toml")
    settings.known(like, layouts, _WHAT, "campaign.toml")
    with settings.document(project, project.config) as held:
        entry = copy.deepcopy(held["layouts"][like])
    sizes = {
        key: int(size) if float(size).is_integer() else size
        for key, size in (("width", width), ("height", height))
        if size
    }
    entry.update({"name": title, **sizes})
    text = entry.as_string()
    settings.append(project, project.config, f"{settings.header('layouts', name)}\n{text.strip()}", after="[layouts.")
    if not _design(project, name).exists():
        write_atomic(_design(project, name), _design(project, like).read_bytes())


def rename(project: Project, old: str, new: str) -> None:
    """Another name for a format. What was approved as it was laid out is looked at again: a signature names its format.

    Raises:
        CampaignError: there is no such format, or the new name is taken or no name.
    """
    layouts = settings.table(project, "layouts")
    settings.known(old, layouts, _WHAT, "campaign.toml")
    settings.named(new, "a format")
    settings.fresh(new, layouts, _WHAT, "campaign.toml")
    settings.rename_table(project, "layouts", old, new)
    for table in (naming.WALLS, naming.AUDIENCES):
        naming.rename(project, table, "formats", old, new)
    if _design(project, old).exists():
        write_atomic(_design(project, new), _design(project, old).read_bytes())
        _design(project, old).unlink()


def remove(project: Project, name: str) -> None:
    """Take a format away, with its design.

    Raises:
        CampaignError: there is no such format.
    """
    settings.known(name, settings.table(project, "layouts"), _WHAT, "campaign.toml")
    settings.take_out(project, project.config, settings.header("layouts", name))
    for table in (naming.WALLS, naming.AUDIENCES):
        naming.remove(project, table, "formats", name)
    _design(project, name).unlink(missing_ok=True)


def _design(project: Project, name: str) -> Path:
    return project.inside(project.layouts / f"{name}.typ")
