"""assets/consents.toml: who agreed that a photograph shows them, or that it shows nobody who can be recognised."""

from __future__ import annotations

from datetime import date

from campaign.config.tables import Table, parse
from campaign.errors import CampaignError, Problem
from campaign.project import Project


def consents(project: Project) -> frozenset[str]:
    """The files, relative to the workspace, that have a whole record; no file of consents is none.

    Each `[[photograph]]` has `file`, `people` (a name or a pseudonym, or "none" when nobody can be recognised),
    `agreed_on` (a date) and `kept_by` (who keeps the signed agreement).

    Raises:
        CampaignError: a record lacks a key or names a file that is not there; every problem at once.
    """
    path = project.consents
    if not path.exists():
        return frozenset()
    problems: list[Problem] = []
    document = Table(parse(path, project.name(path)), "", project.name(path), problems)
    files = []
    for table in document.tables("photograph"):
        file = table.text("file")
        table.text("people")
        table.take("agreed_on", date)
        table.text("kept_by")
        table.close()
        if file and not _there(project, file, table):
            table.problem("file", f"{file!r} is not there", "give the path from the folder of the workspace")
        files.append(file)
    document.close()
    if problems:
        raise CampaignError(problems)
    return frozenset(files)


def _there(project: Project, file: str, table: Table) -> bool:
    """Whether a photograph is there; one that lies elsewhere is a problem of its own."""
    try:
        return project.inside(project.root / file).is_file()
    except CampaignError as error:
        table.problem("file", f"{file!r} {error.problems[0].what}", "give the path from the folder of the workspace")
        return True
