"""TMX: translations for the memories of other organisations and tools, with who signed them and when; and theirs in.

Specification: TMX 1.4b (LISA OSCAR). It knows no plural: each plural form is a unit of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaign import __version__, languages
from campaign.catalogue.exchange import inline, safe_xml, whose
from campaign.catalogue.exchange.answers import Proposal
from campaign.catalogue.exchange.safe_xml import LANG, words
from campaign.errors import CampaignError
from campaign.model.unit import Unit

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The names of the properties of a unit (`prop`): where it comes from, whether it is signed, which plural form it is.
KEY, STATE, PLURAL, SIGNED_BY = ("x-campaign-key", "x-campaign-state", "x-campaign-plural", "x-campaign-signed-by")
#: The context, as the translate-toolkit and Weblate call it.
CONTEXT = "x-context"

#: Codes that give words a form (bold, a font): a text of a campaign has none, so a memory's words do without.
_FORM = frozenset({"bpt", "ept", "it", "ut"})


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
    """The memory of these sentences, in their order; the same pairs give the same bytes.

    Raises:
        CampaignError: a text that no XML file can hold.
    """
    from lxml import etree

    root = etree.Element("tmx", {"version": "1.4"})
    made_by = {"creationtool": "campaign", "creationtoolversion": __version__, "datatype": "PlainText"}
    # No clock: the dates that matter are those of the signatures.
    etree.SubElement(
        root, "header", {**made_by, "segtype": "block", "adminlang": "en", "srclang": source, "o-tmf": "PO"}
    )
    body, categories = etree.SubElement(root, "body"), languages.get(locale).categories
    for pair in pairs:
        unit = pair.unit
        safe_xml.storable((repr(unit.source[:60]), text) for text in (unit.source, unit.plural, *unit.forms))
        for index, form in enumerate(unit.forms):
            said = unit.plural if unit.plural and categories[index] != "one" else unit.source
            entry = etree.SubElement(body, "tu", {"tuid": f"{unit.key}#{index}" if unit.plural else unit.key})
            _describe(entry, pair, categories[index] if unit.plural else "")
            for tag, text in ((source, said), (locale, form)):
                segment = etree.SubElement(etree.SubElement(entry, "tuv", {LANG: tag}), "seg")
                inline.fill(segment, text, said, _code)
    return safe_xml.written(root)


def _code(element: Element, placeholder: str, number: int) -> None:
    from lxml import etree

    etree.SubElement(element, "ph", {"x": str(number)}).text = placeholder


def _describe(entry: Element, pair: Pair, category: str) -> None:
    from lxml import etree

    if pair.unit.notes:
        etree.SubElement(entry, "note").text = pair.unit.notes
    props = [(CONTEXT, pair.unit.context), (KEY, pair.unit.key), (STATE, pair.state), (PLURAL, category)]
    props += [(SIGNED_BY, str(signature)) for signature in pair.signed]
    for name, value in props:
        if value:
            etree.SubElement(entry, "prop", {"type": name}).text = value
    if pair.signed:
        last = max(pair.signed, key=lambda signature: signature.on)
        entry.set("changeid", last.name)
        entry.set("changedate", f"{last.on.replace('-', '')}T000000Z")


def language(root: Element, name: str, known: Collection[str], asked: str) -> str:
    """The language to take from a memory, of those that the campaign knows: the one that was asked for, or the one.

    Raises:
        CampaignError: none of them, or several.
    """
    spelt = {_tag(variant) for variant in root.iter("tuv")}
    found = sorted({languages.resolve(tag) for tag in spelt} & set(known))
    if asked and asked not in found:
        raise CampaignError.single(f"holds nothing in {asked}", where=name, todo=_held(spelt))
    if not asked and len(found) != 1:
        what = f"holds {', '.join(found)}" if found else "holds no language of this campaign"
        todo = "say which one to take: --language TAG" if found else _held(spelt)
        raise CampaignError.single(what, where=name, todo=todo)
    return asked or found[0]


def _held(spelt: Collection[str]) -> str:
    return f"its languages are {', '.join(sorted(map(repr, spelt))[:20]) or 'none'}"


def _tag(variant: Element) -> str:
    return str(variant.get(LANG) or variant.get("lang") or "")[:40]


def read(root: Element, name: str, source: str, locale: str) -> tuple[Proposal, ...]:
    """The pairs of these two languages.

    Raises:
        CampaignError: the memory is of texts in another source language.
    """
    header = root.find("header")
    said = str(header.get("srclang", "")) if header is not None else ""
    whose.from_source(said, source, name)
    tags = {spelt: languages.resolve(spelt) for spelt in {_tag(variant) for variant in root.iter("tuv")}}
    return tuple(_pairs(root, source, locale, tags))


def _pairs(root: Element, source: str, locale: str, tags: Mapping[str, str]) -> Iterator[Proposal]:
    for entry in root.iter("tu"):
        segments = {tags[_tag(variant)]: variant.find("seg") for variant in entry.iterchildren("tuv")}
        theirs, ours = segments.get(source), segments.get(locale)
        if theirs is None or ours is None:
            continue
        codes = inline.codes(theirs, {})
        props: dict[str, list[str]] = defaultdict(list)
        for prop in entry.iterchildren("prop"):
            props[str(prop.get("type", ""))].append(words(prop))
        context, key, plural = ("".join(props[name][:1]) for name in (CONTEXT, KEY, PLURAL))
        yield Proposal(
            _text(theirs, codes),
            _text(ours, codes),
            context,
            key,
            plural,
            tuple(props[SIGNED_BY]),
            _date(str(entry.get("changedate") or entry.get("creationdate") or "")),
        )


def _text(element: Element, codes: Mapping[str, str]) -> str:
    """The text of a segment, without codes that give words a form; a code without content is the source's."""
    said = [element.text or ""]
    for part in element:
        if part.tag not in _FORM:
            said.append(_text(part, codes) or codes.get(str(part.get("x", "")), ""))
        said.append(part.tail or "")
    return "".join(said)


def units(proposals: Iterable[Proposal], locale: str, whence: str) -> Iterator[Unit]:
    """The pairs as units of a memory: sentences without plural forms, each with where it comes from."""
    for pair in proposals:
        if not pair.plural and pair.text.strip():
            yield Unit(locale, pair.context, pair.source, "", (pair.text,), True, origin=origin(pair, whence))


def origin(pair: Proposal, whence: str) -> str:
    """Where a text comes from, for the comments of a catalogue; `whence` names the memory."""
    signed = "; ".join(" ".join(each.split())[:120] for each in pair.signed[:3])
    return f"{whence}, signed there by {signed}" if signed else whence


def _date(written: str) -> str:
    found = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})T[0-9]{6}Z", written)
    return "-".join(found.groups()) if found else ""
