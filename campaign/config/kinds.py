"""Kinds of contacts: the program's own, and those that contacts.toml describes in [kinds]."""

from __future__ import annotations

import re
from collections.abc import Mapping

from campaign.config.tables import Table, parse
from campaign.errors import CampaignError, Problem
from campaign.model.contact import Kind
from campaign.project import Project

KINDS = ("trafficking", "children", "missing-children", "women", "emergency")

#: The context of sentences for children, in catalogues.
CHILDREN = "for children"


def read(project: Project) -> tuple[Kind, ...]:
    """The kinds that contacts.toml describes, in its order; none where there is no such file.

    Raises:
        CampaignError: a file that cannot be read, or a kind that is not whole.
    """
    if not project.contacts.exists():
        return ()
    name, problems = project.name(project.contacts), list[Problem]()
    document = Table(parse(project.contacts, name), "", name, problems)
    found = kinds_of(document.table("kinds"))
    if problems:
        raise CampaignError(problems)
    return tuple(found.values())


def kinds_of(table: Table) -> Mapping[str, Kind]:
    """The kinds of the workspace by name; problems go to the table's list."""
    found = {}
    for name, inner in table.items():
        if not re.fullmatch("[a-z][a-z0-9-]{1,40}", name) or name in KINDS:
            what = "is a kind of the program's own" if name in KINDS else "is no name for a kind"
            inner.problem("", what, "use small letters, figures and hyphens, and no name that there is")
        words, child_words = inner.text("words"), inner.text("child_words", "")
        for key, text in (("words", words), ("child_words", child_words)):
            if "%" in text or "{" in text:
                inner.problem(key, f"{text!r} holds a sign of a placeholder", "write the words alone, without % and {")
        children, safe = (
            bool(inner.take(key, bool, key == "safe_to_print")) for key in ("for_children", "safe_to_print")
        )
        inner.close()
        found[name] = Kind(name, words, child_words, children, safe)
    table.close()
    return found
