"""XLIFF 2.x out and in. Specification: OASIS XLIFF 2.1; a file of ours is a valid one of 2.0.

Each plural form is a unit of its own in a group: the standard knows no plural before 2.2. A unit that a program cut
into segments is put together again in the order that its segments ask for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue.exchange import inline, safe_xml, segments
from campaign.catalogue.exchange.safe_xml import words
from campaign.catalogue.exchange.segments import Segment, Sentence

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"

#: How 2.x calls the states; a text that nobody reviewed is initial, and says so.
STATES = {
    "new": {"state": "initial"},
    "needs-review": {"state": "initial", "subState": "campaign:needs-review"},
    "translated": {"state": "translated"},
    "final": {"state": "final"},
}
DONE = frozenset({"translated", "reviewed", "final"})


def write(sentences: Sequence[Sentence], source: str, locale: str, pack: str) -> bytes:
    """A file of these sentences; `source` and `locale` are the tags of its languages."""
    from lxml import etree

    about = {"version": "2.0", "srcLang": source, "trgLang": locale}
    root = etree.Element("xliff", about, nsmap={None: NAMESPACE})
    whole = {"id": "campaign", "original": segments.original(pack), "canResegment": "no"}
    file = etree.SubElement(root, "file", whole)
    for sentence in sentences:
        unit = sentence.row.unit
        if not unit.plural:
            _unit(file, sentence, unit.key, unit.source, sentence.forms[0], "")
            continue
        group = etree.SubElement(file, "group", {"id": unit.key, "type": "campaign:plurals"})
        categories = languages.get(unit.locale).categories
        for number, (category, form) in enumerate(zip(categories, sentence.forms, strict=True)):
            said = unit.source if category == "one" else unit.plural
            _unit(group, sentence, f"{unit.key}.{number}", said, form, category)
    return safe_xml.written(root)


def _unit(parent: Element, sentence: Sentence, name: str, source: str, form: str, category: str) -> None:
    from lxml import etree

    unit = sentence.row.unit
    made = etree.SubElement(parent, "unit", {"id": name, safe_xml.SPACE: "preserve"})
    shown = [("developer", unit.notes), ("context", unit.context), ("location", unit.where), ("form", category)]
    told = [(whose, text) for whose, text in (*shown, *sentence.said) if text]
    if told:
        notes = etree.SubElement(made, "notes")
        for whose, text in told:
            etree.SubElement(notes, "note", {"category": whose}).text = text
    known = {native: f"d{at}" for at, native in enumerate(dict.fromkeys(_placeholders(source, form)), start=1)}
    if known:
        data = etree.SubElement(made, "originalData")
        for native, number in known.items():
            etree.SubElement(data, "data", {"id": number}).text = native
    # A form of the plural may leave its number out; nothing else may be lost or doubled.
    kept = {"canCopy": "no", **({} if unit.plural else {"canDelete": "no"})}

    def code(element: Element, placeholder: str, number: int) -> None:
        about = {"id": str(number), "dataRef": known[placeholder], "equiv": placeholder, "disp": placeholder}
        etree.SubElement(element, "ph", {**about, **kept})

    segment = etree.SubElement(made, "segment", STATES[sentence.state])
    inline.fill(etree.SubElement(segment, "source"), source, source, code)
    if form:
        inline.fill(etree.SubElement(segment, "target"), form, source, code)


def _placeholders(*texts: str) -> Iterator[str]:
    return (code for text in texts for _, code in inline.pieces(text) if code)


def files(root: Element) -> Iterator[tuple[str, str, str]]:
    """What each file of an XLIFF file says: what it was made from, its source language, its target language."""
    for file in root.iterchildren("file"):
        yield str(file.get("original", "")), str(root.get("srcLang", "")), str(root.get("trgLang", ""))


def read(root: Element) -> Iterator[Segment]:
    """The texts of a parsed file, plural form by plural form."""
    for made in root.iter("unit"):
        yield _segment(made)


def _segment(made: Element) -> Segment:
    data = {str(each.get("id", "")): words(each) for each in made.iterfind("originalData/data")}
    parts = [part for part in made if part.tag in ("segment", "ignorable")]
    codes: dict[str, str] = {}
    for part in parts:
        codes |= inline.codes(part.find("source"), data)
    source, fault, target = "", "", ""
    try:
        source = "".join(inline.text(each, codes, data) for part in parts for each in part.iterfind("source"))
        target = "".join(_target(part, codes, data) for part in _ordered(parts))
    except ValueError as error:
        fault = str(error)
    cut = [part for part in parts if part.tag == "segment"]
    missing = [part for part in cut if not words(part.find("target")) and part.find("target//ph") is None]
    if missing and len(missing) < len(cut):
        fault = fault or "is translated in part: it was cut into segments, and some of them have no text"
    notes: dict[str, list[str]] = defaultdict(list)
    for note in made.iterfind("notes/note"):
        notes[str(note.get("category", ""))].append(words(note))
    states = [str(part.get("state", "")) for part in cut]
    return Segment(
        str(made.get("id", "")),
        next(iter(notes.get("context", ())), ""),
        source,
        "" if cut and len(missing) == len(cut) else target,
        any(state not in DONE for state in states if state) if any(states) else None,
        tuple(segments.comments(notes)),
        safe_xml.line(made),
        fault,
    )


def _ordered(parts: Sequence[Element]) -> list[Element]:
    """The parts of a unit as its target has them: `order` is a place from 1, where it is not the one of the source."""

    def place(numbered: tuple[int, Element]) -> int:
        number, part = numbered
        target = part.find("target")
        asked = str(target.get("order", "")) if target is not None else ""
        return int(asked) if asked.isdecimal() and len(asked) < 6 else number

    return [part for _, part in sorted(enumerate(parts, start=1), key=place)]


def _target(part: Element, codes: dict[str, str], data: dict[str, str]) -> str:
    target = part.find("target")
    if target is None and part.tag == "ignorable":  # what stands between two segments, as the source has it
        target = part.find("source")
    return "" if target is None else inline.text(target, codes, data)
