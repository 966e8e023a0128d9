"""The language registry: what each language is called, how it is written, counted and set."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType

from campaign.errors import CampaignError, Problem
from campaign.model.language import Language

#: Letters of the longest code of a language: what is no longer is looked up, not compared.
_CODE = 3


#: What each table of languages.toml must say, and of which kind; `_MAY` what it may.
_MUST: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("autonym", "english", "script", "direction", "plural", "typst_lang", "digits", "iso639_3"), str),
    **dict.fromkeys(("categories", "fonts"), list),
    **dict.fromkeys(("leading", "scale"), (int, float)),
}
_MAY: Mapping[str, type] = dict.fromkeys(("typst_region", "argos", "note"), str)
_NAME = "campaign/data/languages.toml"


@cache
def shipped() -> Mapping[str, Language]:
    """The languages that come with the program by tag, in the order of the data file; read-only.

    Raises:
        CampaignError: the file was changed, and everything that is wrong with it since.
    """
    return MappingProxyType(read(resources.files("campaign").joinpath("data", "languages.toml").read_bytes()))


@cache
def name_in(tag: str, reader: str) -> str:
    """What a language is called in that of a reader (CLDR); empty where CLDR has no name, or the two are one."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(reader.replace("-", "_")).languages
    except (UnknownLocaleError, ValueError):
        return ""
    return "" if tag == reader else str(names.get(tag.replace("-", "_"), ""))


def read(data: bytes) -> dict[str, Language]:
    """The languages of a file such as languages.toml by tag.

    Raises:
        CampaignError: everything that is wrong with it.
    """
    try:
        tables = tomllib.loads(data.decode())
    except ValueError as error:  # TOML, or no UTF-8
        raise CampaignError.single(f"cannot be read: {error}", where=_NAME, todo="put it right") from error
    if wrong := [problem for tag, entry in tables.items() for problem in _wrong(tag, entry)]:
        raise CampaignError(wrong)
    return {
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
        for tag, entry in tables.items()
    }


def _wrong(tag: str, entry: object) -> Iterator[Problem]:
    """What is wrong with the table of a language."""
    like = "copy a table of the same script and change it; the comments of the file say what each key means"
    if not isinstance(entry, dict):
        yield Problem(f"{_NAME}: {tag}", "is no table of a language", like)
        return
    for key, kind in {**_MUST, **{key: kind for key, kind in _MAY.items() if key in entry}}.items():
        value = entry.get(key)
        lists = isinstance(value, list) and not (value and all(isinstance(each, str) for each in value))
        if key not in entry:
            yield Problem(f"{_NAME}: [{tag}]", f"{key} is missing", like)
        elif not isinstance(value, kind) or isinstance(value, bool) or lists:
            yield Problem(f"{_NAME}: {tag}.{key}", f"{value!r} is not what it may be", like)
    for key in entry.keys() - _MUST.keys() - _MAY.keys():
        yield Problem(f"{_NAME}: {tag}.{key}", "is no key of a language", like)
    if isinstance(entry.get("direction"), str) and entry["direction"] not in ("ltr", "rtl"):
        yield Problem(f"{_NAME}: {tag}.direction", f"{entry['direction']!r} is neither ltr nor rtl", like)
    if isinstance(entry.get("plural"), str) and not re.match(r"nplurals=[1-9];", entry["plural"]):
        yield Problem(f"{_NAME}: {tag}.plural", f"{entry['plural']!r} is no formula of gettext", like)


#: The languages that the workspace describes, and all that this process knows with them.
_own: list[tuple[Language, ...]] = [()]
_together: list[Mapping[str, Language]] = []


def hold(own: Sequence[Language]) -> None:
    """Say which languages this process knows from now on beside the program's: those that its workspace describes."""
    _own[0] = tuple(own)
    _together[:] = [MappingProxyType({**shipped(), **{language.tag: language for language in own}})] if own else []


def own() -> tuple[Language, ...]:
    """The languages that the workspace describes; none until a workspace was read."""
    return _own[0]


def registry() -> Mapping[str, Language]:
    """Every known language by tag: the program's, then the workspace's own; read-only."""
    return _together[0] if _together else shipped()


def get(tag: str) -> Language:
    """The language with exactly this tag; CampaignError with the likely ones when there is none."""
    language = registry().get(tag)
    if language is None:
        likely = [f"{found.tag} ({found.english})" for found in _likely(tag)]
        todo = f"did you mean {' or '.join(likely)}?" if likely else f"use one of: {', '.join(registry())}."
        todo += " A language that the program lacks is described in campaign.toml: [language.<tag>]"
        raise CampaignError.single(f"unknown language {tag!r}", todo=todo)
    return language


#: How gettext's and glibc's names say a script.
_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva", "tifinagh": "Tfng"}
#: Codes of countries that people type for a language whose own code is another one; none of them is a language here.
_OF_COUNTRIES = {
    "gr": "el",
    "cz": "cs",
    "dk": "da",
    "jp": "ja",
    "cn": "zh-Hans",
    "tw": "zh-Hant",
    "kr": "ko",
    "ir": "fa",
}
_OF_COUNTRIES |= {"al": "sq", "ua": "uk", "np": "ne", "vn": "vi", "ge": "ka", "rs": "sr-Cyrl", "pk": "ur", "er": "ti"}
#: Macrolanguages of which the registry holds the part that people mean; CLDR has no alias for them. What is called
#: Kurdish and written in Arabic letters, or in Iraq or Iran, is Sorani.
_PARTS = {"no": "nb", **{f"{code}_{where}": "ckb" for code in ("ku", "kur") for where in ("Arab", "IQ", "IR")}}


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
    region = region or next((part for part in whole[1:] if len(part) == 2), "")
    base = _PARTS.get(whole[0], whole[0])
    base = _PARTS.get(f"{code}_{script or region}", base)
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

    Codes are looked up, never compared by their letters: tl is not like te. A name is compared where none has it.
    """
    base = re.split("[-_@.]", typed)[0].casefold()
    if resolved := resolve(typed):
        same = [known for known in registry().values() if known.tag.partition("-")[0] == resolved.partition("-")[0]]
        return [get(resolved), *(known for known in same if known.tag != resolved and len(typed) == len(base))][:3]
    if code := resolve(base):  # another script or region of it
        return [get(code)]
    if (code := _OF_COUNTRIES.get(base, "")) in registry():
        return [get(code)]
    wanted = " ".join(typed.casefold().split())
    if len(base) <= _CODE:
        return []
    named: dict[str, list[Language]] = {}
    for known in registry().values():
        for name in (known.english, known.autonym):
            named.setdefault(name.casefold(), []).append(known)
    found = [known for name in named if wanted in name for known in named[name]] or list(_named(wanted))
    found = found or [known for name in difflib.get_close_matches(wanted, named, n=3) for known in named[name]]
    return list(dict.fromkeys(found))[:3]


def _named(name: str) -> Iterator[Language]:
    """The languages of the registry that CLDR calls so in English: Tagalog is Filipino."""
    from babel import Locale

    for code, called in Locale("en").languages.items():
        if called.casefold() == name and (tag := resolve(code)):
            yield get(tag)
