"""contacts.toml changed key by key: comments, order and every other record stay as they are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from campaign.config.contacts import read
from campaign.config.tables import Table, parse, suggestion
from campaign.errors import CampaignError, Problem
from campaign.model.contact import Contact
from campaign.project import Project, locked, read_text, write_atomic

if TYPE_CHECKING:
    from tomlkit.items import Item
    from tomlkit.items import Table as Record

#: What a key can be set to; a mapping becomes a table on the same line.
Value = str | date | Mapping[str, str]

#: How the remark of an expired contact begins.
EXPIRED = "expired:"


def change(project: Project, name: str, values: Mapping[str, Value], *, remark: str = "") -> Contact:
    """Set these keys of the contact with this id; `remark` becomes a comment behind the last of them.

    Raises:
        CampaignError: no such contact, a file that is not valid before or would not be after; nothing is written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path, where = project.contacts, project.name(project.contacts)
    with locked(path, where):
        parse(path, where)  # says what is wrong with file and line
        try:
            document = tomlkit.parse(read_text(path, where))
        except TOMLKitError as error:
            raise CampaignError.single(f"is not valid TOML: {error}", where=where, todo="correct it") from error
        tables: Any = document.get("contact", [])
        table = next((entry for entry in tables if entry.get("id") == name), None)
        if table is None:
            known = [str(entry.get("id", "")) for entry in tables]
            raise CampaignError.single(
                f"no contact has the id {name!r}{suggestion(name, known)}",
                where=where,
                todo="see: campaign contacts list",
            )
        anchor = [key for key in table if key not in values][-1]
        for key, value in values.items():
            item = _item(value)
            if key in table:
                old = table[key].trivia
                table[key] = item
                if old.comment.startswith(f"# {EXPIRED}"):  # the new check ends what was said about the old one
                    table[key].trivia.comment = table[key].trivia.comment_ws = ""
            else:
                _insert(table, anchor, key, item)
            anchor = key
        if remark:
            table[anchor].comment(" ".join(remark.split()))
        text = tomlkit.dumps(document)
        contact = _checked(text, where, name)
        write_atomic(path, text.encode())
    return contact


def _item(value: Value) -> Item:
    import tomlkit

    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        inline.update(value)
        return inline
    return tomlkit.item(value)


def _insert(table: Record, anchor: str, key: str, item: Item) -> None:
    """Add a key right behind another one: at the end it would stand behind the blank line that parts two records."""
    body = table.value
    body._insert_after(anchor, key, item)


def _checked(text: str, where: str, name: str) -> Contact:
    problems: list[Problem] = []
    document = Table(tomllib.loads(text), "", where, problems)
    audiences = {a for entry in tomllib.loads(text).get("contact", []) for a in entry.get("audiences", [])}
    found = read(document, (), audiences)
    if problems:
        raise CampaignError(problems)
    return next(contact for contact in found if contact.id == name)
