"""contacts.toml: the helplines, each with a way to reach it: a number, a chat, an e-mail, an address."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from contextlib import suppress

from campaign.config import reached
from campaign.config.kinds import KINDS, kinds_of
from campaign.config.tables import Table, check_language, suggestion
from campaign.model.contact import ATTESTED, HOLIDAYS, Contact, Hours, Kind, OtherHours, bare
from campaign.model.place import PLACE, REGION, country_of
from campaign.people import name_fault

DAYS = ("daily", "mon-fri", "mon-sat", "sat-sun")
COSTS = ("free", "local", "unknown")
CONFIDENTIAL = ("yes", "with-exceptions", "no", "unknown")

#: ISO 3166-1 alpha-2, by form; and the codes that people write for others that it has.
COUNTRY = re.compile(r"[A-Z]{2}")
MEANT = {"UK": "GB", "EL": "GR", "EN": "GB"}
_SPAN = re.compile(
    rf"(?P<days>{'|'.join(DAYS)}) (?P<opens>([01]\d|2[0-3]):[0-5]\d)-(?P<closes>([01]\d|2[0-3]):[0-5]\d|24:00)",
    re.ASCII,
)
_OTHER = re.compile(
    rf"(?P<day>{HOLIDAYS}|(?:(?P<year>20\d\d)-)?(?P<month>\d\d)-(?P<date>\d\d)) "
    r"(?:closed|(?P<opens>([01]\d|2[0-3]):[0-5]\d)-(?P<closes>([01]\d|2[0-3]):[0-5]\d|24:00))",
    re.ASCII,
)
_URL = re.compile(r"https://[^\s<>\"]+")


def displayed(number: str, country: str) -> str | None:
    """The number as people in the country read it, or None when it is no number of that country.

    Numbers are E.164 (`+3232011690`) or short codes of three to six digits. Validity, type and grouping come from
    libphonenumber; its list of short codes has gaps (116016 in DE, 1109 in GR), so its form is all that is checked.
    """
    import phonenumbers
    from phonenumbers import PhoneNumberFormat, PhoneNumberType

    if re.fullmatch(r"[0-9]{3,6}", number):
        return f"{number[:3]} {number[3:]}" if len(number) == 6 else number
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", number):
        return None
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:  # no country has this calling code
        return None
    # libphonenumber forgives a national zero after the calling code (+32 0 3…); a telephone may not.
    exact = phonenumbers.format_number(parsed, PhoneNumberFormat.E164) == number
    if not exact or not phonenumbers.is_valid_number_for_region(parsed, country):
        return None
    # A freephone number is often closed to callers from abroad: the national form is the one that works.
    freephone = phonenumbers.number_type(parsed) == PhoneNumberType.TOLL_FREE
    form = PhoneNumberFormat.NATIONAL if freephone else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


def _in_full(number: str, country: str) -> str:
    """A number as it is dialled within its country, with its calling code; "" when it is no number of that country."""
    import phonenumbers

    with suppress(phonenumbers.NumberParseException):
        parsed = phonenumbers.parse(number, country)
        if phonenumbers.is_valid_number_for_region(parsed, country):
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return ""


def _calling_code(country: str) -> int:
    import phonenumbers

    return int(phonenumbers.country_code_for_region(country))


def read(document: Table, countries: Collection[str], audiences: Collection[str]) -> tuple[Contact, ...]:
    """Every contact of the file; problems go to the table's list."""
    kinds = kinds_of(document.table("kinds"))
    contacts = [_contact(table, audiences, kinds) for table in document.tables("contact")]
    document.close()
    seen: set[str] = set()
    for contact in contacts:
        if contact.id and contact.id in seen:
            document.problem("contact", f"two contacts have the id {contact.id!r}", "give one of them another id")
        seen.add(contact.id)
    for country in countries:
        mine = [c for c in contacts if c.serves(country)]
        if not any(c.kind == "emergency" for c in mine):
            document.problem("contact", f"{country} has no contact of kind 'emergency'", "add the emergency number")
        mine = [c for c in mine if c.printed]
        unserved = [a for a in audiences if not any({a, "*"} & set(c.audiences) for c in mine if c.kind != "emergency")]
        if unserved:
            document.problem(
                "contact",
                f"{country} has no contact for {', '.join(unserved)}",
                'add one that is safe to print, or one with audiences = ["*"]',
            )
    return tuple(contacts)


def is_place(code: str) -> bool:
    """Whether a code is that of a country or, by form, of a region of one."""
    return bool(PLACE.fullmatch(code)) and is_country(country_of(code))


def is_country(code: str) -> bool:
    """Whether a code has the form of ISO 3166-1 alpha-2 and is none that people take for another."""
    return bool(COUNTRY.fullmatch(code)) and code not in MEANT


def no_country(code: str) -> tuple[str, str]:
    """What is wrong with a code that is none, and what to write."""
    country, dash, rest = code.partition("-")
    if country in MEANT:
        return f"{code!r} is not a country code of ISO 3166-1", f"write {MEANT[country]}{dash}{rest}"
    what = f"{code!r} is not a country code of two capital letters (ISO 3166-1)"
    return what, "write it like ES; a region like ES-VC (ISO 3166-2)"


def _contact(table: Table, audiences: Collection[str], own: Mapping[str, Kind]) -> Contact:
    country, number = table.text("country"), table.text("number", "")
    known = is_country(country)
    if country and not known:
        table.problem("country", *no_country(country))
    shown = _displayed(table, number, country) if number and known else ""
    always, spans = _hours(table)
    verified_on, valid_until = table.maybe_date("verified_on"), table.maybe_date("valid_until")
    if verified_on and valid_until and valid_until < verified_on:
        table.problem("valid_until", f"{valid_until} lies before verified_on {verified_on}")
    named = table.texts("audiences", ("*",), some=True)
    for audience in named:
        if audience != "*" and audience not in audiences:
            near = suggestion(audience, audiences)
            table.problem("audiences", f"{audience!r} is not an audience of campaign.toml{near}")
    spoken = table.texts("languages", ())
    for tag in spoken:
        check_language(table, "languages", tag)
    kind = table.choice("kind", (*KINDS, *own))
    chat, email, address = reached.chat(table), reached.email(table), reached.address(table)
    cost = table.choice("cost", COSTS, "unknown")
    reached.check(table, number, (chat, email, address), kind, cost)
    contact = Contact(
        id=table.text("id"),
        country=country,
        name=table.text("name"),
        kind=kind,
        number=number,
        display=shown or number or bare(chat) or email or address,
        source=table.text("source"),
        always_open=always,
        hours=spans,
        languages=spoken,
        interpreters=bool(table.take("interpreters", bool, False)),
        cost=cost,
        anonymous=bool(table.take("anonymous", bool, False)),
        confidential=table.choice("confidential", CONFIDENTIAL, "unknown"),
        url=_matching(table, "url", _URL, "an address that starts with https://"),
        email=email,
        audiences=named,
        answers_sms=reached.answers_sms(table, number),
        answers_whatsapp=_whatsapp(table, number),
        verified_on=verified_on,
        verified_by=_verified_by(table),
        verified_how=table.text("verified_how", ""),
        valid_until=valid_until,
        checked=_checked(table),
        valid_because=table.text("valid_because", ""),
        own=own.get(kind),
        region=_region(table, country),
        exceptions=_exceptions(table, bool(always or spans)),
        chat=chat,
        address=address,
    )
    table.close()
    return contact


def _displayed(table: Table, number: str, country: str) -> str:
    shown = displayed(number, country)
    if shown is None:
        what = f"{number!r} is not a telephone number of {country}"
        todo = f"write +{_calling_code(country)} and its digits without spaces, or a short code of three to six digits"
        if full := _in_full(number, country):
            what = f"{number!r} is not written from its calling code on, without spaces"
            todo = f"write {full}"
        table.problem("number", what, f"{todo}, and check every digit")
    return shown or ""


def _region(table: Table, country: str) -> str:
    region = table.text("region", "")
    if region and not (REGION.fullmatch(region) and country_of(region) == country):
        table.problem("region", f"{region!r} is no region of {country}", f"write it like {country}-XX (ISO 3166-2)")
    return region


def _verified_by(table: Table) -> str:
    name = table.text("verified_by", "")
    if name and (fault := name_fault(name)):
        table.problem("verified_by", f"{name!r} {fault}", "write the name or the pseudonym of who checked the contact")
    return name


def _checked(table: Table) -> tuple[tuple[str, str], ...]:
    """What was checked, by name: hashes that `campaign contacts verify` wrote."""
    inner = table.table("checked")
    found = tuple((name, inner.text(name, "")) for name in ATTESTED)
    inner.close()
    return tuple(pair for pair in found if pair[1])


def _whatsapp(table: Table, number: str) -> bool:
    answers = bool(table.take("answers_whatsapp", bool, False))
    if answers and not number.startswith("+"):
        table.problem("answers_whatsapp", "needs a number like +3232011690", "WhatsApp knows no short codes")
    return answers


def _hours(table: Table) -> tuple[bool, tuple[Hours, ...]]:
    spans, always = [], False
    for text in table.texts("hours", ()):
        if text == "24/7":
            always = True
        elif match := _SPAN.fullmatch(text):
            spans.append(Hours(match["days"], match["opens"], match["closes"]))
        else:
            table.problem(
                "hours",
                f"{text!r} is not a time span",
                f'write "24/7", or like "mon-fri 09:00-17:00" with one of {", ".join(DAYS)}',
            )
    if always and spans:
        table.problem("hours", "says 24/7 and a time span", "keep one of the two")
    return always, tuple(spans)


def _exceptions(table: Table, opens: bool) -> tuple[OtherHours, ...]:
    found: dict[str, OtherHours] = {}
    for text in table.texts("exceptions", ()):
        match = _OTHER.fullmatch(text)
        if match is None or (match["month"] and not _is_day(match["year"], int(match["month"]), int(match["date"]))):
            todo = f'write "{HOLIDAYS} closed", "12-25 closed" or "2026-12-24 09:00-13:00", month before day'
            table.problem("exceptions", f"{text!r} is no exception of opening hours", todo)
        elif match["day"] in found:
            table.problem("exceptions", f"names {match['day']} twice", "keep one of the two")
        else:
            found[match["day"]] = OtherHours(match["day"], match["opens"] or "", match["closes"] or "")
    if found and not opens:
        table.problem("exceptions", "stand without opening hours", "add hours, or take them out")
    return tuple(found.values())


def _is_day(year: str | None, month: int, day: int) -> bool:
    leap = 2024  # of every year: 29 February is a day
    return 1 <= month <= 12 and 1 <= day <= monthrange(int(year or leap), month)[1]


def _matching(table: Table, key: str, pattern: re.Pattern[str], meaning: str) -> str:
    value = table.text(key, "")
    if value and not pattern.fullmatch(value):
        table.problem(key, f"{value!r} is not {meaning}")
    return value
