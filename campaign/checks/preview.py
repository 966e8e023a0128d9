"""The first words of an SMS: what a locked screen shows must not endanger the reader."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources

import regex
from unicode_segmentation_rs import graphemes

from campaign.checks.rules import finding
from campaign.model import Finding

#: Graphemes that telephones show of a message on a locked screen, by discreet-format practice.
SHOWN = 30


def revealing(text: str, locale: str, where: str) -> Iterator[Finding]:
    """Yield a finding for each listed word that begins within the first 30 characters of an SMS.

    A language without a list has no finding: see `listed`.
    """
    shown = "".join(graphemes(text, True)[:SHOWN])
    pattern = _words().get(locale)
    for match in pattern.finditer(_bare(text)) if pattern else ():
        if match.start() < len(shown):
            word = regex.match(r"[\w'’-]+", text[match.start() :])
            said = word.group() if word else match.group()
            yield finding("preview", locale, where, f'"{said}" stands in the first {SHOWN} characters: "{shown}"')


def listed(locale: str) -> bool:
    """Whether somebody listed the words of a language: without a list no finding means "not checked"."""
    return locale in _words()


@cache
def _words() -> dict[str, regex.Pattern[str]]:
    text = resources.files("campaign").joinpath("data", "preview.toml").read_text(encoding="utf-8")
    return {
        tag: regex.compile(_bare(rf"(?<!\w)(?:{'|'.join(entry['words'])})"), regex.IGNORECASE)
        for tag, entry in tomllib.loads(text).items()
    }


def _bare(text: str) -> str:
    """The text without accents, as capitals are often written (ΒΙΑ for βία); as many characters as before."""
    return "".join(unicodedata.normalize("NFD", character)[0] for character in text)
