"""How a contact of contacts.toml is reached besides by telephone: a chat, an e-mail, an address to walk in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from campaign.config.tables import NAMES, Table

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_CHAT = re.compile(r"https://(?P<host>[^\s<>\"/?#@:]+\.[^\s<>\"/?#@:]+)(?P<rest>[:/?#][^\s<>\"]*)?")
#: Hosts of links that hold a telephone number: it stands as a number, where every check of numbers sees it.
_NUMBERED = frozenset({"wa.me", "api.whatsapp.com", "web.whatsapp.com", "signal.me", "viber.click"})
#: An address stands on a leaflet in at most a few lines.
_LONGEST = 120
_TODO = "write the number, or another way to reach it: chat, email or address"


def chat(table: Table) -> str:
    """The https link of a chat; empty without one."""
    link = table.text("chat", "")
    match = _CHAT.fullmatch(link)
    if link and match is None:
        table.problem("chat", f"{link!r} is not an address that starts with https://")
    elif match and match["host"].lower() in _NUMBERED and re.search(r"\d{5}", link):
        todo = "write the number as number, and answers_whatsapp = true where it answers there"
        table.problem("chat", f"{link!r} holds a telephone number", todo)
    return link


def email(table: Table) -> str:
    """The e-mail address; empty without one."""
    address = table.text("email", "")
    if address and not _EMAIL.fullmatch(address):
        table.problem("email", f"{address!r} is not an e-mail address")
    return address


def address(table: Table) -> str:
    """Where people can walk in, as an envelope has it, on one line; empty without one."""
    given = table.text("address", "")
    place = " ".join(given.split())
    if given and not any(map(str.isalpha, place)):
        table.problem("address", f"{given!r} names no place", "write street, number and town on one line")
    elif re.search(r"[@<>{}%]|://", place):
        table.problem("address", f"{given!r} is no postal address", "links and e-mails are chat, url and email")
    elif len(place) > _LONGEST:
        what = f"is {len(place)} characters long, at most {_LONGEST} fit"
        table.problem("address", what, "leave out what nobody needs to find it")
    return place


def answers_sms(table: Table, number: str) -> bool:
    """Whether the number takes text messages."""
    answers = bool(table.take("answers_sms", bool, False))
    if answers and not number:
        table.problem("answers_sms", "needs a number", "write the number, or take answers_sms out")
    return answers


def check(table: Table, number: str, others: Iterable[str], kind: str, cost: str) -> None:
    """Report a record without any way to reach it, and what needs a number where there is none."""
    if number.strip():
        return
    if not any(others):
        what = "is empty" if "number" in table.keys() else f"is missing; it must be {NAMES[str]}"  # noqa: SIM118 - no mapping
        table.problem("number", what, _TODO)
    elif kind == "emergency":
        table.problem("number", "is missing: in danger people call", "write the emergency number")
    if cost != "unknown":
        table.problem("cost", "is what a call costs, and there is no number", "take it out")
