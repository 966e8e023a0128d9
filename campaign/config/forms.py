"""[forms.*] of campaign.toml: the forms that an office fills in, with what each slot may hold."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from campaign.config.tables import Table
from campaign.model.drill import Drill
from campaign.model.form import TEXTS, TYPES, Form, Slot

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FORM = re.compile(r"[a-z0-9][a-z0-9-]*")
#: Days ahead that a date may lie at most: the Persian calendar is computed for longer.
_FURTHEST = 3660
_LONGEST = 120


def read(table: Table, taken: Container[str] = ()) -> Mapping[str, Form]:
    """The forms by their names, none of them one that is `taken`; what is wrong is noted in the table."""
    found = {}
    for key, entry in table.items():
        if key in taken:
            entry.problem("", "is also the name of an audience", "give one of the two another name")
        if not _FORM.fullmatch(key):
            entry.problem("", "must be named with small letters, digits and hyphens")
        found[key] = _form(key, entry)
        entry.close()
    return found


def read_both(top: Table, audiences: Container[str]) -> tuple[Mapping[str, Form], Mapping[str, Drill]]:
    """[forms.*] and [drills.*]."""
    return read(top.table("forms"), audiences), _drills(top.table("drills"))


def _drills(table: Table) -> Mapping[str, Drill]:
    """The rehearsals by their names. That a form or an audience of theirs is gone, the rehearsal itself says."""
    found = {}
    for key, entry in table.items():
        found[key] = Drill(key, entry.text("name"), entry.texts("forms", ()), entry.texts("audiences", ()))
        entry.close()
    return found


def _form(key: str, table: Table) -> Form:
    slots = {name: _slot(name, entry) for name, entry in table.table("slots", required=True).items()}
    form = Form(
        key,
        table.text("name"),
        slots,
        table.texts("twice", ()),
        table.texts("sms", ()),
        bool(table.take("personal", bool, True)),
        bool(table.take("emergency", bool, False)),
    )
    for where, names in (("twice", form.twice), ("sms", form.sms)):
        for name in names:
            if name not in slots:
                table.problem(where, f"{name!r} is no slot of this form", f"use some of {', '.join(slots)}")
    options = {option for slot in slots.values() for option in slot.options}
    for name, slot in slots.items():
        if unknown := [option for option in slot.required_with if option not in options]:
            what, todo = (
                f"slots.{name}: {unknown[0]!r} is no option of this form",
                f"use some of {', '.join(sorted(options))}",
            )
            table.problem("required_with", what, todo)
    for name in form.sms:
        if form.personal and name in slots and not TYPES.get(slots[name].type, True):
            what = f"{name!r} is a {slots[name].type}: a locked telephone would show it to whoever holds it"
            table.problem("sms", what, "leave it to the sheet of paper")
    if form.personal and form.emergency:
        table.problem("emergency", "a form about one person is no public alert", "set personal = false, or delete it")
    return form


def _slot(name: str, table: Table) -> Slot:
    if not _NAME.fullmatch(name):
        table.problem("", "must be named with small letters, digits and underscores")
    kind = table.choice("type", TYPES)
    slot = Slot(
        name,
        kind,
        bool(table.take("optional", bool, False)),
        _number(table, "within", 730, _FURTHEST) if kind == "date" else 730,
        _number(table, "longest", 80, _LONGEST) if kind in TEXTS else 80,
        _pattern(table) if kind == "case" else "",
        _number(table, "most", 366 if kind == "days" else 100_000, 10_000_000) if kind in ("days", "amount") else 0,
        table.text("currency", "EUR") if kind == "amount" else "EUR",
        table.texts("options", some=True) if kind == "choice" else (),
        table.texts("required_with", ()),
    )
    if slot.required_with and not slot.optional:
        table.problem(
            "required_with", "says when an optional slot may not be left out", "set optional = true, or delete it"
        )
    if not re.fullmatch(r"[A-Z]{3}", slot.currency):
        table.problem("currency", f"{slot.currency!r} is not a code of three capital letters (ISO 4217)")
    table.close()
    return slot


def _number(table: Table, key: str, default: int, most: int) -> int:
    value = table.take(key, int, default)
    if value is None or not 1 <= value <= most:
        table.problem(key, f"must lie between 1 and {most}")
        return default
    return value


def _pattern(table: Table) -> str:
    """What case numbers of the office look like: a regular expression without anything that takes long."""
    pattern = table.text("pattern", r"[0-9A-Za-z]+([/. -][0-9A-Za-z]+)*")
    try:
        re.compile(pattern)
    except re.error as error:
        table.problem("pattern", f"is no regular expression: {error}", 'write it like "[0-9]{4}/[A-Z]+/[0-9]+"')
        return ".+"
    return pattern
