"""Addresses at which pages lay in earlier releases: paper that is still around leads there, so each leads on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from posixpath import relpath

from campaign import languages
from campaign.ledger.releases import History, Release
from campaign.manifest import Entry
from campaign.model import output_path
from campaign.model.campaign import Campaign
from campaign.model.web_address import MANY, PAGE, earlier
from campaign.pages import policy

#: A page that any web server gives and that no browser keeps in the way back: it is gone at once (HTML, "shared
#: declarative refresh steps": a refresh without delay replaces). Its title names a language and nothing else.
_PAGE = (
    '<!DOCTYPE html>\n<html lang="{lang}" dir="{dir}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">\n'
    '<meta http-equiv="refresh" content="0; url={path}">\n<title>{name}</title>\n</head>\n'
    '<body><p><a href="{path}">{name}</a></p></body>\n</html>\n'
)


def redirects(campaign: Campaign, history: History, entries: Iterable[Entry]) -> Mapping[str, bytes]:
    """The files of a web site, by path, that lead from every earlier address of these pages to the one of today."""
    before: dict[tuple[str, str, str], set[str]] = {}
    for release in history.releases:
        if release.channel == "web" and output_path.parse(release.path).name == PAGE:
            before.setdefault((release.country, release.locale, release.audience), set()).add(_lay_at(release))
    made = {}
    for entry in entries:
        whose = entry.country, entry.locale, entry.audience
        today = campaign.folder(*whose)
        for old in before.get(whose, set()) - {today}:
            made[f"{old}/{PAGE}"] = _page(entry.locale, relpath(f"{today}/{PAGE}", old))
    return made


def _lay_at(release: Release) -> str:
    return release.address or earlier(release.country, release.locale, release.audience)


def _page(locale: str, path: str) -> bytes:
    """A page that leads on; one that leads to many languages is in none of them."""
    language = None if locale == MANY else languages.get(locale)
    return _PAGE.format(
        lang=language.tag if language else MANY,
        dir="rtl" if language and language.rtl else "ltr",
        name=escape(language.autonym) if language else "…",
        path=escape(path),
        policy=escape(policy("")),
    ).encode()
