"""The PO pack: the chosen entries of a catalogue for Poedit, and what comes back from there."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from campaign import languages
from campaign.catalogue import store
from campaign.catalogue.exchange.answers import Answer, Returned
from campaign.errors import CampaignError
from campaign.model.unit import Unit

PACK = "X-Campaign-Pack"


def write(path: Path, name: str, locale: str, keys: Collection[str], pack: str) -> bytes:
    """The entries of a catalogue with these keys as a PO file of their own; its header names the pack.

    Raises:
        CampaignError: the catalogue cannot be read.
    """
    whole = store.parse(path, name, locale)
    chosen = [entry for entry in store.live(whole) if store.unit_of(entry, locale).key in keys]
    whole.units = [entry for entry in whole.units if entry.isheader()] + chosen
    whole.updateheader(add=True, **{PACK: pack})
    return bytes(whole)


def read(path: Path, name: str) -> Returned:
    """The entries of a PO file that came back; each is an answer about the sentence with the same source.

    Raises:
        CampaignError: no PO file, a language that is not known, plural forms that are not the language's.
    """
    locale = _locale(path, name)
    whole = store.parse(path, name, locale)
    header = whole.parseheader()
    answers = []
    for entry in store.live(whole):
        unit: Unit = store.unit_of(entry, locale)
        notes = [note for note in entry.getnotes(origin="translator").split("\n") if note.strip()]
        own = tuple(note for note in notes if not note.startswith(store.ORIGIN))
        forms = unit.forms if unit.translated else None
        place = unit.source[:60]
        answers.append(Answer(unit.key, unit.source_hash, "", forms, fuzzy=unit.fuzzy, notes=own, place=repr(place)))
    return Returned(locale, str(header.get(PACK, "")), "", "", tuple(answers))


def _locale(path: Path, name: str) -> str:
    written = str(store.parse(path, name, "").parseheader().get("Language", ""))
    for tag in languages.registry():
        if written in (tag, store.gettext_tag(tag)):
            return tag
    raise CampaignError.single(
        f"its header names the language {written[:40]!r}, which is not known",
        where=name,
        todo="correct the Language line of its header",
    )
