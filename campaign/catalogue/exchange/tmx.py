"""TMX: translations for the memories of other organisations and tools, with who signed them and when.

Specification: TMX 1.4b (LISA OSCAR). It knows no plural: each plural form is a unit of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaign import __version__, languages
from campaign.model.unit import Unit

if TYPE_CHECKING:
    from translate.storage.tmx import tmxunit

#: The names of the properties of a unit (`prop`): where it comes from, whether it is signed, which plural form it is.
KEY, STATE, PLURAL, SIGNED_BY = ("x-campaign-key", "x-campaign-state", "x-campaign-plural", "x-campaign-signed-by")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a text, in which role, on which day (ISO)."""

    name: str
    role: str
    on: str

    def __str__(self) -> str:
        return f"{self.name} ({self.role}), {self.on}"


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with its text; `signed` is empty for a draft."""

    unit: Unit
    state: str
    signed: tuple[Signature, ...] = ()


def write(pairs: Iterable[Pair], source: str, locale: str) -> bytes:
    """The memory of these sentences, in their order; the same pairs give the same bytes."""
    from translate.storage.tmx import tmxfile

    store = tmxfile(sourcelanguage=source, targetlanguage=locale)
    header = next(store.document.getroot().iterchildren("header"))
    header.attrib.pop("creationdate", None)  # no clock: the dates that matter are those of the signatures
    header.set("creationtool", "campaign")
    header.set("creationtoolversion", __version__)
    header.set("o-tmf", "PO")
    categories = languages.get(locale).categories
    for pair in pairs:
        unit = pair.unit
        for index, form in enumerate(unit.forms):
            said = unit.plural if unit.plural and categories[index] != "one" else unit.source
            entry = store.UnitClass(said)
            store.addunit(entry)
            entry.settarget(form, locale)
            entry.xmlelement.set("tuid", f"{unit.key}#{index}" if unit.plural else unit.key)
            _describe(entry, pair, categories[index] if unit.plural else "")
    return bytes(store)


def _describe(entry: tmxunit, pair: Pair, category: str) -> None:
    if pair.unit.context:
        entry.setcontext(pair.unit.context)
    props = [(KEY, pair.unit.key), (STATE, pair.state), *([(PLURAL, category)] if category else [])]
    props += [(SIGNED_BY, str(signature)) for signature in pair.signed]
    from lxml import etree

    first = next(entry.xmlelement.iterchildren("tuv"))
    for name, value in props:
        prop = etree.Element("prop", type=name)
        prop.text = value
        first.addprevious(prop)
    if pair.signed:
        last = max(pair.signed, key=lambda signature: signature.on)
        entry.xmlelement.set("changeid", last.name)
        entry.xmlelement.set("changedate", f"{last.on.replace('-', '')}T000000Z")
    if pair.unit.notes:
        entry.addnote(pair.unit.notes)
