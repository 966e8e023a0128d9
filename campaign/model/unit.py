"""One translatable sentence in one language."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from campaign.model.digest import digest


def blank(text: str) -> bool:
    """Whether a reader would see nothing: only spaces, joiners, marks of direction and other invisible characters."""
    return all(character.isspace() or unicodedata.category(character) in ("Cc", "Cf") for character in text)


@dataclass(frozen=True, slots=True)
class Unit:
    """One translatable sentence in one language.

    `forms` holds one text per plural form in gettext index order (one text when there is no plural); all of them
    are empty while nothing is translated. `previous` is (context, source, plural) before the last source change.
    """

    locale: str
    context: str
    source: str
    plural: str
    forms: tuple[str, ...]
    fuzzy: bool = False
    origin: str = ""
    where: str = ""
    notes: str = ""
    previous: tuple[str, str, str] | None = None

    @property
    def text(self) -> str:
        """The first (for most units the only) form."""
        return self.forms[0] if self.forms else ""

    @property
    def translated(self) -> bool:
        """Whether every form has a text that can be seen."""
        return bool(self.forms) and not any(map(blank, self.forms))

    @property
    def key(self) -> str:
        """Short stable name of the unit: 12 hexadecimal digits of the hash of context, source and plural."""
        return unit_key(self.context, self.source, self.plural)

    @property
    def source_hash(self) -> str:
        """Hash of (context, source, plural source): what a signature covers on the source side."""
        return digest(self.context, self.source, self.plural)

    @property
    def text_hash(self) -> str:
        """Hash of every form: what a signature covers on the translated side."""
        return digest(*self.forms)


@lru_cache(maxsize=16384)  # every message asks again about the same sentences
def unit_key(context: str, source: str, plural: str) -> str:
    """The key of the unit with this context, source and plural source."""
    return digest(context, source, plural)[:12]
