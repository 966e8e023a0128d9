"""The emergencies that templates have sentences for: what `crisis` of campaign.toml may name."""

from __future__ import annotations

import re

from jinja2 import TemplateError, nodes

from campaign.config.tables import suggestion
from campaign.errors import CampaignError, Problem
from campaign.project import Project, read_text
from campaign.render.templates import environment

#: The value of campaign.toml that templates compare.
NAME = "crisis"
#: A file without it compares nothing and need not be parsed: every command that loads a workspace asks.
_COMPARED = re.compile(rf"\b{NAME}\s*(?:[=!]=|in\b|not\b)|[=!]=\s*{NAME}\b")


def crises(project: Project) -> frozenset[str]:
    """The names that a template compares `crisis` with, as in `{% if crisis == "flood" %}`.

    A template that cannot be read or parsed has none: extracting and rendering say what is wrong with it.
    """
    found: set[str] = set()
    parser = environment(project)
    for path in project.files(project.messages, "*.j2"):
        try:
            text = read_text(path, project.name(path))
            if not _COMPARED.search(text):
                continue
            tree = parser.parse(text, path.name)
        except (CampaignError, TemplateError, RecursionError):
            continue
        for compared in tree.find_all(nodes.Compare):
            sides = (compared.expr, *(operand.expr for operand in compared.ops))
            if any(isinstance(side, nodes.Name) and side.name == NAME for side in sides):
                found |= {str(const.value) for const in compared.find_all(nodes.Const)}
    return frozenset(found)


def unknown_crisis(project: Project, crisis: str) -> tuple[Problem, ...]:
    """The problem of a crisis that no template has a sentence for: its sentences would be left out in silence."""
    known = sorted(crises(project)) if crisis else ()
    if not crisis or crisis in known:
        return ()
    what = f"no template has a sentence for {crisis!r}{suggestion(crisis, known)}"
    todo = f"use {', '.join(known) or 'none'}, leave it out, or write its sentences in templates/messages/crisis.j2"
    return (Problem(f"{project.name(project.config)}: {NAME}", what, todo),)
