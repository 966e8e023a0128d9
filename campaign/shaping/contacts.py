"""A helpline added, renamed or taken away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from campaign.model.contact import NUMBER, WAYS
from campaign.project import Project
from campaign.shaping import settings
from campaign.shaping.quoted import quoted

_WHAT = "a contact of contacts.toml"

#: What a record can say, by key; a list becomes a list.
Values = Mapping[str, str | Sequence[str]]


def add(project: Project, name: str, values: Values) -> None:
    """A new record, unverified; one that stands there to be filled in, for the same country and kind, is filled in.

    A number may come with the spaces, dots, hyphens and brackets that people write between its digits.

    Raises:
        CampaignError: the id is taken by a record that says how to reach it.
    """
    values = {key: _digits(value) if key == "number" else value for key, value in values.items()}
    records = settings.contacts(project) if project.contacts.exists() else []
    empty = [str(record.get("id")) for record in records if not any(record.get(way) for way in WAYS)]
    taken = (str(record.get("id")) for record in records if str(record.get("id")) not in empty)
    settings.fresh(name, taken, _WHAT, "contacts.toml")
    same = [str(record.get("id")) for record in records if str(record.get("id")) in empty and _fills(record, values)]
    place = name if name in empty else next(iter(same), "")
    if place:
        _fill(project, place, {"id": name, **values})
        return
    lines = [
        "[[contact]]",
        f"id = {quoted(name)}",
        *(f"{key} = {_value(value)}" for key, value in values.items() if value),
    ]
    settings.append(project, project.contacts, "\n".join(lines))


def rename(project: Project, old: str, new: str) -> None:
    """Another id for a record. What was checked about it stays checked: an id is no part of that.

    Raises:
        CampaignError: there is no such record, or the new id is taken.
    """
    names = [str(record.get("id")) for record in settings.contacts(project)]
    settings.known(old, names, _WHAT, "contacts.toml")
    settings.fresh(new, names, _WHAT, "contacts.toml")
    _fill(project, old, {"id": new})


def remove(project: Project, name: str) -> None:
    """Take a record out. What carried it is still found by `campaign recall`: the history knows it.

    Raises:
        CampaignError: there is no such record.
    """
    names = [str(record.get("id")) for record in settings.contacts(project)]
    settings.known(name, names, _WHAT, "contacts.toml")
    settings.take_out(project, project.contacts, "[[contact]]", names.index(name))


def _digits(number: str | Sequence[str]) -> str:
    """A number without what parts its digits."""
    return re.sub(r"[\s().\u2010-\u2015\u2060-]", "", str(number))


def _fills(record: Mapping[str, object], values: Values) -> bool:
    emergency = values.get("kind") == "emergency"
    return record.get("country") == values.get("country") and (record.get("kind") == "emergency") == emergency


def _fill(project: Project, name: str, values: Values) -> None:
    with settings.document(project, project.contacts) as held:
        record = next(record for record in held["contact"] if str(record.get("id")) == name)
        for key, value in values.items():
            if value:
                record[key] = value if isinstance(value, str) else list(value)
        if not record.get(NUMBER) and any(record.get(way) for way in WAYS):
            record.pop(NUMBER, None)  # nobody waits for one any more


def _value(value: str | Sequence[str]) -> str:
    return quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"
