"""The PO pack: the chosen entries of a catalogue for Poedit, and what comes back from there or from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.catalogue import store
from campaign.catalogue.exchange.answers import Answer, Returned
from campaign.catalogue.exchange.whose import language
from campaign.model.unit import Unit

if TYPE_CHECKING:
    from translate.storage.pypo import pounit

PACK = "X-Campaign-Pack"

#: What programs write into Last-Translator where nobody is named.
_NOBODY = re.compile(r"\s*(?:FULL NAME|Automatically generated|YOUR NAME|unknown|none)?\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"<[^<>]*>?|\S+@\S+")

CORRECT = "correct the Language line of its header"

#: The role of who sends a PO file: they may correct and comment.
ROLE = "translator"


def write(path: Path, name: str, locale: str, keys: Collection[str], pack: str) -> bytes:
    """The entries of a catalogue with these keys as a PO file of their own; its header names the pack.

    Raises:
        CampaignError: the catalogue cannot be read.
    """
    whole = store.parse(path, name, locale)
    chosen = [entry for entry in store.live(whole) if store.unit_of(entry, locale).key in keys]
    whole.units = [entry for entry in whole.units if entry.isheader()] + chosen
    # Whoever is named there now has not seen this pack; Poedit, Weblate and others write who works on it.
    whole.updateheader(add=True, **{PACK: pack, "Last-Translator": "Automatically generated"})
    return bytes(whole)


def comments(path: Path, name: str, locale: str) -> dict[str, tuple[str, ...]]:
    """What translators wrote beside the sentences of a catalogue, line by line, by the keys of the units.

    Raises:
        CampaignError: the catalogue cannot be read.
    """
    entries = store.live(store.parse(path, name, locale))
    return {store.unit_of(entry, locale).key: _comments(entry) for entry in entries}


def _comments(entry: pounit) -> tuple[str, ...]:
    return tuple(note for note in entry.getnotes(origin="translator").split("\n") if note.strip())


def read(path: Path, name: str, whose: Callable[[str], str]) -> Returned:
    """The entries of a PO file that came back; each is an answer about the sentence with the same source.

    `whose` gives the language that a pack was made for, by its number, "" where no pack has it: that is the language of
    the file, whatever its header calls it. Only a file without a pack is taken by its header.

    Raises:
        CampaignError: no PO file, a language that is not known or another one than the pack's, plural forms that
            cannot be put in order.
    """
    locale = ""

    def found(header: Mapping[str, str]) -> str:
        nonlocal locale
        locale = language(header.get("Language", ""), whose(header.get(PACK, "")), name, CORRECT)
        return locale

    parsed = store.parse(path, name, found)
    header, answers = store.header(parsed), []
    for entry in store.live(parsed):
        unit: Unit = store.unit_of(entry, locale)
        own = tuple(note for note in _comments(entry) if not note.startswith(store.ORIGIN))
        forms = unit.forms if unit.translated else None
        place = unit.source[:60]
        answers.append(Answer(unit.key, unit.source_hash, "", forms, fuzzy=unit.fuzzy, notes=own, place=repr(place)))
    return Returned(locale, header.get(PACK, ""), translator(header.get("Last-Translator", "")), ROLE, tuple(answers))


def translator(header: str) -> str:
    """Who a Last-Translator header names, without the address; "" where it names nobody."""
    name = " ".join(_ADDRESS.sub(" ", header).split())
    return "" if _NOBODY.fullmatch(name) else name
