"""Languages that a workspace describes itself: the tables [language.<tag>] of campaign.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from campaign import languages
from campaign.config.printing import number
from campaign.config.tables import Table, suggestion
from campaign.model import plural_rule
from campaign.model.language import Language
from campaign.scripts import RIGHT_TO_LEFT, SCRIPTS

#: A tag as folders and files bear it: language, script, region (BCP 47), each spelt as its standard spells it.
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
#: What Windows gives no file or folder the name of.
_DEVICES = frozenset({"aux", "con", "nul", "prn"})
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
#: What whole numbers tell plural forms apart.
_COUNTED = range(1001)
#: Letters of a name: it stands in lists, on labels and job tickets.
_LONGEST = 60
#: Fonts of the program for scripts that no language of the registry writes.
_FONTS = {
    "Adlm": "Noto Sans Adlam",
    "Cher": "Noto Sans Cherokee",
    "Knda": "Noto Sans Kannada",
    "Mlym": "Noto Sans Malayalam",
    "Orya": "Noto Sans Oriya",
}
_LAST_FONT = "Noto Sans"
#: Codes of ISO 639-2 for librarians, which ISO 639-3 does not have.
_LIBRARIANS = frozenset(
    {"alb", "arm", "baq", "bur", "chi", "cze", "dut", "fre", "geo", "ger"}
    | {"gre", "ice", "mac", "mao", "may", "per", "rum", "scc", "slo", "tib", "wel"}
)


def read_own_languages(tables: Table) -> tuple[Language, ...]:
    """The languages that are described without a fault; the faults of the others are in the table's problems."""
    found: list[Language] = []
    for tag, table in tables.items():
        if misnamed := next(_misnamed(tag), None):
            table.problem("", *misnamed)
            continue
        before = len(table.problems)
        language = _language(tag, table)
        for fault in _twice(language, found):
            table.problem(*fault)
        table.close()
        if len(table.problems) == before:
            found.append(language)
    return tuple(found)


def _misnamed(tag: str) -> Iterator[tuple[str, str]]:
    """Why a language cannot have this tag."""
    if not _TAG.fullmatch(tag) or tag in _DEVICES:
        yield f"{tag!r} is not a language tag", "write it like lg, sr-Latn or fr-CA (BCP 47)"
        return
    known = languages.resolve(tag)
    base, *rest = tag.split("-")
    if tag in languages.shipped():
        yield "comes with the program", f"delete this table; {tag} is known"
    elif known and (known.split("-")[0] != base or not rest):
        name = languages.get(known).english
        yield f"is another code of {known} ({name}), which comes with the program", f"delete this table and use {known}"


def _language(tag: str, table: Table) -> Language:
    script = table.choice("script", SCRIPTS)
    autonym, english = _name(table, "autonym"), _name(table, "english")
    letters = "".join(rf"\p{{Script={name}}}" for name in SCRIPTS.get(script, ()))
    if autonym and letters and not regex.search(rf"[{letters}]", autonym):
        table.problem("autonym", f"{autonym!r} has no letter of the script {script}", "write it as its readers do")
    plural, categories = _plural(table)
    model = next((known for known in languages.shipped().values() if known.script == script), None)
    region = next((part for part in tag.split("-")[1:] if len(part) == 2), None)
    argos = table.text("argos", " ").strip()
    if argos and not re.fullmatch("[a-z]{2,3}", argos):
        table.problem("argos", f"{argos!r} is not a code of Argos Translate, two or three small letters")
    return Language(
        tag=tag,
        autonym=autonym,
        english=english,
        script=script,
        rtl=_direction(table, script) == "rtl",
        plural=plural,
        categories=categories,
        typst_lang=tag.split("-")[0],
        typst_region=region,
        fonts=_fonts(table, script, model),
        leading=number(table, "leading", model.leading if model else 0.8, 0.3, 3),
        scale=number(table, "scale", model.scale if model else 1.0, 0.8, 2),
        digits="latn",
        argos=argos or None,
        iso639_3=_iso639_3(table, tag.split("-")[0]),
    )


def _name(table: Table, key: str) -> str:
    name = table.text(key)
    if len(name) > _LONGEST:
        table.problem(key, f"has {len(name)} characters, at most {_LONGEST} have room where languages are listed")
    return name


def _twice(language: Language, others: list[Language]) -> Iterator[tuple[str, str]]:
    """Names that another language has: readers and staff could not tell the two apart."""
    for key in ("autonym", "english"):
        name = getattr(language, key)
        for other in (*languages.shipped().values(), *others):
            if name and getattr(other, key).casefold() == name.casefold():
                yield key, f"{name!r} is the name of {other.tag} already; add what tells the two apart"


def _direction(table: Table, script: str) -> str:
    usual = "rtl" if script in RIGHT_TO_LEFT else "ltr"
    said = table.choice("direction", ("ltr", "rtl"), usual)
    if script in SCRIPTS and said in ("ltr", "rtl") and said != usual:
        table.problem("direction", f"is {said!r}, and {script} is written {usual}", "correct it or the script")
    return usual


def _plural(table: Table) -> tuple[str, tuple[str, ...]]:
    """The header as every catalogue of the language has it, and the CLDR category of each form."""
    header = table.text("plural")
    try:
        rule = plural_rule.parse(header)
    except ValueError as error:
        if header:
            todo = 'write it like "nplurals=2; plural=(n != 1);", the Plural-Forms that translation programs know'
            table.problem("plural", f"{header!r} is no rule for plural forms: {error}", todo)
        table.texts("categories", ())
        return "nplurals=1; plural=0;", ("other",)
    usual = {1: ("other",), 2: ("one", "other")}.get(rule.forms)
    categories = table.texts("categories", usual)
    if set(categories) - set(_CATEGORIES) or list(categories) != sorted(categories, key=_order):
        table.problem("categories", f"must be names of {', '.join(_CATEGORIES)}, in this order")
    elif categories and len(categories) != rule.forms:
        table.problem("categories", f"names {len(categories)} forms, and plural has {rule.forms}")
    if never := sorted(set(range(rule.forms)) - {rule.index(count) for count in _COUNTED}):
        table.problem("plural", f"has a form {never[0]} that no number from 0 to 1000 takes", "leave it out")
    formula = header.partition(";")[2].partition("=")[2].strip().removesuffix(";").strip()
    return f"nplurals={rule.forms}; plural={formula};", categories


def _order(category: str) -> int:
    return _CATEGORIES.index(category) if category in _CATEGORIES else len(_CATEGORIES)


def _fonts(table: Table, script: str, model: Language | None) -> tuple[str, ...]:
    """The families that set the language: those of a language in the same script where none is named."""
    usual = model.fonts if model else (_FONTS[script],) if script in _FONTS else None
    if usual is None and "fonts" not in table.keys() and script in SCRIPTS:  # noqa: SIM118 - a Table is not a mapping
        todo = "put one with its licence into assets/fonts and name its family here"
        table.problem("fonts", f"is missing, and the program has no font of the script {script}", todo)
        return (_LAST_FONT,)
    return tuple(dict.fromkeys((*table.texts("fonts", usual or (), some=bool(usual)), _LAST_FONT)))


def _iso639_3(table: Table, base: str) -> str:
    from babel.core import get_global

    aliases = get_global("language_aliases")
    same = [code for code, meant in aliases.items() if meant == base and len(code) == 3 and code not in _LIBRARIANS]
    usual = base if len(base) == 3 else same[0] if len(same) == 1 else None
    code = table.text("iso639_3", usual)
    if code and not re.fullmatch("[a-z]{3}", code):
        table.problem("iso639_3", f"{code!r} is not a code of three small letters{suggestion(code, [usual or ''])}")
    return code
