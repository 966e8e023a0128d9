"""`[audiences.<id>]` of campaign.toml: who the readers are, and what is made for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from campaign.config.printing import whole
from campaign.config.tables import ID, Table, suggestion
from campaign.model.brand import Brand
from campaign.model.campaign import Audience

_DRAWING = re.compile(r"[\w-][\w.-]*\.svg")


def read_audiences(
    table: Table, brand: Brand, channels: Collection[str], formats: Collection[str], *, codes: bool
) -> dict[str, Audience]:
    """Every audience by its id; problems go to the table's list.

    `channels` and `formats` are the campaign's, of which an audience may have fewer; `codes`: whether print carries
    codes where an audience does not say.
    """
    found: dict[str, Audience] = {}
    rows: Counter[str] = Counter()
    for order, (key, entry) in enumerate(table.items(), start=1):
        if not ID.fullmatch(key):
            entry.problem("", "must be named with small letters, digits and hyphens")
        accent, numbered = entry.choice("accent", brand.accents, "coral"), whole(entry, "number", order, 1, 99)
        if same := next((other.id for other in found.values() if other.number == numbered), ""):
            entry.problem("number", f"{numbered} is the number of {same}", "give each audience one of its own")
        found[key] = Audience(
            key,
            entry.text("name"),
            accent,
            bool(entry.take("child", bool, False)),
            bool(entry.take("qr", bool, codes)),
            bool(entry.take("women", bool, False)),
            numbered,
            rows[accent],
            _picture(entry),
            _some_of(entry, "channels", channels),
            _some_of(entry, "formats", formats),
        )
        rows[accent] += 1
        entry.close()
    return found


def _some_of(table: Table, key: str, offered: Collection[str]) -> tuple[str, ...]:
    """What of the campaign's an audience has; empty for all of it."""
    named = table.texts(key, tuple(offered), some=bool(offered))
    for name in named:
        if name not in offered:
            table.problem(
                key, f"{name!r} is not one of the campaign's {key}: {', '.join(offered)}{suggestion(name, offered)}"
            )
    return () if named == tuple(offered) else named


def _picture(table: Table) -> str:
    """The name of a file beside the other illustrations."""
    name = table.text("picture", "")
    if name and not _DRAWING.fullmatch(name):
        table.problem(
            "picture", f"{name!r} is no SVG file of assets/illustrations", 'write its name, like "open-door.svg"'
        )
    return name
