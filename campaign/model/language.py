"""One language as it is printed and counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """What the program knows of a language; data/languages.toml says where each fact of the registry comes from.

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

    def typography(self) -> dict[str, object]:
        """What every layout is told of a language to set it, by Typst's names; `leading` in em."""
        return {
            "lang": self.typst_lang,
            "region": self.typst_region,
            "dir": "rtl" if self.rtl else "ltr",
            "fonts": list(self.fonts),
            "leading": self.leading,
        }

    @property
    def nplurals(self) -> int:
        """How many msgstr[n] a message with a plural needs, as the header says."""
        return int(self.plural.partition(";")[0].removeprefix("nplurals="))
