"""Which Unicode script a letter belongs to, and which of them each script of the registry writes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import regex

#: The registry's script -> Unicode scripts that its languages write.
SCRIPTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Arab": ("Arabic",), "Aran": ("Arabic",), "Armn": ("Armenian",), "Beng": ("Bengali",), "Cyrl": ("Cyrillic",),
        "Deva": ("Devanagari",), "Ethi": ("Ethiopic",), "Geor": ("Georgian",), "Grek": ("Greek",),
        "Gujr": ("Gujarati",), "Guru": ("Gurmukhi",), "Hans": ("Han",), "Hant": ("Han",), "Hebr": ("Hebrew",),
        "Jpan": ("Han", "Hiragana", "Katakana"), "Khmr": ("Khmer",), "Kore": ("Hangul", "Han"), "Laoo": ("Lao",),
        "Latn": ("Latin",), "Mymr": ("Myanmar",), "Sinh": ("Sinhala",), "Taml": ("Tamil",), "Telu": ("Telugu",),
        "Thai": ("Thai",),
    }
)  # fmt: skip


@cache
def script_of(character: str) -> str:
    """The Unicode script of a character: "" for one of every script, "other" for one that no language here writes."""
    for names in SCRIPTS.values():
        for name in names:
            if regex.match(rf"\p{{Script={name}}}", character):
                return name
    return "" if regex.match(r"[\p{Script=Common}\p{Script=Inherited}]", character) else "other"
