"""A country added or taken away, with its helplines. What it needs is laid out as records to fill in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from campaign.config.contacts import MEANT
from campaign.errors import CampaignError
from campaign.model.place import PLACE, country_of
from campaign.project import Project
from campaign.shaping import naming, settings
from campaign.shaping.quoted import quoted

_WHAT = "a country of the campaign"
#: Where 112 reaches the emergency services by law: Directive (EU) 2018/1972, article 109, in the European Union.
UNION = frozenset(re.findall("..", "ATBEBGCYCZDEDKEEESFIFRGRHRHUIEITLTLULVMTNLPLPTROSESISK"))


def checked(code: str) -> str:
    """The code of a country, or of a region of one, as it is.

    Raises:
        CampaignError: it is none; the one that is meant is named.
    """
    from babel import Locale

    country, dash, region = code.upper().partition("-")
    meant = f"{MEANT.get(country, country)}{dash}{region}"
    known = PLACE.fullmatch(meant) and country_of(meant) in Locale("en").territories
    if meant != code or not known:
        hint = f"write {meant}" if known else "write two capital letters, like ES, and for a region like ES-VC"
        raise CampaignError.single(f"{code!r} is not a country code of ISO 3166-1", where="campaign.toml", todo=hint)
    return code


def add(project: Project, code: str) -> None:
    """A new country, with a record for its emergency number and one for a helpline, empty where we know nothing.

    Raises:
        CampaignError: no country code, or there already.
    """
    checked(code)
    settings.fresh(code, settings.listed(project, "countries"), _WHAT, "campaign.toml")
    settings.change_list(project, "countries", lambda codes: [*codes, code])
    country = country_of(code)
    kinds = {str(record.get("kind")) for record in settings.contacts(project) if record.get("country") == country}
    if "emergency" not in kinds:
        settings.append(project, project.contacts, _emergency(country))
    if not kinds - {"emergency"}:
        settings.append(project, project.contacts, _helpline(country))


def remove(project: Project, code: str) -> None:
    """Take a country away, with its helplines and what stands for it alone in [sms].

    Raises:
        CampaignError: the campaign has no such country, or no other.
    """
    countries = settings.listed(project, "countries")
    settings.known(code, countries, _WHAT, "campaign.toml")
    if len(countries) == 1:
        raise CampaignError.single(
            "is the only country", where=code, todo="add another one first: campaign add country"
        )
    settings.change_list(project, "countries", lambda codes: [known for known in codes if known != code])
    records = settings.contacts(project)
    left = {country_of(known) for known in countries if known != code}
    for at in reversed([at for at, record in enumerate(records) if _only_of(record, code, left)]):
        settings.take_out(project, project.contacts, "[[contact]]", at)
    with settings.document(project, project.config) as held:
        for inner in ("senders", "opt_out"):
            held.get("sms", {}).get(inner, {}).pop(code, None)
    naming.remove(project, naming.WALLS, "country", code)


def _only_of(record: Mapping[str, object], code: str, left: Collection[str]) -> bool:
    """Whether a record serves nobody any more once this place is gone; `left` are the countries that stay."""
    if "-" in code and record.get("region") == code:
        return True
    return record.get("country") == country_of(code) and country_of(code) not in left


def _emergency(code: str) -> str:
    if code in UNION:
        name = number = "112"
        source = "European emergency number 112: Directive (EU) 2018/1972, article 109"
    else:
        name = number = source = ""
    return _record(code, "emergency", name, number, source, 'hours = ["24/7"]\ncost = "free"' if code in UNION else "")


def _helpline(code: str) -> str:
    return _record(code, "trafficking", "", "", "", "")


def _record(code: str, kind: str, name: str, number: str, source: str, more: str) -> str:
    suffix = "emergency" if kind == "emergency" else "helpline"
    lines = [
        "[[contact]]",
        f"id = {quoted(f'{code.lower()}-{suffix}')}",
        f"country = {quoted(code)}",
        f"name = {quoted(name)}",
        f"kind = {quoted(kind)}",
        f"number = {quoted(number)}",
        *([more] if more else []),
        f"source = {quoted(source)}",
    ]
    return "\n".join(lines)
