"""Why an item is made again, in words: the names of what changed behind the parts of its key. No key depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from campaign.editions.fingerprint import LAYOUTS, LISTS, PARTS, PICTURES, Ingredients, printed
from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.workspace.inputs import tools

LAYOUT = "a layout"

#: Names that are said of one change; more would hide the change.
NAMED = 3

#: The tables of campaign.toml whose entries are named one by one.
_TABLES = {"layouts": "layouts", "profiles": "print"}

#: For each part of a key and for the layouts: what it consists of by name, each with its hash in short.
Details = Mapping[str, Mapping[str, str]]


def details(ingredients: Ingredients) -> Details:
    """What the parts of any item's key consist of now."""
    files = ingredients.files
    return {
        "program": dict(tools()),
        "campaign": {name: digest(value)[:12] for name, value in _settings(ingredients.campaign).items()},
        "contacts": {contact.id: digest(printed(contact))[:12] for contact in ingredients.campaign.contacts},
        "assets": {name: value[:12] for name, value in files.items() if name.startswith("assets/")},
        "frames": {name: files[name][:12] for name in ingredients.frames},
        LAYOUT: {name.removeprefix(LAYOUTS): files[name][:12] for name in files if name.startswith(LAYOUTS)},
    }


def _settings(campaign: Campaign) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field in fields(campaign):
        value = getattr(campaign, field.name)
        if field.name == "brand":
            found |= {f"brand.{each.name}": repr(getattr(value, each.name)) for each in fields(value)}
        elif field.name in _TABLES:
            found |= {f"{_TABLES[field.name]}.{name}": repr(each) for name, each in value.items()}
        elif field.name not in LISTS:
            found[field.name] = repr(value)
    return found


def change(part: str, picture: str, now: Details, before: Details) -> str:
    """The words for a changed part (PARTS, or LAYOUT) of an item with this picture, with names where they are known."""
    new, old = now.get(part, {}), before.get(part, {})
    names = sorted(name for name in new.keys() | old.keys() if old and new.get(name) != old.get(name))
    relevant = [name for name in names if not name.startswith(PICTURES) or name == PICTURES + picture]
    named = [*relevant[:NAMED], *([f"and {len(relevant) - NAMED} more"] if len(relevant) > NAMED else [])]
    return f"{PARTS.get(part, part)}{': ' if named else ''}{', '.join(named)}"
