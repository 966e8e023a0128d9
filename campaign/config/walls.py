"""The tables of campaign.toml about places: which languages stand together on one sheet."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from campaign.config.tables import ID, Table, suggestion
from campaign.model.layout import Layout
from campaign.model.wall import Wall


def read_walls(
    table: Table,
    languages: Collection[str],
    countries: Collection[str],
    audiences: Collection[str],
    layouts: Mapping[str, Layout],
) -> dict[str, Wall]:
    """The places by id; every language, country, audience and format that one names is the campaign's."""
    found = {}
    several = [layout.id for layout in layouts.values() if layout.several]
    for key, entry in table.items():
        if not ID.fullmatch(key):
            entry.problem("", "must be named with small letters, digits and hyphens")
        wall = Wall(
            key,
            entry.text("name"),
            entry.choice("country", countries, next(iter(countries), None) if len(countries) == 1 else None),
            entry.choice("audience", audiences),
            entry.texts("languages", some=True),
            entry.texts("formats", some=True),
            bool(entry.take("strips", bool, False)),
        )
        for tag in wall.languages:
            if tag not in languages:
                entry.problem("languages", f"{tag!r} is no language of the campaign{suggestion(tag, languages)}")
        for name in wall.formats:
            if name not in several:
                todo = f"use one of {', '.join(several)}" if several else "add one: docs/how-to/walls.md"
                what = f"{name!r} is no format of several languages{suggestion(name, several)}"
                entry.problem("formats", what, todo)
            elif not layouts[name].holds(len(wall.languages)):
                room = " to ".join(map(str, dict.fromkeys(layouts[name].languages)))
                what = f"are {len(wall.languages)}, and {name} holds {room}"
                entry.problem("languages", what, "add some, leave some out, or make two walls")
        entry.close()
        found[key] = wall
    return found
