"""The language registry: what each language is called, how it is written, counted and set."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from campaign.errors import CampaignError


@dataclass(frozen=True, slots=True)
class Language:
    """One language as printed and counted; data/languages.toml says where each fact comes from.

    tag         BCP 47, as in campaign.toml and locales/<tag>
    autonym     the language's own name in its own script; `english` its English name
    script      ISO 15924; "Aran" is Arabic script in Nastaliq style
    plural      value of gettext's Plural-Forms header
    categories  the CLDR category of msgstr[0], msgstr[1], …
    fonts       family names in order of preference, as Typst sees them
    leading     space between lines, in em
    scale       factor on every point size
    digits      CLDR numbering system native to the language; Latin digits are accepted as well
    argos       Argos Translate code, None where there is no model
    """

    tag: str
    autonym: str
    english: str
    script: str
    rtl: bool
    plural: str
    categories: tuple[str, ...]
    typst_lang: str
    typst_region: str | None
    fonts: tuple[str, ...]
    leading: float
    scale: float
    digits: str
    argos: str | None
    iso639_3: str

    @property
    def nplurals(self) -> int:
        """How many msgstr[n] a message with a plural needs, as the header says."""
        return int(self.plural.partition(";")[0].removeprefix("nplurals="))


@cache
def registry() -> Mapping[str, Language]:
    """Every known language by tag, in the order of the data file; read-only."""
    text = resources.files("campaign").joinpath("data", "languages.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            tag: Language(
                tag=tag,
                autonym=entry["autonym"],
                english=entry["english"],
                script=entry["script"],
                rtl=entry["direction"] == "rtl",
                plural=entry["plural"],
                categories=tuple(entry["categories"]),
                typst_lang=entry["typst_lang"],
                typst_region=entry.get("typst_region"),
                fonts=tuple(entry["fonts"]),
                leading=entry["leading"],
                scale=entry["scale"],
                digits=entry["digits"],
                argos=entry.get("argos"),
                iso639_3=entry["iso639_3"],
            )
            for tag, entry in tomllib.loads(text).items()
        }
    )


def get(tag: str) -> Language:
    """The language with exactly this tag; CampaignError with the likely ones when there is none."""
    language = registry().get(tag)
    if language is None:
        likely = [f"{found.tag} ({found.english})" for found in _likely(tag)]
        todo = f"did you mean {' or '.join(likely)}?" if likely else f"use one of: {', '.join(registry())}"
        raise CampaignError.single(f"unknown language {tag!r}", todo=todo)
    return language


def _likely(typed: str) -> list[Language]:
    """At most three, best first. People also type names ("dari", "kurdish"), ISO 639-3 codes and regions ("de-AT")."""
    wanted = typed.replace("_", "-").casefold()
    base = wanted.partition("-")[0]
    named: dict[str, list[Language]] = {}
    for known in registry().values():
        for name in (known.tag, known.tag.partition("-")[0], known.iso639_3, known.english, known.autonym):
            named.setdefault(name.casefold(), []).append(known)
    exact = next((name for name in (wanted, base) if name in named), None)
    if exact is not None:
        names = [exact]
    else:
        inside = [name for name in named if wanted in name] if len(wanted) > 2 else []  # two letters are in any name
        names = inside + difflib.get_close_matches(wanted, named, n=3)
    return list(dict.fromkeys(known for name in names for known in named[name]))[:3]
