"""The [sms] table of campaign.toml: budget, gateway, sender ids, opt-out, hours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from importlib import resources

from campaign.config.tables import Table, suggestion
from campaign.model.place import country_of
from campaign.model.sms_plan import SmsPlan

#: Alphanumeric sender: at most 11 characters of the GSM-7 alphabet (3GPP TS 23.040, 9.1.2.5); of them we take those
#: that gateways pass on unchanged, and one must be a letter, or the telephone shows a number to call back.
_NAMED = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9&._-](?:[A-Za-z0-9 &._-]{0,9}[A-Za-z0-9&._-])?")
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_OPT_OUT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 +]{0,29}")


def read_sms(table: Table, countries: Collection[str]) -> SmsPlan:
    """The plan of a campaign; problems go to the table's list."""
    parts = table.take("parts", int, 3) or 0
    if not 1 <= parts <= 10:
        table.problem("parts", f"must lie between 1 and 10, not {parts}")
    plain = bool(table.take("plain", bool, False))
    not_before, not_after = (_clock(table, key) for key in ("not_before", "not_after"))
    if bool(not_before) != bool(not_after):
        table.problem("not_before", "and not_after go together", "give both or none")
    elif all(map(_CLOCK.fullmatch, (not_before, not_after))) and not_before >= not_after:
        table.problem("not_before", f"{not_before} is not before not_after {not_after}")
    gateway = table.table("gateway")
    bits = gateway.take("reference_bits", int, 8)
    if bits not in (8, 16):
        gateway.problem("reference_bits", f"must be 8 or 16, not {bits}")
    whole = bool(gateway.take("whole_graphemes", bool, False))
    single, locking = (_tables(gateway, kind) for kind in ("single", "locking"))
    gateway.close()
    senders, opt_outs = table.table("senders"), table.table("opt_out")
    plan = SmsPlan(
        parts=parts,
        plain=plain,
        reference_bits=bits or 8,
        whole_graphemes=whole,
        single_shift=single,
        locking_shift=locking,
        senders=_by_country(senders, countries, _sender),
        opt_outs=_by_country(opt_outs, countries, _opt_out),
        not_before=not_before,
        not_after=not_after,
    )
    table.close()
    return plan


def _clock(table: Table, key: str) -> str:
    value = table.text(key, "")
    if value and not _CLOCK.fullmatch(value):
        table.problem(key, f"{value!r} is not an hour of the day", 'write it like "09:00"')
    return value


def _tables(gateway: Table, kind: str) -> tuple[str, ...]:
    """The national language tables of a gateway, by the names of 3GPP TS 23.038, annex A."""
    data = json.loads(resources.files("campaign").joinpath("data/sms_shift_tables.json").read_text("utf-8"))
    known = {data["names"][int(number)] for number in data[kind]} - {"default"}
    key = f"{kind}_shift"
    names = gateway.texts(key, ())
    for name in names:
        if name not in known:
            gateway.problem(key, f"{name!r} is not one of {', '.join(sorted(known))}{suggestion(name, known)}")
    return names


def _by_country(
    table: Table, countries: Collection[str], fault: Callable[[str], tuple[str, str] | None]
) -> Mapping[str, str]:
    found = {}
    for country in table.keys():  # noqa: SIM118 - a Table is not a mapping
        if country not in {*countries, *map(country_of, countries)}:
            table.problem(country, "is not one of the campaign's countries")
        found[country] = table.text(country)
        if found[country] and (what := fault(found[country])):
            table.problem(country, *what)
    table.close()
    return found


def _sender(value: str) -> tuple[str, str] | None:
    if _NAMED.fullmatch(value) or _NUMBER.fullmatch(value):
        return None
    todo = (
        "write up to 11 Latin letters, digits or spaces with at least one letter, or a number like +3232011690 or 8010"
    )
    return f"{value!r} is not a sender that gateways take", todo


def _opt_out(value: str) -> tuple[str, str] | None:
    if _OPT_OUT.fullmatch(value):
        return None
    return (
        f"{value!r} is not an opt-out",
        'write what the reader sends and where, like "STOP 8010": letters, digits, spaces',
    )
