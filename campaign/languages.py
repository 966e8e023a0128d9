"""The language registry: what each language is called, how it is written, counted and set."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from campaign.errors import CampaignError

#: Letters of the longest code of a language: what is no longer is looked up, not compared.
_CODE = 3


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


#: How gettext's and glibc's names say a script.
_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva", "tifinagh": "Tfng"}
#: Macrolanguages of which the registry holds the part that people mean; CLDR itself has no alias for them.
_PARTS = {"no": "nb"}


def resolve(written: str) -> str:
    """The registry tag of a language as any program writes it, or "" when the registry has no such language.

    BCP 47, POSIX and gettext names (`de_DE`, `sr@latin`, `zh_CN.UTF-8`), withdrawn and ISO 639-3 codes by CLDR's
    alias data, scripts and regions by CLDR's likely subtags. A language in another script is another one.
    """
    from babel.core import get_global

    name, _, modifier = written.strip().partition("@")
    parts = name.partition(".")[0].replace("_", "-").split("-")
    wanted = "-".join(filter(None, parts)).casefold()
    exact = next((tag for tag in registry() if tag.casefold() == wanted), "")
    if exact and modifier.casefold() not in _MODIFIERS:
        return exact
    aliases, likely = get_global("language_aliases"), get_global("likely_subtags")
    code = parts[0].lower()
    whole = aliases.get(code, code).split("_")
    script = next((part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    script = script or _MODIFIERS.get(modifier.casefold(), "") or next((p for p in whole[1:] if len(p) == 4), "")
    region = next((part.upper() for part in parts[1:] if len(part) == 2 or (len(part) == 3 and part.isdigit())), "")
    base = _PARTS.get(whole[0], whole[0])
    own = {aliases[tag]: tag for tag in registry() if tag in aliases}  # Dari is CLDR's fa_AF, Kurmanji its ku
    if (known := own.get(f"{base}_{region}") or own.get(base)) and script in ("", _script(known)):
        return known
    if not script:
        full = likely.get(f"{base}_{region}") or likely.get(base) or base
        script = next((part for part in full.split("_")[1:] if len(part) == 4), "")
    same = [tag for tag in registry() if tag.partition("-")[0] == base and script in ("", _script(tag))]
    return min(same, key=len, default="")


def _script(tag: str) -> str:
    """The script of a registry language as tags say it: Nastaliq is Arabic, written in a style."""
    return {"Aran": "Arab"}.get(registry()[tag].script, registry()[tag].script)


def _likely(typed: str) -> list[Language]:
    """At most three, best first. People also type names ("dari", "kurdish"), codes and regions ("de-AT").

    Codes are looked up, never compared by their letters: tl is not like te.
    """
    base = re.split("[-_@.]", typed)[0].casefold()
    if resolved := resolve(typed):
        same = [known for known in registry().values() if known.tag.partition("-")[0] == resolved.partition("-")[0]]
        return [get(resolved), *(known for known in same if known.tag != resolved and len(typed) == len(base))][:3]
    if code := resolve(base):  # another script or region of it
        return [get(code)]
    wanted = " ".join(typed.casefold().split())
    if len(base) <= _CODE:
        return []
    named: dict[str, list[Language]] = {}
    for known in registry().values():
        for name in (known.english, known.autonym):
            named.setdefault(name.casefold(), []).append(known)
    names = [name for name in named if wanted in name] + difflib.get_close_matches(wanted, named, n=3)
    return list(dict.fromkeys(known for name in names for known in named[name]))[:3]
