"""The languages that the program speaks to mediators: the review page, what the checks find, the HTML pack.

Texts are gettext catalogues in spoken/locales, read as they are: drafts are used too, and what shows them says so.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

FOLDER = Path(__file__).with_name("locales")

#: English is what templates and checks say. A mediator of another language chooses one of these.
SPOKEN = ("en", "fr", "de", "it", "el", "nl", "ar", "ro", "bg", "uk", "fa", "ti", "bn", "pt")
#: The languages that notes for translators are said in: campaigns are written in Spanish too.
NOTED = (*SPOKEN, "es")
#: Those of them that are read from right to left.
TURNED = ("ar", "fa")

#: The catalogues: the review page, what the checks find, the HTML pack, what translators are told about a text.
PAGE, FINDINGS, PACK, NOTES = DOMAINS = ("webapp", "findings", "pack", "notes")


@cache
def texts(tag: str, domain: str = PAGE) -> NullTranslations:
    """The texts of a catalogue in a language; English for a language that the program does not speak."""
    path = FOLDER / tag / "LC_MESSAGES" / f"{domain}.po"
    if tag not in NOTED[1:] or not path.is_file():
        return NullTranslations()
    from babel.messages import mofile, pofile

    with path.open("rb") as stream:
        catalogue = pofile.read_po(stream, locale=tag)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue, use_fuzzy=True)
    compiled.seek(0)
    return GNUTranslations(compiled)
