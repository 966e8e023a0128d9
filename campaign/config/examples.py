"""Settings that still are an example: an address that readers would follow and where nobody of the campaign is."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign

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


def examples(campaign: Campaign) -> Iterator[Problem]:
    """A problem for each setting that reaches readers and holds an address kept for examples."""
    for key, address in (("base_url", campaign.base_url), ("web.exit_url", campaign.exit_url)):
        if _example_host(urlsplit(address).hostname or ""):
            yield _problem("campaign.toml", key, address, _TODO[key])
    ours = campaign.brand.organisation
    if any(_example_host(found) for found in _DOTTED.findall(ours)):
        yield _problem("campaign.toml", "brand.organisation", ours, _TODO["brand.organisation"])
    for contact in campaign.contacts:
        for key, host in (("url", urlsplit(contact.url).hostname or ""), ("email", contact.email.rpartition("@")[2])):
            if _example_host(host):
                todo = f"write the helpline's own, then: campaign contacts verify {contact.id}"
                yield _problem("contacts.toml", f"{contact.id}.{key}", getattr(contact, key), todo)


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
