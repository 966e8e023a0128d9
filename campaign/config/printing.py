"""The tables of campaign.toml about print: formats, printers' profiles, brand colours in ink."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields
from string import Formatter

from campaign.config.tables import ID, Table, suggestion
from campaign.model import blocks as block_list
from campaign.model.labels import ON_PAPER, STEPS, labels_of
from campaign.model.layout import Layout
from campaign.model.print_profile import PrintProfile

#: What a format prints unless its table says otherwise: every block of the message that readers see on paper.
SHOWS = (*block_list.PRINTED, *(f"label:{name}" for name in labels_of("leaflet")))
#: What a format may name in `shows` and `needs`.
OFFERED = frozenset((*SHOWS, *block_list.shown_by("leaflet"), *(f"label:{name}" for name in ON_PAPER)))

#: What `pictograms = true` adds to what a format prints.
PICTURED = tuple(f"label:{name}" for name in STEPS)

#: A campaign.toml without formats or profiles has these.
LEAFLET = Layout("leaflet-a5", "A5 leaflet", 148, 210, pages=2, shows=SHOWS, build=True)
PROFILE = PrintProfile("standard")

#: More languages than this are on no sheet: their lines could not be read.
MOST_LANGUAGES = 24

NAMING = ("country", "language", "audience", "format")
_TABLE = re.compile(r"[\w-]+\.csv")
_FILE = re.compile(r"[\w-]+\.ic[cm]")


def read_layouts(table: Table) -> dict[str, Layout]:
    """The formats by id; the A5 leaflet alone when there is no table."""
    found = {}
    for key, entry in table.items():
        if not ID.fullmatch(key):
            entry.problem("", "must be named with small letters, digits and hyphens, like its .typ file")
        layout = Layout(
            key,
            entry.text("name"),
            number(entry, "width", None, 20, 1200),
            number(entry, "height", None, 20, 1200),
            whole(entry, "pages", 0, 0, 64),
            tuple(lengths(entry, "panels")),
            number(entry, "min_text", 6.0, 4, 72),
            whole(entry, "contacts", 0, 0, 9),
            entry.texts("needs", ()),
            (*entry.texts("shows", SHOWS, some=True), *(PICTURED if entry.take("pictograms", bool, False) else ())),
            bool(entry.take("build", bool, False)),
            entry.text("paper", " ").strip(),
            whole(entry, "quantity", 0, 0, 10_000_000),
            bool(entry.take("shared", bool, False)),
            _languages(entry),
            bool(entry.take("screen", bool, False)),
        )
        if layout.several and (layout.build or layout.panels):
            key = "build" if layout.build else "panels"
            todo = "delete it; campaign pack wall makes the sheet"
            entry.problem(key, "has no sense for a sheet of several languages", todo)
        if layout.screen and not layout.several:
            entry.problem("screen", "is for sheets of several languages", "say of how many: languages = [1, 14]")
        for name, blocks in (("needs", layout.needs), ("shows", layout.shows)):
            for block in blocks:
                if block not in OFFERED:
                    entry.problem(name, f"{block!r} is no block or label{suggestion(block, OFFERED)}")
        if layout.panels and abs(sum(layout.panels) - layout.width) > 0.01:
            entry.problem("panels", f"add up to {sum(layout.panels):g} mm, the sheet is {layout.width:g} mm wide")
        entry.close()
        found[key] = layout
    return found or {LEAFLET.id: LEAFLET}


def _languages(table: Table) -> tuple[int, int]:
    """The fewest and the most languages of a sheet."""
    values = table.take("languages", list, [1, 1])
    match values:
        case [int(fewest), int(most)] if 1 <= fewest <= most <= MOST_LANGUAGES and not {bool} & {*map(type, values)}:
            return fewest, most
    table.problem("languages", f"must be the fewest and the most on a sheet, like [3, 14], not {values!r}")
    return 1, 1


def read_profiles(table: Table) -> dict[str, PrintProfile]:
    """The printers' profiles by id; one with the usual values when there is no table."""
    found = {}
    usual = {field.name: field.default for field in fields(PrintProfile)}
    for key, entry in table.items():
        if not ID.fullmatch(key):
            entry.problem("", "must be named with small letters, digits and hyphens")
        profile = PrintProfile(
            key,
            number(entry, "bleed", PROFILE.bleed, 0, 20),
            number(entry, "safe", PROFILE.safe, 0, 20),
            bool(entry.take("marks", bool, PROFILE.marks)),
            entry.text("convert", str(usual["convert"])),
            entry.text("intent", str(usual["intent"])),
            entry.text("condition", str(usual["condition"])),
            number(entry, "max_ink", PROFILE.max_ink, 100, 400),
            number(entry, "min_text", PROFILE.min_text, 4, 72),
            whole(entry, "resolution", PROFILE.resolution, 150, 600),
            bool(entry.take("outlines", bool, PROFILE.outlines)),
            entry.text("naming", PROFILE.naming),
            entry.text("language", PROFILE.language),
            entry.text("ask", " ").strip(),
            entry.text("delivery", " ").strip(),
            entry.text("quantities", " ").strip(),
            entry.text("one_ink", " ").strip(),
            bool(entry.take("common_base", bool, PROFILE.common_base)),
        )
        if profile.common_base and profile.one_ink:
            entry.problem("common_base", "has no sense beside one_ink: there is one plate")
        if profile.quantities and not _TABLE.fullmatch(profile.quantities):
            entry.problem("quantities", f"{profile.quantities!r} is not the name of a .csv file beside campaign.toml")
        for name in ("convert", "intent"):
            if not _FILE.fullmatch(getattr(profile, name)):
                entry.problem(name, f"{getattr(profile, name)!r} is not the name of an ICC file in assets/icc")
        _check_naming(entry, profile.naming)
        entry.close()
        found[key] = profile
    return found or {PROFILE.id: PROFILE}


def read_inks(table: Table, roles: Collection[str]) -> dict[str, tuple[float, ...]]:
    """Brand colours that a designer gave in ink: cyan, magenta, yellow, black in percent."""
    found = {}
    for key in table.keys():  # noqa: SIM118 - a Table is not a mapping
        if key not in roles:
            table.problem(key, f"is no colour of the palette or the accents{suggestion(key, roles)}")
        plates = lengths(table, key)
        if len(plates) != 4 or not all(0 <= plate <= 100 for plate in plates):
            table.problem(key, "must be cyan, magenta, yellow and black in percent, like [90, 40, 45, 30]")
        else:
            found[key] = tuple(plates)
    table.close()
    return found


def _check_naming(table: Table, naming: str) -> None:
    try:
        parts = list(Formatter().parse(naming))
    except ValueError:
        parts = [("{", "", "", "")]
    names = {name for _, name, _, _ in parts if name is not None}
    plain = all(re.fullmatch(r"[A-Za-z0-9_.-]*", text) and not form for text, _, form, _ in parts)
    if not plain or names - set(NAMING):
        table.problem("naming", "may hold Latin letters, digits, _ - . and {country} {language} {audience} {format}")
    elif {"language", "audience", "format"} - names:
        table.problem("naming", "must hold {language}, {audience} and {format}, or two files have one name")


def number(table: Table, key: str, default: float | None, low: float, high: float) -> float:
    """A number between two limits; whole numbers and decimals are both right."""
    value = table.take(key, object, default)
    if value is None:
        return low
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        table.problem(key, f"must be a number, not {value!r}")
        return low
    if not low <= value <= high:
        table.problem(key, f"must lie between {low:g} and {high:g}, not {value:g}")
    return float(value)


def whole(table: Table, key: str, default: int, low: int, high: int) -> int:
    """A whole number between two limits."""
    value = table.take(key, int, default)
    if value is not None and not low <= value <= high:
        table.problem(key, f"must lie between {low} and {high}, not {value}")
    return default if value is None else value


def lengths(table: Table, key: str) -> list[float]:
    """A list of numbers; empty when the key is absent."""
    values = table.take(key, list, [])
    right = [float(v) for v in values or [] if isinstance(v, (int, float)) and not isinstance(v, bool)]
    if len(right) != len(values or []):
        table.problem(key, f"must hold numbers, not {values!r}")
    return right
