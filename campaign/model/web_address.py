"""Where a page lies on the campaign's web site: QR codes and posts lead there, the ZIP of a web site is laid out so.

Whoever looks over a shoulder or into the history of a browser reads an address: it names no audience and no language.
"""

from __future__ import annotations

from campaign.model.digest import digest

#: What stands for the language of a language chooser: "mul" is ISO 639 for several languages.
MANY = "mul"

PAGE = "index.html"

#: Addresses are typed and read aloud: no vowels, so that none is a word; no l (1, I); no digits, which are for numbers.
_ALPHABET = "bcdfghjkmnpqrstvwxyz"
_LETTERS = 8


def folder(key: str, country: str, locale: str, audience: str) -> str:
    """The folder of a page below the site's address: eight letters, the same in every edition.

    `key` is a word of the campaign's own (`[web] key`), so that its addresses are no other campaign's.
    """
    number, letters = int(digest(key, country, locale, audience), 16), ""
    for _ in range(_LETTERS):
        number, index = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[index]
    return letters


def earlier(country: str, locale: str, audience: str) -> str:
    """The folder in which earlier versions laid the page; a signature still knows it by this."""
    return f"{country.lower()}/{locale}/{audience}"


def link(other: str) -> str:
    """What a page writes to lead to the page in another folder."""
    return f"../{other}/{PAGE}"
