"""Settings that still are an example: an address or a number at whose other end nobody is."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign
from campaign.model.contact import Contact

#: Names that are kept for examples or lead nowhere outside one's own house (RFC 2606, RFC 6761, RFC 6762, RFC 8375,
#: ICANN on `.internal`), and what people type where theirs shall stand. `.test` is kept for rehearsals and is let pass.
_EXAMPLE = re.compile(
    r"""(?<![\w-])(?:
        example\.(?:com|net|org|edu) | (?:[\w-]+\.)*(?:example|invalid|localhost|local|internal|lan|home\.arpa)
        | your-?(?:domain|site|website|organi[sz]ation|ngo|campaign|name)(?:\.[a-z]{2,})+
    )(?![\w-]|\.\w)""",
    re.IGNORECASE | re.VERBOSE,
)
#: In running words a bare "local" or "example" is a word: only what has a dot is an address.
_DOTTED = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_TODO = {
    "base_url": "write the address where your web pages will be: every QR code, post and SMS leads there",
    "web.exit_url": "write the address of a harmless page that opens in every country",
    "brand.organisation": "write the name and the address of your own organisation, or leave it empty",
}


#: Ranges that telephone authorities keep free for films, books and examples: NANP 555-0100 to 0199; Ofcom, "Telephone
#: numbers for use in TV and radio drama"; ARCEP, plan de numérotation; BNetzA, "Rufnummern für Medienproduktionen";
#: ACMA, "Phone numbers for use in TV shows, films and creative works"; PTS, "Telefonnummer för användning i böcker och
#: filmer"; ComReg (020 91x).
_FICTIONAL = re.compile(
    r"""\+(?:
        1\d{3}55501\d\d
        | 44(?:1632960\d{3} | 2079460\d{3} | 1(?:1[3-8]|21|31|41|51|61)4960\d{3}
            | 1914980\d{3} | 2896496\d{3} | 2920180\d{3} | 7700900\d{3} | 8081570\d{3} | 9098790\d{3} | 3069990\d{3})
        | 33(?:19900 | 26191 | 35301 | 46571 | 53649 | 63998)\d{4}
        | 49(?:3023125 | 2214710 | 6990009 | 4066969 | 8999998)\d{3} | 4917139200\d\d | 49176040690\d\d
        | 49152(?:28817386 | 28895456 | 54599371)
        | 61(?:[2378](?:5550|7010)\d{4} | 491570(?:006|110|15[6-9]|313|737) | 1800160401)
        | 46(?:3139006\d\d | 4062804\d\d | 8465004\d\d | 9803192\d\d | 701740(?:60[5-9]|6[1-9]\d))
        | 3532091\d{5}
    )""",
    re.VERBOSE,
)
#: Figures in a row of which a number looks like one that somebody typed for want of another.
_RUN = 7
_UP, _DOWN = "01234567890", "09876543210"


def examples(campaign: Campaign) -> Iterator[Problem]:
    """A problem for each setting that reaches readers and holds an address or a number kept for examples."""
    for key, address in (("base_url", campaign.base_url), ("web.exit_url", campaign.exit_url)):
        if _example_host(urlsplit(address).hostname or ""):
            yield _problem("campaign.toml", key, address, _TODO[key])
    ours = campaign.brand.organisation
    if any(_example_host(found) for found in _DOTTED.findall(ours)):
        yield _problem("campaign.toml", "brand.organisation", ours, _TODO["brand.organisation"])
    for contact in campaign.contacts:
        hosts = {key: urlsplit(link).hostname or "" for key, link in (("url", contact.url), ("chat", contact.chat))}
        for key, host in {**hosts, "email": contact.email.rpartition("@")[2]}.items():
            if _example_host(host):
                todo = f"write the helpline's own, then: campaign contacts verify {contact.id}"
                yield _problem("contacts.toml", f"{contact.id}.{key}", getattr(contact, key), todo)
    yield from _numbers(campaign.contacts)


def _numbers(contacts: Iterable[Contact]) -> Iterator[Problem]:
    """Numbers that nobody has, and those that look as if somebody had typed any, until who called one says it."""
    for contact in contacts:
        where, number = f"contacts.toml: {contact.id}.number", contact.number
        if _FICTIONAL.fullmatch(number):
            what = f"{contact.display} lies in a range that is kept for films and examples: it reaches nobody"
            yield Problem(where, what, f"write the helpline's own, then: campaign contacts verify {contact.id}")
        elif _typed_at_random(number) and not _dialled(contact):
            what = f"{contact.display} looks like an example"
            how = f'campaign contacts verify {contact.id} --how "called {contact.display}"'
            yield Problem(where, what, f"write the helpline's own; if it is, call it and say so with the number: {how}")


def _typed_at_random(number: str) -> bool:
    """Seven figures in a row up or down, one figure only, or the number that libphonenumber shows for a country."""
    if not number.startswith("+"):
        return False  # short codes: 116 111, 12345 are real
    import phonenumbers
    from phonenumbers import PhoneNumberFormat, PhoneNumberType

    parsed = phonenumbers.parse(number)
    own = str(parsed.national_number)
    runs = (own[at : at + _RUN] for at in range(len(own) - _RUN + 1))
    if len(set(own)) == 1 or any(run in _UP or run in _DOWN for run in runs):
        return True
    region = phonenumbers.region_code_for_number(parsed)
    shown = (phonenumbers.example_number_for_type(region, kind) for kind in PhoneNumberType.values())
    return number in {phonenumbers.format_number(each, PhoneNumberFormat.E164) for each in shown if each}


def _dialled(contact: Contact) -> bool:
    """Whether who checked it wrote down the number that was called, in any writing."""
    figures = "".join(re.findall(r"\d", contact.verified_how)).lstrip("0")
    return contact.verified and len(figures) >= _RUN and contact.digits.endswith(figures)


def refuse(campaign: Campaign) -> None:
    """Let nothing go out with an example in it.

    Raises:
        CampaignError: every setting that is one, with what to write there.
    """
    if found := tuple(examples(campaign)):
        raise CampaignError(found)


def _example_host(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return any(_EXAMPLE.fullmatch(host, at) for at in _labels(host))


def _labels(host: str) -> Iterator[int]:
    """Where each label of a name begins: a name below an example is one."""
    yield 0
    yield from (at + 1 for at, character in enumerate(host) if character == ".")


def _problem(file: str, key: str, value: str, todo: str) -> Problem:
    return Problem(f"{file}: {key}", f"{value!r} is an example, and would go out to readers", todo)
