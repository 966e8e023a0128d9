"""Scripts: which Unicode script a letter belongs to, which of them a language writes, and which way."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import regex

#: ISO 15924 -> Unicode scripts that languages in it write: every script that people use today and Unicode has.
SCRIPTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Adlm": ("Adlam",), "Arab": ("Arabic",), "Aran": ("Arabic",), "Armn": ("Armenian",), "Beng": ("Bengali",),
        "Bopo": ("Bopomofo",), "Cakm": ("Chakma",), "Cans": ("Canadian_Aboriginal",), "Cher": ("Cherokee",),
        "Copt": ("Coptic",), "Cyrl": ("Cyrillic",), "Deva": ("Devanagari",), "Ethi": ("Ethiopic",),
        "Geor": ("Georgian",), "Grek": ("Greek",), "Gujr": ("Gujarati",), "Guru": ("Gurmukhi",), "Hans": ("Han",),
        "Hant": ("Han",), "Hebr": ("Hebrew",), "Java": ("Javanese",), "Jpan": ("Han", "Hiragana", "Katakana"),
        "Kali": ("Kayah_Li",), "Khmr": ("Khmer",), "Knda": ("Kannada",), "Kore": ("Hangul", "Han"),
        "Lana": ("Tai_Tham",), "Laoo": ("Lao",), "Latn": ("Latin",), "Lisu": ("Lisu",), "Mlym": ("Malayalam",),
        "Mong": ("Mongolian",), "Mtei": ("Meetei_Mayek",), "Mymr": ("Myanmar",), "Nkoo": ("Nko",),
        "Olck": ("Ol_Chiki",), "Orya": ("Oriya",), "Rohg": ("Hanifi_Rohingya",), "Sinh": ("Sinhala",),
        "Sylo": ("Syloti_Nagri",), "Syrc": ("Syriac",), "Taml": ("Tamil",), "Telu": ("Telugu",), "Tfng": ("Tifinagh",),
        "Thaa": ("Thaana",), "Thai": ("Thai",), "Tibt": ("Tibetan",), "Vaii": ("Vai",), "Yiii": ("Yi",),
    }
)  # fmt: skip

#: Of them those that are written from right to left (Unicode's property Bidi_Class of their letters).
RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})

#: The letters of scripts that set no space between words, as a class of a pattern holds them.
UNSPACED_LETTERS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"


@cache
def script_of(character: str) -> str:
    """The Unicode script of a character: "" for one of every script, "other" for one that nobody writes today."""
    for names in SCRIPTS.values():
        for name in names:
            if regex.match(rf"\p{{Script={name}}}", character):
                return name
    return "" if regex.match(r"[\p{Script=Common}\p{Script=Inherited}]", character) else "other"
