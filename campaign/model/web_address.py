"""Where a page lies on the campaign's web site: QR codes and posts lead there, the ZIP of a web site is laid out so."""

from __future__ import annotations

#: The folder of the language choosers, beside those of the languages: "mul" is ISO 639 for several languages.
MANY = "mul"

PAGE = "index.html"


def folder(country: str, locale: str, audience: str) -> str:
    """The folder of a page below the site's address."""
    return f"{country.lower()}/{locale}/{audience}"


def link(locale: str, audience: str) -> str:
    """What a page of the same country writes to lead to another."""
    return f"../../{locale}/{audience}/{PAGE}"
