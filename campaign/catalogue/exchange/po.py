"""The PO pack: the chosen entries of a catalogue for Poedit, and what comes back from there or from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from campaign import languages
from campaign.catalogue import store
from campaign.catalogue.exchange.answers import Answer, Returned
from campaign.errors import CampaignError
from campaign.model.unit import Unit

PACK = "X-Campaign-Pack"

#: What programs write into Last-Translator where nobody is named.
_NOBODY = re.compile(r"\s*(?:FULL NAME|Automatically generated|YOUR NAME|unknown|none)?\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"<[^<>]*>?|\S+@\S+")

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
        locale = _locale(header.get("Language", ""), whose(header.get(PACK, "")), name)
        return locale

    parsed = store.parse(path, name, found)
    header, answers = store.header(parsed), []
    for entry in store.live(parsed):
        unit: Unit = store.unit_of(entry, locale)
        notes = [note for note in entry.getnotes(origin="translator").split("\n") if note.strip()]
        own = tuple(note for note in notes if not note.startswith(store.ORIGIN))
        forms = unit.forms if unit.translated else None
        place = unit.source[:60]
        answers.append(Answer(unit.key, unit.source_hash, "", forms, fuzzy=unit.fuzzy, notes=own, place=repr(place)))
    return Returned(locale, header.get(PACK, ""), translator(header.get("Last-Translator", "")), ROLE, tuple(answers))


def translator(header: str) -> str:
    """Who a Last-Translator header names, without the address; "" where it names nobody."""
    name = " ".join(_ADDRESS.sub(" ", header).split())
    return "" if _NOBODY.fullmatch(name) else name


def _locale(written: str, packed: str, name: str) -> str:
    """The language of a file: that of its pack, which its header may spell as it likes but not contradict."""
    said, bare = languages.resolve(written), re.split("[-_@.]", written.strip())[0]
    known = said or languages.resolve(bare)  # a language in a script that the registry lacks is not the pack's
    if packed and (not known or said == packed or written.strip().casefold() == packed.partition("-")[0]):
        return packed
    if said and not packed:
        return said
    what = f"its header names the language {written[:40]!r}"
    raise CampaignError.single(
        f"{what}, its pack was made for {packed}" if packed else f"{what}, which is not known",
        where=name,
        todo="correct the Language line of its header",
    )
